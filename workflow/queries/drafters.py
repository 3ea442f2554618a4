"""Who could take a draft on, by name and title, for the page on which its head gives it to another."""

from dataclasses import dataclass

from workflow.engine import Work
from workflow.loading import cases
from workflow.queries.documents import DocumentView, document_view
from workflow.redrafting import refusal_to_pass, who_could_draft


@dataclass(frozen=True)
class Taker:
    """`away` says that he is absent today; he may be named all the same."""

    person_id: int
    name: str
    title: str
    away: bool


@dataclass(frozen=True)
class ToPass:
    view: DocumentView
    takers: tuple[Taker, ...]


def to_pass(w: Work, document_id: int) -> ToPass:
    """NotFound where the draft is out of sight; StepNotOpen, NotYourStep as `pass_draft`."""
    view = document_view(w, document_id)
    (case,) = cases(w, [view.document])
    if refusal := refusal_to_pass(view.definition, case, w.actor):
        raise refusal
    directory, agency_id, today = w.directory, view.document.agency_id, w.today
    takers = tuple(
        Taker(
            person.id,
            person.name,
            directory.title_of(person.id, agency_id, today),
            directory.absence_of(person.id, today) is not None,
        )
        for person in who_could_draft(case)
    )
    return ToPass(view, takers)
