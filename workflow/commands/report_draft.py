"""What a report says before anybody has edited it: written from the plan and the accepted reports, from rows to text."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from msgspec.structs import replace

from workflow import content as texts
from workflow.commands.attachments import MOST, TOGETHER
from workflow.content import Attachment, Content, Missing, Node, Recipient, Row
from workflow.parties import Known, resolve_parties
from workflow.people import Unit
from workflow.queries.tasks import TaskStanding
from workflow.report_words import counted_days, counts

DIFFICULTIES, NONE = "KHÓ KHĂN, VƯỚNG MẮC", "Không có."

Noted = Mapping[int, Sequence[TaskStanding]]
Shown = Mapping[int, Sequence[Attachment]]


@dataclass(frozen=True)
class Planned:
    """The plan a report is about."""

    reference_no: str | None
    field: str
    text: Content

    @property
    def called(self) -> str:
        return f"Kế hoạch số {self.reference_no}" if self.reference_no else f"Kế hoạch {self.text.subject}"

    def report(self, unit: Unit, period: str) -> Content:
        """What every report on this plan begins with; `period` in words, as "tháng 10 năm 2026"."""
        return Content(
            doc_type="BC",
            subject=f"Kết quả thực hiện {self.called} {period}",
            field=self.field,
            drafting_unit=unit.name,
            parent_reference=self.reference_no,
        )


@dataclass(frozen=True)
class Collected:
    """
    What the units sent: (unit, its rows) for each with an accepted report, those whose report is not in, and of how
    many units everything is. `reports` are the ids of the accepted ones; `own` are the rows of the unit that draws
    the report up, which owes itself none.
    """

    received: Sequence[tuple[str, tuple[Row, ...]]]
    missing: Sequence[str]
    complete: int
    reports: Sequence[int]
    own: tuple[Row, ...] = ()

    @property
    def rows(self) -> tuple[Row, ...]:
        return (*(row for _, lines in self.received for row in lines), *self.own)


def task_rows(
    plan: Planned,
    unit: Unit,
    known: Known,
    *,
    on: date,
    noted: Noted | None = None,
    shown: Shown | None = None,
) -> tuple[Row, ...]:
    """
    A row for each task of the plan that this unit leads, with what it noted of it and, as far as a text may carry
    them, the files that show it, the rest counted in words. `noted` and `shown`, by the place of the task in the text,
    also name tasks that were handed over to it.
    """
    said, files = noted or {}, _carried(shown or {})
    return tuple(
        texts.with_files(
            _counting(
                _noted_row(Row(ref=ref, task=texts.title_of(node), unit=unit.name), said.get(place, ())),
                len((shown or {}).get(place, ())) - len(files.get(place, ())),
            ),
            files.get(place, ()),
        )
        for place, (ref, node) in enumerate(texts.tasks(plan.text))
        if place in said or (node.task is not None and unit.code in _leads(node.task.leads, known, on))
    )


def whole_row(plan: Planned, unit: Unit) -> Row:
    """Of a unit that leads no task: it reports on the plan as a whole."""
    return Row(ref="", task=f"Kết quả thực hiện {plan.called}", unit=unit.name)


def attachments_of(rows: Sequence[Row]) -> tuple[Attachment, ...]:
    """Every file of the lines, once: what the text carries."""
    return tuple(dict.fromkeys(file for row in rows for file in row.evidence))


def _carried(shown: Shown) -> dict[int, list[Attachment]]:
    """Task by task the newest first, within the limits of any text; what is left out stays with its task, counted."""
    held: dict[str, Attachment] = {}
    found: dict[int, list[Attachment]] = {}
    deepest = max((len(files) for files in shown.values()), default=0)
    for turn in range(deepest):
        for place, files in shown.items():
            if turn >= len(files):
                continue
            file = held.get(files[turn].sha256) or files[turn]
            more = 0 if file.sha256 in held else file.size
            if len(held) + bool(more) > MOST or sum(item.size for item in held.values()) + more > TOGETHER:
                continue
            held[file.sha256] = file
            found.setdefault(place, []).append(file)
    return found


def _counting(row: Row, left: int) -> Row:
    """With how many files stayed with the task, behind what the unit noted; a line it said nothing in stays empty."""
    if not left:
        return row
    words = f"Ngoài các tệp kèm theo, còn {left} tệp minh chứng ở nhiệm vụ {row.ref or 'này'} trên hệ thống."
    if row.result:
        return replace(row, result=f"{row.result}\n{words}")
    return replace(row, reason=f"{row.reason}\n{words}") if row.reason else row


def _noted_row(row: Row, times: Sequence[TaskStanding]) -> Row:
    """The last word on each time the task was due; nothing noted leaves the row to whoever writes the report."""
    spoken = [item for item in times if item.noted is not None]
    if not spoken:
        return row
    begun = [item for item in spoken if item.noted and item.noted.state != "not_started"]
    not_begun = [item for item in spoken if item not in begun]
    all_done = all(item.state == "done" for item in times)
    return replace(
        row,
        status="done" if all_done else "running" if begun else "not_started",
        result="\n".join(_spoken(item, several=len(times) > 1) for item in begun),
        reason="\n".join(_spoken(item, several=len(times) > 1) for item in not_begun),
    )


def _spoken(item: TaskStanding, *, several: bool) -> str:
    """As "Quý III năm 2026: Mở ba lớp. Số liệu: 120 lượt người."."""
    assert item.noted is not None
    parts = [(item.noted.words or "").strip().rstrip(".")]
    if item.noted.figure:
        parts.append(f"Số liệu: {item.noted.figure.rstrip('.')}")
    words = ". ".join(part for part in parts if part)
    called = f"{_called(item.period)}: " if several and item.period not in ("once", "event") else ""
    return f"{called}{words}." if words else called


def _called(period: str) -> str:
    """Of a task's time, as in 2026-Q3, 2026-11, 2026."""
    year, _, part = period.partition("-")
    if part.startswith("Q"):
        return f"Quý {('I', 'II', 'III', 'IV')[int(part[1:]) - 1]} năm {year}"
    return f"Tháng {int(part)} năm {year}" if part else f"Năm {year}"


def opening(plan: Planned, agency: str, period: str, since: date, until: date) -> str:
    return (
        f"Thực hiện {plan.called}, {agency} báo cáo kết quả {period} ({counted_days(since, until)}) như sau:"
    )


def sections(collected: Collected) -> tuple[Node, ...]:
    """
    The counts over all rows, and every reason a unit gave, each with its unit and task. Where no unit owed a report
    and no row says anything there is nothing to count and nobody who had no difficulties: whoever drafts it writes.
    """
    rows = collected.rows
    counted = counts(collected.complete, collected.complete + len(collected.missing), rows)
    found = difficulties(rows) or ((NONE,) if any(row.status for row in rows) else ())
    return (
        Node(label="I", title="KẾT QUẢ THỰC HIỆN", paragraphs=(counted,) if counted else ()),
        Node(label="II", title=DIFFICULTIES, paragraphs=found),
    )


def difficulties(rows: Sequence[Row]) -> tuple[str, ...]:
    return tuple(f"{row.unit}: {row.task}: {row.reason.strip()}" for row in rows if row.reason.strip())


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
