"""Sending what is due: rows are claimed and settled in short transactions, and between them the server is spoken to."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from email.message import EmailMessage

from workflow.commands.mailing import RULE, Outcome, claim, give_up, put_together, settle
from workflow.engine import Engine, Identity
from workflow.post import Door, NobodyThere, NotTaken, Unanswered, open_door
from workflow.queries.installation import fact_of
from workflow.queries.mail import Letter

Write = Callable[[Letter], EmailMessage]


@dataclass(frozen=True)
class Posted:
    """What one run did. Letters sent, to be tried again, failed for good, and of unknown fate."""

    made: int = 0
    sent: int = 0
    queued: int = 0
    failed: int = 0
    unknown: int = 0


def post(engine: Engine, *, write: Write, door: Door | None = None, most: int = 1_000) -> Posted:
    """
    Put letters together and send those that are due, at most `most`; any number of nodes may do it at once.

    Without a mail server in the settings, and in a demonstration, nothing is made and nothing leaves: the list
    in the application is all there is. `door` stands for the server in tests.
    """
    with engine.reading(Identity(rule=RULE)) as w:
        demo = fact_of(w, "demo") is not None
    with engine.work(Identity(rule=RULE)) as w:
        give_up(w)
    if demo or not engine.settings.smtp_host:
        return Posted()
    done = Posted(made=put_together(engine))
    if door is not None:
        return _send(engine, door, write, done, most)
    with open_door(engine.settings) as real:
        return _send(engine, real, write, done, most)


def _send(engine: Engine, door: Door, write: Write, done: Posted, most: int) -> Posted:
    outcome: Outcome | None = None
    for _ in range(most):
        with engine.work(Identity(rule=RULE)) as w:
            if outcome is not None:
                settle(w, outcome)
            letter = claim(w)
        if letter is None:
            return done
        try:
            outcome = _sent(door, letter, write)
        except NobodyThere as error:
            # The others would fare no better: they wait for the next run without having been tried.
            outcome = Outcome(letter.mail_id, "queued", error.said)
            done = _counted(done, outcome)
            break
        done = _counted(done, outcome)
    if outcome is not None:
        with engine.work(Identity(rule=RULE)) as w:
            settle(w, outcome)
    return done


def _sent(door: Door, letter: Letter, write: Write) -> Outcome:
    if not letter.address:
        return Outcome(letter.mail_id, "failed", "no_address")
    if not letter.notices:
        return Outcome(letter.mail_id, "failed", "empty")
    try:
        door.send(write(letter), to=letter.address)
    except NobodyThere:
        raise
    except NotTaken as error:
        return Outcome(letter.mail_id, "failed" if error.for_good else "queued", error.said)
    except Unanswered as error:
        return Outcome(letter.mail_id, "unknown", error.said)
    return Outcome(letter.mail_id, "sent")


def _counted(done: Posted, outcome: Outcome) -> Posted:
    return replace(done, **{outcome.status: getattr(done, outcome.status) + 1})
