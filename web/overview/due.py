"""The year's deadlines as two sections: milestone by milestone, and how much of each unit's came in time."""

from collections.abc import Sequence

from flask import url_for

from web.filters import vi_number
from web.overview.tables import Bar, Cell, Section, Table, counted
from web.overview.words import days_left, listed, lowered, milestone_name, share
from workflow.queries.overview import Picture
from workflow.queries.overview_due import Milestone, UnitRecord

UNITS = 50
"""Units on the page; of more, the first of those behind. The list and the files have them all."""

UNIT_HEADINGS = ("Đơn vị", "Đã đến hạn", "Đúng hạn", "Nộp muộn", "Quá hạn", "Tỷ lệ đúng hạn")


def milestone_section(seen: Picture) -> Section:
    found = seen.milestones
    rows = [_milestone_row(seen, one) for one in found]
    freed = sum(one.count["waived"] for one in found)
    return Section(
        id="moc",
        title=f"Các mốc báo cáo năm {seen.year}",
        sentence=_milestones_say(seen, found),
        note="Mỗi mốc: số báo cáo đã gửi trên số phải gửi, của mọi kế hoạch; không tính báo cáo được miễn.",
        bars=[_milestone_bar(one) for one in found],
        chart_text="Số báo cáo đã gửi trên số phải gửi",
        table=Table(
            "Mốc báo cáo",
            ("Mốc", "Phải gửi", "Đúng hạn", "Nộp muộn", "Quá hạn", "Chưa đến hạn"),
            rows,
            (44, 12, 12, 12, 12, 14),
        ),
        more=(f"Báo cáo được miễn: {freed}", _reports(seen.year, "duoc-mien")) if freed else ("", ""),
    )


def unit_section(seen: Picture, *, whole: bool = False) -> Section:
    """Of more units than a page holds, those behind; with `whole` of all."""
    units, behind = seen.units, [unit for unit in seen.units if unit.is_behind]
    note, more = "", ("", "")
    if len(units) > UNITS:
        many = vi_number(len(behind))
        note = f" Trang này nêu {min(len(behind), UNITS)} trên {many} đơn vị có báo cáo muộn hoặc quá hạn."
        more = (f"Xem cả {vi_number(len(units))} đơn vị", url_for("overview.units", nam=seen.year))
        units = units if whole else behind[:UNITS]
    return Section(
        id="don-vi",
        title=f"Đúng hạn theo đơn vị, năm {seen.year}",
        sentence=_units_say(seen),
        note="Chỉ tính báo cáo đã đến hạn hoặc đã gửi; đơn vị xếp theo danh sách của cơ quan, không xếp hạng."
        + note,
        bars=[_unit_bar(unit) for unit in units],
        chart_text="Báo cáo gửi đúng hạn trên số đã đến hạn",
        table=Table(
            "Đúng hạn theo đơn vị",
            UNIT_HEADINGS,
            [unit_row(seen.year, unit) for unit in units],
            (44, 12, 12, 12, 12, 14),
        ),
        more=more,
    )


def _milestones_say(seen: Picture, found: Sequence[Milestone]) -> str:
    due, sent = sum(map(_due, found)), sum(map(_sent, found))
    if not due:
        return f"Năm {seen.year} chưa có báo cáo nào phải gửi."
    said = f"Đã gửi {vi_number(sent)}/{vi_number(due)} báo cáo của năm."
    overdue = [name for one in found for name in one.overdue_units]
    if overdue:
        said += f" {vi_number(len(overdue))} báo cáo quá hạn, của: {listed(overdue)}."
    coming = next((one for one in found if one.count["waiting"]), None)
    if coming is not None:
        name = lowered(milestone_name(coming))
        said += f" Mốc tới: {name}, còn {days_left(coming)}, {vi_number(coming.count['waiting'])} báo cáo chưa gửi."
    elif not overdue:
        said += " Không còn báo cáo nào chưa gửi."
    return said


def _milestone_row(seen: Picture, one: Milestone) -> tuple[Cell, ...]:
    count = one.count
    overdue = one.overdue_units
    return (
        Cell(milestone_name(one), below=f"Quá hạn: {listed(overdue)}" if overdue else ""),
        counted(_due(one), _reports(seen.year, "phai-gui", moc=one.key)),
        counted(count["on_time"], _reports(seen.year, "dung-han", moc=one.key)),
        counted(count["late"], _reports(seen.year, "nop-muon", moc=one.key)),
        counted(count["overdue"], _reports(seen.year, "qua-han", moc=one.key)),
        counted(count["waiting"], _reports(seen.year, "chua-den-han", moc=one.key)),
    )


def _milestone_bar(one: Milestone) -> Bar:
    sent, overdue, due = _sent(one), one.count["overdue"], _due(one)
    said = f"{sent}/{due}" + (f", quá hạn {overdue}" if overdue else "")
    running = sent < due and not overdue
    short = f"{sent}/{due}, trễ {overdue}" if overdue else ""
    return Bar(milestone_name(one), said, (("b" if running else "a", sent), ("c", overdue)), due, short)


def _units_say(seen: Picture) -> str:
    fallen, good = sum(unit.fallen for unit in seen.units), sum(unit.count["on_time"] for unit in seen.units)
    if not fallen:
        return f"Năm {seen.year} chưa có báo cáo nào của đơn vị đến hạn."
    said = f"{good}/{fallen} báo cáo đã đến hạn được gửi đúng hạn ({share(good, fallen)})."
    owing = [unit.unit_name for unit in seen.units if unit.count["overdue"]]
    return (
        f"{said} Còn báo cáo quá hạn: {listed(owing)}." if owing else f"{said} Không đơn vị nào còn quá hạn."
    )


def unit_row(year: int, unit: UnitRecord) -> tuple[Cell, ...]:
    count, where = unit.count, {"don_vi": unit.unit_id}
    fallen = _reports(year, "da-den-han", **where) if unit.fallen else ""
    return (
        Cell(unit.unit_name),
        counted(unit.fallen, fallen),
        counted(count["on_time"], _reports(year, "dung-han", **where)),
        counted(count["late"], _reports(year, "nop-muon", **where)),
        counted(count["overdue"], _reports(year, "qua-han", **where)),
        Cell(share(count["on_time"], unit.fallen), fallen),
    )


def _unit_bar(unit: UnitRecord) -> Bar:
    good, late, overdue = unit.count["on_time"], unit.count["late"], unit.count["overdue"]
    none = "chưa đến hạn" if unit.count["waiting"] else "được miễn"
    said = f"{good}/{unit.fallen}" if unit.fallen else none
    return Bar(unit.unit_name, said, (("a", good), ("d", late), ("c", overdue)), unit.fallen)


def _due(one: Milestone) -> int:
    return one.count.total() - one.count["waived"]


def _sent(one: Milestone) -> int:
    return one.count["on_time"] + one.count["late"]


def _reports(year: int, came: str, *, moc: str | None = None, don_vi: int | None = None) -> str:
    return url_for("overview.reports", nam=year, tinh=came, moc=moc, don_vi=don_vi)
