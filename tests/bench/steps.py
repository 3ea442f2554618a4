"""B: one durable step, by the product and by the floor, on both databases; one writer and eight."""

import multiprocessing
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url

from tests.bench.figures import Figure, in_turns, note
from tests.bench.floor import PostgresqlFloor, SqliteFloor
from tests.bench.life import STEPS, identities, live, wall_clock
from tests.record import Record, fill, open_postgresql, open_sqlite
from workflow.engine import Engine, Work
from workflow.log.chain import check_chain
from workflow.settings import Settings

DOCUMENTS = 40
WRITERS = 8
SECONDS = 4.0
FLOOR_DRAFTS, PRODUCT_DRAFTS = 150, 60
"""For each of the writers: more than it takes through their life in SECONDS, and each costs a turn time before."""


@contextmanager
def sqlite_record(folder: Path) -> Iterator[Record]:
    engine = open_sqlite(folder, wall_clock)
    fill(engine)
    yield Record(engine, _Wall(), engine.settings.database_url)  # type: ignore[arg-type]
    engine.close()


@contextmanager
def postgresql_record(server: str, folder: Path) -> Iterator[Record]:
    engine = open_postgresql(server, folder, wall_clock)
    fill(engine)
    yield Record(engine, _Wall(), engine.settings.database_url)  # type: ignore[arg-type]
    engine.close()


def sweep(record: Record) -> None:
    """
    What a server in use does for itself every minute: rows that ended are swept out and the others counted. Without
    it each turn is measured on what the turns before left behind.
    """
    with create_engine(record.engine.settings.owner_url, isolation_level="AUTOCOMMIT").connect() as db:
        db.execute(text("VACUUM ANALYZE"))


class _Wall:
    """A test's clock that is the wall's."""

    now = property(lambda self: wall_clock())

    def __call__(self) -> Any:
        return wall_clock()


def on_sqlite(folder: Path) -> Figure:
    with sqlite_record(folder) as record:
        who, people, post = _people(record)
        journal, synchronous = record.engine.database.journal.split("+")
        pragmas = (f"PRAGMA journal_mode={journal}", f"PRAGMA synchronous={synchronous}", "PRAGMA foreign_keys=ON",
                   "PRAGMA recursive_triggers=ON")  # fmt: skip
        by_hand = SqliteFloor(str(folder / "trinhky.db"), pragmas, people, post)
        live(record, who, _drafts(record, 3))
        figure = in_turns(
            f"B step, SQLite {record.engine.database.journal}",
            "steps/s",
            lambda: by_hand.live(_drafts(record, DOCUMENTS)),
            lambda: live(record, who, _drafts(record, DOCUMENTS)),
        )
        _verify_chains(record)
        _same_rows(record)
        return figure


def on_postgresql(server: str, folder: Path) -> list[Figure]:
    with postgresql_record(server, folder) as record:
        who, people, post = _people(record)
        dsn = make_url(record.url).set(drivername="postgresql").render_as_string()
        by_hand = PostgresqlFloor(dsn, people, post)
        live(record, who, _drafts(record, 3))
        one = in_turns(
            "B step, PostgreSQL, one writer",
            "steps/s",
            lambda: by_hand.live(_swept(record)),
            lambda: live(record, who, _swept(record)),
        )
        eight = _eight(record, dsn, people, post)
        _verify_chains(record)
        _same_rows(record)
        return [one, eight, _sealing(record)]


def _people(record: Record) -> tuple[Any, dict[str, int], int]:
    directory = record.directory
    people = {login: directory.by_login[login].id for login, *_ in STEPS}
    return identities(record), people, next(iter(directory.posts))


def _drafts(record: Record, count: int) -> list[int]:
    return [record.draft() for _ in range(count)]


def _swept(record: Record) -> list[int]:
    drafts = _drafts(record, DOCUMENTS)
    sweep(record)
    return drafts


def _verify_chains(record: Record) -> None:
    """The life ends with its chains verified, the product's as well as the floor's own."""
    from workflow.engine import Identity

    with record.engine.reading(Identity(rule="bench")) as w:
        rows = w.db.execute(
            text("SELECT document_id, body, hash FROM entry WHERE document_id IS NOT NULL ORDER BY id")
        )
        chains: dict[int, list[tuple[bytes, bytes]]] = {}
        for document_id, body, digest in rows:
            if b'"actor":{"id":' not in bytes(body)[:60] or b'"channel"' in bytes(body):
                chains.setdefault(document_id, []).append((bytes(body), bytes(digest)))
    broken = sum(bool(check_chain(chain)) for chain in chains.values() if len(chain) == len(STEPS) + 1)
    note(f"chains verified: {len(chains)}, broken: {broken}")
    assert not broken


