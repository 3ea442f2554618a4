"""What a test writes into the directory itself, made to count as an act of the agency."""

from tests.bench.year import add_units
from tests.record import Record
from workflow.commands.governing import reorder
from workflow.engine import Identity, Work
from workflow.roster import digests_of_agency


def arranged(w: Work) -> None:
    """Seen by the next request, and known to the log as it stands now."""
    for agency_id in w.directory.agencies:
        facts = {"roster": digests_of_agency(w.db, agency_id)}
        reorder(w, "arrange", "Dàn cảnh cho một phép thử", agency_id, facts)


def more_units(record: Record, count: int, *, first: int = 0) -> None:
    """So many units with two people each, of the Sở."""
    add_units(record, count, first=first)
    with record.engine.work(Identity(rule="test")) as w:
        arranged(w)
