"""The shape of a procedure file, for the loader and for the editors of those who write one; it judges no sense."""

import json
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta, Struct

from workflow.definition import ASKS, EFFECTS, PHASES, RELATIONS
from workflow.rules import CONDITIONS, RULES

Name = Annotated[str, Meta(min_length=1)]


class StateShape(Struct, forbid_unknown_fields=True):
    label: Name
    phase: str
    audience: Literal["unit", "agency"] = "unit"
    waits_for: list[str] = []
    due_workdays: Annotated[int, Meta(ge=1)] | None = None
    editable: bool = False
    final: bool = False


class StepShape(Struct, forbid_unknown_fields=True, rename={"source": "from", "target": "to"}):
    id: Annotated[str, Meta(pattern="^[a-z][a-z_]*$")]
    slug: Annotated[str, Meta(pattern="^[a-z][a-z-]*$")]
    label: Name
    source: str | list[str]
    target: str
    by: list[str] = []
    needs: list[str] = []
    when: str | None = None
    note: Literal["none", "optional", "required"] = "none"
    meaning: Name | None = None
    approves: Literal["content", "format", "signature", "receipt"] | None = None
    signature: bool = False
    new_round: bool = False
    confirm: Name | None = None
    asks: list[str] = []
    effects: list[str] = []


class FileShape(Struct, forbid_unknown_fields=True):
    """A whole file, its states and steps still unread, so that each of them can be refused by its name."""

    id: Annotated[str, Meta(pattern="^[a-z][a-z_]*$")]
    version: Annotated[int, Meta(ge=1)]
    label: Name
    doc_types: Annotated[list[str], Meta(min_length=1)]
    initial: str
    states: dict[str, Any]
    steps: list[Any]


class ProcedureShape(FileShape, forbid_unknown_fields=True):
    states: dict[str, StateShape]
    steps: list[StepShape]


def schema_text() -> str:
    """JSON Schema of a procedure file (definitions/schema.json); names of rules and actors come from the code."""
    schema = msgspec.json.schema(ProcedureShape)
    state = schema["$defs"]["StateShape"]["properties"]
    step = schema["$defs"]["StepShape"]["properties"]
    state["phase"]["enum"] = list(PHASES)
    step["when"]["anyOf"][0]["enum"] = sorted(CONDITIONS)
    for holder, names in (
        (state["waits_for"], RELATIONS),
        (step["by"], RELATIONS),
        (step["needs"], RULES),
        (step["asks"], ASKS),
        (step["effects"], EFFECTS),
    ):
        holder["items"]["enum"] = sorted(names)
    return json.dumps(schema, ensure_ascii=False, indent=2, sort_keys=True) + "\n"
