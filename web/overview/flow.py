"""The way to the signature as three sections: where documents stand, how long it took by month, when the rest may be."""

from collections.abc import Sequence
from datetime import timedelta

from flask import url_for

from web.filters import age, vi_date
from web.overview.tables import Bar, Cell, Column, Section, Table, counted
from web.overview.words import decimal, hours, lowered, month_name
from workflow.queries.overview import Picture
from workflow.queries.overview_flow import Step, steps_of
from workflow.queries.overview_signing import Outlook, Signing
from workflow.ranks import FEWEST, Spread, spread

SHOWN = 10
"""Forecasts on the page; the list has them all."""


def stops_section(seen: Picture) -> Section:
    steps = steps_of(seen.stopped)
    most = max((len(step.items) for step in steps), default=0)
    return Section(
        id="dang-dung",
        title="Văn bản đang dừng ở đâu",
        sentence=_stops_say(seen, steps),
        note="Không tính bản đang soạn chưa trình. Chỉ nêu bước, không nêu người.",
        bars=[
            Bar(step.label, str(len(step.items)), (("b", len(step.items)),), most) for step in steps
        ],
        chart_text="Số văn bản đang chờ ở mỗi bước",
        table=Table(
            "Đang dừng ở đâu",
            ("Bước", "Đang chờ", "Quá thời gian của bước", "Lâu nhất"),
            [_step_row(step) for step in steps],
            (36, 12, 16, 18),
        ),
    )  # fmt: skip


def signing_section(seen: Picture) -> Section:
    by_month = {month: [item for item in seen.signings if item.month == month] for month in seen.months}
    spreads = {month: spread([item.took for item in items]) for month, items in by_month.items()}
    columns = [
        Column(
            label=f"T{month[1]}",
            value=_hours(found.median),
            high=_hours(found.p90),
            short=_short(found.median),
            said=_month_says(found),
        )
        for month, found in spreads.items()
    ]
    return Section(
        id="trinh-ky",
        title="Thời gian từ Trình đến Ký, theo tháng",
        sentence=_months_say(seen, spreads),
        note="Giờ làm việc, từ lần trình đầu tiên đến lúc ký, kể cả thời gian bị trả lại; cột là trung vị, "
        "vạch mảnh là 90% văn bản.",
        columns=columns if seen.signings else (),
        chart_text="Giờ làm việc từ trình đến ký theo tháng",
        table=Table(
            "Từ Trình đến Ký",
            ("Tháng", "Đã ký", "Trung vị", "90% ký trong"),
            [_month_row(seen, month, spreads[month], by_month[month]) for month in reversed(seen.months)],
            (18, 12, 16, 16),
        ),
    )


def outlook_section(seen: Picture) -> Section:
    rows = [outlook_row(one) for one in seen.outlooks]
    told = [one for one in seen.outlooks if one.middle is not None]
    return Section(
        id="du-bao",
        title="Dự báo ngày ký",
        sentence=_outlooks_say(seen.outlooks, told),
        note="Dựa trên những văn bản đã ký cùng loại quy trình, từng ở cùng bước và chờ lâu hơn văn bản này đến nay. "
        f"Dưới {FEWEST} trường hợp thì không dự báo. Đây không phải là hạn.",
        table=Table(
            "Dự báo ngày ký",
            (
                "Văn bản",
                "Đang ở bước",
                "Nhiều khả năng ký trước hết ngày",
                "90% ký trước hết ngày",
                "Số trường hợp",
            ),
            rows,
            (48, 24, 18, 18, 12),
        ),
        more=(f"Xem cả {len(rows)} văn bản chờ ký", url_for("overview.forecasts"))
        if len(rows) > SHOWN
        else ("", ""),
    )


def outlook_row(one: Outlook) -> tuple[Cell, ...]:
    item = one.item
    behind = url_for("overview.cases", document_id=item.id)
    few = "chưa đủ số liệu"
    return (
        Cell(item.subject, url_for("documents.show", document_id=item.id), below=item.unit.name),
        Cell(item.state.label, below=f"từ {vi_date(item.since)}"),
        Cell(vi_date(one.middle) if one.middle else few, behind if one.middle else ""),
        Cell(vi_date(one.late) if one.late else few, behind if one.late else ""),
        counted(one.cases, behind),
    )


def _stops_say(seen: Picture, steps: Sequence[Step]) -> str:
    if not steps:
        return "Không có văn bản nào đang chờ ở bước nào."
    fullest = max(steps, key=lambda step: len(step.items))
    slowest = max(steps, key=lambda step: step.oldest)
    late = sum(len(step.overdue) for step in steps)
    said = (
        f"{len(seen.stopped)} văn bản đang chờ, nhiều nhất ở bước “{fullest.label}” ({len(fullest.items)}). "
        f"Lâu nhất {age(slowest.oldest)}, ở bước “{slowest.label}”."
    )
    return f"{said} {late} văn bản đã quá thời gian của bước." if late else said


def _step_row(step: Step) -> tuple[Cell, ...]:
    here = url_for("overview.stops", buoc=step.key)
    return (
        Cell(step.label),
        counted(len(step.items), here),
        counted(len(step.overdue), url_for("overview.stops", buoc=step.key, qua=1)),
        Cell(age(step.oldest), here),
    )


def _months_say(seen: Picture, spreads: dict[tuple[int, int], Spread]) -> str:
    told = [(month, found) for month, found in spreads.items() if found.cases]
    if not told:
        return f"{len(seen.months)} tháng qua chưa có văn bản nào được ký."
    month, last = told[-1]
    said = (
        f"{month_name(month, seen.today)}: một nửa số văn bản được ký trong {hours(last.median)} làm việc, "
        f"90% trong {hours(last.p90)}"
    )
    if len(told) == 1:
        return f"{said}."
    before, earlier = told[-2]
    return f"{said}; {lowered(month_name(before, seen.today))} trung vị là {hours(earlier.median)}."


def _month_says(found: Spread) -> str:
    if found.median is None or found.p90 is None:
        return "không có"
    return f"trung vị {hours(found.median)}, 90% trong {hours(found.p90)}, {found.cases} văn bản"


def _month_row(
    seen: Picture, month: tuple[int, int], found: Spread, items: Sequence[Signing]
) -> tuple[Cell, ...]:
    here = url_for("overview.signed", thang=f"{month[0]}-{month[1]:02d}") if items else ""
    return (
        Cell(month_name(month, seen.today)),
        counted(len(items), here),
        Cell(hours(found.median), here),
        Cell(hours(found.p90), here),
    )


def _hours(span: timedelta | None) -> float | None:
    return None if span is None else span.total_seconds() / 3600


def _outlooks_say(all_: Sequence[Outlook], told: Sequence[Outlook]) -> str:
    if not all_:
        return "Không có văn bản nào đang chờ ký."
    if not told:
        return f"{len(all_)} văn bản chưa ký; chưa đủ trường hợp tương tự đã ký để dự báo cho văn bản nào."
    said = f"Dự báo được cho {len(told)}/{len(all_)} văn bản chưa ký."
    last = max(told, key=lambda one: one.late or one.item.since.date())
    return f"{said} Văn bản muộn nhất nhiều khả năng ký trước hết ngày {vi_date(last.late)}."


def _short(span: timedelta | None) -> str:
    return "" if span is None else decimal(span.total_seconds() / 3600)
