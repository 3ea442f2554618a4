"""What texts came back for, and how far the tasks of the year's plans are, as two sections."""

from collections import Counter
from collections.abc import Sequence

from flask import url_for

from web.overview.tables import Bar, Cell, Section, Table, counted
from web.overview.words import REASONS, STANDS, STANDS_SLUGS, listed
from workflow.queries.overview import Picture
from workflow.queries.overview_returns import Return, by_group
from workflow.queries.overview_tasks import Led
from workflow.queries.tasks import State
from workflow.return_reasons import ERASED, UNCLASSIFIED

SLUG_OF = {stands[0]: slug for slug, stands in STANDS_SLUGS.items() if len(stands) == 1}


def return_section(seen: Picture) -> Section:
    groups = by_group(seen.returns)
    most = max((len(items) for _, items in groups), default=0)
    rows = [
        (Cell(REASONS[group]), counted(len(items), url_for("overview.returned", nhom=group)))
        for group, items in groups
    ]
    return Section(
        id="tra-lai",
        title="Lý do trả lại, 12 tháng qua",
        sentence=_returns_say(seen.returns, groups),
        note="Xếp theo từ ngữ trong ý kiến trả lại; một lần trả lại có thể nêu nhiều lý do. Ý kiến không khớp nhóm nào "
        "thì để “chưa phân loại”.",
        bars=[Bar(REASONS[g], str(len(items)), (("d" if g in (UNCLASSIFIED, ERASED) else "b", len(items)),), most)
              for g, items in groups],
        chart_text="Số lần trả lại theo lý do",
        table=Table("Lý do trả lại", ("Lý do", "Số lần"), rows, (40, 12)),
        more=(f"Xem cả {len(seen.returns)} lần trả lại", url_for("overview.returned")) if seen.returns else ("", ""),
    )  # fmt: skip


def task_section(seen: Picture) -> Section:
    return Section(
        id="nhiem-vu",
        title=f"Nhiệm vụ theo chủ trì, năm {seen.year}",
        sentence=_tasks_say(seen),
        note="Mỗi đơn vị chủ trì và mỗi kỳ là một nhiệm vụ; tình trạng theo tiến độ mà đơn vị đã ghi. Không tính "
        "nhiệm vụ do cơ quan ngoài chủ trì.",
        bars=[_lead_bar(led) for led in seen.tasks],
        chart_text="Nhiệm vụ hoàn thành, đang thực hiện, quá hạn trên tổng số",
        table=Table(
            "Nhiệm vụ theo chủ trì",
            ("Chủ trì", "Nhiệm vụ", *STANDS.values()),
            [_lead_row(seen, led) for led in seen.tasks],
            (44, 12, 12, 14, 12, 14, 12),
        ),
    )


def _returns_say(items: Sequence[Return], groups: Sequence[tuple[str, Sequence[Return]]]) -> str:
    if not items:
        return "12 tháng qua không có văn bản nào bị trả lại."
    documents = len({item.document_id for item in items})
    said = f"{len(items)} lần trả lại, {documents} văn bản."
    known = [(group, found) for group, found in groups if group not in (UNCLASSIFIED, ERASED)]
    if not known:
        return f"{said} Chưa ý kiến nào khớp với một nhóm lý do."
    group, found = known[0]
    return f"{said} Được nhắc nhiều nhất: {REASONS[group].lower()} ({len(found)} lần)."


def _tasks_say(seen: Picture) -> str:
    count = sum((led.count for led in seen.tasks), Counter[State]())
    if not count:
        return f"Năm {seen.year} chưa có nhiệm vụ nào được giao cho đơn vị."
    said = (
        f"{count.total()} nhiệm vụ: {count['done']} hoàn thành, {count['running']} đang thực hiện, "
        f"{count['overdue']} quá hạn, {count['not_started']} chưa thực hiện, {count['awaiting']} chờ sự kiện."
    )
    late = [led.unit_name for led in seen.tasks if led.count["overdue"]]
    return f"{said} Có nhiệm vụ quá hạn: {listed(late)}." if late else said


def _lead_row(seen: Picture, led: Led) -> tuple[Cell, ...]:
    def url(slug: str) -> str:
        return url_for("overview.tasks", nam=seen.year, tinh=slug, don_vi=led.unit_id)

    return (
        Cell(led.unit_name),
        counted(led.count.total(), url("tat-ca")),
        *(counted(led.count[stands], url(SLUG_OF[stands])) for stands in STANDS),
    )


def _lead_bar(led: Led) -> Bar:
    done, running, overdue = led.count["done"], led.count["running"], led.count["overdue"]
    said = f"{done}/{led.count.total()}" + (f", quá hạn {overdue}" if overdue else "")
    short = f"{done}/{led.count.total()}, trễ {overdue}" if overdue else ""
    return Bar(led.unit_name, said, (("a", done), ("b", running), ("c", overdue)), led.count.total(), short)
