"""The leaders' picture, the list behind each of its numbers, and the same tables as files."""

from collections.abc import Sequence
from dataclasses import replace

from flask import Response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from web.numbers import calendar_year, whole
from web.overview import files, lists
from web.overview.due import UNIT_HEADINGS, milestone_section, unit_row, unit_section
from web.overview.flow import SHOWN, outlook_row, outlook_section, signing_section, stops_section
from web.overview.lists import PAGE, Listing
from web.overview.reasons import return_section, task_section
from web.overview.tables import Section
from web.overview.words import (
    CAME_SLUGS,
    CAME_TITLES,
    REASONS,
    STANDS,
    STANDS_SLUGS,
    milestone_name,
    month_name,
)
from web.session import note_access, reading
from web.workbook import MEDIA_TYPE
from workflow.errors import NotFound
from workflow.queries.overview import Picture, picture, recent_signings
from workflow.queries.overview_due import Behind, behind, milestones, unit_records
from workflow.queries.overview_flow import steps_of, stopped, whom_they_wait_for
from workflow.queries.overview_returns import returns
from workflow.queries.overview_scope import scope_of
from workflow.queries.overview_signing import cases_behind, history, outlooks
from workflow.queries.overview_tasks import tasks_behind


def page() -> ResponseReturnValue:
    seen = _picture()
    sections = _sections(seen)
    return render_template("overview/page.html", seen=seen, sections=sections, shown=SHOWN)


def as_workbook() -> ResponseReturnValue:
    seen = _picture()
    return _taken(seen, files.as_workbook(_sections(seen, whole=True)), "xlsx", MEDIA_TYPE)


def as_csv() -> ResponseReturnValue:
    seen = _picture()
    return _taken(seen, files.as_csv(_sections(seen, whole=True)), "csv", "text/csv")


def reports() -> ResponseReturnValue:
    came = _one_of(request.args.get("tinh", "phai-gui"), CAME_SLUGS)
    unit_id, key = request.args.get("don_vi", type=whole), request.args.get("moc", "")
    start = _start()
    with reading() as w:
        year = request.args.get("nam", type=calendar_year) or w.today.year
        scope = scope_of(w)
        names = {unit.id: unit.name for unit in w.directory.units_of(scope.agency_id)}
        all_ = milestones(w, scope, year) if key else []
        milestone = next((one for one in all_ if one.key == key), None)
        if key and milestone is None:
            found = Behind()
        else:
            wanted = CAME_SLUGS[came]
            found = behind(
                w, scope, year, wanted, milestone=milestone, unit_id=unit_id, start=start, most=PAGE
            )
    line = f"Năm {year}"
    line += f" · {milestone_name(milestone)}" if milestone else ""
    line += f" · {names.get(unit_id, '')}" if unit_id is not None else ""
    return _page(lists.of_reports(CAME_TITLES[came], line, found.items), start, found.total)


def units() -> ResponseReturnValue:
    start = _start()
    with reading() as w:
        year = request.args.get("nam", type=calendar_year) or w.today.year
        found = unit_records(w, scope_of(w), year)
    rows = [unit_row(year, unit) for unit in found[start : start + PAGE]]
    line = f"Năm {year} · theo danh sách của cơ quan"
    return _page(Listing("Đúng hạn theo đơn vị", line, UNIT_HEADINGS, rows), start, len(found))


def stops() -> ResponseReturnValue:
    with reading() as w:
        items = stopped(w, scope_of(w))
        step = next((one for one in steps_of(items) if one.key == request.args.get("buoc")), None)
        late = bool(request.args.get("qua"))
        found = [item for item in (step.items if step else items) if item.overdue or not late]
        waits = whom_they_wait_for(w, found)
    line = f"Ở bước “{step.label}”" if step else "Ở mọi bước"
    title = "Văn bản đã quá thời gian của bước" if late else "Văn bản đang dừng"
    return _listed(lists.of_stopped(title, line, found, waits))


def signed() -> ResponseReturnValue:
    with reading() as w:
        items, today = recent_signings(w, scope_of(w)), w.today
    text = request.args.get("thang", "")
    month = next((item.month for item in items if f"{item.month[0]}-{item.month[1]:02d}" == text), None)
    found = [item for item in items if not text or item.month == month]
    found.sort(key=lambda item: (item.took, item.id))
    line = f"{month_name(month, today)}, thời gian ngắn nhất trước" if month else "Thời gian ngắn nhất trước"
    return _listed(lists.of_signings("Văn bản đã ký", line, found))


