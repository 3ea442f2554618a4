"""Letters to a real mail server: what is put together, what leaves, what is tried again, and what never twice."""

from dataclasses import replace
from datetime import timedelta
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from tests.mailbox import Mailbox, address_of, certified, mailbox, parts, sending
from tests.record import Record
from tests.workflow.acts import at, broken_off, count, looking, working
from web.notices.letters import writer
from workflow.commands.installation import set_fact
from workflow.commands.mail_address import choose_mail, set_address
from workflow.commands.mailing import BACKOFF, LEASE, claim, send_again
from workflow.commands.people import disable_person
from workflow.commands.posting import Posted, post
from workflow.commands.reading_notices import mark_all_seen
from workflow.errors import Invalid, NotYourStep, SettingsError
from workflow.models import Entry, Mail, MailNotice, Notice, Person
from workflow.post import Unanswered
from workflow.queries.mail import mail_counts, stuck
from workflow.settings import Settings


@pytest.fixture
def box():
    with mailbox() as found:
        yield found


@pytest.fixture
def posting(record: Record, box: Mailbox) -> Record:
    """Hùng and Thu have addresses; it is Monday noon, after the hour of the digest."""
    sending(record, box)
    for login in ("hung", "thu"):
        with working(record, login) as w:
            set_address(w, person_id=w.actor.person_id, address=address_of(login))
    return record


def posted(record: Record, **how: Any) -> Posted:
    return post(record.engine, write=writer(record.engine.settings), **how)


def submit(record: Record) -> int:
    plan_id = record.draft()
    record.step("lan", plan_id, "submit")
    return plan_id


def chooses(record: Record, login: str, choice: str) -> None:
    with working(record, login) as w:
        choose_mail(w, choice=choice)


def statuses(record: Record) -> dict[str, int]:
    with looking(record) as w:
        return {status: n for status, n in mail_counts(w).items() if n}


# What is put together.


def test_a_day_brings_one_letter_however_much_there_is_to_say(posting: Record, box: Mailbox):
    for _ in range(3):
        submit(posting)
    assert posted(posting) == Posted(made=2, sent=2)
    [letter] = box.for_("hung")
    text, html = parts(letter)
    assert text.count("/van-ban/") == html.count("/van-ban/") == 3
    submit(posting)
    assert posted(posting) == Posted()
    posting.clock.forward(days=1)
    assert posted(posting).sent == 2
    assert parts(box.for_("hung")[1])[0].count("/van-ban/") == 1
    assert statuses(posting) == {"sent": 4}


def test_the_digest_waits_for_seven_oclock_of_a_working_day(posting: Record):
    at(posting, 2027, 2, 2, 17)
    submit(posting)
    for day, hour, made in ((3, 6, 0), (3, 7, 2), (3, 12, 0)):
        at(posting, 2027, 2, day, hour)
        assert posted(posting).made == made, (day, hour)
    at(posting, 2027, 2, 3, 16)
    submit(posting)
    for day, hour, made in ((4, 9, 0), (9, 9, 0), (11, 6, 0), (11, 7, 2)):  # offices are closed over Tết
        at(posting, 2027, 2, day, hour)
        assert posted(posting).made == made, (day, hour)


def test_who_wants_word_at_once_gets_it_also_at_night_and_who_wants_none_gets_none(
    posting: Record, box: Mailbox
):
    chooses(posting, "hung", "at_once")
    chooses(posting, "thu", "none")
    at(posting, 2026, 4, 25, 23)
    for _ in range(2):
        submit(posting)
        assert posted(posting).sent == 1
    assert [len(box.for_(login)) for login in ("hung", "thu")] == [2, 0]


def test_without_an_address_or_an_account_nothing_is_written(posting: Record):
    submit(posting)
    with working(posting, "hung") as w:
        set_address(w, person_id=w.actor.person_id, address="")
    with working(posting, "huy") as w:
        disable_person(w, person_id=w.directory.by_login["thu"].id)
    assert posted(posting) == Posted()
    assert count(posting, Notice) == 2


def test_what_was_seen_or_is_over_or_is_no_news_any_more_is_in_no_letter(posting: Record):
    plan_id = submit(posting)
    posting.step("lan", plan_id, "withdraw")
    submit(posting)
    with working(posting, "thu") as w:
        mark_all_seen(w, upto=10_000)
    done = posted(posting)
    assert done == Posted(made=1, sent=1)
    assert count(posting, MailNotice) == 1
    submit(posting)
    posting.clock.forward(days=7)
    assert posted(posting) == Posted()


def test_without_a_mail_server_nothing_is_queued(posting: Record):
    posting.engine.settings = replace(posting.engine.settings, smtp_host="")
    submit(posting)
    assert posted(posting) == Posted()
    assert statuses(posting) == {}
    assert count(posting, Notice) == 2


