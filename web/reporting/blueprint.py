"""What the reporting pages share: the blueprint, who sees all of an agency's reports, where a form came from."""

from flask import request, url_for

from web.job import Job
from web.paths import local_path
from web.uploads import take_files
from workflow.people import Actor

bp = Job(
    "reporting",
    {
        "GET /tong-hop": "collecting.matrix",
        "POST /han/ky/<int:instance_id>/lap": "collecting.start_unit_report",
        "POST /tong-hop/<int:instance_id>/lap": "collecting.start_report",
        "GET /han": "deadlines.deadlines",
        "GET /han/<int:obligation_id>": "duties.duty",
        "POST /han/<int:obligation_id>/xac-dinh": "duties.resolve",
        "POST /han/<int:obligation_id>/sua-han": "duties.correct",
        "POST /han/<int:obligation_id>/don-vi-bao-cao": "duties.name_units",
        "POST /han/<int:obligation_id>/khi-co-yeu-cau": "duties.ad_hoc",
        "GET POST /han/ky/<int:instance_id>/mien": "duties.waive",
        "GET POST /han/ky/<int:instance_id>/gia-han": "duties.extend",
        "GET POST /tong-hop/<int:plan_id>/ban-giao/<int:unit_id>": "handing_over.hand_over",
        "GET /van-ban/<int:document_id>/nhiem-vu": "tasks.plan_progress",
        "GET /nhiem-vu": "tasks.own_tasks",
        "GET /nhiem-vu/<int:task_id>": "tasks.task",
        "POST /nhiem-vu/<int:task_id>/tien-do": "tasks.progress",
        "POST /nhiem-vu/<int:task_id>/su-kien": "tasks.open_by_event",
    },
)
take_files(bp, "progress")
bp.words(reports="web.reporting.wording")

OFFICE = ("chief_of_office", "director", "deputy_director", "auditor")
PLANS = 20
"""Plans on one page."""


def sees_all(actor: Actor) -> bool:
    """Those who answer for the agency's reports: leaders, the office that collects them, auditors."""
    return actor.has(*OFFICE) is not None


def may_waive(actor: Actor) -> bool:
    return actor.has("director", "chief_of_office") is not None


def may_extend(actor: Actor) -> bool:
    return actor.has("chief_of_office") is not None


def may_hand_over(actor: Actor) -> bool:
    return actor.has("chief_of_office") is not None


def back() -> str:
    """Where the form came from, if that is a path of ours."""
    return local_path(request.values.get("ve")) or url_for("reporting.matrix")
