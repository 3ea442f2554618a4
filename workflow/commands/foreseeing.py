"""
Once a day, telling whoever can mend it which documents will stop for want of a person; it mends nothing itself.

That is Chánh Văn phòng, and the head of the agency while that post is empty; the head of the unit, who gives a draft
on, where its drafter has left; and of posts that nobody holds the administrator, who seats people.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy.dialects import postgresql, sqlite

from workflow.commands.notices import Telling, tell
from workflow.engine import Engine, Identity, Work
from workflow.models import Fact
from workflow.people import Post
from workflow.queries.coverage import stalls
from workflow.queries.installation import fact_of
from workflow.redrafting import heads_of_orphan
from workflow.remedies import posts_wanted

RULE = "foresee"
LAST = "foreseen_on"


def _claiming(dialect: Any) -> Any:
    added = dialect.insert(Fact)
    newer = Fact.value < added.excluded.value
    changed = added.on_conflict_do_update(
        index_elements=["name"], set_={"value": added.excluded.value}, where=newer
    )
    return changed.returning(Fact.name)


_CLAIM = {"sqlite": _claiming(sqlite), "postgresql": _claiming(postgresql)}
"""Of several runs at once the first has the day; the others wait for it here and find it taken."""


def foresee(engine: Engine) -> int:
    """
    Write the notices of today; returns of how many stalls. Each stall of one version of a document is told once,
    whoever else runs at the same time; again on the same day it does nothing.
    """
    with engine.reading(Identity(rule=RULE)) as w:
        today = w.today.isoformat()
        if fact_of(w, LAST) == today:
            return 0
        found = [telling for agency_id in w.directory.agencies for telling in _tellings(w, agency_id)]
    with engine.work(Identity(rule=RULE)) as w:
        if w.db.execute(_CLAIM[w.db.dialect.name], {"name": LAST, "value": today}).first() is None:
            return 0
        tell(w, found)
    return len({telling.document_id for telling in found if telling.document_id is not None})


def _tellings(w: Work, agency_id: int) -> Iterator[Telling]:
    chiefs, leaders, admins = (
        w.directory.holders(w.directory.posts_with(agency_id, role), w.today)
        for role in ("chief_of_office", "director", "admin")
    )
    for flow, case, _, stall in stalls(w, agency_id)[0]:
        document = case.document
        facts = {
            "subject": document.subject,
            "procedure": document.definition_id,
            "label": flow.definition.states[document.state].label,
            "step": stall.step.label,
            "since": stall.since.isoformat(),
        }
        passing = heads_of_orphan(flow.definition.states[document.state], case)
        overseers = {person.id for person in chiefs or leaders}
        told = {person_id: facts for person_id in overseers}
        gone = {"drafter_gone": w.directory.people[document.drafter_id].name}
        told |= {person.id: facts | gone for person in passing if person.id not in overseers}
        for person_id, said in told.items():
            key = f"stalls:{document.id}:{document.version}:{stall.step.id}:{person_id}"
            yield Telling(person_id, agency_id, "stalls", key, document_id=document.id, facts=said)
        posts = [] if passing else [post for post in posts_wanted(stall) if not _is_held(w, post)]
        if posts and all(obstacle.reason == "nobody" for obstacle in stall.obstacles):
            for person in admins:
                yield _of_empty_posts(w, agency_id, posts, person.id)


def _is_held(w: Work, post: Post) -> bool:
    return bool(w.directory.holders([post], w.today))


def _of_empty_posts(w: Work, agency_id: int, posts: Sequence[Post], person_id: int) -> Telling:
    """Who seats people hears of the posts alone, once a month for the same ones: a draft is none of his concern."""
    ids = ",".join(str(post.id) for post in posts)
    facts = {"posts": [f"{post.title}, {w.directory.units[post.unit_id].name}" for post in posts]}
    key = f"empty_posts:{agency_id}:{ids}:{w.today:%Y-%m}:{person_id}"
    return Telling(person_id, agency_id, "stalls", key, facts=facts)
