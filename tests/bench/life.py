"""The life that is measured: six steps of a plan, each a durable transaction, by the product and by hand."""

import time
from collections.abc import Iterator
from datetime import UTC, datetime

from tests.record import Record
from workflow.commands.steps import asked_by_step, take_step
from workflow.engine import Identity

STEPS = (
    ("lan", "submit", "draft", "dept_review", ""),
    ("hung", "return", "dept_review", "returned", "Bổ sung thời gian cho mục II."),
    ("lan", "submit", "returned", "dept_review", ""),
    ("hung", "approve_content", "dept_review", "format_check", ""),
    ("thu", "check_format", "format_check", "awaiting_signature", ""),
    ("mai", "sign", "awaiting_signature", "signed", ""),
)


def wall_clock() -> datetime:
    return datetime.now(UTC)


def identities(record: Record) -> dict[str, Identity]:
    by_login = record.directory.by_login
    return {login: Identity(person_id=by_login[login].id, channel="cli") for login, *_ in STEPS}


def live(record: Record, who: dict[str, Identity], documents: list[int]) -> float:
    """Steps per second of the product over these drafts."""
    start = time.perf_counter()
    for _ in steps_of(record, who, documents):
        pass
    return len(documents) * len(STEPS) / (time.perf_counter() - start)


def steps_of(record: Record, who: dict[str, Identity], documents: list[int]) -> Iterator[None]:
    """The product's, one at a time."""
    for document_id in documents:
        for version, (login, step, _, _, note) in enumerate(STEPS, 1):
            identity, key = who[login], f"{step}-{version}-{document_id}"
            with record.engine.work(identity, *asked_by_step(identity.person_id, document_id, key)) as w:
                take_step(w, document_id=document_id, step_id=step, seen_version=version, note=note, key=key)
            yield
