"""A record with the demo agencies in it, on either database, and people to act in it by their login."""

import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine
from sqlalchemy.engine import Connection
from sqlalchemy.pool import NullPool

from tests.kept import keep_statements
from tests.servers import MEMORY
from workflow.agency_file import load_agencies
from workflow.commands.done import Done
from workflow.commands.drafting import create_document
from workflow.commands.setup import install_agency
from workflow.commands.steps import take_step
from workflow.content import Content, Node, Obligation, Recipient
from workflow.engine import Engine, Identity
from workflow.engine.schema import migrate
from workflow.log.key import CheckpointKey
from workflow.people import Directory
from workflow.settings import DEFINITIONS, Settings

NOON = datetime(2026, 4, 20, 5, 0, tzinfo=UTC)
"""12:00 in Việt Nam on a Monday that is a working day."""

ROUTE = (
    ("lan", "submit"),
    ("hung", "approve_content"),
    ("thu", "check_format"),
    ("mai", "sign"),
    ("van", "assign_number"),
    ("van", "seal"),
    ("van", "issue"),
)
"""The straight way of a plan of Văn phòng Sở: Lan drafts, Hùng heads the office, Mai signs, Vân is văn thư."""


@dataclass
class Clock:
    """The only clock of a test; it moves when told to."""

    now: datetime = NOON

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **how: float) -> None:
        self.now += timedelta(**how)


@dataclass
class Record:
    """An engine on a real database with the agencies of `definitions/`; people act by login."""

    engine: Engine
    clock: Clock
    url: str
    notes: dict[str, Any] = field(default_factory=dict)

    @property
    def directory(self) -> Directory:
        with self.engine.reading(Identity(rule="test")) as w:
            return w.directory

    @property
    def key(self) -> CheckpointKey:
        """The key of this record as its engine finds it; made where there is none yet."""
        with self.engine.database.read.begin() as db:
            return self.engine.key.to_check(db)

    def person(self, login: str) -> int:
        return self.directory.by_login[login].id

    def who(self, login: str, **how: Any) -> Identity:
        how = {"proof_at": self.clock.now, "channel": "web"} | how
        return Identity(person_id=self.person(login), **how)

    def draft(self, login: str = "lan", *, unit: str = "VP", agency: str = "so_khcn", signer: str | None = "mai",
              content: Content | None = None, definition_id: str = "ke_hoach", **how: Any) -> int:  # fmt: skip
        directory = self.directory
        unit_ = directory.unit_by_code(directory.agency_by_code[agency].id, unit)
        assert unit_ is not None
        with self.engine.work(self.who(login)) as w:
            return create_document(
                w,
                definition_id=definition_id,
                unit_id=unit_.id,
                content=content or plan(),
                signer_id=directory.by_login[signer].id if signer else None,
                **how,
            )

    def step(self, login: str, document_id: int, step_id: str, **how: Any) -> Done:
        """One step in a Work of its own, as a person who saw the present page would take it."""
        identity = self.who(login, **how.pop("identity", {}))
        with self.engine.work(identity) as w:
            return take_step(w, document_id=document_id, step_id=step_id, **{"seen_version": None, **how})

    def bring_to(self, document_id: int, step_id: str) -> Done:
        """Along ROUTE up to and including `step_id`."""
        for login, step in ROUTE:
            done = self.step(login, document_id, step, paper_signed=step == "assign_number")
            if step == step_id:
                return done
        raise AssertionError(f"{step_id} is not on the route")


