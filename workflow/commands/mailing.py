"""Letters as rows: put together from what people were told, claimed before they are sent, settled after."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from sqlalchemy import Text, and_, cast, exists, func, or_, select, update

from workflow.engine import Engine, Identity, Work
from workflow.models import Mail, MailChoice, MailNotice, Notice, Person
from workflow.queries.mail import Letter, letter_of
from workflow.workdays import VN, add_workdays, is_workday, vn_midnight

RULE = "mail"
DIGEST_AT = time(7)
"""In Việt Nam, on working days: before the day's work begins."""

NEWS = 3
"""Working days. What was told longer ago is put in no letter, and a letter that waited so long is given up."""

LEASE = timedelta(minutes=10)
BACKOFF = (5, 15, 60, 240, 720)
"""Minutes until a letter is tried again; after the last of them it has failed."""

PORTION = 500
"""People whose letters are put together in one transaction."""


@dataclass(frozen=True)
class Outcome:
    """
    What became of a claimed letter: sent; to be tried again; failed for good; or unknown, where the connection
    broke after the text was on its way.
    """

    mail_id: int
    status: str
    said: str = ""


def put_together(engine: Engine) -> int:
    """
    One letter a person: once each working day for those who want a digest, at every run for those who want
    word at once. Returns how many were made. Nothing is lost and nothing doubled if several runs do it at once:
    a digest is unique by person and day, and a notice has room in one letter only.
    """
    with engine.reading(Identity(rule=RULE)) as w:
        people = sorted(set(w.db.scalars(_pending(w).with_only_columns(Notice.person_id).distinct())))
    made = 0
    for at in range(0, len(people), PORTION):
        with engine.work(Identity(rule=RULE)) as w:
            made += _letters_of(w, people[at : at + PORTION])
    return made


def claim(w: Work) -> Letter | None:
    """
    The letter that has waited longest, now ours until the lease ends; None where none is due. The claim is
    committed before a word is sent: so a letter is sent at most once, and that is the choice we make. A
    reminder lost costs a look at the list, which has it all the same; one that comes again and again teaches
    people not to read them.
    """
    due = (
        select(Mail.id)
        .where(Mail.status == "queued", Mail.next_try_at <= w.now)
        .order_by(Mail.next_try_at, Mail.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    taken = w.db.scalar(
        update(Mail)
        .where(Mail.id == due.scalar_subquery(), Mail.status == "queued")  # "=": PostgreSQL asks it once only
        .values(status="sending", attempts=Mail.attempts + 1, leased_until=w.now + LEASE)
        .returning(Mail.id)
    )
    return None if taken is None else letter_of(w, taken)


def settle(w: Work, outcome: Outcome) -> None:
    """Write what became of it; a claim whose lease was taken away meanwhile is settled all the same."""
    attempts = w.db.scalar(select(Mail.attempts).where(Mail.id == outcome.mail_id)) or 0
    values: dict[str, Any] = {"status": outcome.status, "leased_until": None, "error": outcome.said[:300]}
    if outcome.status == "sent":
        values["sent_at"] = w.now
    if outcome.status == "queued":
        if attempts > len(BACKOFF):
            values["status"] = "failed"
        else:
            values["next_try_at"] = w.now + timedelta(minutes=BACKOFF[attempts - 1])
    w.db.execute(
        update(Mail)
        .where(Mail.id == outcome.mail_id, Mail.status.in_(["sending", "unknown"]))
        .values(**values)
    )


def give_up(w: Work) -> None:
    """Claims of processes that died become unknown; what waited for longer than news lasts has failed."""
    w.db.execute(
        update(Mail)
        .where(Mail.status == "sending", Mail.leased_until < w.now)
        .values(status="unknown", leased_until=None, error="no_word")
    )
    w.db.execute(
        update(Mail)
        .where(Mail.status == "queued", Mail.created_at < _oldest_news(w), Mail.again == 0)
        .values(status="failed", error="too_old")
    )


def send_again(w: Work, *, mail_id: int) -> bool:
    """
    Queue a letter that failed or whose fate is unknown, by the operator's word; the letter itself will say that
    it may have come before. False where it is neither.
    """
    values = {"status": "queued", "again": True, "attempts": 0, "next_try_at": w.now, "error": ""}
    changed = w.db.execute(
        update(Mail).where(Mail.id == mail_id, Mail.status.in_(["failed", "unknown"])).values(**values)
    )
    return changed.rowcount == 1


def _pending(w: Work) -> Any:
    """Unread news of people who want letters, in no letter yet; of what asks for an act, only what still stands."""
    local = w.now.astimezone(VN)
    choice = func.coalesce(MailChoice.choice, "digest")
    wanted = choice == "at_once"
    if is_workday(local.date()) and local.time() >= DIGEST_AT:
        had = exists(select(Mail.id).where(Mail.key == "digest:" + cast(Person.id, Text) + f":{w.today}"))
        wanted = or_(wanted, and_(choice == "digest", ~had))
    return (
        select(Notice.id, Notice.person_id, choice.label("choice"))
        .join(Person, Person.id == Notice.person_id)
        .outerjoin(MailChoice, MailChoice.person_id == Person.id)
        .where(
            Notice.created_at >= _oldest_news(w),
            Notice.read_at.is_(None),
            Person.email.is_not(None),
            Person.active == 1,
            wanted,
            ~exists(select(MailNotice.notice_id).where(MailNotice.notice_id == Notice.id)),
        )
    )


def _oldest_news(w: Work) -> datetime:
    """Counted in working days: what was told before Tết is still news after it."""
    return vn_midnight(add_workdays(w.today, -NEWS))


def _letters_of(w: Work, people: Sequence[int]) -> int:
    found: defaultdict[tuple[int, str], list[int]] = defaultdict(list)
    for notice_id, person_id, choice in w.db.execute(
        _pending(w).where(Notice.person_id.in_(people)).order_by(Notice.id)
    ):
        found[person_id, choice].append(notice_id)
    keys = {
        f"digest:{person_id}:{w.today}" if choice == "digest" else f"at_once:{person_id}:{ids[0]}": person_id
        for (person_id, choice), ids in found.items()
    }
    if not keys:
        return 0
    made = w.db.execute(
        w.engine.database.insert(Mail)
        .on_conflict_do_nothing(index_elements=["key"])
        .returning(Mail.id, Mail.person_id),
        [_row(key, person_id, w.now) for key, person_id in keys.items()],
    ).all()
    mail_of = {person_id: mail_id for mail_id, person_id in made}
    carried = [
        {"notice_id": notice_id, "mail_id": mail_of[person_id]}
        for (person_id, _), ids in found.items()
        if person_id in mail_of
        for notice_id in ids
    ]
    if carried:
        w.db.execute(
            w.engine.database.insert(MailNotice).on_conflict_do_nothing(index_elements=["notice_id"]), carried
        )
    return len(made)


def _row(key: str, person_id: int, now: datetime) -> dict[str, Any]:
    return {
        "person_id": person_id,
        "key": key,
        "status": "queued",
        "attempts": 0,
        "again": False,
        "created_at": now,
        "next_try_at": now,
        "leased_until": None,
        "sent_at": None,
        "error": "",
    }
