"""From YAML on disk to a `Definition` that cannot be wrong: shape first, then sense."""

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal

import msgspec

from workflow.content import canonical
from workflow.definition import ASKS, EFFECTS, PHASES, RELATIONS, Definition, State, Step
from workflow.errors import DefinitionError
from workflow.rules import CONDITIONS, RULES
from workflow.yaml_file import read_yaml


class StateShape(msgspec.Struct, forbid_unknown_fields=True):
    label: str
    phase: str
    audience: Literal["unit", "agency"] = "unit"
    waits_for: list[str] = []
    due_workdays: int | None = None
    editable: bool = False
    final: bool = False


class StepShape(msgspec.Struct, forbid_unknown_fields=True, rename={"source": "from", "target": "to"}):
    id: str
    slug: str
    label: str
    source: str | list[str]
    target: str
    by: list[str] = []
    needs: list[str] = []
    when: str | None = None
    note: Literal["none", "optional", "required"] = "none"
    meaning: str | None = None
    approves: Literal["content", "format", "signature", "receipt"] | None = None
    signature: bool = False
    new_round: bool = False
    confirm: str | None = None
    asks: list[str] = []
    effects: list[str] = []


KEYS = {"id", "version", "label", "doc_types", "initial", "states", "steps"}


def load_all(folder: Path) -> list[Definition]:
    """Every version of every procedure below `folder`. DefinitionError lists all faults of all files."""
    definitions, faults = [], []
    for path in sorted(folder.glob("*/v*.yaml")):
        try:
            definitions.append(load(path))
        except DefinitionError as error:
            faults.append(str(error))
    if faults:
        raise DefinitionError("\n".join(faults))
    return definitions


def load(path: Path) -> Definition:
    """One procedure. DefinitionError names file, step and reason, a line each."""
    name = f"{path.parent.name}/{path.name}"
    raw = read_yaml(path)
    if not isinstance(raw, dict):
        raise DefinitionError(f"{name}: a procedure is a mapping")
    definition, faults = _build(raw)
    if definition is not None and not faults:
        if (path.parent.name, path.stem) != (definition.id, f"v{definition.version}"):
            faults.append(f"id and version say {definition.id}/v{definition.version}, the file says {name}")
        faults += complaints(definition)
    if definition is None or faults:
        raise DefinitionError("\n".join(f"{name}: {fault}" for fault in faults))
    return definition


def _build(raw: dict[str, Any]) -> tuple[Definition | None, list[str]]:
    faults = [f"unknown key {key!r}" for key in raw if key not in KEYS]
    faults += [f"missing key {key!r}" for key in sorted(KEYS - set(raw))]
    if faults:
        return None, faults
    states: dict[str, State] = {}
    for state_id, item in raw["states"].items():
        try:
            state = msgspec.convert(item, StateShape)
            fields = msgspec.structs.asdict(state) | {"waits_for": tuple(state.waits_for)}
            states[state_id] = State(id=state_id, **fields)
        except msgspec.ValidationError as error:
            faults.append(f"state {state_id!r}: {error}")
    steps: list[Step] = []
    for place, item in enumerate(raw["steps"], 1):
        try:
            steps += _steps(msgspec.convert(item, StepShape))
        except msgspec.ValidationError as error:
            named = item.get("id", f"number {place}") if isinstance(item, dict) else f"number {place}"
            faults.append(f"step {named!r}: {error}")
    if faults:
        return None, faults
    pinned = hashlib.sha256(b"trinhky/definition/1\0" + canonical(raw)).hexdigest()
    return (
        Definition(
            id=raw["id"],
            version=raw["version"],
            label=raw["label"],
            doc_types=tuple(raw["doc_types"]),
            initial=raw["initial"],
            states=states,
            steps=tuple(steps),
            hash=pinned,
        ),
        [],
    )


def _steps(shape: StepShape) -> Iterator[Step]:
    for source in [shape.source] if isinstance(shape.source, str) else shape.source:
        fields = msgspec.structs.asdict(shape)
        for name in ("by", "needs", "asks", "effects"):
            fields[name] = tuple(fields[name])
        yield Step(**fields | {"source": source})


