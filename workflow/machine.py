"""A definition set in motion. The only module that knows the `transitions` package."""

from dataclasses import dataclass
from types import SimpleNamespace

from transitions import Machine

from workflow import rules
from workflow.case import Case
from workflow.definition import Definition, Step
from workflow.errors import NeedUnmet, NotYourStep, Refused, RulesChanged, StepNotOpen
from workflow.people import Actor, StandIn
from workflow.relations import in_place_of, is_himself, people_of, stands_in
from workflow.remarking import needs_of


@dataclass(frozen=True)
class Taken:
    """A step that was allowed: where it leads, the needs that were found met, and for which absent person."""

    step: Step
    target: str
    relation: str
    met: tuple[str, ...]
    stand: StandIn | None = None


class Flow:
    """One definition version and the machine that runs it; shared by every request."""

    def __init__(self, definition: Definition):
        self.definition = definition
        # No model is ever added: `add_model` would reset a loaded state to the initial one and keep
        # the row alive for ever. Needs stay out of the machine: it would import and call a dotted name.
        self._machine = Machine(
            model=None,
            states=list(definition.states),
            initial=definition.initial,
            transitions=[{"trigger": s.key, "source": s.source, "dest": s.target} for s in definition.steps],
            auto_transitions=False,
        )

    def steps_here(self, case: Case) -> list[Step]:
        """The arrows out of the present state whose `when` holds."""
        steps = self.definition.steps_from(case.document.state)
        return [step for step in steps if rules.condition_holds(step.when, case)]

    def open_steps(self, case: Case, actor: Actor) -> list[Step]:
        """The buttons: exactly the steps that `take` would accept once their forms are filled."""
        return [step for step in self.steps_here(case) if self.refusal(step, case, actor) is None]

    def explain(self, case: Case, actor: Actor) -> list[tuple[Step, Refused | None]]:
        """Every step out of this state with the reason why not, for the page that says so."""
        return [
            (step, self.refusal(step, case, actor)) for step in self.steps_here(case) if not step.by_system
        ]

    def step(self, step_id: str, case: Case) -> Step:
        """The arrow of this id (or slug) for this case; StepNotOpen if there is none."""
        variants = self.definition.variants(step_id, case.document.state)
        for step in variants:
            if rules.condition_holds(step.when, case):
                return step
        raise StepNotOpen(step_id, case.document.state)

    def take(self, step_id: str, case: Case, actor: Actor) -> Taken:
        """Raises StepNotOpen, NotYourStep, NeedUnmet, NotEntitled or ProofNeeded; writes nothing."""
        step = self.step(step_id, case)
        if refusal := self.refusal(step, case, actor):
            raise refusal
        model = SimpleNamespace(state=case.document.state)
        self._machine.events[step.key].trigger(model)
        relation, stand = _part(step, case, actor)
        return Taken(step, model.state, relation, needs_of(self.definition, step), stand)

    def refusal(self, step: Step, case: Case, actor: Actor) -> Refused | None:
        if case.document.definition_hash != self.definition.hash:
            return RulesChanged(step.id, f"{self.definition.id}/v{self.definition.version}")
        if not any(stands_in(relation, case, actor) for relation in step.by):
            who = [person.name for relation in step.by for person in people_of(relation, case)]
            return NotYourStep(step.id, step.by, tuple(dict.fromkeys(who)))
        for need in needs_of(self.definition, step):
            if case.asked is None and need in rules.ASKED:
                continue
            if refusal := rules.RULES[need](case, actor, step):
                return refusal
        if refusal := _absent_bars(step, needs_of(self.definition, step), case, actor):
            return refusal
        if (
            case.asked is not None
            and step.note == "required"
            and len(case.asked.note.strip()) < rules.NOTE_MINIMUM
        ):
            return NeedUnmet(step.id, "note_given", {"minimum": rules.NOTE_MINIMUM})
        return None


def _part(step: Step, case: Case, actor: Actor) -> tuple[str, StandIn | None]:
    """As what the actor takes the step, his own part before one he takes for somebody away."""
    own = next((name for name in step.by if is_himself(name, case, actor)), None)
    if own is not None:
        return own, None
    relation = next(name for name in step.by if stands_in(name, case, actor))
    return relation, in_place_of(relation, case, actor)


def _absent_bars(step: Step, needs: tuple[str, ...], case: Case, actor: Actor) -> Refused | None:
    """Nobody lets his substitute do what duties kept apart forbid himself: approve his own text, say."""
    if not actor.stands_for:
        return None
    _, stand = _part(step, case, actor)
    if stand is None:
        return None
    absent = case.directory.actor(stand.person_id, case.today)
    barred = any(rules.RULES[need](case, absent, step) for need in needs if need in rules.KEPT_APART)
    return NeedUnmet(step.id, "absent_apart", {"absent": stand.name}) if barred else None
