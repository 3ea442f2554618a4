"""
Eight processes do at once what time brings about, and are killed at random points (guarantees.md P8): each reminder
stands once in the outbox, each period once, each level above is told once of one wait, and no letter leaves twice.

TRINHKY_KILLS sets how many rounds of eight are killed on each database.
"""

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from tests.faults.test_crashes import _until_gone
from tests.mailbox import SENDER, URL, Mailbox, address_of, mailbox, sending
from tests.record import Record
from tests.workflow.acts import at, history, issued_plan, looking, set_agency, working
from web.notices.letters import writer
from workflow.commands.mail_address import set_address
from workflow.commands.posting import post
from workflow.commands.tick import tick
from workflow.models import Instance, Mail, MailNotice, Notice, Reminder
from workflow.reminding import LATE, stage_on
from workflow.settings import ROOT
from workflow.workdays import next_workday

ROUNDS = max(2, int(os.environ.get("TRINHKY_KILLS", 8 if os.environ.get("CI") else 4)) // 2)
TICKERS = 8
OFFICE_OVERDUE = date(2026, 11, 17)
"""The units are overdue on the second day of the rounds; the office, which has until Saturday 14/11, on this one."""
PLANS = 4
WAITING = 3
"""Plans that lie with the head of their unit since April: one level above is told each day."""
HEADS = ("khoi", "dang", "tung", "khanh", "phuoc", "bach", "lam", "vinh", "nghia")


def started(record: Record, box: Mailbox) -> list[subprocess.Popen[str]]:
    """Eight tickers that stand ready and wait for the word."""
    given = {
        "folder": str(record.engine.settings.instance),
        "url": record.url,
        "key": record.key.text,
        "now": record.clock.now.isoformat(),
        "mail": {"smtp_host": "127.0.0.1", "smtp_port": box.port, "smtp_starttls": False, "mail_from": SENDER,
                 "public_url": URL},
    }  # fmt: skip
    tickers = []
    for _ in range(TICKERS):
        ticker = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.ticker"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT,
        )  # fmt: skip
        say(ticker, json.dumps(given))
        tickers.append(ticker)
    for ticker in tickers:
        assert ticker.stdout is not None
        assert ticker.stdout.readline() == "ready\n"
    return tickers


def say(ticker: subprocess.Popen[str], words: str) -> None:
    assert ticker.stdin is not None
    ticker.stdin.write(words + "\n")
    ticker.stdin.flush()


def ended(ticker: subprocess.Popen[str]) -> str:
    """Its last word, or nothing where it was killed before."""
    assert ticker.stdin is not None
    assert ticker.stdout is not None
    said = ticker.stdout.read().strip().rpartition("\n")[2]
    ticker.wait(timeout=60)
    ticker.stdin.close()
    ticker.stdout.close()
    return said


def expected(record: Record, today: date) -> Counter[tuple[int, str]]:
    """Nobody has reported, so every instance whose day has come is told of; how often, the units' posts say."""
    with looking(record) as w:
        rows = w.db.execute(select(Instance.id, Instance.last_on_time)).all()
        kinds = {row.id: stage_on(today, row.last_on_time) for row in rows}
    return Counter(
        {(key, "late" if stage == LATE else "due"): 1 for key, stage in kinds.items() if stage is not None}
    )


@pytest.fixture
def owing(record: Record) -> Record:
    for _ in range(PLANS):
        issued_plan(record)
    for login in HEADS:
        with working(record, login) as w:
            set_address(w, person_id=w.actor.person_id, address=address_of(login))
    set_agency(record, escalate_deputy_hours=1)
    record.notes["waiting"] = [record.draft() for _ in range(WAITING)]
    for plan_id in record.notes["waiting"]:
        record.step("lan", plan_id, "submit")
    return record


