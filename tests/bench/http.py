"""
C: approve one document and read one's list, over HTTP, with everything a real request carries.

The floor is a bare Flask application on the same server (waitress, eight threads) in the same journal mode, that
writes the same rows by hand and reads the row of a session and those that the page shows, written out plainly; no
token, no rights.
"""

import http.client
import re
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import select

from tests.bench.figures import Figure, note, tell
from tests.bench.steps import _drafts, postgresql_record, sqlite_record, sweep
from tests.record import Record
from web.auth.passwords import hash_password
from workflow.commands.people import set_password_hash
from workflow.commands.sessions import open_session
from workflow.commands.steps import take_step
from workflow.engine import Identity
from workflow.models import Document

PASSWORD = "một câu đủ dài để đo"
SESSION_OF_FLOOR = "f" * 64
LISTED = 50
TURNS, PAIRS = 5, 16
"""In a round each side has so many turns of so many pairs."""
CLIENTS = 4
ROUNDS = 10
"""Enough for a hundredth of the pairs to be more than a few of them."""


@contextmanager
def served(module: str, *arguments: str, environment: Mapping[str, str] | None = None) -> Iterator[int]:
    """A server in a process of its own, with this one's environment if not given one; it says its port first."""
    process = subprocess.Popen(
        [sys.executable, "-m", module, *arguments],
        stdout=subprocess.PIPE,
        text=True,
        stderr=subprocess.DEVNULL,
        env=environment,
    )
    try:
        assert process.stdout is not None
        yield int(process.stdout.readline())
    finally:
        process.terminate()
        process.wait(20)


def measure(
    record: Record, arguments: tuple[str, ...], name: str, settle: Callable[[], None] = lambda: None
) -> list[Figure]:
    """`settle` is done to the database before each turn of either side."""
    with record.engine.work(Identity(rule="bench")) as w:
        set_password_hash(
            w, person_id=record.person("hung"), password_hash=hash_password(PASSWORD, "cheapest")
        )
    with record.engine.work(Identity(person_id=record.person("hung"))) as w:
        open_session(w, token_hash=SESSION_OF_FLOOR)
    _waiting(record, LISTED)
    rates: dict[str, list[float]] = {"floor": [], "product": []}
    times: dict[str, list[float]] = {"floor": [], "product": []}
    with (
        served("tests.bench.serve_floor", *arguments) as floor,
        served("tests.bench.serve_product", *arguments) as ours,
    ):
        sides = {"floor": floor, "product": ours}
        for turn in range(1 + ROUNDS):  # the first of each warms it up and does not count
            for side, (rate, taken) in _round(record, sides, settle).items():
                if turn:
                    rates[side].append(rate)
                    times[side] += taken
    wobble = max(rates["floor"]) / min(rates["floor"])
    paired = statistics.median(
        ours / theirs for theirs, ours in zip(rates["floor"], rates["product"], strict=True)
    )
    figures = [Figure(f"C approve + list, {name}", "pairs/s", *_medians(rates), wobble, paired)]
    for label, share in (("p50", 0.5), ("p99", 0.99)):
        at = {side: sorted(found)[int(len(found) * share)] * 1000 for side, found in times.items()}
        figures.append(Figure(f"C {label} of a pair, {name}", "ms", at["floor"], at["product"], wobble))
    for figure in figures:
        tell(figure)
    return figures


def _round(
    record: Record, sides: dict[str, int], settle: Callable[[], None]
) -> dict[str, tuple[float, list[float]]]:
    """Of each side its pairs a second and how long each took; they take short turns, so that both share the moments."""
    documents = {side: _waiting(record, TURNS * PAIRS) for side in sides}
    settle()
    seconds, times = dict.fromkeys(sides, 0.0), {side: [] for side in sides}
    for turn in range(TURNS):
        for side in sides if turn % 2 else reversed(sides):
            mine = documents[side][turn * PAIRS : (turn + 1) * PAIRS]
            rate, taken = _drive(side, sides[side], mine, digests_of(record, mine))
            seconds[side] += PAIRS / rate
            times[side] += taken
    return {side: (TURNS * PAIRS / seconds[side], times[side]) for side in sides}


