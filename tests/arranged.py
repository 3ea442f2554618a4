"""What a test writes into the directory itself, made to count as an act of the agency."""

from workflow.commands.governing import reorder
from workflow.engine import Work
from workflow.roster import digests_of_agency


def arranged(w: Work) -> None:
    """Seen by the next request, and known to the log as it stands now."""
    for agency_id in w.directory.agencies:
        facts = {"roster": digests_of_agency(w.db, agency_id)}
        reorder(w, "arrange", "Dàn cảnh cho một phép thử", agency_id, facts)
