"""Opening the record from the command line, and the identity of who stands at the console."""

import getpass
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.engine import make_url
from sqlalchemy.exc import OperationalError

from web.cli.root import Refusal
from workflow.engine import Engine, Identity
from workflow.engine.database import refuse_strong_role
from workflow.engine.schema import migrate, refuse_old_schema
from workflow.people import SYSTEM_NAME, Person
from workflow.settings import Settings, read_settings


@contextmanager
def opened(settings: Settings | None = None, *, new: bool = False) -> Iterator[Engine]:
    """
    The engine of this installation. SQLite is migrated, and where `new` may be, created; a shared server is neither.

    Raises Refusal where there is no record: a mistyped folder would pass for one in order. SettingsError or
    UnsafeDatabase.
    """
    found = settings or read_settings()
    if found.is_sqlite and not new:
        file = Path(make_url(found.database_url).database or "")
        if not file.is_file():
            raise Refusal(
                f"Chưa thực hiện: không có dữ liệu ở {file}. Kiểm tra TRINHKY_INSTANCE, hoặc tạo mới bằng trinhky init."
            )
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
    except OperationalError as error:
        engine.close()
        if settings.is_sqlite:
            raise
        raise Refusal(_unreachable(settings)) from error
    except BaseException:
        engine.close()
        raise
    return engine


def _unreachable(settings: Settings) -> str:
    """Without the password that the address may hold."""
    place = make_url(settings.database_url).render_as_string(hide_password=True)
    return (
        f"Chưa thực hiện: không mở được cơ sở dữ liệu {place}. "
        "Kiểm tra TRINHKY_DATABASE_URL, tài khoản, và máy chủ PostgreSQL có đang chạy không."
    )


def refuse_wrong_key(engine: Engine) -> None:
    """Raises BadKey at the start of what will sign, rather than with the first signature that somebody waits for."""
    with engine.database.read.begin() as connection:
        engine.key.glance(connection)


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
