"""One document as the rules see it: frozen facts, loaded before any rule is asked."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Any

from workflow.authority import Signable
from workflow.people import Agency, Directory

AUTHORING = {"create", "edit", "import"}
CONTENT_STEPS = {"approve_content", "submit_own"}
REMARKING = ("remark", "settle_remark", "ask")
"""Acts that take a version of the document, and change neither its text nor its state."""
WATCHING = ("escalate", "remind")
"""Acts that only tell people of a document: they take a version, and no page about it grows old by them."""
PROGRESSING = ("note_progress", "open_task", "open_tasks")
"""Acts on the tasks of an issued plan: nobody who decides about the plan decides otherwise because of them."""


@dataclass(frozen=True)
class DocumentFacts:
    """The row of a document. `faults` are the rules of form its present text breaks (computed when saved)."""

    id: int
    agency_id: int
    unit_id: int
    doc_type: str
    definition_id: str
    definition_version: int
    definition_hash: str
    state: str
    state_since: datetime
    version: int
    round: int
    revision_no: int
    digest: str
    subject: str
    field: str
    drafter_id: int
    signer_id: int | None
    content_by: int | None
    content_at: datetime | None
    format_by: int | None
    signed_by: int | None
    signed_at: datetime | None
    signed_lines: tuple[str, ...]
    numbered_by: int | None
    number: int | None
    reference_no: str | None
    issued_on: date | None
    returned_to: str | None
    format_check: bool | None
    sealed: bool
    void_requested: bool
    faults: tuple[Mapping[str, Any], ...]
    recipient_count: int
    plan_id: int | None
    report_year: int | None
    audience: str
    head_hash: bytes
    last_at: datetime
    created_at: datetime

    @property
    def signable(self) -> Signable:
        return Signable(self.id, self.agency_id, self.doc_type, self.field)


@dataclass(frozen=True)
class ApprovalFacts:
    """An approval that was not withdrawn. `kind` is content, format, signature or receipt."""

    id: int
    kind: str
    step: str
    round: int
    digest: str
    person_id: int
    person_name: str
    title: str
    capacity: str
    lines: tuple[str, ...]
    basis: str
    at: datetime


@dataclass(frozen=True)
class Outstanding:
    """So many reports (`count`) of one duty and period that are not settled; `last_on_time` is the earliest day."""

    reporter: str
    receiver: str
    year: int
    period: str
    last_on_time: date
    inclusive: bool
    count: int


@dataclass(frozen=True)
class Progress:
    """
    Where the reporting of a plan stands, or what a report's periods still lack.

    `open_instances` have begun and are not settled; `next_year` is the next one in which something is due. Of what bars
    the end of a plan: `outstanding` may still fall due in the year that runs, whether it has begun or not; `unowed` are
    duties that no unit owes as long as nobody names one; `under_way` are reports of the agency that are not out yet. Of
    a report: units neither in nor named as missing, units whose accepted report its text has not taken in, those of
    whose report no row is left, and how many units it says have reported beside how many have.
    """

    year_settled: bool = False
    needs_date: int = 0
    open_instances: int = 0
    outstanding: tuple[Outstanding, ...] = ()
    unowed: int = 0
    under_way: int = 0
    unaccounted_units: tuple[str, ...] = ()
    newer_units: tuple[str, ...] = ()
    rowless_units: tuple[str, ...] = ()
    miscounted: tuple[str, str] | None = None
    next_year: int | None = None
    next_year_due: bool = False


@dataclass(frozen=True)
class RemarkFacts:
    """A remark that nobody has settled yet, no answer to another; `quote` is the paragraph as it read then."""

    id: int
    author_id: int
    revision_no: int
    place: str
    quote: str
    must_settle: bool


@dataclass(frozen=True)
class Asked:
    """What the step's form brought along."""

    note: str = ""
    capacity: str = ""
    signer_id: int | None = None
    paper_signed: bool = False


@dataclass(frozen=True)
class Case:
    """Everything a rule may look at. `asked` is None while only the buttons are being drawn."""

    document: DocumentFacts
    approvals: tuple[ApprovalFacts, ...]
    acts: frozenset[tuple[str, int]]
    agency: Agency
    directory: Directory
    now: datetime
    today: date
    progress: Progress = Progress()
    asked: Asked | None = None
    remarks: tuple[RemarkFacts, ...] = ()
    extra: Mapping[str, Any] = field(default_factory=dict)

    def did(self, steps: set[str]) -> frozenset[int]:
        """The people who ever took one of these steps on this document, whatever they hold now."""
        return frozenset(person for step, person in self.acts if step in steps)

    @cached_property
    def authors(self) -> frozenset[int]:
        return self.did(AUTHORING) | {self.document.drafter_id}

    @cached_property
    def content_approvers(self) -> frozenset[int]:
        return self.did(CONTENT_STEPS)

    @cached_property
    def format_checkers(self) -> frozenset[int]:
        return self.did({"check_format"})

    @cached_property
    def signers(self) -> frozenset[int]:
        return self.did({"sign"})

    def valid(self, kind: str) -> ApprovalFacts | None:
        """The newest approval of this kind whose digest is the present one (decisions.md 1)."""
        found = [item for item in self.approvals if item.kind == kind and item.digest == self.document.digest]
        return max(found, key=lambda item: item.id, default=None)

    @property
    def chosen_signer(self) -> int | None:
        return (self.asked.signer_id if self.asked else None) or self.document.signer_id
