"""Opens and ends every transaction; the only begin, commit and clock of the product."""

import logging
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, nullcontext, suppress
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from sqlalchemy import select
from sqlalchemy.engine import Connection
from sqlalchemy.exc import DBAPIError

from workflow.engine.database import Database, connect
from workflow.engine.directory import directory_version, load_directory, start_of_work
from workflow.engine.gate import Gate, NoGate
from workflow.engine.outages import lost, spoken_errors
from workflow.engine.prepared import Asking
from workflow.engine.record_key import RecordKey
from workflow.engine.sealing import seal
from workflow.engine.shared_seal import seal_committed, seal_with_commit, sign_sealed
from workflow.engine.snapshot import snapshot
from workflow.engine.work import Identity, Work
from workflow.errors import NotFound, OutcomeUnknown
from workflow.log.key import CheckpointKey
from workflow.machine import Flow
from workflow.models import StepKey
from workflow.people import Directory
from workflow.published import load_published
from workflow.settings import Settings
from workflow.workdays import vn_date

if TYPE_CHECKING:  # its driver is loaded on PostgreSQL alone
    from workflow.engine.direct import Riding

Found = TypeVar("Found")
log = logging.getLogger("trinhky.engine")


class Engine:
    """
    `work(identity)` is one transaction that commits when its block ends and rolls back when it raises;
    `reading(identity)` is one that cannot write. Shared by all threads of a process.
    """

    def __init__(self, settings: Settings, *, clock: Callable[[], datetime] = lambda: datetime.now(UTC)):
        self.settings = settings
        self.database: Database = connect(settings.database_url)
        self.flows = {(d.id, d.version): Flow(d) for d in load_published(settings.definitions)}
        self.clock = clock
        self._directory: Directory | None = None
        self.key = RecordKey(settings)
        # SQLite has one writer; queueing for it here is fair, its own busy handler sleeps and is not.
        self._turn = threading.Lock() if self.database.is_sqlite else nullcontext()
        self._gate = Gate() if self.database.journal.startswith("DELETE") else NoGate()

    def close(self) -> None:
        self.database.dispose()

    @contextmanager
    def reading(self, identity: Identity) -> Iterator[Work]:
        """A read ends before its page is rendered: an open reader holds up a commit (decisions.md 29)."""
        with self.looking() as seen_by:
            yield seen_by(identity)

    @contextmanager
    def looking(
        self, *, brief: bool = False, first: Callable[[Connection], int] = directory_version
    ) -> Iterator[Callable[[Identity], Work]]:
        """
        One moment of the record, as anybody sees it who is found in it to be asking. `first` is the first question,
        whatever else it asks: it says the directory's version. `brief` is for one question: where each statement
        costs a round trip, there is no transaction around it.
        """
        kept = self.database.glances if brief else self.database.readers
        with spoken_errors(), self._gate.together(), kept.taken() as db:
            clock = self.clock()
            directory = self._directory_of(db, self._begin(db, first))
            yield lambda identity: self._work(db, identity, directory, clock, clock, writing=False)
            db.commit()

    @contextmanager
    def reading_long(self, identity: Identity) -> Iterator[Work]:
        """
        As `reading`, for what takes its time: where an open reader would hold up commits, of a copy of the moment.
        Where there is no room for one, of the record itself.
        """
        with spoken_errors(), ExitStack() as stack:
            source = self.database
            if source.is_sqlite and source.readers_block:
                try:
                    source = stack.enter_context(snapshot(source))
                except (OSError, sqlite3.Error) as reason:
                    log.warning("no copy to read from, commits wait for this reader: %s", reason)
            db = stack.enter_context(source.read.begin())
            clock = self.clock()
            directory = self._directory_of(db, directory_version(db))
            yield self._work(db, identity, directory, clock, clock, writing=False)

    @contextmanager
    def work(self, identity: Identity, *asking: Asking) -> Iterator[Work]:
        """
        Commit if the block ends, roll back if it raises; `asking` is what will be asked first. An act is acknowledged
        only once its entry is in the tree. TooBusy where nothing was done, OutcomeUnknown where only the record knows.
        """
        with self._turn, spoken_errors(), self.database.writers.taken() as db:
            try:
                start = self._begin(db, partial(start_of_work, asking=asking))
                last_at = start.last_at
                clock = self.clock()
                directory = self._directory_of(db, start.version)
                now = max(clock, last_at) if last_at else clock
                work = self._work(db, identity, directory, now, clock, writing=True)
                yield work
                shares = self._shares_seal(work)
                key = self._key_to_sign() if work.want_checkpoint else None  # or nothing is committed
                if self.database.is_sqlite and (work.to_seal or work.want_checkpoint):
                    seal(db, start, work.to_seal, work.now, key, checkpoint=work.want_checkpoint)
                riding = self._riding(db, work) if shares else None
                self._commit(db, work, key)
            except BaseException:
                with suppress(DBAPIError):  # a connection that is gone took it back; said is what went wrong
                    db.rollback()
                raise
            if riding:
                self._sealed(db, work, riding, key)
        if work.directory_changed:
            self._directory = None

    def _work(
        self,
        db: Connection,
        identity: Identity,
        directory: Directory,
        now: datetime,
        clock: datetime,
        *,
        writing: bool,
    ) -> Work:
        today = vn_date(now)
        try:
            actor = identity.actor(directory, today)
        except KeyError as error:
            raise NotFound(f"no person {identity.person_id}") from error
        return Work(db, actor, now, today, clock, directory, self, writing)

    def _begin(self, db: Connection, first: Callable[[Connection], Found]) -> Found:
        """Begin and ask the first thing; a pooled connection whose server went away is replaced once."""
        try:
            db.begin()
            return first(db)
        except DBAPIError as error:
            if not error.connection_invalidated:
                raise
            db.rollback()
            db.begin()
            return first(db)

    def _directory_of(self, db: Connection, version: int) -> Directory:
        directory = self._directory
        if directory is None or directory.version != version:
            directory = self._directory = load_directory(db, version)
        return directory

    def _commit(self, db: Connection, work: Work, key: CheckpointKey | None) -> None:
        try:
            with self._gate.alone():
                db.commit()
        except DBAPIError as error:
            if not lost(error):
                raise
            # The answer was lost, not necessarily the act: the key says whether it stands (decisions.md 6).
            if work.claimed_key is None or not self._stands(key, *work.claimed_key):
                raise OutcomeUnknown from error

    def _key_to_sign(self) -> CheckpointKey:
        """Asked for beside the transaction, whose own statements may still be on their way. Raises BadKey."""
        if self.key.confirmed is None:
            with self.database.readers.taken() as db:
                key = self._begin(db, self.key.to_sign)
                db.commit()
                return key
        return self.key.confirmed

    def _stands(self, signing: CheckpointKey | None, person_id: int, key: str) -> bool:
        """
        Whether the act under this key stands for good. On PostgreSQL it may be committed and not yet flushed: it is
        flushed on the connection that found it, which a crash of the server in between would have ended; and a
        signature has its checkpoint from there.
        """
        found = select(StepKey.key).where(StepKey.person_id == person_id, StepKey.key == key)
        shared = not self.database.is_sqlite
        try:
            with (self.database.writers if shared else self.database.readers).taken() as db:
                stands = self._begin(db, lambda db: db.scalar(found)) is not None
                riding = seal_with_commit(db, self.clock(), wrote=False, signed=False) if shared else None
                db.commit()
                if riding is None or not stands:
                    return stands
                if riding.answer and signing:
                    sign_sealed(db, riding.answer, signing)
                return riding.answer is not None
        except DBAPIError:
            return False

    def seal_leftovers(self) -> None:
        """At start: what was committed but not sealed when a process died."""
        if not self.database.is_sqlite:
            seal_committed(self.database, self.clock())

    def _shares_seal(self, work: Work) -> bool:
        """
        Whether it is sealed after its commit, with whatever others left: where it wrote an entry, or was asked again
        for one that its first request may have left.
        """
        return not self.database.is_sqlite and bool(work.to_seal or work.want_checkpoint or work.claimed_key)

    def _riding(self, db: Connection, work: Work) -> "Riding":
        return seal_with_commit(db, work.now, wrote=bool(work.to_seal), signed=work.want_checkpoint)

    def _sealed(self, db: Connection, work: Work, riding: "Riding", key: CheckpointKey | None) -> None:
        """
        The act is committed, so what fails here is never "nothing was done": the same request again finds its key,
        and seals. Only where the server itself goes down may that take a signature back, of which nobody was told.
        """
        if riding.error:
            raise OutcomeUnknown from riding.error
        try:
            if riding.answer is None:  # the commit had nothing to send
                seal_committed(self.database, work.now)
            elif key:
                sign_sealed(db, riding.answer, key)
        except DBAPIError as error:
            raise OutcomeUnknown from error