def complaints(definition: Definition) -> list[str]:
    """Everything in which a well-shaped procedure makes no sense; empty if it is fit to run."""
    return [*_names(definition), *_ambiguous(definition), *_graph(definition)]


def _names(definition: Definition) -> Iterator[str]:
    if definition.initial not in definition.states:
        yield f"initial state {definition.initial!r} is unknown"
    for state in definition.states.values():
        if state.phase not in PHASES:
            yield f"state {state.id!r}: unknown phase {state.phase!r}"
        for relation in state.waits_for:
            if relation not in RELATIONS:
                yield f"state {state.id!r}: waits for unknown {relation!r}"
    for step in definition.steps:
        where = f"step {step.id!r} from {step.source!r}"
        for state_id in (step.source, step.target):
            if state_id not in definition.states:
                yield f"{where}: unknown state {state_id!r}"
        if not step.by:
            yield f"{where}: no actor; nobody could ever take it"
        for relation in step.by:
            if relation not in RELATIONS:
                yield f"{where}: unknown actor {relation!r}"
        if "system" in step.by and len(step.by) > 1:
            yield f"{where}: the system acts alone, never beside a person"
        for kind, given, known in (
            ("need", step.needs, set(RULES)),
            ("effect", step.effects, EFFECTS),
            ("question", step.asks, ASKS),
            ("condition", (step.when,) if step.when else (), CONDITIONS),
        ):
            for name in given:
                if "." in name:
                    yield f"{where}: {kind} {name!r} has a dot; a definition names rules, it never imports code"
                elif name not in known:
                    yield f"{where}: unknown {kind} {name!r}"
        if step.signature and not step.approves:
            yield f"{where}: a signature must leave an approval"
        if step.approves and not step.meaning:
            yield f"{where}: an approval must say what it means"


def _ambiguous(definition: Definition) -> Iterator[str]:
    seen: dict[tuple[str, str], list[Step]] = {}
    for step in definition.steps:
        seen.setdefault((step.id, step.source), []).append(step)
    for (step_id, source), variants in seen.items():
        if len(variants) > 1 and {step.when for step in variants} != CONDITIONS:
            yield f"step {step_id!r} from {source!r}: stands more than once without opposite conditions"
        if len({step.slug for step in variants}) > 1:
            yield f"step {step_id!r} from {source!r}: one step, several slugs"
    slugs: dict[tuple[str, str], str] = {}
    for step in definition.steps:
        if slugs.setdefault((step.slug, step.source), step.id) != step.id:
            yield f"step {step.id!r} from {step.source!r}: slug {step.slug!r} is already another step's"


def _graph(definition: Definition) -> Iterator[str]:
    known = set(definition.states)
    if definition.initial not in known:
        return
    arrows = [step for step in definition.steps if {step.source, step.target} <= known]
    reached = reachable(arrows, definition.initial)
    for state_id in definition.states:
        if state_id not in reached:
            yield f"state {state_id!r} cannot be reached from {definition.initial!r}"
    final = {state.id for state in definition.states.values() if state.final}
    for step in arrows:
        if step.source in final:
            yield f"step {step.id!r} leads out of {step.source!r}, which is final"
    if not final:
        yield "no state is final; a document could never end"
    for state_id in sorted(set(reached) - final):
        if not final & set(reachable(arrows, state_id)):
            yield f"state {state_id!r} has no way to an end"
    unsigned = reachable([step for step in arrows if not step.signature], definition.initial)
    for goal in {"issued", "accepted"} & known:
        if goal in unsigned:
            path = " → ".join([definition.initial, *unsigned[goal]])
            yield f"state {goal!r} can be reached without a signature: {path}"


def reachable(steps: list[Step], start: str) -> dict[str, list[str]]:
    """Every state reachable from `start`, each with one shortest path of states after it."""
    found: dict[str, list[str]] = {start: []}
    queue = [start]
    while queue:
        state = queue.pop(0)
        for step in steps:
            if step.source == state and step.target not in found:
                found[step.target] = [*found[state], step.target]
                queue.append(step.target)
    return found
