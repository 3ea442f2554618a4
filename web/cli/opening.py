"""Opening the record from the command line, and the identity of who stands at the console."""

import getpass
from collections.abc import Iterator
from contextlib import contextmanager

from web.cli.root import Refusal
from workflow.engine import Engine, Identity
from workflow.engine.database import refuse_strong_role
from workflow.engine.schema import migrate, refuse_old_schema
from workflow.people import SYSTEM_NAME, Person
from workflow.settings import Settings, read_settings


@contextmanager
def opened(settings: Settings | None = None) -> Iterator[Engine]:
    """
    The engine of this installation. SQLite is created and migrated on first use; a shared server is not.

    Raises SettingsError or UnsafeDatabase.
    """
    found = settings or read_settings()
    engine = open_engine(found)
    try:
        yield engine
    finally:
        engine.close()


def open_engine(settings: Settings) -> Engine:
    if settings.is_sqlite:
        migrate(settings)
    engine = Engine(settings)
    try:
        refuse_strong_role(engine.database)
        with engine.database.read.begin() as connection:
            refuse_old_schema(connection)
        engine.seal_leftovers()
    except BaseException:
        engine.close()
        raise
    return engine


def os_user() -> str:
    """The name of the operating system's user; what is not known is said so."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "?"


def person_named(engine: Engine, login: str) -> Person:
    """The active person with this login. The system is nobody that one can act as (decisions.md 17)."""
    if login.strip().casefold() in {SYSTEM_NAME, "system"}:
        raise Refusal(
            "Chưa thực hiện: không ai làm thay hệ thống. Chọn tên đăng nhập của một người với --as."
        )
    with engine.reading(Identity(rule="console")) as w:
        person = w.directory.by_login.get(login.strip().lower())
    if person is None or not person.active:
        raise Refusal(f"Chưa thực hiện: không có tài khoản “{login}” đang hoạt động. Xem trinhky users list.")
    return person


def acting(engine: Engine, login: str) -> Identity:
    """This person acting at the console; the operating system's user stands in every entry that results."""
    person = person_named(engine, login)
    return Identity(person_id=person.id, channel="cli", request_id=f"os:{os_user()}")


def operator() -> Identity:
    """Whoever may run commands on this machine, for acts that no person of the record stands for."""
    return Identity(rule=f"console:{os_user()}")
