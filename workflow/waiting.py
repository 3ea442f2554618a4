"""Whom a document waits for: one row per post, kept in step with its state. A hint; the gate decides."""

from collections.abc import Collection, Iterable

from sqlalchemy import bindparam, insert, text, update

from workflow.case import Case
from workflow.definition import State
from workflow.engine import Prepared, Work
from workflow.models import Waiting
from workflow.models.base import instant_text
from workflow.people import Person
from workflow.relations import people_of, posts_of

_WAITING = Waiting.__table__
_OPEN = Prepared(insert(_WAITING))
_CLOSE = Prepared(
    update(_WAITING)
    .where(_WAITING.c.document_id == bindparam("of_document"), _WAITING.c.left_at.is_(None))
    .values(left_at=bindparam("now"))
)

_HAND_ON = Prepared(
    text(
        "WITH closed AS (UPDATE waiting SET left_at = :now WHERE document_id = :document AND left_at IS NULL) "
        "INSERT INTO waiting (agency_id, document_id, post_id, person_id, state, since, left_at) "
        "SELECT :agency, :document, post_id, person_id, :state, :now, NULL "
        "FROM unnest(CAST(:posts AS bigint[]), CAST(:people AS bigint[])) AS new(post_id, person_id)"
    )
)
"""PostgreSQL: both in one round trip."""


def wait_for(w: Work, case: Case, state: State, awaited: Collection[Person] | None = None) -> None:
    """
    Close the open rows of the document and open those of `state`; `case` is as it stands after the step. A post whose
    holders are all among those who could only send it back gets none: of those the state looks to, `awaited` are the
    ones who can take it on (see `awaited`), all of them where it is not given.
    """
    posts = _posts(case, state.waits_for)
    if awaited is not None:
        barred = {person.id for relation in state.waits_for for person in people_of(relation, case)}
        barred -= {person.id for person in awaited}
        posts = [(post, person) for post, person in posts if person or not _is_held_by(case, post, barred)]
    if not w.engine.database.is_sqlite:
        values = {"agency": case.document.agency_id, "document": case.document.id, "state": state.id}
        people = [person_id for _, person_id in posts]
        _HAND_ON.later(
            w.db, values | {"now": instant_text(w.now), "posts": [p for p, _ in posts], "people": people}
        )
        return
    _CLOSE.later(w.db, {"of_document": case.document.id, "now": w.now})
    rows = [
        {
            "agency_id": case.document.agency_id,
            "document_id": case.document.id,
            "post_id": post_id,
            "person_id": person_id,
            "state": state.id,
            "since": w.now,
            "left_at": None,
        }
        for post_id, person_id in posts
    ]
    if rows:
        _OPEN.run_all(w.db, rows)


def _is_held_by(case: Case, post_id: int, barred: set[int]) -> bool:
    """Whether somebody holds the post and all who do are among these; one that nobody holds waits for who comes."""
    if not barred:
        return False
    holders = {person.id for person in case.directory.holders([case.directory.posts[post_id]], case.today)}
    return bool(holders) and holders <= barred


def _posts(case: Case, relations: Iterable[str]) -> list[tuple[int, int | None]]:
    found: dict[int, int | None] = {}
    for relation in relations:
        for post, person_id in posts_of(relation, case):
            found.setdefault(post.id, person_id)
    return list(found.items())
