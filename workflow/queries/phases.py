"""Where a document stands among the five words its users know; a label, never a rule (decisions.md 9)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from workflow.definition import PHASES, Definition, State
from workflow.queries.trail import Line

STOPPED = ("rejected", "cancelled", "voided")


@dataclass(frozen=True)
class Phase:
    """
    `by` and `at` are of the step that led out of it, for a phase that is done. `checks_format`: the content is approved,
    by and at as they say, and what the phase still waits for is the check of the form.
    """

    id: str
    state: Literal["done", "now", "todo", "stop"]
    by: str = ""
    at: datetime | None = None
    checks_format: bool = False


def phases_of(definition: Definition, state: State, trail: Sequence[Line]) -> tuple[Phase, ...]:
    """The phases this procedure has, in order; one that was left for good carries who finished it and when."""
    used = {item.phase for item in definition.states.values()}
    order = [phase for phase in PHASES if phase in used]
    here = order.index(state.phase)
    ended = state.final and state.id not in STOPPED
    found = []
    for place, phase in enumerate(order):
        if place < here or (place == here and ended):
            last = _left(definition, order, place, trail)
            found.append(Phase(phase, "done", last.name if last else "", last.at if last else None))
        elif place == here and "format_checker" in state.waits_for:
            last = _approved(definition, state, trail)
            found.append(
                Phase(phase, "now", last.name if last else "", last.at if last else None, checks_format=True)
            )
        elif place == here:
            found.append(Phase(phase, "stop" if state.id in STOPPED else "now"))
        else:
            found.append(Phase(phase, "todo"))
    return tuple(found)


def _left(definition: Definition, order: list[str], place: int, trail: Sequence[Line]) -> Line | None:
    """
    The newest act that led out of this phase to a later one, or ended it where it is the last. Where the
    content was approved inside the phase, it is that act: the review is the head's, whoever checks the form.
    """

    def rank(state_id: str) -> int:
        state = definition.states.get(state_id)
        return order.index(state.phase) if state else -1

    approving = _approving(definition)
    left: Line | None = None
    for line in reversed(trail):
        before, after = rank(line.from_state), rank(line.to_state)
        if left is None:
            ends = line.to_state in definition.states and definition.states[line.to_state].final
            if before == place and (after > place or ends):
                left = line
            elif before < place < after:  # a head's own text goes past the review
                return line
        if left is not None and before == place and (line.action, line.from_state) in approving:
            return line
        if left is not None and before < place:
            break
    return left


def _approved(definition: Definition, state: State, trail: Sequence[Line]) -> Line | None:
    """The newest act that approved the content and led here."""
    approving = _approving(definition)
    led = (line for line in reversed(trail) if line.to_state == state.id)
    return next((line for line in led if (line.action, line.from_state) in approving), None)


def _approving(definition: Definition) -> set[tuple[str, str]]:
    """The steps that approve the content, each with the state it leads out of."""
    return {(step.id, step.source) for step in definition.steps if step.approves == "content"}