def _medians(rates: dict[str, list[float]]) -> tuple[float, float]:
    return statistics.median(rates["floor"]), statistics.median(rates["product"])


def _waiting(record: Record, count: int) -> list[int]:
    """Drafts brought to the head's desk."""
    documents = _drafts(record, count)
    lan = Identity(person_id=record.person("lan"), channel="cli")
    for document_id in documents:
        with record.engine.work(lan) as w:
            take_step(w, document_id=document_id, step_id="submit", seen_version=1)
    return documents


def digests_of(record: Record, documents: list[int]) -> dict[int, str]:
    with record.engine.reading(Identity(rule="bench")) as w:
        rows = w.db.execute(select(Document.id, Document.digest).where(Document.id.in_(documents)))
        return dict(rows.tuples().all())


def _drive(side: str, port: int, documents: list[int], digests: dict[int, str]) -> tuple[float, list[float]]:
    shares = [documents[start::CLIENTS] for start in range(CLIENTS)]
    clients = [_Floor(port) if side == "floor" else _Product(port, digests) for _ in shares]
    taken: list[float] = []

    def work(client: "_Floor", share: list[int]) -> None:
        for document_id in share:
            start = time.perf_counter()
            client.pair(document_id)
            taken.append(time.perf_counter() - start)

    threads = [threading.Thread(target=work, args=pair) for pair in zip(clients, shares, strict=True)]
    start = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(taken) == len(documents), "a client failed"
    return len(documents) / (time.perf_counter() - start), taken


class _Floor:
    """A client that keeps its connection."""

    def __init__(self, port: int):
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self.cookie = ""

    def pair(self, document_id: int) -> None:
        status, _ = self.send("POST", f"/approve/{document_id}", {})
        assert status == 303, status
        status, page = self.send("GET", "/list")
        assert status == 200
        assert page.count("<li>") >= LISTED

    def send(self, method: str, path: str, data: dict[str, str] | None = None) -> tuple[int, str]:
        headers = {"Cookie": self.cookie} if self.cookie else {}
        body = None
        if data is not None:
            body = urllib.parse.urlencode(data)
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        self.connection.request(method, path, body, headers)
        answer = self.connection.getresponse()
        text = answer.read().decode()
        for given in answer.headers.get_all("Set-Cookie") or []:
            self.cookie = given.split(";")[0]
        return answer.status, text


class _Product(_Floor):
    """The head at his browser: signed in once, each post with its token."""

    def __init__(self, port: int, digests: dict[int, str]):
        super().__init__(port)
        self.digests = digests
        _, page = self.send("GET", "/dang-nhap")
        token = _token(page)
        status, _ = self.send(
            "POST", "/dang-nhap", {"csrf_token": token, "login": "hung", "password": PASSWORD}
        )
        assert status == 303
        _, page = self.send("GET", "/viec")
        self.token = _token(page)

    def pair(self, document_id: int) -> None:
        data = {
            "csrf_token": self.token,
            "seen_version": "2",
            "seen_digest": self.digests[document_id],
            "key": f"bench-{document_id}",
        }
        status, page = self.send("POST", f"/van-ban/{document_id}/buoc/duyet", data)
        assert status == 303, (status, page[:500])
        status, page = self.send("GET", "/viec")
        assert status == 200
        assert page.count('class="item') >= LISTED, page.count('class="item')


def _token(page: str) -> str:
    found = re.search(r'name="csrf_token" value="([^"]+)"', page)
    assert found, page[:300]
    return found[1]


def run(server: str) -> list[Figure]:
    figures = []
    with tempfile.TemporaryDirectory() as folder, sqlite_record(Path(folder)) as record:
        note("http on SQLite")
        figures += measure(record, (record.url, folder), "SQLite")
    with tempfile.TemporaryDirectory() as folder, postgresql_record(server, Path(folder)) as record:
        note("http on PostgreSQL")
        figures += measure(record, (record.url, folder), "PostgreSQL", lambda: sweep(record))
    return figures
