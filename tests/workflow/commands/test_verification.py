"""Who may have the record verified, what stays on record of it, and that a busy server does not look broken."""

import threading

import pytest

from tests.record import Record
from workflow.commands.verification import verify_record
from workflow.engine import Identity
from workflow.errors import NotYourStep
from workflow.queries.verification import past_verifications
from workflow.verification import rebuild, verify


@pytest.mark.parametrize("login", ["minh", "viet", "hung", "huy"])
def test_a_verification_is_an_entry_with_its_counts(record: Record, login: str):
    record.bring_to(record.draft(), "issue")
    report = verify_record(record.engine, record.who(login))
    assert report.holds
    with record.engine.reading(Identity(rule="test")) as w:
        (past,) = past_verifications(w)
    assert past.by == record.directory.by_login[login].name
    assert past.counts["entries"] == str(report.counts["entries"])
    assert (past.broken, past.size, past.root) == (0, report.size, report.root)


@pytest.mark.parametrize("login", ["lan", "mai", "van"])
def test_others_may_not_ask_for_one(record: Record, login: str):
    with pytest.raises(NotYourStep):
        verify_record(record.engine, record.who(login))
    with record.engine.reading(Identity(rule="test")) as w:
        assert past_verifications(w) == []


def test_an_act_in_the_middle_of_a_verification_does_not_look_like_a_break(postgresql_record: Record):
    record = postgresql_record
    with record.engine.reading(Identity(rule="test")) as w:
        before = verify(w)
        writer = threading.Thread(target=lambda: record.bring_to(record.draft(), "issue"))
        writer.start()
        writer.join()
        after, differences = verify(w), rebuild(w)
    assert (after.holds, after.size, after.root) == (True, before.size, before.root)
    assert differences == []
