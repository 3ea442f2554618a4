"""One more row on the confirm page, for what stands in a text and was not read from it; it stores nothing."""

from collections.abc import Iterable, Mapping

from web.drafting.held import Held, Pairs
from web.drafting.operations import Done, joined, split

_NEW: Mapping[str, Pairs] = {
    "bases": [("raw", ""), ("take", "y")],
    "tasks": [("leads", ""), ("ref", ""), ("kind", "unspecified"), ("added", "1"), ("take", "y")],
    "duties": [("sender", ""), ("ref", ""), ("recurrence", "yearly"), ("added", "1"), ("take", "y")],
    "recipients": [("name", ""), ("take", "y")],
    "results": [("ref", "")],
    "missing": [("unit", "")],
    "annexes": [("", "")],
}
"""By list: the values of a new row; the first is the field that takes the focus."""


def one_more(pairs: Iterable[tuple[str, str]], op: str, refs: Mapping[str, str]) -> Done | None:
    """
    The values after the button "add:<list>:<row>": a row more, on the part whose row of the page is named, if it is.
    `refs` are the places of the parts by the names of their rows; a duty is stated by the words of its part, as they
    are typed by now. None where the button is none of ours.
    """
    verb, _, rest = op.partition(":")
    name, _, row = rest.partition(":")
    if verb != "add" or name not in _NEW:
        return None
    rows, others = split(list(pairs), name)
    made = Held(list(_NEW[name]))
    if row in refs:
        made.put("ref", refs[row])
        if name == "duties":
            said = dict(others)
            made.put("raw", said.get(f"{row}-text") or said.get(f"{row}-title", ""))
    rows.append(made)
    first = _NEW[name][0][0]
    focus = f"{name}-{len(rows) - 1}"
    return Done(joined(rows, others, name), f"{focus}-{first}" if first else focus)
