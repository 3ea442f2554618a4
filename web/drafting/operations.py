"""
Adding, moving and removing rows of the editor, done to the values a browser sent; nothing is stored.

It works on names and texts alone, so that a value typed wrong is still there afterwards, exactly as typed.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from web.drafting.carding import OF_CARDS
from web.drafting.held import Held, Pairs
from web.drafting.moving import OF_PARTS
from web.drafting.parts import DEEPEST, LISTS

PLAIN = {
    "bases": "raw", "results": "ref", "missing": "unit", "recipients": "name", "annexes": "",
}  # fmt: skip
"""Lists without depth, and the field of a row that takes the focus."""


@dataclass(frozen=True)
class Done:
    """What the page is drawn from next, the id that takes the focus, and a sentence about it, or ""."""

    pairs: Pairs
    focus: str = ""
    said: str = ""


def operate(pairs: Iterable[tuple[str, str]], op: str) -> Done | None:
    """The values after one button was pressed; None where the button is none of ours."""
    pairs = list(pairs)
    verb, _, rest = op.partition(":")
    name, _, place = rest.partition(":")
    numbers = [int(one) for one in place.split(".") if one.isdecimal() and len(one) < 6]
    if name in PLAIN and verb in _OF_PLAIN and len(numbers) == 1:
        rows, others = split(pairs, name)
        focus = _OF_PLAIN[verb](rows, numbers[0], name)
        return Done(joined(rows, others, name), focus)
    if name in LISTS and verb in _OF_ROWS and numbers:
        rows, others = split(pairs, name)
        first = verb == "after" and not rows
        if not first and numbers[0] >= len(rows):
            return Done(pairs)
        focus, said = _OF_ROWS[verb](rows, numbers, name)
        return Done(joined(rows, others, name), focus, said)
    return None


def split(pairs: Pairs, name: str) -> tuple[list[Held], Pairs]:
    """The rows of one list, in the order of their numbers, and all other values."""
    rows: dict[int, Held] = {}
    others: Pairs = []
    start = f"{name}-"
    for key, value in pairs:
        number, _, rest = key.removeprefix(start).partition("-")
        if key.startswith(start) and number.isdecimal() and len(number) < 6:
            rows.setdefault(int(number), Held()).values.append((rest, value))
        else:
            others.append((key, value))
    held = [row for _, row in sorted(rows.items())]
    deepest = 0
    for place, row in enumerate(held):
        typed = row.get("depth")
        row.depth = min(int(typed) if typed.isdecimal() and len(typed) < 4 else 0, deepest if place else 0)
        deepest = min(row.depth + 1, DEEPEST)
    return held, others


def joined(rows: Sequence[Held], others: Pairs, name: str) -> Pairs:
    """The inverse of `split`, with the rows numbered from 0."""
    made = list(others)
    for number, row in enumerate(rows):
        if name in LISTS:
            row.put("depth", str(row.depth))
        made += [
            (f"{name}-{number}-{key}" if key else f"{name}-{number}", value) for key, value in row.values
        ]
    return made


# Lists without depth.


def _add(rows: list[Held], at: int, name: str) -> str:
    rows.append(Held([(PLAIN[name], "")]))
    return _field(name, len(rows) - 1)


def _drop(rows: list[Held], at: int, name: str) -> str:
    if at < len(rows):
        rows.pop(at)
    return _field(name, min(at, len(rows) - 1)) if rows else f"add-{name}"


def _swap(step: int) -> Callable[[list[Held], int, str], str]:
    def swap(rows: list[Held], at: int, name: str) -> str:
        to = at + step
        if at < len(rows) and 0 <= to < len(rows):
            rows[at], rows[to] = rows[to], rows[at]
            at = to
        return f"{'up' if step < 0 else 'down'}-{name}-{at}"

    return swap


def _field(name: str, at: int) -> str:
    return f"{name}-{at}-{PLAIN[name]}" if PLAIN[name] else f"{name}-{at}"


_OF_PLAIN = {"add": _add, "drop": _drop, "up": _swap(-1), "down": _swap(1)}
_OF_ROWS = OF_PARTS | OF_CARDS
