"""What a procedure says, once read: frozen values with no behaviour but look-up."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from workflow.errors import StepNotOpen

PHASES = ("drafting", "review", "signing", "issue", "reporting")
"""The five places of the stepper. A label of a state; no rule reads it (decisions.md 9)."""

RELATIONS = {
    "drafter": "người soạn thảo",
    "unit_head": "trưởng đơn vị soạn thảo",
    "format_checker": "người kiểm tra thể thức",
    "signer": "người ký",
    "director": "người đứng đầu cơ quan",
    "clerk": "văn thư",
    "chief_of_office": "Chánh Văn phòng",
    "returned_to": "người được trả lại",
    "system": "hệ thống",
}
"""Who a step may be `by`, in the words of a table; `workflow.rules` decides who that is."""

EFFECTS = frozenset({
    "fix_signer", "change_signer", "return_to_drafter", "return_to_head", "withdraw_signature", "take_number",
    "record_seal", "request_void", "drop_void_request", "void_number", "snapshot_recipients", "open_obligations",
    "fulfil_periods", "open_year",
})  # fmt: skip
"""What a step may do beside moving the document; `workflow.commands.effects` does it."""

ASKS = frozenset({"signer", "paper_signed", "capacity"})
"""What a step's form may ask for beside the note."""


@dataclass(frozen=True)
class State:
    id: str
    label: str
    phase: str
    audience: Literal["unit", "agency"] = "unit"
    waits_for: tuple[str, ...] = ()
    due_workdays: int | None = None
    editable: bool = False
    final: bool = False


@dataclass(frozen=True)
class Step:
    """
    One arrow. `when` chooses between arrows of the same id and source; `meaning` is the sense of the
    act in law, kept with the approval it leaves; `signature` marks the one way to `issued`.
    """

    id: str
    slug: str
    label: str
    source: str
    target: str
    by: tuple[str, ...]
    needs: tuple[str, ...] = ()
    when: str | None = None
    note: Literal["none", "optional", "required"] = "none"
    meaning: str | None = None
    approves: str | None = None
    signature: bool = False
    new_round: bool = False
    confirm: str | None = None
    asks: tuple[str, ...] = ()
    effects: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """Unique in a definition; the trigger's name in the machine."""
        return f"{self.id}/{self.source}/{self.target}"

    @property
    def by_system(self) -> bool:
        return self.by == ("system",)


@dataclass(frozen=True)
class Definition:
    """One published version of a procedure. `hash` pins it to the documents that run on it."""

    id: str
    version: int
    label: str
    doc_types: tuple[str, ...]
    initial: str
    states: Mapping[str, State]
    steps: tuple[Step, ...]
    hash: str

    def steps_from(self, state: str) -> list[Step]:
        return [step for step in self.steps if step.source == state]

    def variants(self, step_id: str, state: str) -> list[Step]:
        """The arrows of this id from this state, in the file's order; StepNotOpen if there is none."""
        found = [step for step in self.steps_from(state) if step_id in (step.id, step.slug)]
        if not found:
            raise StepNotOpen(step_id, state)
        return found
