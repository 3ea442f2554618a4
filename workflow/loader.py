"""From YAML on disk to a `Definition` that cannot be wrong: shape first, then sense."""

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from workflow.content import canonical
from workflow.definition import Definition, State, Step
from workflow.errors import DefinitionError
from workflow.procedure_sense import complaints
from workflow.procedure_shape import FileShape, StateShape, StepShape
from workflow.yaml_file import read_yaml

PIN = b"trinhky/definition/1\0"


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
    try:
        raw = read_yaml(path)
    except DefinitionError as error:
        raise DefinitionError(f"{path.parent.name}/{error}") from error
    faults: list[str] = []
    definition = _build(raw, faults)
    if definition is not None:
        if (path.parent.name, path.stem) != (definition.id, f"v{definition.version}"):
            faults.append(f"id and version say {definition.id}/v{definition.version}, the file says {name}")
        faults += complaints(definition)
    if definition is None or faults:
        raise DefinitionError("\n".join(f"{name}: {fault}" for fault in faults))
    return definition


def _build(raw: Any, faults: list[str]) -> Definition | None:
    """None, and the reasons added to `faults`, if the shape is wrong."""
    if not isinstance(raw, dict):
        faults.append("a procedure is a mapping of named values")
        return None
    known = FileShape.__struct_fields__
    faults += [f"unknown key {key!r}" for key in raw if key not in known]
    faults += [f"missing key {key!r}" for key in known if key not in raw]
    if faults:
        return None
    try:
        file = msgspec.convert(raw, FileShape)
    except msgspec.ValidationError as error:
        faults.append(str(error))
        return None
    states = {
        state_id: state for state_id, item in file.states.items() for state in _state(state_id, item, faults)
    }
    steps = [step for place, item in enumerate(file.steps, 1) for step in _steps(place, item, faults)]
    if faults:
        return None
    return Definition(
        id=file.id,
        version=file.version,
        label=file.label,
        doc_types=tuple(file.doc_types),
        initial=file.initial,
        states=states,
        steps=tuple(steps),
        hash=hashlib.sha256(PIN + canonical(raw)).hexdigest(),
    )


def _state(state_id: str, item: Any, faults: list[str]) -> Iterator[State]:
    try:
        shape = msgspec.convert(item, StateShape)
    except msgspec.ValidationError as error:
        faults.append(f"state {state_id!r}: {error}")
        return
    yield State(id=state_id, **msgspec.structs.asdict(shape) | {"waits_for": tuple(shape.waits_for)})


def _steps(place: int, item: Any, faults: list[str]) -> Iterator[Step]:
    """One arrow for each state that the step leads from."""
    try:
        shape = msgspec.convert(item, StepShape)
    except msgspec.ValidationError as error:
        named = item.get("id", f"number {place}") if isinstance(item, dict) else f"number {place}"
        faults.append(f"step {named!r}: {error}")
        return
    fields = msgspec.structs.asdict(shape)
    for name in ("by", "needs", "asks", "effects"):
        fields[name] = tuple(fields[name])
    for source in [shape.source] if isinstance(shape.source, str) else shape.source:
        yield Step(**fields | {"source": source})
