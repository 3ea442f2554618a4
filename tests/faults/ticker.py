"""
One of several processes that do what time brings about, at the same moment; run as `python -m tests.faults.ticker`.

Reads one JSON line, says "ready", waits for a second line, then ticks, sends letters, and says "done". Portions
are small, so that a kill falls between and within many of them.
"""

import json
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

from web.notices.letters import writer
from workflow.commands import mailing, reminders
from workflow.commands.posting import post
from workflow.commands.tick import tick
from workflow.engine import Engine
from workflow.errors import TooBusy
from workflow.settings import Settings


def main() -> None:
    given: dict[str, Any] = json.loads(sys.stdin.readline())
    now = datetime.fromisoformat(given["now"])
    settings = Settings(
        instance=Path(given["folder"]),
        database_url=given["url"],
        checkpoint_key=given["key"],
        argon2="cheapest",
        **given["mail"],
    )
    reminders.PORTION, mailing.PORTION = 5, 3
    engine = Engine(settings, clock=lambda: now)
    print("ready", flush=True)
    sys.stdin.readline()
    try:
        tick(engine)
        print("killed while sending", flush=True)  # the last word of one that dies from here on
        post(engine, write=writer(settings))
    except TooBusy:  # eight at one file: whoever is turned away comes again in a quarter of an hour
        print("busy", flush=True)
    else:
        print("done", flush=True)
    engine.close()


if __name__ == "__main__":
    main()