def _same_rows(record: Record) -> None:
    """The floor is a floor only where it writes as many rows about a document as the product."""
    beside = "SELECT e.document_id FROM entry_note n JOIN entry e ON e.id = n.entry_id"
    written = [*(f"SELECT document_id FROM {table}" for table in WRITTEN), beside]
    joined = [
        f"LEFT JOIN (SELECT document_id, count(*) AS many FROM ({rows}) r GROUP BY document_id) c{at} "
        f"ON c{at}.document_id = d.id"
        for at, rows in enumerate(written)
    ]
    counts = ", ".join(f"c{at}.many" for at in range(len(written)))
    with record.engine.database.read.connect() as db:
        rows = db.execute(
            text(f"SELECT DISTINCT {counts} FROM document d {' '.join(joined)} WHERE d.state = 'signed'")
        ).all()
    assert len(rows) == 1, rows


WRITTEN = ("entry", "approval", "waiting", "notice")


def _eight(record: Record, dsn: str, people: dict[str, int], post: int) -> Figure:
    """Processes of their own, so that neither side waits for the other's interpreter."""
    return in_turns(
        "B step, PostgreSQL, eight writers",
        "steps/s",
        lambda: _race(_floor_writer, [(dsn, people, post, _drafts(record, FLOOR_DRAFTS))] * WRITERS, record),
        lambda: _race(
            _product_writer, [(record.engine.settings, _drafts(record, PRODUCT_DRAFTS))] * WRITERS, record
        ),
    )


def _race(target: Any, arguments: list[Any], record: Record) -> float:
    context = multiprocessing.get_context("spawn")
    barrier, results = context.Barrier(len(arguments)), context.Queue()
    ready = []
    for argument in arguments:
        # Every writer gets documents of its own: the drafts of the first tuple are only its shape.
        drafts = next(item for item in argument if isinstance(item, list))
        own = _drafts(record, len(drafts)) if ready else drafts
        ready.append(tuple(own if isinstance(item, list) else item for item in argument))
    sweep(record)
    workers = [context.Process(target=target, args=(barrier, results, *argument)) for argument in ready]
    for worker in workers:
        worker.start()
    done = [results.get() for _ in workers]
    for worker in workers:
        worker.join()
    begin, end = min(start for start, _, _ in done), max(stop for _, stop, _ in done)
    return sum(steps for *_, steps in done) / (end - begin)


def _floor_writer(
    barrier: Any, results: Any, dsn: str, people: dict[str, int], post: int, documents: list[int]
) -> None:
    floor = PostgresqlFloor(dsn, people, post)
    barrier.wait()
    start, steps = time.time(), 0
    rows = floor.db.execute("SELECT id, head_hash FROM document WHERE id = ANY(%s)", (documents,)).fetchall()
    floor.heads |= {doc: bytes(head) for doc, head in rows}
    for document in documents:
        for version, (login, step, source, target, words) in enumerate(STEPS, 1):
            floor.step(document, version, people[login], step, source, target, words)
            steps += 1
        if time.time() - start > SECONDS:
            break
    results.put((start, time.time(), steps))


def _product_writer(
    barrier: Any, results: Any, settings: Settings, documents: list[int], kind: type[Engine] = Engine
) -> None:
    engine = kind(settings, clock=wall_clock)
    record = Record(engine, _Wall(), settings.database_url)  # type: ignore[arg-type]
    who = identities(record)
    barrier.wait()
    start, steps = time.time(), 0
    for document in documents:
        live(record, who, [document])
        steps += len(STEPS)
        if time.time() - start > SECONDS:
            break
    engine.close()
    results.put((start, time.time(), steps))


def _sealing(record: Record) -> Figure:
    """Eight writers with the seal after each commit, beside the same with the seal left to later."""

    def raced(writer: Any) -> float:
        record.engine.seal_leftovers()
        return _race(writer, [(record.engine.settings, _drafts(record, PRODUCT_DRAFTS))] * WRITERS, record)

    return in_turns(
        "B sealing on against off, eight writers",
        "steps/s",
        lambda: raced(_unsealed_writer),
        lambda: raced(_product_writer),
    )


class LeavesUnsealed(Engine):
    """Commits as the product does, and leaves the seal to later."""

    def _shares_seal(self, work: Work) -> bool:
        return False


def _unsealed_writer(barrier: Any, results: Any, settings: Settings, documents: list[int]) -> None:
    _product_writer(barrier, results, settings, documents, LeavesUnsealed)


def run(server: str) -> list[Figure]:
    figures = []
    with tempfile.TemporaryDirectory() as folder:
        figures.append(on_sqlite(Path(folder)))
    with tempfile.TemporaryDirectory() as folder:
        figures += on_postgresql(server, Path(folder))
    return figures
