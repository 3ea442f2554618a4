"""The rows of the inbox in groups, each with its one most important tag; words only."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import NamedTuple

from web.filters import short_datetime
from workflow.queries.inbox import Inbox
from workflow.queries.inbox_rows import Row
from workflow.queries.turns import OpenStep

Tag = tuple[str, ...]

TITLES = {
    "void": "Chờ xác nhận hủy số",
    "ready": "Sẵn sàng ký",
    "look": "Cần xem trước khi ký",
    "review": "Chờ tôi duyệt",
    "format": "Chờ kiểm tra thể thức",
    "receive": "Báo cáo đơn vị chờ nhận",
    "forward": "Bị trả lại, chờ tôi xử lý",
    "returned": "Trả lại cho tôi sửa",
    "draft": "Dự thảo của tôi",
    "clerk": "Chờ văn thư",
    "other": "Việc khác",
}
"""In the order they are read: what holds others up first, one's own drafts last."""


SINCE = {"opened": "Khác bản đã mở", "approved": "Đã sửa, trình lại"}
"""The tag of a text that differs, until it is compared word by word."""


class Shown(NamedTuple):
    """
    A row with its words. `sign` is the signature that a phone's card may carry, `first` says that opening it is the
    first thing to do.
    """

    row: Row
    title: str
    meta: str
    tag: Tag
    open_words: str
    sign: OpenStep | None = None
    first: bool = False


@dataclass(frozen=True)
class Group:
    title: str
    items: tuple[Shown, ...]

    @property
    def steps(self) -> bool:
        """Whether a phone's card of any of these carries its step."""
        return any(item.sign for item in self.items)


def groups(box: Inbox) -> tuple[Group, ...]:
    """Empty groups are left out."""
    piles: dict[str, list[Shown]] = {name: [] for name in TITLES}
    for row in box.rows:
        if row.kind == "sign":
            may = box.turn(row).step("sign")
            piles["look" if row.earlier or may is None else "ready"].append(_to_sign(row, may))
        else:
            piles[row.kind if row.kind in TITLES else "other"].append(_shown(row))
    return tuple(Group(TITLES[name], tuple(items)) for name, items in piles.items() if items)


def tagged(found: Sequence[Group], document_id: int | None, words: str) -> tuple[Group, ...]:
    """With these words on the tag of the row that is open, which was compared with its earlier text."""

    def item(one: Shown) -> Shown:
        compared = one.row.id == document_id and one.row.earlier and one.tag[0] in SINCE.values()
        return one._replace(tag=(words, *one.tag[1:])) if compared else one

    return tuple(replace(group, items=tuple(map(item, group.items))) for group in found)


def heading(box: Inbox, roles: frozenset[str]) -> str:
    signs = bool(roles & {"director", "deputy_director"})
    only = {row.kind for row in box.rows} <= {"sign", "void"}
    return "Chờ tôi ký" if signs and only else "Việc của tôi"


def nothing(box: Inbox, roles: frozenset[str]) -> str:
    """The one sentence of an empty inbox."""
    if roles & {"director", "deputy_director"}:
        if box.signed_today:
            return f"Không còn văn bản chờ ký. Hôm nay đã ký {box.signed_today} văn bản."
        return "Không có văn bản chờ ký."
    if roles & {"dept_head", "dept_deputy"}:
        return "Không có văn bản chờ duyệt."
    return "Không có việc nào đang chờ."


def following(found: Sequence[Group], selected: int | None) -> int | None:
    """The document after the selected one, else the first other: what comes up once this one is done."""
    ids = [item.row.id for group in found for item in group.items]
    if selected not in ids:
        return None
    rest = ids[ids.index(selected) + 1 :] + ids[: ids.index(selected)]
    return rest[0] if rest else None


def _to_sign(row: Row, may: OpenStep | None) -> Shown:
    by_setting = row.sign_from_list == "always" or (row.sign_from_list == "seen_only" and row.opened)
    at_once = may if row.earlier is None and by_setting else None
    return Shown(
        row=row,
        title=_title(row),
        meta=_meta(row),
        tag=("Chưa ký được", "warn") if may is None else _changed(row) or ("Không đổi từ khi duyệt", "ok"),
        open_words="Xem thay đổi" if row.earlier else "Xem và ký" if may and not at_once else "Xem",
        sign=at_once,
        first=may is not None and row.earlier is None and at_once is None,
    )


@lru_cache(maxsize=4_000)
def _shown(row: Row) -> Shown:
    """Of a row that waits for no signature: its words follow from the row alone."""
    words = {"review": "Xem và duyệt", "format": "Xem và kiểm tra"}.get(row.kind, "Xem")
    return Shown(
        row=row,
        title=_title(row),
        meta=_meta(row),
        tag=_tag(row),
        open_words="Xem thay đổi" if row.earlier else words,
    )


def _title(row: Row) -> str:
    return row.document.subject or "Chưa có trích yếu"


def _meta(row: Row) -> str:
    said = f"Xử lý thay {row.stand.name} · {_told(row)}" if row.stand else _told(row)
    return f"{said} · quá thời hạn, đã báo lên {row.escalated_to}" if row.escalated_to else said


def _told(row: Row) -> str:
    if row.approved and row.kind in ("sign", "format", "clerk", "receive", "void"):
        return f"{row.unit_name} · {row.approved.person_name} duyệt {short_datetime(row.approved.at)}"
    said = {"draft": "soạn từ", "returned": "trả lại", "forward": "trả lại"}.get(row.kind, "trình")
    return f"{row.unit_name} · {said} {short_datetime(row.since)}"


def _tag(row: Row) -> Tag:
    document = row.document
    if row.kind == "void":
        return (f"Đề nghị hủy số {document.reference_no}", "bad")
    if row.kind == "draft":
        return (
            (f"Còn {len(document.faults)} chỗ cần ghi", "warn") if document.faults else ("Đủ để trình", "ok")
        )
    if row.kind in ("returned", "forward"):
        return ("Cần sửa", "warn", "back")
    again = ("Trình lại", "info", "back") if document.round > 1 else (row.state.label, "")
    return _changed(row) or again


def _changed(row: Row) -> Tag | None:
    """What this person saw, or what was approved before, is not the present text."""
    if row.earlier is None:
        return None
    opened = row.earlier.since == "opened"
    return (SINCE["opened"], "warn") if opened else (SINCE["approved"], "info", "back")
