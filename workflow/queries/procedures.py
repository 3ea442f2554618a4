"""The published procedures, as tables a lawyer can read, and how many of an agency's documents run on each."""

from dataclasses import dataclass

from sqlalchemy import func, select

from workflow.definition import Definition
from workflow.engine import Work
from workflow.models import Document
from workflow.need_words import NEED_WORDS as NEED_WORDS
from workflow.procedure_table import HEADINGS as HEADINGS
from workflow.procedure_table import Row, table


@dataclass(frozen=True)
class Published:
    """One version. `running` counts documents that have not ended, `ended` the others; `states` are in file order."""

    definition: Definition
    rows: tuple[Row, ...]
    running: int
    ended: int


def published(w: Work, agency_id: int) -> list[Published]:
    """Every version of every procedure the program holds, the newest version of each first."""
    statement = (
        select(
            Document.definition_id, Document.definition_version, Document.state, func.count().label("many")
        )
        .where(Document.agency_id == agency_id)
        .group_by(Document.definition_id, Document.definition_version, Document.state)
    )
    counted: dict[tuple[str, int], list[tuple[str, int]]] = {}
    for row in w.db.execute(statement):
        counted.setdefault((row.definition_id, row.definition_version), []).append((row.state, row.many))
    found = []
    for (name, version), flow in sorted(w.engine.flows.items(), key=lambda item: (item[0][0], -item[0][1])):
        states = flow.definition.states
        here = counted.get((name, version), [])
        ended = sum(many for state, many in here if state in states and states[state].final)
        running = sum(many for _, many in here) - ended
        found.append(Published(flow.definition, tuple(table(flow.definition)), running, ended))
    return found
