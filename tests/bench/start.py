"""Start to the first page, and the memory of a server after many mixed requests."""

import os
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

from tests.bench.figures import Figure, tell
from tests.bench.http import PASSWORD, _Product, _waiting, served
from tests.bench.steps import sqlite_record
from web.auth.passwords import hash_password
from workflow.commands.people import set_password_hash
from workflow.engine import Identity

REQUESTS = 10_000
GOAL_SECONDS, GOAL_MEGABYTES = 1.0, 120.0


def run(server: str) -> list[Figure]:
    with tempfile.TemporaryDirectory() as folder, sqlite_record(Path(folder)) as record:
        with record.engine.work(Identity(rule="bench")) as w:
            set_password_hash(
                w, person_id=record.person("hung"), password_hash=hash_password(PASSWORD, "cheapest")
            )
        documents = _waiting(record, 60)
        figures = [_start(record.url, folder)]
        with served("tests.bench.serve_product", record.url, folder) as port:
            figures.append(_memory(port, documents))
    for figure in figures:
        tell(figure)
    return figures


def _start(url: str, folder: str) -> Figure:
    """
    Seconds from the start of the process to the first answered page; the goal stands in the floor's place. The modules
    are compiled by the first of the starts, as those of an installed package are, wherever this one keeps its own.
    """
    best = float("inf")
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environment["PYTHONPYCACHEPREFIX"] = f"{folder}/compiled"
    for _ in range(5):
        begin = time.perf_counter()
        with served("tests.bench.serve_product", url, folder, environment=environment) as port:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/dang-nhap").read()
            best = min(best, time.perf_counter() - begin)
    return Figure("start to first page (goal in floor's place)", "s", GOAL_SECONDS, best, 1.0)


def _memory(port: int, documents: list[int]) -> Figure:
    client = _Product(port, {})
    for number in range(REQUESTS):
        path = ("/viec", f"/van-ban/{documents[number % len(documents)]}", "/ke-hoach", "/han")[number % 4]
        status, _ = client.send("GET", path)
        assert status == 200, (path, status)
    return Figure(
        "memory after 10,000 requests (goal in floor's place)", "MB", GOAL_MEGABYTES, _resident(port), 1.0
    )


def _resident(port: int) -> float:
    """Resident megabytes of the process that listens on this port (Linux)."""
    listing = subprocess.run(
        ["pgrep", "-f", "tests.bench.serve_product"], capture_output=True, text=True, check=True
    )
    sizes = []
    for pid in listing.stdout.split():
        status = Path(f"/proc/{pid}/status")
        if status.exists():
            lines = [line for line in status.read_text().splitlines() if line.startswith("VmRSS")]
            sizes += [int(line.split()[1]) / 1024 for line in lines]
    print(f"resident: {sizes}", file=sys.stderr)
    return max(sizes)
