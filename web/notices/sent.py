"""`/quan-tri/thu`: how many letters wait, left or failed, and which; for administrators, read only."""

from flask import render_template
from flask.typing import ResponseReturnValue

from web.session import engine, reading
from workflow.queries.mail import mail_counts, refuse_unless_admin, stuck


def sent() -> ResponseReturnValue:
    with reading() as w:
        refuse_unless_admin(w)
        counts, lines = mail_counts(w), stuck(w, agency_id=w.actor.agency_id)
    return render_template(
        "notices/sent.html", counts=counts, lines=lines, mails=bool(engine().settings.smtp_host)
    )
