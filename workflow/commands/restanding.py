"""Keeps where each report stands, in the transaction of the act that changed it; how it stands is `standing_kept`'s."""

from sqlalchemy import bindparam, select

from workflow.engine import Prepared, Work
from workflow.models import Instance, ReportPeriod
from workflow.standing_kept import kept

_OF_REPORT = Prepared(
    kept().where(
        Instance.id.in_(select(ReportPeriod.instance_id).where(ReportPeriod.report_id == bindparam("report")))
    )
)
_OF_INSTANCE = Prepared(kept().where(Instance.id == bindparam("instance")))


def restand_report(w: Work, report_id: int) -> None:
    """After anything happened to a report: for every period that it answers."""
    _OF_REPORT.run(w.db, {"report": report_id})


def restand(w: Work, instance_id: int) -> None:
    """After somebody decided about this period of a unit's duty."""
    _OF_INSTANCE.run(w.db, {"instance": instance_id})
