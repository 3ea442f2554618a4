"""
Every way the engine says no. Each carries facts; the sentences are the web's.

WorkflowError
├── NotFound                no such document, or none that the actor may see
├── Refused                 the answer is no, for a reason a person can act on
│   ├── StepNotOpen           no such step from the present state
│   ├── NotYourStep           the actor holds no post that may take it
│   ├── NeedUnmet             a rule named in the definition is false
│   ├── NotEntitled           no capacity to sign holds today; says who could
│   └── ProofNeeded           the act wants a fresh proof of who is acting
├── Stale                   someone moved the document since the page was drawn
├── KeyReused               one idempotency key came with two different requests
├── Invalid                 what was typed breaks a rule of form; lists every fault
├── Unreadable              a text or file that cannot be read as a document
├── Unprintable             a text has signs that no font at hand can show
├── OutcomeUnknown          the commit was sent and its answer was lost
├── TooBusy                 the database would not answer in time; nothing was done
├── DefinitionError         a YAML file is wrong; raised at start-up, never in a request
├── SettingsError           a setting is unknown or out of range; raised at start-up
├── UnsafeDatabase          the database cannot keep the promises; raised at start-up
└── NewerRecord             a newer release has migrated the record; raised at start-up
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any


class WorkflowError(Exception):
    """Base of all errors the engine raises on purpose."""


class NotFound(WorkflowError):
    """No such document, or none that the actor may see; the two are told apart to nobody."""


class Refused(WorkflowError):
    """The step may not be taken."""

    step: str = ""


class StepNotOpen(Refused):
    """No such step leads on from the present state."""

    def __init__(self, step: str, state: str):
        super().__init__(f"step {step!r} is not open from state {state!r}")
        self.step, self.state = step, state


class RulesChanged(Refused):
    """The procedure at hand is not the one that the document is pinned to: its version was edited (decisions.md 7)."""

    def __init__(self, step: str, definition: str):
        super().__init__(f"step {step!r}: {definition} is not what the document runs on")
        self.step, self.definition = step, definition


class NotYourStep(Refused):
    """`who` names the people who may take it now."""

    def __init__(self, step: str, by: Sequence[str], who: Sequence[str] = ()):
        super().__init__(f"step {step!r} is for {', '.join(by)}")
        self.step, self.by, self.who = step, tuple(by), tuple(who)


class NeedUnmet(Refused):
    """`need` is a name of `workflow.rules`; `facts` is what the rule saw."""

    def __init__(self, step: str, need: str, facts: Mapping[str, Any] | None = None):
        super().__init__(f"step {step!r} needs {need!r}: {dict(facts or {})}")
        self.step, self.need, self.facts = step, need, dict(facts or {})


class NotEntitled(Refused):
    """No capacity lets this person sign this document today (NĐ 30/2020, Điều 13)."""

    def __init__(
        self, step: str, reason: str, could: Sequence[str] = (), facts: Mapping[str, Any] | None = None
    ):
        super().__init__(f"step {step!r}: {reason}")
        self.step, self.reason, self.could, self.facts = step, reason, tuple(could), dict(facts or {})


class ProofNeeded(Refused):
    """The last proof of identity is missing or older than `minutes`; 0 where every act wants its own."""

    def __init__(self, step: str, minutes: int):
        super().__init__(f"step {step!r} needs a proof of identity not older than {minutes} minutes")
        self.step, self.minutes = step, minutes


class Stale(WorkflowError):
    """The document changed after the actor's page was drawn."""

    def __init__(
        self, *, seen_version: int | None = None, version: int | None = None, text_changed: bool = False
    ):
        super().__init__(f"seen version {seen_version}, present version {version}")
        self.seen_version, self.version, self.text_changed = seen_version, version, text_changed


class KeyReused(WorkflowError):
    """The idempotency key already belongs to another request."""


@dataclass(frozen=True)
class Fault:
    """One thing wrong with what was typed: where, which rule, and the words it speaks of."""

    place: str
    rule: str
    facts: Mapping[str, Any] = field(default_factory=dict)


class Invalid(WorkflowError):
    """What was typed breaks rules of form; all faults at once."""

    def __init__(self, faults: Sequence[Fault]):
        super().__init__("; ".join(f"{fault.place}: {fault.rule}" for fault in faults))
        self.faults = tuple(faults)


class Unreadable(WorkflowError):
    """
    `reason` says what it is, or what is wrong with it; each has a sentence of its own.

    Words: empty, too_large, text_too_large, binary, encoding, secret. Other files, by name: doc, macros, odt, rtf,
    xls, xlsx, ppt, pptx, ole, image, media, archive, executable. Files that could not be read: encrypted_office,
    encrypted_pdf, scanned_pdf, pdf_letters, pictures_only, too_many_pages, damaged. Files that are a danger: bomb,
    unsafe_names, dtd, unsafe (the limits stopped its parser). busy: too many are being read at this moment.
    """

    def __init__(self, reason: str, **facts: Any):
        super().__init__(f"{reason} {facts or ''}".strip())
        self.reason, self.facts = reason, facts


class Unprintable(WorkflowError):
    """`signs` stand in the text, and no font at hand has a shape for them."""

    def __init__(self, signs: Sequence[str]):
        super().__init__(" ".join(f"U+{ord(sign):04X}" for sign in signs))
        self.signs = tuple(signs)


class OutcomeUnknown(WorkflowError):
    """The connection broke while committing; only the record itself can say what happened."""


class TooBusy(WorkflowError):
    """The database was locked or full for too long; the work was rolled back."""


class DefinitionError(WorkflowError):
    """A definition file breaks the schema or contradicts itself. Names file, step and reason."""


class SettingsError(WorkflowError):
    """A setting is unknown or out of range."""


class UnsafeDatabase(WorkflowError):
    """The database is set up so that a promise could not be kept; the program does not start."""


class NewerRecord(WorkflowError):
    """The record's schema is `present`, a revision this program, which ends with `known`, has never heard of."""

    def __init__(self, present: str, known: str):
        super().__init__(f"the record's schema is {present}, the program knows them up to {known}")
        self.present, self.known = present, known
