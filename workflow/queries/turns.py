"""What one actor can do with one document now, what he cannot, and who can: the buttons before they are drawn."""

from dataclasses import dataclass

from workflow.authority import Capacity, capacities, who_may_sign
from workflow.case import Case, DocumentFacts
from workflow.definition import Step
from workflow.ending import refusal_to_agree
from workflow.errors import Refused
from workflow.machine import Flow
from workflow.people import Actor
from workflow.queries.titled import head_title, titled_step

CHOOSING = ("signer_may_sign", "new_signer_may_sign")
"""Needs that look at the signer a form names."""


@dataclass(frozen=True)
class Signer:
    """Someone who could sign this document today, in the strongest capacity he holds for it."""

    person_id: int
    name: str
    line: str
    basis: str


@dataclass(frozen=True)
class OpenStep:
    """
    A step the actor may take. `form` says that it cannot be one press: it needs words, a choice or a second
    look. `primary` is the one that carries the document on. `signer_id` is the signer one press would name.
    """

    id: str
    slug: str
    label: str
    note: str
    asks: tuple[str, ...]
    confirm: str
    signature: bool
    form: bool
    primary: bool
    capacities: tuple[Capacity, ...] = ()
    signers: tuple[Signer, ...] = ()
    signer_id: int | None = None

    @property
    def capacity(self) -> str:
        return self.capacities[0].kind if self.capacities else ""

    @property
    def sublabel(self) -> str:
        """What a press also says: the capacity it signs in, or the signer it names."""
        if self.capacities:
            return self.capacities[0].line
        return next((item.name for item in self.signers if item.person_id == self.signer_id), "")

    @property
    def chooses_signer(self) -> bool:
        return bool(self.signers)


@dataclass(frozen=True)
class Turn:
    """
    `steps` are the buttons, the primary one first; `closed` the others out of this state, with the reason. `may_agree`:
    the actor may say that this plan can end, which is no step of it.
    """

    document: DocumentFacts
    steps: tuple[OpenStep, ...]
    closed: tuple[tuple[Step, Refused], ...]
    may_agree: bool = False

    def step(self, name: str) -> OpenStep | None:
        """By id or slug."""
        return next((step for step in self.steps if name in (step.id, step.slug)), None)

    def why_not(self, name: str) -> Refused | None:
        return next((why for step, why in self.closed if name in (step.id, step.slug)), None)

    @property
    def primary(self) -> OpenStep | None:
        return next((step for step in self.steps if step.primary), None)


def turn_of(flow: Flow, case: Case, actor: Actor) -> Turn:
    """`Flow.explain`, split into what is open and what is not; the same function that guards the gate."""
    title = head_title(case.directory, case.document.unit_id, case.today)
    explained = [(titled_step(step, title), why) for step, why in flow.explain(case, actor)]
    open_ = [step for step, why in explained if why is None]
    first = _carries_on(open_)
    steps = [_open_step(step, case, actor, primary=step is first) for step in open_]
    return Turn(
        document=case.document,
        steps=tuple(sorted(steps, key=lambda step: not step.primary)),
        closed=tuple((step, why) for step, why in explained if why is not None),
        may_agree=refusal_to_agree(case, actor) is None,
    )


def locked(document: DocumentFacts) -> Turn:
    """Nothing at all may be done: the stored text is not the one that was recorded."""
    return Turn(document, (), ())


def _open_step(step: Step, case: Case, actor: Actor, *, primary: bool) -> OpenStep:
    held: tuple[Capacity, ...] = ()
    if "capacity" in step.asks:
        held = tuple(capacities(case.directory, actor.person_id, case.document.signable, case.today))
    signers: tuple[Signer, ...] = ()
    named = None
    if "signer" in step.asks or any(need in step.needs for need in CHOOSING):
        signers = _signers(step, case, actor)
        named = next((s.person_id for s in signers if s.person_id == case.document.signer_id), None)
    choice = bool(set(step.asks) - {"capacity", "signer"}) or ("signer" in step.asks and named is None)
    unnamed = "signer_may_sign" in step.needs and named is None
    return OpenStep(
        id=step.id,
        slug=step.slug,
        label=step.label,
        note=step.note,
        asks=step.asks,
        confirm=step.confirm or "",
        signature=step.signature,
        form=step.note == "required" or step.confirm is not None or choice or unnamed,
        primary=primary,
        capacities=held,
        signers=signers,
        signer_id=named,
    )


def _signers(step: Step, case: Case, actor: Actor) -> tuple[Signer, ...]:
    """As the rules will judge the choice: entitled today, and apart from those who made the document."""
    apart = case.authors | case.content_approvers | case.format_checkers
    if "signer_may_sign" in step.needs:
        apart |= {actor.person_id}
    if "new_signer_may_sign" in step.needs and case.document.signer_id is not None:
        apart |= {case.document.signer_id}
    able = who_may_sign(case.directory, case.document.signable, case.today)
    return tuple(
        Signer(person.id, person.name, held.line, held.basis)
        for person, held in able
        if person.id not in apart
    )


def _carries_on(steps: list[Step]) -> Step | None:
    """The one that leaves an approval, else the one with a meaning in law, else the one that leads on."""
    plain = [step for step in steps if step.note != "required" and not step.new_round]
    for found in (
        [step for step in plain if step.approves],
        [step for step in plain if step.meaning],
        [step for step in plain if step.target != step.source],
        [step for step in plain if not step.asks],
    ):
        if found:
            return found[0]
    return None