def plan(**changes: Any) -> Content:
    """A small plan that may be submitted: one section, two yearly duties, two recipients."""
    duties = (
        Obligation(from_="Các phòng, đơn vị thuộc Sở", to="Văn phòng Sở", recurrence="yearly", due_month=11,
                   due_day=10, raw="Các phòng, đơn vị gửi báo cáo về Văn phòng Sở trước ngày 10/11 hằng năm."),
        Obligation(from_="Văn phòng Sở", to="Sở Nội vụ", recurrence="yearly", due_month=11, due_day=15,
                   raw="Văn phòng Sở báo cáo Sở Nội vụ trước ngày 15/11 hằng năm."),
    )  # fmt: skip
    values: dict[str, Any] = {
        "doc_type": "KH",
        "subject": "Thực hiện dân chủ trong cơ quan",
        "field": "to_chuc_hanh_chinh",
        "sections": (
            Node(label="I", title="TỔ CHỨC THỰC HIỆN", paragraphs=("Các đơn vị báo cáo.",), obligations=duties),
        ),
        "recipients": (Recipient("Sở Nội vụ", "to_report"), Recipient("Các phòng, đơn vị thuộc Sở")),
    }  # fmt: skip
    return Content(**values | changes)


def open_sqlite(folder: Path, clock: Callable[[], datetime], *, definitions: Path = DEFINITIONS) -> Engine:
    settings = Settings(
        instance=folder,
        database_url=f"sqlite:///{folder / 'trinhky.db'}",
        definitions=definitions,
        argon2="cheapest",
    )
    migrate(settings)
    return _opened(settings, clock)


def _opened(settings: Settings, clock: Callable[[], datetime]) -> Engine:
    engine = Engine(settings, clock=clock)
    keep_statements(engine.database)
    return engine


def open_postgresql(server: str, folder: Path, clock: Callable[[], datetime]) -> Engine:
    """A new database of its own on the server, owned by one role and used by another, as in production."""
    name = create_postgresql(server)
    migrate(postgresql_settings(server, name, folder))
    return use_postgresql(server, name, folder, clock)


def use_postgresql(server: str, name: str, folder: Path, clock: Callable[[], datetime]) -> Engine:
    return _opened(postgresql_settings(server, name, folder), clock)


def create_postgresql(server: str, *, template: str = "template1") -> str:
    """An empty database, or a copy of another that nobody is connected to; returns its name."""
    name = f"t{secrets.token_hex(6)}"
    with _superuser(server) as connection:
        for role in ("trinhky_owner", "trinhky_app"):
            if not connection.exec_driver_sql("SELECT 1 FROM pg_roles WHERE rolname = %s", (role,)).first():
                connection.exec_driver_sql(f"CREATE ROLE {role} LOGIN")
        newer = (connection.dialect.server_version_info or ()) >= (15,)  # an older one knows no other way
        way = "STRATEGY FILE_COPY" if newer and _in_memory(connection) else ""
        connection.exec_driver_sql(f"CREATE DATABASE {name} OWNER trinhky_owner TEMPLATE {template} {way}")
    return name


def drop_postgresql(server: str, name: str) -> None:
    """Where that is quick; a server on a disk takes its databases with it in the end."""
    with _superuser(server) as connection:
        if _in_memory(connection):
            connection.exec_driver_sql(f"DROP DATABASE {name} WITH (FORCE)")


@contextmanager
def _superuser(server: str) -> Iterator[Connection]:
    engine = create_engine(server, isolation_level="AUTOCOMMIT", poolclass=NullPool)
    with engine.connect() as connection:
        yield connection


def _in_memory(connection: Connection) -> bool:
    return str(connection.exec_driver_sql("SHOW data_directory").scalar()).startswith(str(MEMORY))


def postgresql_settings(server: str, name: str, folder: Path) -> Settings:
    base = server.rsplit("/", 1)[0]
    return Settings(
        instance=folder,
        database_url=f"{base}/{name}".replace("postgres@", "trinhky_app@"),
        owner_url=f"{base}/{name}".replace("postgres@", "trinhky_owner@"),
        argon2="cheapest",
    )


def fill(engine: Engine) -> None:
    with engine.work(Identity(rule="init")) as w:
        for file in load_agencies(engine.settings.definitions / "agencies"):
            install_agency(w, file=file)


def fresh(identity: Identity, **how: Any) -> Identity:
    return replace(identity, **how)
