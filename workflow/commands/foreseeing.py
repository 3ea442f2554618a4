"""Once a day, telling Chánh Văn phòng which documents will stop for want of a person; it mends nothing itself."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy.dialects import postgresql, sqlite

from workflow.commands.notices import Telling, tell
from workflow.engine import Engine, Identity, Work
from workflow.models import Fact
from workflow.queries.coverage import stalls
from workflow.queries.installation import fact_of

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
    return len({telling.document_id for telling in found})


def _tellings(w: Work, agency_id: int) -> Iterator[Telling]:
    told = w.directory.holders(w.directory.posts_with(agency_id, "chief_of_office"), w.today)
    if not told:
        return
    for flow, case, _, stall in stalls(w, agency_id)[0]:
        document = case.document
        facts = {
            "subject": document.subject,
            "procedure": document.definition_id,
            "label": flow.definition.states[document.state].label,
            "step": stall.step.label,
            "since": stall.since.isoformat(),
        }
        for person in told:
            key = f"stalls:{document.id}:{document.version}:{stall.step.id}:{person.id}"
            yield Telling(person.id, agency_id, "stalls", key, document_id=document.id, facts=facts)