def returned() -> ResponseReturnValue:
    group = request.args.get("nhom", "")
    with reading() as w:
        items = returns(w, scope_of(w))
    found = [item for item in items if not group or group in item.groups]
    line = f"12 tháng qua · {REASONS[_one_of(group, REASONS)]}" if group else "12 tháng qua · mọi lý do"
    return _listed(lists.of_returns("Các lần trả lại", line, found))


def tasks() -> ResponseReturnValue:
    how = _one_of(request.args.get("tinh", "tat-ca"), STANDS_SLUGS)
    unit_id = request.args.get("don_vi", type=whole)
    with reading() as w:
        year = request.args.get("nam", type=calendar_year) or w.today.year
        items = tasks_behind(w, scope_of(w), year)
    found = [item for item in items if item.state in STANDS_SLUGS[how] and unit_id in (None, item.unit_id)]
    stands = STANDS_SLUGS[how]
    line = f"Năm {year}" + (f" · {STANDS[stands[0]].lower()}" if len(stands) == 1 else "")
    return _listed(lists.of_tasks("Nhiệm vụ", line, found))


def forecasts() -> ResponseReturnValue:
    with reading() as w:
        scope = scope_of(w)
        found = outlooks(stopped(w, scope), history(w, scope))
    headings = (
        "Văn bản",
        "Đang ở bước",
        "Nhiều khả năng ký trước hết ngày",
        "90% ký trước hết ngày",
        "Số trường hợp",
    )
    return _listed(
        Listing("Dự báo ngày ký", "Chờ lâu nhất trước", headings, [outlook_row(one) for one in found])
    )


def cases(document_id: int) -> ResponseReturnValue:
    """The signed documents a forecast rests on; NotFound for a document that waits for nothing here."""
    with reading() as w:
        scope = scope_of(w)
        item = next((one for one in stopped(w, scope) if one.id == document_id), None)
        if item is None:
            raise NotFound(f"document {document_id}")
        found = cases_behind(item, history(w, scope))
    line = f"Từng ở bước “{item.state.label}” lâu hơn văn bản này đến nay; thời gian ngắn nhất trước"
    return _listed(lists.of_cases(f"Trường hợp tương tự: {item.subject}", line, found))


def _picture() -> Picture:
    with reading() as w:
        return picture(w, request.args.get("nam", type=calendar_year))


def _sections(seen: Picture, *, whole: bool = False) -> tuple[Section, ...]:
    """In the order of the page and of the files; `whole` with every unit there is."""
    return (
        milestone_section(seen),
        unit_section(seen, whole=whole),
        stops_section(seen),
        signing_section(seen),
        return_section(seen),
        task_section(seen),
        outlook_section(seen),
    )


def _listed(found: Listing) -> ResponseReturnValue:
    start = _start()
    return _page(replace(found, rows=found.rows[start : start + PAGE]), start, len(found.rows))


def _start() -> int:
    return max(0, request.args.get("tu", 0, type=whole))


def _page(found: Listing, start: int, total: int) -> ResponseReturnValue:
    """Those of its rows that `found` holds, out of `total`."""
    here = {name: value for name, value in request.args.items() if name != "tu"} | (request.view_args or {})
    further = start + PAGE < total
    return render_template(
        "overview/list.html",
        found=found,
        total=total,
        start=start,
        next_url=url_for(request.endpoint or "", **here, tu=start + PAGE) if further else "",
        first_url=url_for(request.endpoint or "", **here) if start else "",
    )


def _taken(seen: Picture, data: bytes, kind: str, media: str) -> Response:
    """The file is whole before the entry that says it was taken."""
    note_access("download", "Tải tổng quan", facts={"overview": seen.year, "format": kind})
    name = f"tong-quan-{seen.year}-{seen.today:%Y%m%d}.{kind}"
    return Response(data, mimetype=media, headers={"Content-Disposition": f'attachment; filename="{name}"'})


def _one_of(word: str, known: dict[str, Sequence[str]] | dict[str, str]) -> str:
    """NotFound for an address nobody was given."""
    if word not in known:
        raise NotFound(word)
    return word
