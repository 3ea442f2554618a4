"""Parts of the text coming, moving and going: a row takes its block along, the rows below it that stand deeper."""

from web.drafting import notation
from web.drafting.held import Held, Operation, Pairs
from web.drafting.numbers import relabelled, style_below, style_of
from web.drafting.parts import rows_of, written
from workflow.content import Node


def _end(rows: list[Held], at: int) -> int:
    """Where the block of a row ends."""
    end = at + 1
    while end < len(rows) and rows[end].depth > rows[at].depth:
        end += 1
    return end


def _parent(rows: list[Held], at: int) -> Held | None:
    return next((rows[up] for up in range(at - 1, -1, -1) if rows[up].depth < rows[at].depth), None)


def _children(rows: list[Held], parent: Held | None) -> list[Held]:
    return [row for at, row in enumerate(rows) if _parent(rows, at) is parent]


Styles = dict[Held | None, str]


def _styles(rows: list[Held]) -> Styles:
    """How the children of each part are numbered, where they are numbered in order."""
    groups: dict[Held | None, list[str]] = {}
    for at, row in enumerate(rows):
        groups.setdefault(_parent(rows, at), []).append(row.get("label"))
    return {parent: style for parent, labels in groups.items() if (style := style_of(labels)) is not None}


def _renumber(rows: list[Held], parent: Held | None, styles: Styles, moved: Held | None = None) -> None:
    group = _children(rows, parent)
    style = styles.get(parent)
    if style is None:
        if moved is None or len(group) > 1 or not moved.get("label"):
            return
        style = style_below(parent.get("label") if parent else None)
    for place, row in enumerate(group):
        _label(rows, row, relabelled(style, place))


def _label(rows: list[Held], row: Held, label: str) -> None:
    old = row.get("label")
    row.put("label", label)
    if old and old != label:
        for child in _children(rows, row):
            below = child.get("label")
            if below.startswith(f"{old}."):
                _label(rows, child, label + below.removeprefix(old))


def _after(rows: list[Held], numbers: list[int], name: str) -> tuple[str, str]:
    """A new part after a block, at its height; the first of an empty list."""
    at = numbers[0]
    styles = _styles(rows)
    made = Held([("label", ""), ("title", ""), ("text", "")], rows[at].depth if rows else 0)
    end = _end(rows, at) if rows else 0
    rows.insert(end, made)
    _renumber(rows, _parent(rows, end), styles)
    return _text(rows, made, name), ""


def _under(rows: list[Held], numbers: list[int], name: str) -> tuple[str, str]:
    """A new part below a row, after those it has."""
    at = numbers[0]
    styles = _styles(rows)
    first = at + 1 >= len(rows) or rows[at + 1].depth <= rows[at].depth
    made = Held([("label", ""), ("title", ""), ("text", "")], rows[at].depth + 1)
    rows.insert(_end(rows, at), made)
    if first:
        made.put("label", relabelled(style_below(rows[at].get("label")), 0))
    else:
        _renumber(rows, rows[at], styles)
    return _text(rows, made, name), ""


def _text(rows: list[Held], row: Held, name: str) -> str:
    kind = "title" if row.depth == 0 and name == "parts" else "text"
    return f"{name}-{rows.index(row)}-{kind}"


def _up(rows: list[Held], numbers: list[int], name: str) -> tuple[str, str]:
    at = numbers[0]
    styles, row, end = _styles(rows), rows[at], _end(rows, at)
    above = next((up for up in range(at - 1, -1, -1) if rows[up].depth <= row.depth), -1)
    if above >= 0 and rows[above].depth == row.depth:
        rows[above:end] = rows[at:end] + rows[above:at]
        _renumber(rows, _parent(rows, above), styles)
    return f"up-{name}-{rows.index(row)}", ""


def _down(rows: list[Held], numbers: list[int], name: str) -> tuple[str, str]:
    at = numbers[0]
    styles, row, end = _styles(rows), rows[at], _end(rows, at)
    if end < len(rows) and rows[end].depth == row.depth:
        after = _end(rows, end)
        rows[at:after] = rows[end:after] + rows[at:end]
        _renumber(rows, _parent(rows, at), styles)
    return f"down-{name}-{rows.index(row)}", ""


def _in(rows: list[Held], numbers: list[int], name: str) -> tuple[str, str]:
    """Below the part before it."""
    at = numbers[0]
    styles, row, end = _styles(rows), rows[at], _end(rows, at)
    above = next((up for up in range(at - 1, -1, -1) if rows[up].depth <= row.depth), -1)
    if above >= 0 and rows[above].depth == row.depth:
        before = _parent(rows, at)
        for one in rows[at:end]:
            one.depth += 1
        _renumber(rows, before, styles)
        _renumber(rows, rows[above], styles, row)
    return f"in-{name}-{rows.index(row)}", ""


def _out(rows: list[Held], numbers: list[int], name: str) -> tuple[str, str]:
    """After the part it stood below."""
    at = numbers[0]
    styles, row, end = _styles(rows), rows[at], _end(rows, at)
    parent = _parent(rows, at)
    if parent is not None:
        block = rows[at:end]
        del rows[at:end]
        for one in block:
            one.depth -= 1
        to = _end(rows, rows.index(parent))
        rows[to:to] = block
        _renumber(rows, parent, styles)
        _renumber(rows, _parent(rows, to), styles, row)
    return f"out-{name}-{rows.index(row)}", ""


def _remove(rows: list[Held], numbers: list[int], name: str) -> tuple[str, str]:
    at = numbers[0]
    styles, end, parent = _styles(rows), _end(rows, at), _parent(rows, at)
    gone = rows[at:end]
    del rows[at:end]
    _renumber(rows, parent, styles)
    what = " ".join(part for part in (gone[0].get("label"), gone[0].get("title")) if part) or "một đoạn"
    below = f" cùng {len(gone) - 1} phần bên dưới" if len(gone) > 1 else ""
    said = f"Đã bỏ {what}{below}, chưa lưu. Mở lại trang mà không lưu thì phần đó vẫn còn."
    return (_text(rows, rows[max(0, at - 1)], name) if rows else f"add-{name}"), said


def _take_apart(rows: list[Held], numbers: list[int], name: str) -> tuple[str, str]:
    """Lines of a text that begin with 1., a), - become parts of their own below it."""
    at = numbers[0]
    row = rows[at]
    read = notation.section_of("", "", row.get("text"))
    if not read.children:
        return f"{name}-{at}-text", "Không có dòng nào mở đầu bằng 1., a) hoặc - để tách."
    row.put("text", written(read.paragraphs))
    made = [Held(_values(node), row.depth + 1 + depth) for depth, node in rows_of(read.children)]
    rows[at + 1 : at + 1] = made
    return f"{name}-{at + 1}-text", f"Đã tách thành {len(made)} phần, chưa lưu."


def _values(node: Node) -> Pairs:
    return [("label", node.label), ("title", node.title), ("text", written(node.paragraphs))]


OF_PARTS: dict[str, Operation] = {
    "after": _after,
    "under": _under,
    "up": _up,
    "down": _down,
    "in": _in,
    "out": _out,
    "drop": _remove,
    "split": _take_apart,
}
