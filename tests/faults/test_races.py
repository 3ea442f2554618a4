"""Two processes, each with its own engine and pool, take the same steps at the same moment (guarantees.md R-01, N-01).

TRINHKY_RACES sets how many items they race for.
"""

import json
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from tests.record import Record, plan
from workflow.commands.drafting import create_document
from workflow.commands.steps import take_step
from workflow.engine import Identity
from workflow.models import Approval, Document, Entry, Leaf, RegisterRow
from workflow.settings import ROOT

RACES = int(os.environ.get("TRINHKY_RACES", 500 if os.environ.get("CI") else 100))
LATE = {"Stale", "StepNotOpen"}


def prepared(record: Record, count: int) -> list[int]:
    """So many plans that wait for Mai's signature, each person's acts in one Work."""
    directory = record.directory
    unit = directory.unit_by_code(directory.agency_by_code["so_khcn"].id, "VP")
    assert unit is not None
    # Asked before: a long transaction whose pages leave the cache locks SQLite's readers out until its end.
    signer_id = directory.by_login["mai"].id
    with record.engine.work(record.who("lan")) as w:
        ids = [
            create_document(w, definition_id="ke_hoach", unit_id=unit.id, content=plan(), signer_id=signer_id)
            for _ in range(count)
        ]
    for login, step in (("lan", "submit"), ("hung", "approve_content"), ("thu", "check_format")):
        with record.engine.work(record.who(login)) as w:
            for document_id in ids:
                take_step(w, document_id=document_id, step_id=step, seen_version=None)
    return ids


def race(record: Record, folder: Path, login: str, items: list[list[dict[str, Any]]]) -> list[list[str]]:
    """Both processes' outcomes, item by item."""
    barrier = folder / f"barrier-{login}"
    barrier.write_bytes(bytes(16))
    racers = []
    for place, mine in enumerate(items):
        given = {
            "folder": str(record.engine.settings.instance),
            "url": record.url,
            "key": record.key.text,
            "barrier": str(barrier),
            "place": place,
            "person": record.person(login),
            "now": record.clock.now.isoformat(),
            "items": mine,
        }
        racer = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.racer"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=ROOT,
        )
        assert racer.stdin is not None
        racer.stdin.write(json.dumps(given) + "\n")
        racer.stdin.flush()
        racers.append(racer)
    found = []
    for racer in racers:
        output, _ = racer.communicate(timeout=240)
        assert racer.returncode == 0
        found.append(json.loads(output))
    return found


def item(document_id: int, step: str, place: int, version: int) -> dict[str, Any]:
    """Every second item comes from a page, the others say nothing of a version: both must lose cleanly."""
    seen = version if document_id % 2 else None
    key = f"{step}-{document_id}-{place}"
    return {
        "document_id": document_id,
        "step_id": step,
        "seen_version": seen,
        "key": key,
        "paper_signed": True,
    }


def test_of_two_processes_exactly_one_signs_and_exactly_one_numbers(
    record: Record, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    ids = prepared(record, RACES)
    for step, login, version in (("sign", "mai", 4), ("assign_number", "van", 5)):
        items = [[item(document_id, step, place, version) for document_id in ids] for place in range(2)]
        first, second = race(record, tmp_path, login, items)
        for one, other in zip(first, second, strict=True):
            won = [outcome.startswith("won") for outcome in (one, other)]
            late = other if won[0] else one
            assert sum(won) == 1, (step, one, other)
            assert late in LATE, (step, one, other)
        with capsys.disabled():
            wins = [sum(outcome.startswith("won") for outcome in outcomes) for outcomes in (first, second)]
            late = Counter(outcome for outcome in first + second if not outcome.startswith("won"))
            kind = "sqlite" if record.engine.database.is_sqlite else "postgresql"
            print(f"\n{kind} {step}: {len(ids)} items, won {wins[0]} to {wins[1]}, refused {dict(late)}")
    with record.engine.reading(Identity(rule="test")) as w:
        assert w.db.scalar(select(func.count()).where(Approval.kind == "signature")) == RACES
        numbers = list(w.db.scalars(select(RegisterRow.number).order_by(RegisterRow.number)))
        assert numbers == list(range(1, RACES + 1))
        assert w.db.scalar(select(func.count()).where(Document.state == "numbered")) == RACES
        assert w.db.scalar(select(func.count()).select_from(Leaf)) == w.db.scalar(
            select(func.count()).select_from(Entry)
        )


def test_the_same_key_in_two_processes_has_one_effect_and_two_equal_answers(record: Record, tmp_path: Path):
    ids = prepared(record, 20)
    mine = [item(document_id, "sign", 0, 4) for document_id in ids]
    first, second = race(record, tmp_path, "mai", [mine, mine])
    assert first == second == ["won"] * len(ids)
    with record.engine.reading(Identity(rule="test")) as w:
        assert w.db.scalar(select(func.count()).where(Approval.kind == "signature")) == len(ids)
