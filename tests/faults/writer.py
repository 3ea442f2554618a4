"""
A process that writes until it is killed; run as `python -m tests.faults.writer`.

Reads one JSON line, takes plans of its own from draft to a number, and says so on its output only after each
act was acknowledged: "try <key>" before, "done <key> <version>" after.
"""

import json
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

from tests.record import ROUTE, plan
from workflow.commands.drafting import create_document
from workflow.commands.steps import take_step
from workflow.engine import Engine, Identity
from workflow.settings import Settings


def main() -> None:
    given: dict[str, Any] = json.loads(sys.stdin.readline())
    now = datetime.fromisoformat(given["now"])
    settings = Settings(
        instance=Path(given["folder"]),
        database_url=given["url"],
        checkpoint_key=given["key"],
        argon2="cheapest",
    )
    engine = Engine(settings, clock=lambda: now)
    people, round_ = given["people"], given["round"]
    say("ready")
    for count in range(1_000_000):
        with engine.work(Identity(person_id=people["lan"], proof_at=now)) as w:
            document_id = create_document(
                w, definition_id="ke_hoach", unit_id=given["unit"], content=plan(), signer_id=people["mai"]
            )
        for login, step in ROUTE[:5]:
            key = f"r{round_}-{count}-{step}"
            say(f"try {key} {document_id}")
            with engine.work(Identity(person_id=people[login], proof_at=now)) as w:
                done = take_step(
                    w, document_id=document_id, step_id=step, seen_version=None, key=key, paper_signed=True
                )
            say(f"done {key} {document_id} {done.version} {done.entry_hash}")


def say(words: str) -> None:
    sys.stdout.write(words + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
