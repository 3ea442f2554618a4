"""The list behind a number: the same rows the number counted, as one table."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import url_for

from web.filters import age, vi_date, vi_datetime
from web.overview.tables import Cell
from web.overview.words import REASONS, STANDS, came_words, hours
from web.words import period_title
from workflow.queries.overview_flow import Stopped
from workflow.queries.overview_returns import Return
from workflow.queries.overview_signing import Case, Signing
from workflow.queries.standing import Standing
from workflow.queries.tasks import TaskStanding

PAGE = 50


@dataclass(frozen=True)
class Listing:
    """`line` says what was counted; a page shows `PAGE` of the rows at a time."""

    title: str
    line: str
    headings: tuple[str, ...]
    rows: Sequence[tuple[Cell, ...]]


def of_reports(title: str, line: str, items: Sequence[Standing]) -> Listing:
    headings = ("Đơn vị", "Kế hoạch", "Kỳ và nơi nhận", "Ngày cuối đúng hạn", "Tình trạng")
    return Listing(title, line, headings, [_report(item) for item in items])


def of_stopped(title: str, line: str, items: Sequence[Stopped], waits: dict[int, str]) -> Listing:
    """The column of names stands only where the reader is the head of one of those it would name."""
    headings = ("Văn bản", "Đang ở bước", "Từ lúc", "Đã chờ", *(("Đang chờ",) if waits else ()))
    rows = [
        (
            _document(item.id, item.subject, item.reference_no, item.unit.name),
            Cell(item.state.label, below=f"quá ngày {vi_date(item.due_on)}" if item.overdue else ""),
            Cell(vi_datetime(item.since)),
            Cell(age(item.waited)),
            *((Cell(waits.get(item.id, "")),) if waits else ()),
        )
        for item in items
    ]
    return Listing(title, line, headings, rows)


def of_signings(title: str, line: str, items: Sequence[Signing]) -> Listing:
    rows = [
        (
            _document(item.id, item.subject, item.reference_no),
            Cell(vi_datetime(item.submitted_at)),
            Cell(vi_datetime(item.signed_at)),
            Cell(hours(item.took)),
        )
        for item in items
    ]
    return Listing(title, line, ("Văn bản", "Trình lần đầu", "Ký", "Giờ làm việc"), rows)


def of_cases(title: str, line: str, items: Sequence[Case]) -> Listing:
    rows = [
        (
            _document(item.document_id, item.subject, item.reference_no),
            Cell(vi_datetime(item.since)),
            Cell(vi_datetime(item.signed_at)),
            Cell(hours(item.took)),
        )
        for item in items
    ]
    return Listing(title, line, ("Văn bản đã ký", "Đến bước này", "Ký", "Giờ làm việc"), rows)


def of_returns(title: str, line: str, items: Sequence[Return]) -> Listing:
    rows = [
        (
            _document(item.document_id, item.subject, item.reference_no),
            Cell(vi_datetime(item.at), below=f"từ bước {item.step}" if item.step else ""),
            Cell("Ý kiến đã được xóa" if item.words is None else item.words),
            Cell("; ".join(REASONS[group] for group in item.groups)),
        )
        for item in items
    ]
    return Listing(title, line, ("Văn bản", "Trả lại lúc", "Ý kiến", "Lý do"), rows)


def of_tasks(title: str, line: str, items: Sequence[TaskStanding]) -> Listing:
    rows = [
        (
            Cell(
                item.title, url_for("reporting.task", task_id=item.id), f"mục {item.ref}" if item.ref else ""
            ),
            _document(item.plan_id, item.plan_subject, item.plan_reference),
            Cell(item.unit_name, below=f"nhận bàn giao từ {item.from_unit}" if item.from_unit else ""),
            Cell(vi_date(item.last_day) if item.last_day else item.time_words or "không ghi thời gian"),
            Cell(STANDS[item.state], below=f"{item.overdue_days} ngày" if item.overdue_days else ""),
        )
        for item in items
    ]
    return Listing(title, line, ("Nhiệm vụ", "Kế hoạch", "Chủ trì", "Ngày cuối", "Tình trạng"), rows)


def _report(item: Standing) -> tuple[Cell, ...]:
    to = item.receiver or "cấp trên"
    return (
        Cell(item.unit_name),
        _document(item.plan_id, item.plan_subject, item.plan_reference),
        Cell(f"{period_title(item.period, item.year)} → {to}"),
        Cell(vi_date(item.last_on_time)),
        Cell(
            came_words(item),
            url_for("documents.show", document_id=item.report_id) if item.report_open else "",
        ),
    )


def _document(document_id: int, subject: str, reference_no: str | None, below: str = "") -> Cell:
    words = f"{reference_no}: {subject}" if reference_no else subject
    return Cell(words, url_for("documents.show", document_id=document_id), below=below)
