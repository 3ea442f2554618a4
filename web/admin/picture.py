"""A procedure as a drawing: a row for each phase, a box for each state, arrows for the ways forward."""

from dataclasses import dataclass

from web.words import PHASES
from workflow.definition import Definition, State

WIDTH, BOX_WIDTH, BOX_HEIGHT, GAP_X, GAP_Y, TOP = 386, 120, 60, 12, 64, 24
LINE = 14
"""Characters that fit on one line of a box."""


@dataclass(frozen=True)
class Box:
    x: int
    y: int
    lines: tuple[str, ...]
    final: bool


@dataclass(frozen=True)
class Arrow:
    path: str


@dataclass(frozen=True)
class Picture:
    """Boxes and arrows in a view box of `width` × `height`; `words` says the same for whoever does not see it."""

    width: int
    height: int
    phases: tuple[tuple[int, str], ...]
    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]
    words: str


def picture(definition: Definition) -> Picture:
    """Ways back (returns, withdrawals) are left to the table, where each has its words."""
    rows = _rows(definition)
    places: dict[str, tuple[int, int]] = {}
    boxes = []
    for at, (_, states) in enumerate(rows):
        for column, state in enumerate(states):
            x, y = column * (BOX_WIDTH + GAP_X), TOP + at * (BOX_HEIGHT + GAP_Y)
            places[state.id] = (x, y)
            boxes.append(Box(x, y, tuple(_wrapped(state.label)), state.final))
    forward = [pair for pair in _ways(definition) if _leads_on(places[pair[0]], places[pair[1]])]
    said = [f"{definition.states[one].label} đến {definition.states[other].label}" for one, other in forward]
    return Picture(
        width=WIDTH,
        height=TOP + len(rows) * (BOX_HEIGHT + GAP_Y) - GAP_Y + 4,
        phases=tuple(
            (TOP + at * (BOX_HEIGHT + GAP_Y) - 8, PHASES[phase]) for at, (phase, _) in enumerate(rows)
        ),
        boxes=tuple(boxes),
        arrows=tuple(Arrow(_path(places[one], places[other])) for one, other in forward),
        words=f"Sơ đồ {definition.label}: {'; '.join(said)}.",
    )


def _rows(definition: Definition) -> list[tuple[str, list[State]]]:
    states = list(definition.states.values())
    rows = [(phase, [state for state in states if state.phase == phase]) for phase in PHASES]
    return [row for row in rows if row[1]]


def _ways(definition: Definition) -> list[tuple[str, str]]:
    return list(dict.fromkeys((step.source, step.target) for step in definition.steps))


def _leads_on(one: tuple[int, int], other: tuple[int, int]) -> bool:
    """Down to the next row, or to the right within one."""
    below = 0 < other[1] - one[1] <= BOX_HEIGHT + GAP_Y
    beside = other[1] == one[1] and other[0] - one[0] == BOX_WIDTH + GAP_X
    return below or beside


def _path(one: tuple[int, int], other: tuple[int, int]) -> str:
    if one[1] == other[1]:
        return f"M{one[0] + BOX_WIDTH} {one[1] + BOX_HEIGHT // 2}H{other[0] - 2}"
    x1, y1 = one[0] + BOX_WIDTH // 2, one[1] + BOX_HEIGHT
    x2, y2 = other[0] + BOX_WIDTH // 2, other[1] - 2
    # The last stretch runs straight down, beside the name of the phase.
    return f"M{x1} {y1}V{y1 + 8}L{x2} {y2 - 30}V{y2}"


def _wrapped(label: str) -> list[str]:
    """At most three lines, broken between words."""
    lines = [""]
    for word in label.split():
        if lines[-1] and len(lines[-1]) + 1 + len(word) > LINE:
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}".strip()
    return lines