def test_of_eight_ticks_at_once_killed_at_random_each_thing_comes_to_be_once(
    owing: Record, capsys: pytest.CaptureFixture[str]
):
    record, chance, said = owing, random.Random(11), Counter[str]()
    day = date(2026, 11, 9)
    with mailbox() as box:
        for _ in range(ROUNDS):
            day = next_workday(day)
            at(record, day.year, day.month, day.day)
            tickers = started(record, box)
            for ticker in tickers:
                say(ticker, "go")
            for ticker in chance.sample(tickers, TICKERS - 1):
                time.sleep(chance.uniform(0, 0.6))
                ticker.send_signal(signal.SIGKILL)
            said.update(ended(ticker) or "killed while ticking" for ticker in tickers)
            if not record.engine.database.is_sqlite:
                _until_gone(record)
            tick(record.engine)
            _each_reminder_once(record, day)
            _each_period_once(record)
        _each_level_once(record, day)
        record.clock.now += timedelta(hours=1)  # the leases of the dead are over
        sending(record, box)
        post(record.engine, write=writer(record.engine.settings))
        _no_letter_twice(record, box)
    assert said["killed while ticking"] > 0
    with capsys.disabled():
        kind = "sqlite" if record.engine.database.is_sqlite else "postgresql"
        with looking(record) as w:
            fates = dict(w.db.execute(select(Mail.status, func.count()).group_by(Mail.status)).all())
        print(f"\n{kind}: {ROUNDS} rounds of {TICKERS} ticks, {dict(said)}; letters {fates}", end="")


def _each_reminder_once(record: Record, day: date) -> None:
    """By unit and person; the unique key alone would not notice one that is missing."""
    with looking(record) as w:
        rows = w.db.execute(
            select(Notice.instance_id, Notice.kind, Notice.person_id, Notice.facts).where(
                Notice.instance_id.is_not(None)
            )
        ).all()
        stages = dict(w.db.execute(select(Reminder.instance_id, Reminder.told_on)).all())
    today = [row for row in rows if row.facts["told_on"] == day.isoformat()]
    told = Counter((row.instance_id, row.kind, row.person_id) for row in today)
    assert set(told.values()) == {1}
    late = {key for key, kind in expected(record, day) if kind == "late"}
    assert len(late) >= PLANS * len(HEADS)
    assert {row.instance_id for row in today if row.kind == "late"} == late
    assert all(stages[key] == day for key in late)
    assert set(stages) == {key for key, _ in expected(record, day)}


def _each_period_once(record: Record) -> None:
    with looking(record) as w:
        rows = w.db.execute(select(Instance.obligation_id, Instance.unit_id, Instance.period)).all()
    assert len(rows) == len(set(rows)) == PLANS * 2 * (len(HEADS) + 1)


def _each_level_once(record: Record, day: date) -> None:
    """Of the plans that wait: the head on the first day, the deputy director on the second; of reports once a tier."""
    tiers = 2 if day >= OFFICE_OVERDUE else 1
    with looking(record) as w:
        rows = w.db.execute(select(Notice.document_id, Notice.kind, Notice.person_id)).all()
        issued = set(w.db.scalars(select(Instance.document_id)))
    told = Counter(row for row in rows if row.kind in ("escalated", "overdue"))
    assert set(told.values()) == {1}
    assert Counter(row.kind for row in told) == {"escalated": WAITING * 2, "overdue": PLANS * tiers}
    for plan_id in record.notes["waiting"]:
        assert rules_of(record, plan_id) == ["escalate_head", "escalate_deputy"]
    for plan_id in issued:
        assert rules_of(record, plan_id) == ["escalate_deputy"] * tiers


def rules_of(record: Record, document_id: int) -> list[str]:
    return [item["actor"]["rule"] for item in history(record, document_id) if item["action"] == "escalate"]


def _no_letter_twice(record: Record, box: Mailbox) -> None:
    """Every letter came at most once, every letter that is said to be sent did come, and each notice is in one."""
    came: Counter[Any] = Counter(letter["Message-ID"] for letter in box.letters)
    assert not [key for key, times in came.items() if times > 1]
    with looking(record) as w:
        letters = w.db.execute(select(Mail.key, Mail.status)).all()
        carried = list(w.db.scalars(select(MailNotice.notice_id)))
    assert {status for _, status in letters} <= {"sent", "unknown"}
    assert len(carried) == len(set(carried)) > 0
    for key, status in letters:
        times = sum(count for name, count in came.items() if key.replace(":", ".") in str(name))
        assert times == 1 if status == "sent" else times in (0, 1), (key, status)
