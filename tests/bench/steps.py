"""B: one durable step, by the product and by the floor, on both databases; one writer and eight."""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url

from tests.bench.figures import Figure, in_rounds, note
from tests.bench.floor import PostgresqlFloor, SqliteFloor
from tests.bench.life import STEPS, identities, live, steps_of, wall_clock
from tests.bench.race import Runner, Side, side
from tests.record import Record, fill, open_postgresql, open_sqlite
from workflow.engine import Engine, Work
from workflow.log.chain import check_chain
from workflow.settings import Settings

DOCUMENTS = 40


@dataclass(frozen=True)
class Race:
    """
    Each round both sides have so many turns of so many seconds. Drafts are for each of the writers: more than it takes
    through their life in a round, and each costs time before.
    """

    writers: int
    turns: int
    seconds: float
    floor_drafts: int
    product_drafts: int


ONE = Race(writers=1, turns=8, seconds=0.25, floor_drafts=500, product_drafts=200)
EIGHT = Race(writers=8, turns=4, seconds=1.0, floor_drafts=200, product_drafts=100)
# Two sides that differ by a tenth: shorter turns, so that both have the same moments of the machine.
SEALING = Race(writers=8, turns=14, seconds=0.3, floor_drafts=100, product_drafts=100)


@contextmanager
def sqlite_record(folder: Path) -> Iterator[Record]:
    engine = open_sqlite(folder, wall_clock)
    fill(engine)
    yield _record(engine)
    engine.close()


@contextmanager
def postgresql_record(server: str, folder: Path) -> Iterator[Record]:
    engine = open_postgresql(server, folder, wall_clock)
    fill(engine)
    yield _record(engine)
    engine.close()


def sweep(record: Record) -> None:
    """
    What a server in use does for itself every minute: rows that ended are swept out and the others counted. Without
    it each turn is measured on what the turns before left behind.
    """
    with create_engine(record.engine.settings.owner_url, isolation_level="AUTOCOMMIT").connect() as db:
        db.execute(text("VACUUM ANALYZE"))


def _record(engine: Engine) -> Record:
    return Record(engine, _Wall(), engine.settings.database_url)  # type: ignore[arg-type]


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
        figure = in_rounds(
            f"B step, SQLite {record.engine.database.journal}",
            "steps/s",
            lambda: _dealt(by_hand.live, partial(live, record, who), _drafts(record, 2 * DOCUMENTS)),
        )
        _verify_chains(record)
        _same_rows(record)
        return figure


def on_postgresql(server: str, folder: Path) -> list[Figure]:
    with postgresql_record(server, folder) as record:
        _, people, post = _people(record)
        dsn = make_url(record.url).set(drivername="postgresql").render_as_string()
        arguments = (dsn, people, post)
        one = _written(record, "one writer", arguments, ONE)
        eight = _written(record, "eight writers", arguments, EIGHT)
        _verify_chains(record)
        _same_rows(record)
        return [one, eight, *_sealing(record)]


def _people(record: Record) -> tuple[Any, dict[str, int], int]:
    directory = record.directory
    people = {login: directory.by_login[login].id for login, *_ in STEPS}
    return identities(record), people, next(iter(directory.posts))


def _drafts(record: Record, count: int) -> list[int]:
    return [record.draft() for _ in range(count)]


def _dealt(
    floor: Callable[[list[int]], float], product: Callable[[list[int]], float], documents: list[int]
) -> tuple[float, float]:
    """
    The rate of each, where they take one document each by turns: a machine that others use too is not the same a
    second later. The product begins as often as the floor.
    """
    seconds = {floor: 0.0, product: 0.0}
    for at, document in enumerate(documents):
        taken = floor if at % 4 in (0, 3) else product
        seconds[taken] += 1 / taken([document])
    return len(documents) / 2 / seconds[floor], len(documents) / 2 / seconds[product]


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


def _written(record: Record, name: str, floor_of: tuple[Any, ...], race: Race) -> Figure:
    with (
        side(_by_hand, *floor_of, writers=race.writers) as floor,
        side(_product, record.engine.settings, Engine, writers=race.writers) as product,
    ):
        return in_rounds(
            f"B step, PostgreSQL, {name}",
            "steps/s",
            lambda: _raced(record, race, (floor, race.floor_drafts), (product, race.product_drafts)),
        )


def _sealing(record: Record) -> list[Figure]:
    """
    Eight writers with the seal after each commit, beside the same with the seal left to later: the tree alone, and
    with the checkpoint that every signature has over it.
    """
    settings, drafts = record.engine.settings, SEALING.product_drafts
    kinds = {
        "B sealing on against off, eight writers": SignsNoCheckpoint,
        "B the same with checkpoints": Engine,
    }
    figures = []
    for name, kind in kinds.items():
        with (
            side(_product, settings, LeavesUnsealed, writers=SEALING.writers) as off,
            side(_product, settings, kind, writers=SEALING.writers) as on,
        ):
            figures.append(
                in_rounds(name, "steps/s", partial(_raced, record, SEALING, (off, drafts), (on, drafts)))
            )
    return figures


def _raced(record: Record, race: Race, *sides: tuple[Side, int]) -> tuple[float, float]:
    """The rate of each over its turns; what one left unsealed is not the other's to seal."""
    for each, drafts in sides:
        each.deal(_drafts(record, drafts * race.writers))
    sweep(record)
    steps, seconds = [0, 0], [0.0, 0.0]
    for turn in range(race.turns):
        for place in (0, 1) if turn % 2 else (1, 0):
            record.engine.seal_leftovers()
            done, took = sides[place][0].turn(race.seconds)
            steps[place] += done
            seconds[place] += took
    return steps[0] / seconds[0], steps[1] / seconds[1]


def _by_hand(dsn: str, people: dict[str, int], post: int) -> Runner:
    return PostgresqlFloor(dsn, people, post).steps_of


def _product(settings: Settings, kind: type[Engine]) -> Runner:
    record = _record(kind(settings, clock=wall_clock))
    return partial(steps_of, record, identities(record))


class LeavesUnsealed(Engine):
    """Commits as the product does, and leaves the seal to later."""

    def _shares_seal(self, work: Work) -> bool:
        return False


class SignsNoCheckpoint(Engine):
    """Puts its entries into the tree as the product does, and signs the size of it for nobody."""

    def _shares_seal(self, work: Work) -> bool:
        work.want_checkpoint = False
        return super()._shares_seal(work)


def run(server: str) -> list[Figure]:
    figures = []
    with tempfile.TemporaryDirectory() as folder:
        figures.append(on_sqlite(Path(folder)))
    with tempfile.TemporaryDirectory() as folder:
        figures += on_postgresql(server, Path(folder))
    return figures
