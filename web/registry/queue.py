"""A document on văn thư's table as the page draws it: what is next, what holds it up, how long there is left."""

from dataclasses import dataclass

from flask import url_for

from web.filters import day_month, vi_time
from web.messages import sentence
from web.step_ways import StepWay, step_way
from workflow.errors import NeedUnmet, Refused
from workflow.queries.registry import Group, Item, Pile

GROUPS: dict[Group, tuple[str, str, str, str]] = {
    "number": ("cap-so", "Chờ cấp số", "Không có văn bản chờ cấp số.", "assign_number"),
    "seal": ("dong-dau", "Chờ đóng dấu", "Không có văn bản chờ đóng dấu.", "seal"),
    "issue": ("phat-hanh", "Chờ phát hành", "Không có văn bản chờ phát hành.", "issue"),
    "void": ("huy-so", "Đề nghị hủy số", "Không có đề nghị hủy số.", "void"),
}
"""Of each group: its word in the address, its heading, what to say when it is empty, the step it waits for."""

GROUP_OF: dict[str, Group] = {words[0]: group for group, words in GROUPS.items()}


@dataclass(frozen=True)
class ShownItem:
    """`main` is the step the group waits for, `held` why it cannot be taken yet; `others` may be taken instead."""

    item: Item
    main: StepWay | None
    held: str
    others: tuple[StepWay, ...]
    limit: str
    limit_tone: str


@dataclass(frozen=True)
class ShownPile:
    group: Group
    title: str
    empty: str
    total: int
    items: tuple[ShownItem, ...]
    all_url: str
    next_url: str


def shown(pile: Pile, *, back: str) -> ShownPile:
    slug, title, empty, step_id = GROUPS[pile.group]
    next_url = ""
    if pile.next:
        at, document_id = pile.next
        next_url = url_for("registry.queue", nhom=slug, sau=f"{at.isoformat()}~{document_id}")
    return ShownPile(
        group=pile.group,
        title=title,
        empty=empty,
        total=pile.total,
        items=tuple(_shown(item, step_id, back) for item in pile.items),
        all_url=url_for("registry.queue", nhom=slug),
        next_url=next_url,
    )


def _shown(item: Item, step_id: str, back: str) -> ShownItem:
    ways = {step.id: (step_way(item.document, step, back=back), why) for step, why in item.steps}
    main, why = ways.pop(step_id, (None, None))
    limit, tone = time_limit(item)
    return ShownItem(
        item=item,
        main=main,
        held=_held(why),
        others=tuple(way for way, refusal in ways.values() if refusal is None),
        limit=limit,
        limit_tone=tone,
    )


def _held(why: Refused | None) -> str:
    if why is None:
        return ""
    if isinstance(why, NeedUnmet) and why.need == "hold_over":
        return f"Người ký còn có thể rút lại đến {vi_time(why.facts['until'])}"
    return sentence(why)[1]


def time_limit(item: Item) -> tuple[str, str]:
    """
    How much time văn thư has, in words and a tone: out on the day of signing, the next working day at the
    latest, at once where the document is urgent (NĐ 30/2020, Điều 18 khoản 1; Điều 4 khoản 2).
    """
    last = f"chậm nhất hết ngày {day_month(item.deadline)}"
    over = (item.today - item.deadline).days
    if over > 0:
        return f"Quá hạn phát hành {over} ngày: phải xong {last}", "bad"
    if item.urgency != "thuong":
        return f"Văn bản khẩn: phát hành ngay sau khi ký, {last}", "bad"
    if item.today > item.aim:
        return f"Hôm nay là ngày cuối: phải phát hành {last}", "warn"
    return f"Phải phát hành trong ngày ký, {last}", "ok" if item.today < item.aim else "info"
