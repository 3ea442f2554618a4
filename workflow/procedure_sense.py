"""What a well-shaped procedure may still get wrong: names, arrows, ways round a signature; it repairs nothing."""

from collections.abc import Iterable, Iterator

from workflow.catalogue import catalogue
from workflow.definition import ASKS, EFFECTS, PHASES, RELATIONS, Definition, Step
from workflow.rules import CONDITIONS, RULES

ENDS_THAT_BIND = ("issued", "accepted")
"""States that nothing may reach without a signature."""


def complaints(definition: Definition) -> list[str]:
    """Everything in which a well-shaped procedure makes no sense; empty if it is fit to run."""
    faults = [*_states(definition), *_steps(definition), *_ambiguous(definition)]
    if not faults:
        faults = [*_ways(definition), *_dead_ends(definition), *_rounds(definition), *_unsigned(definition)]
    return faults


def reachable(steps: Iterable[Step], start: str) -> dict[str, list[str]]:
    """Every state reachable from `start`, each with one shortest path of states after it."""
    arrows = list(steps)
    found: dict[str, list[str]] = {start: []}
    queue = [start]
    while queue:
        state = queue.pop(0)
        for step in arrows:
            if step.source == state and step.target not in found:
                found[step.target] = [*found[state], step.target]
                queue.append(step.target)
    return found


def _states(definition: Definition) -> Iterator[str]:
    types = {item.abbreviation for item in catalogue().document_types}
    yield from (f"unknown document type {item!r}" for item in definition.doc_types if item not in types)
    if definition.initial not in definition.states:
        yield f"initial state {definition.initial!r} is unknown"
    if not any(state.final for state in definition.states.values()):
        yield "no state is final; a document could never end"
    for state in definition.states.values():
        if state.phase not in PHASES:
            yield f"state {state.id!r}: unknown phase {state.phase!r}"
        for relation in state.waits_for:
            if relation not in RELATIONS:
                yield f"state {state.id!r}: waits for unknown {relation!r}"


def _steps(definition: Definition) -> Iterator[str]:
    for step in definition.steps:
        where = _where(step)
        for state_id in (step.source, step.target):
            if state_id not in definition.states:
                yield f"{where}: unknown state {state_id!r}"
            elif state_id == step.source and definition.states[state_id].final:
                yield f"{where}: leads out of {state_id!r}, which is final"
        if not step.by:
            yield f"{where}: no actor; nobody could ever take it"
        for relation in step.by:
            if relation not in RELATIONS:
                yield f"{where}: unknown actor {relation!r}"
        if "system" in step.by and len(step.by) > 1:
            yield f"{where}: the system acts alone, never beside a person"
        yield from _registered(step, where)
        if step.signature and not step.approves:
            yield f"{where}: a signature must leave an approval"
        if step.approves and not step.meaning:
            yield f"{where}: an approval must say what it means"


def _registered(step: Step, where: str) -> Iterator[str]:
    for kind, given, known in (
        ("need", step.needs, RULES.keys()),
        ("effect", step.effects, EFFECTS),
        ("question", step.asks, ASKS),
        ("condition", (step.when,) if step.when else (), CONDITIONS),
    ):
        for name in given:
            if "." in name:
                yield f"{where}: {kind} {name!r} has a dot; a definition names rules, it never imports code"
            elif name not in known:
                yield f"{where}: unknown {kind} {name!r}"


def _ambiguous(definition: Definition) -> Iterator[str]:
    seen: dict[tuple[str, str], list[Step]] = {}
    for step in definition.steps:
        seen.setdefault((step.id, step.source), []).append(step)
    for variants in seen.values():
        if len(variants) > 1 and sorted(step.when or "" for step in variants) != sorted(CONDITIONS):
            yield f"{_where(variants[0])}: stands {len(variants)} times without opposite conditions"
        if len({step.slug for step in variants}) > 1:
            yield f"{_where(variants[0])}: one step, several slugs"
    called: dict[tuple[str, str], str] = {(step.id, step.source): step.id for step in definition.steps}
    for step in definition.steps:
        if called.setdefault((step.slug, step.source), step.id) != step.id:
            yield f"{_where(step)}: slug {step.slug!r} is already another step's"


def _ways(definition: Definition) -> Iterator[str]:
    reached = reachable(definition.steps, definition.initial)
    for state_id in definition.states:
        if state_id not in reached:
            yield f"state {state_id!r} cannot be reached from {definition.initial!r}"


def _dead_ends(definition: Definition) -> Iterator[str]:
    """Under either setting: a way that only one of them opens leaves the other's documents standing."""
    final = {state.id for state in definition.states.values() if state.final}
    for condition in sorted(CONDITIONS):
        arrows = [step for step in definition.steps if step.when in (None, condition)]
        for state_id in reachable(arrows, definition.initial):
            if not final & set(reachable(arrows, state_id)):
                yield f"state {state_id!r} has no way to an end ({condition})"


def _rounds(definition: Definition) -> Iterator[str]:
    """One approval a step and round (decisions.md 1): a way back to an approval must begin a new round."""
    same_round = [step for step in definition.steps if not step.new_round]
    for step in definition.steps:
        if (
            step.approves
            and not step.new_round
            and step.source in (back := reachable(same_round, step.target))
        ):
            path = _path(step.source, [step.target, *back[step.source]])
            yield f"{_where(step)}: could be taken twice in one round: {path}"


def _unsigned(definition: Definition) -> Iterator[str]:
    for goal in ENDS_THAT_BIND:
        if goal not in definition.states:
            continue
        binding = _signs if goal == "issued" else _consents
        way = reachable((step for step in definition.steps if not binding(step)), definition.initial)
        if goal in way:
            path = _path(definition.initial, way[goal])
            yield f"state {goal!r} can be reached without a signature: {path}"
    if "issued" in definition.states:
        way = reachable(
            (step for step in definition.steps if "take_number" not in step.effects), definition.initial
        )
        if "issued" in way:
            yield f"state 'issued' can be reached without a number: {_path(definition.initial, way['issued'])}"


def _signs(step: Step) -> bool:
    """A signature that binds outside the unit asks by what right it is given, and of whom."""
    return step.signature and step.approves == "signature" and {"may_sign", "proof_recent"} <= set(step.needs)


def _consents(step: Step) -> bool:
    return step.signature


def _where(step: Step) -> str:
    return f"step {step.id!r} from {step.source!r}"


def _path(start: str, rest: list[str]) -> str:
    return " → ".join([start, *rest])