def test_a_demonstration_sends_nothing(posting: Record, box: Mailbox):
    with working(posting) as w:
        set_fact(w, name="demo", value="ready")
    submit(posting)
    assert posted(posting) == Posted()
    assert box.letters == []


# What leaves.


def test_a_refused_address_is_not_tried_again_and_the_others_get_theirs(posting: Record, box: Mailbox):
    box.refuse[address_of("hung")] = "550 no such person"
    submit(posting)
    assert posted(posting) == Posted(made=2, sent=1, failed=1)
    assert len(box.for_("thu")) == 1
    posting.clock.forward(hours=30)
    assert posted(posting).failed == 0
    with looking(posting) as w:
        [found] = stuck(w)
    assert (found.login, found.error) == ("hung", "550 no such person")


def test_a_server_that_refuses_us_is_no_fault_of_the_letter(posting: Record, box: Mailbox):
    box.disown = "530 authentication required"
    submit(posting)
    assert posted(posting) == Posted(made=2, queued=1)
    with looking(posting) as w:
        assert sorted(w.db.scalars(select(Mail.attempts))) == [0, 1]  # the others are not even tried
    box.disown = ""
    posting.clock.forward(minutes=5)
    assert posted(posting).sent == 2


def test_what_is_refused_for_now_is_tried_again_later_and_later_and_then_given_up(
    posting: Record, box: Mailbox
):
    chooses(posting, "thu", "none")
    box.reject = "451 busy"
    submit(posting)
    assert posted(posting) == Posted(made=1, queued=1)
    for minutes in BACKOFF[:-1]:
        posting.clock.forward(minutes=minutes - 1)
        assert posted(posting).queued == 0
        posting.clock.forward(minutes=1)
        assert posted(posting).queued == 1
    posting.clock.forward(minutes=BACKOFF[-1])
    posted(posting)
    assert statuses(posting) == {"failed": 1}
    assert box.letters == []


def test_a_letter_that_was_put_off_gets_through_once(posting: Record, box: Mailbox):
    chooses(posting, "thu", "none")
    box.refuse[address_of("hung")] = "450 greylisted"
    submit(posting)
    posted(posting)
    box.refuse.clear()
    posting.clock.forward(minutes=5)
    for _ in range(3):
        posted(posting)
    assert len(box.letters) == 1
    assert statuses(posting) == {"sent": 1}


def test_a_server_that_is_gone_costs_one_attempt_of_one_letter(posting: Record, box: Mailbox):
    submit(posting)
    sending(posting, Mailbox(port=9))
    assert posted(posting) == Posted(made=2, queued=1)
    with looking(posting) as w:
        assert sorted(w.db.scalars(select(Mail.attempts))) == [0, 1]
    sending(posting, box)
    posting.clock.forward(minutes=5)
    assert posted(posting).sent == 2


def test_a_connection_lost_after_the_text_leaves_a_letter_of_unknown_fate_that_is_not_sent_again(
    posting: Record, box: Mailbox
):
    chooses(posting, "thu", "none")
    box.hang_up = True
    submit(posting)
    assert posted(posting) == Posted(made=1, unknown=1)
    box.hang_up = False
    posting.clock.forward(hours=1)
    assert posted(posting) == Posted()
    assert len(box.letters) == 1  # it had come: another would have been the second
    with looking(posting) as w:
        [found] = stuck(w)
    with working(posting) as w:
        assert send_again(w, mail_id=found.mail_id)
        assert not send_again(w, mail_id=found.mail_id)
    assert posted(posting).sent == 1
    text, html = parts(box.letters[1])
    assert "gửi lại" in text
    assert "gửi lại" in html
    assert box.letters[0]["Message-ID"] == box.letters[1]["Message-ID"]


