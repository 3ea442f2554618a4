"""Where a person wants letters, and how often. The address itself stands in no entry: it can be erased."""

import re

from sqlalchemy import update

from workflow import audit
from workflow.engine import Work
from workflow.errors import Fault, Invalid, NotFound, NotYourStep
from workflow.models import MailChoice, Person
from workflow.queries.mail import CHOICES

LONGEST = 254
"""RFC 5321: the longest path of a letter, without its brackets."""

_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+"
                      r"[A-Za-z]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?")  # fmt: skip


def set_address(w: Work, *, person_id: int, address: str) -> None:
    """
    Note where letters go; empty for nowhere. By the person, an administrator, or at the console.

    Raises NotFound, NotYourStep, Invalid. A line break or a second address cannot pass.
    """
    person = w.directory.people.get(person_id)
    if person is None:
        raise NotFound(f"person {person_id}")
    mine = w.actor.person_id == person_id
    if not (mine or w.actor.is_system or w.actor.has("admin", agency_id=person.agency_id)):
        raise NotYourStep("set_address", ("admin",))
    address = address.strip()
    if address and (len(address) > LONGEST or not _ADDRESS.fullmatch(address)):
        raise Invalid([Fault("email", "no_address")])
    w.db.execute(update(Person).where(Person.id == person_id).values(email=address or None))
    audit.record(
        w,
        audit.About(
            action="set_address",
            label="Đặt địa chỉ thư" if address else "Bỏ địa chỉ thư",
            agency_id=person.agency_id,
            facts={"login": person.login},
        ),
    )


def choose_mail(w: Work, *, choice: str) -> None:
    """digest, at_once or none, of the actor himself; his own comfort, so no entry is written. ValueError else."""
    if choice not in CHOICES:
        raise ValueError(choice)
    row = w.engine.database.insert(MailChoice).values(person_id=w.actor.person_id, choice=choice)
    w.db.execute(
        row.on_conflict_do_update(index_elements=["person_id"], set_={"choice": row.excluded.choice})
    )
