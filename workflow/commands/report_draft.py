"""What a report says before anybody has edited it: written from the plan and the accepted reports, from rows to text."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from workflow import content as texts
from workflow.content import Content, Missing, Node, Recipient, Row
from workflow.parties import Known, resolve_parties
from workflow.people import Unit


@dataclass(frozen=True)
class Planned:
    """The plan a report is about."""

    reference_no: str | None
    field: str
    text: Content

    @property
    def called(self) -> str:
        return f"Kế hoạch số {self.reference_no}" if self.reference_no else f"Kế hoạch {self.text.subject}"

    def report(self, unit: Unit, year: int) -> Content:
        """What every report on this plan begins with."""
        return Content(
            doc_type="BC",
            subject=f"Kết quả thực hiện {self.called} năm {year}",
            field=self.field,
            drafting_unit=unit.name,
            parent_reference=self.reference_no,
        )


@dataclass(frozen=True)
class Collected:
    """What the units sent: (unit, its rows) of every accepted report, and the units whose report is not in."""

    received: Sequence[tuple[str, tuple[Row, ...]]]
    missing: Sequence[str]


def unit_rows(plan: Planned, unit: Unit, known: Known, *, on: date) -> tuple[Row, ...]:
    """An empty row for each task of the plan that this unit leads; one for the whole plan where it leads none."""
    rows = [
        Row(ref=ref, task=_title(node), unit=unit.name)
        for ref, node in texts.tasks(plan.text)
        if node.task is not None and unit.code in _leads(node.task.leads, known, on)
    ]
    return tuple(rows) or (Row(ref="", task=f"Kết quả thực hiện {plan.called}", unit=unit.name),)


def opening(plan: Planned, agency: str, year: int, since: date, until: date) -> str:
    return (
        f"Thực hiện {plan.called}, {agency} báo cáo kết quả năm {year} "
        f"(số liệu từ ngày {since:%d/%m/%Y} đến ngày {until:%d/%m/%Y}) như sau:"
    )


def sections(collected: Collected) -> tuple[Node, ...]:
    """The counts over all rows, and every reason a unit gave, each with its unit and task."""
    lines = [row for _, rows in collected.received for row in rows]
    done, running, not_started = (
        sum(row.status == status for row in lines) for status in ("done", "running", "not_started")
    )
    got = len(collected.received)
    total = (
        f"Đã nhận báo cáo của {got}/{got + len(collected.missing)} đơn vị. "
        f"Trong {len(lines)} kết quả được báo cáo: {done} hoàn thành, {running} đang thực hiện, "
        f"{not_started} chưa thực hiện. Chi tiết theo bảng kết quả."
    )
    reasons = tuple(f"{row.unit}: {row.task}: {row.reason.strip()}" for row in lines if row.reason.strip())
    return (
        Node(label="I", title="KẾT QUẢ THỰC HIỆN", paragraphs=(total,)),
        Node(label="II", title="KHÓ KHĂN, VƯỚNG MẮC", paragraphs=reasons or ("Không có.",)),
    )


def missing_units(collected: Collected) -> tuple[Missing, ...]:
    """Each must be given its reason before the report may go on (domain.md §4.5)."""
    return tuple(Missing(name) for name in collected.missing)


def recipients(receiver: str, leaders: str) -> tuple[Recipient, ...]:
    """The body that is owed the report, and the agency's own leaders."""
    named = [Recipient(receiver, "to_report")] if receiver else []
    return (*named, Recipient(leaders)) if leaders else tuple(named)


def _leads(leads: Sequence[str], known: Known, on: date) -> set[str]:
    parties = [party for lead in leads for party in resolve_parties(lead, known, on=on)]
    return {code for party in parties for code in party.codes}


def _title(node: Node) -> str:
    words = node.title or (node.paragraphs[0] if node.paragraphs else "")
    return words.strip().rstrip(".:;")