def test_what_a_process_had_claimed_when_it_died_becomes_unknown_once_its_lease_is_over(
    posting: Record, box: Mailbox
):
    chooses(posting, "thu", "none")
    submit(posting)
    posted(posting, most=0)
    with working(posting) as w:
        assert claim(w) is not None
        assert claim(w) is None
    posted(posting)
    assert statuses(posting) == {"sending": 1}
    posting.clock.forward(minutes=LEASE.seconds // 60 + 1)
    posted(posting)
    assert statuses(posting) == {"unknown": 1}
    assert box.letters == []


def test_a_claim_that_is_rolled_back_is_no_claim(posting: Record):
    chooses(posting, "thu", "none")
    submit(posting)
    posted(posting, most=0)
    broken_off(posting, "hung", claim)
    assert posted(posting).sent == 1


def test_an_answer_that_comes_after_the_lease_is_noted_all_the_same(posting: Record):
    chooses(posting, "thu", "none")
    submit(posting)

    class Slow:
        def send(self, letter: EmailMessage, *, to: str) -> None:
            posting.clock.forward(minutes=20)
            posted(posting, most=0)
            assert statuses(posting) == {"unknown": 1}

    assert posted(posting, door=Slow()).sent == 1
    assert statuses(posting) == {"sent": 1}


def test_a_door_that_does_not_answer_is_told_from_one_that_refuses(posting: Record):
    submit(posting)

    class Silent:
        def send(self, letter: EmailMessage, *, to: str) -> None:
            raise Unanswered("timed out")

    assert posted(posting, door=Silent()) == Posted(made=2, unknown=2)


def test_a_letter_that_waited_for_longer_than_news_lasts_is_given_up(posting: Record, box: Mailbox):
    submit(posting)
    posted(posting, most=0)
    posting.engine.settings = replace(posting.engine.settings, smtp_host="")
    posting.clock.forward(days=7)
    posted(posting)
    assert statuses(posting) == {"failed": 2}
    assert box.letters == []


def test_a_password_goes_over_a_closed_line_to_a_server_that_somebody_vouches_for(
    posting: Record, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    chooses(posting, "thu", "none")
    submit(posting)
    certificate = certified(tmp_path)
    how = {"smtp_starttls": True, "smtp_user": "trinhky", "smtp_password": "dung la no"}
    with mailbox(password="dung la no", certificate=certificate) as box:
        sending(posting, box, **how)
        assert posted(posting) == Posted(made=1, queued=1)
        with looking(posting) as w:
            assert "certificate" in (w.db.scalar(select(Mail.error)) or "").lower()
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        for password, done in (("sai", Posted(queued=1)), ("dung la no", Posted(sent=1))):
            posting.clock.forward(hours=1)
            sending(posting, box, **how | {"smtp_password": password})
            assert posted(posting) == done
        assert len(box.letters) == 1


# Addresses and settings.


@pytest.mark.parametrize(
    "wrong",
    ["lan", "lan@", "@hoa-an.example", "lan@example", "a@b.example, c@d.example", "lan@hoa-an.example\nBcc: x@y.z",
     "lan @hoa-an.example", "lan@hoa..an.example", "Lan <lan@hoa-an.example>", "lan@-a.example",
     "x" * 250 + "@a.example"],
)  # fmt: skip
def test_what_is_no_single_address_is_refused(sqlite_record: Record, wrong: str):
    with pytest.raises(Invalid) as refused, working(sqlite_record, "lan") as w:
        set_address(w, person_id=w.actor.person_id, address=wrong)
    assert [fault.rule for fault in refused.value.faults] == ["no_address"]
    assert count(sqlite_record, Person, Person.email.is_not(None)) == 0


def test_an_address_is_set_by_its_person_or_an_administrator_and_stands_in_no_entry(record: Record):
    for login in ("lan", "huy"):
        with working(record, login) as w:
            set_address(w, person_id=w.directory.by_login["lan"].id, address="lan.nguyen@hoa-an.example")
    with pytest.raises(NotYourStep), working(record, "hung") as w:
        set_address(w, person_id=w.directory.by_login["lan"].id, address="x@hoa-an.example")
    with looking(record) as w:
        bodies = list(w.db.scalars(select(Entry.body).where(Entry.action == "set_address")))
    assert len(bodies) == 2
    assert not any(b"hoa-an.example" in body for body in bodies)


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        ({"mail_from": ""}, "mail_from"),
        ({"mail_from": "Trình ký <a@hoa-an.example>"}, "mail_from: .* one plain address"),
        ({"mail_from": "a@hoa-an.example, b@hoa-an.example"}, "mail_from: .* one plain address"),
        ({"mail_from": "a@hoa-an.example\nBcc: b@hoa-an.example"}, "mail_from: .* one plain address"),
        ({"public_url": ""}, "public_url"),
        ({"public_url": "trinhky.hoa-an.example"}, "does not begin with"),
        ({"smtp_starttls": False, "smtp_user": "trinhky"}, "without smtp_starttls"),
    ],
)
def test_a_mail_server_needs_a_sender_an_address_of_ours_and_a_closed_line_for_a_password(wrong, reason):
    good = {
        "smtp_host": "mail.hoa-an.example",
        "mail_from": "a@hoa-an.example",
        "public_url": "https://a.example",
    }
    Settings(**good)
    with pytest.raises(SettingsError, match=reason):
        Settings(**good | wrong)


def test_age_of_a_lease_is_longer_than_a_server_may_take():
    assert timedelta(minutes=10) <= LEASE
