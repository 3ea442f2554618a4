"""
One of two processes that take the same steps at the same moment; run as `python -m tests.faults.racer`.

Reads one JSON line (settings, place among the racers, items), writes one JSON line with what became of each.
"""

import json
import mmap
import sys
import time
from datetime import datetime
from pathlib import Path
from typing import Any

from workflow.commands.steps import take_step
from workflow.engine import Engine, Identity
from workflow.errors import WorkflowError
from workflow.settings import Settings


class Barrier:
    """Two counters in one file: nobody begins an item before the other has come to it."""

    def __init__(self, path: Path, place: int):
        self._file = path.open("r+b")
        self._map = mmap.mmap(self._file.fileno(), 16)
        self._place = place

    def meet(self, count: int, *, patience: float = 30.0) -> None:
        self._map[8 * self._place : 8 * self._place + 8] = count.to_bytes(8, "big")
        until = time.monotonic() + patience
        other = 1 - self._place
        while int.from_bytes(self._map[8 * other : 8 * other + 8], "big") < count:
            if time.monotonic() > until:
                raise TimeoutError("the other racer did not come")

    def close(self) -> None:
        self._map.close()
        self._file.close()


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
    barrier = Barrier(Path(given["barrier"]), given["place"])
    outcomes = []
    for count, item in enumerate(given["items"], 1):
        identity = Identity(person_id=given["person"], proof_at=now)
        barrier.meet(count)
        try:
            with engine.work(identity) as w:
                done = take_step(w, **item)
            outcomes.append(f"won {done.reference_no or ''}".strip())
        except WorkflowError as error:
            outcomes.append(type(error).__name__)
    barrier.close()
    engine.close()
    print(json.dumps(outcomes))


if __name__ == "__main__":
    main()
