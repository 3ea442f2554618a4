"""Creates and upgrades the tables; on PostgreSQL as their owner, who then gives the application its few rights."""

from contextlib import suppress
from pathlib import Path

from sqlalchemy import create_engine, inspect, text
from sqlalchemy.engine import Connection, make_url

from workflow.engine.database import connect
from workflow.engine.private_file import private_file
from workflow.errors import NewerRecord, SettingsError, UnsafeDatabase
from workflow.models import Base
from workflow.models.protection import INSERT_ONLY
from workflow.settings import Settings

OLDEST = (14,)
"""Of PostgreSQL; the seal's function counts bits as no older one can."""
MIGRATIONS = Path(__file__).resolve().parents[1] / "migrations"


def migrate(settings: Settings) -> None:
    """
    Bring the record to the newest schema. Raises SettingsError where PostgreSQL's owner URL is missing, NewerRecord
    where a newer release has been there before, as nothing is ever taken back, UnsafeDatabase where the server is too
    old.
    """
    if settings.is_sqlite:
        settings.instance.mkdir(parents=True, exist_ok=True)
        with suppress(FileExistsError):
            private_file(Path(make_url(settings.database_url).database or ""))
        database = connect(settings.database_url)
        try:
            with database.write.begin() as connection:
                if _known(connection) != newest():
                    _upgrade(connection)
        finally:
            database.dispose()
        return
    if not settings.owner_url:
        raise SettingsError("TRINHKY_OWNER_URL: PostgreSQL is migrated as the owner of its tables")
    owner = create_engine(settings.owner_url)
    try:
        with owner.begin() as connection:
            _refuse_old_server(connection)
            _known(connection)
            _upgrade(connection)
            _grant(connection, make_url(settings.database_url).username or "")
    finally:
        owner.dispose()


def refuse_old_schema(connection: Connection) -> None:
    """`serve` never migrates a shared server by itself (decisions.md 30). Raises UnsafeDatabase, NewerRecord."""
    present = _known(connection)
    if present != newest():
        raise UnsafeDatabase(
            f"the record's schema is {present}, the program's {newest()}; run `trinhky init`"
        )


def refuse_newer_schema(connection: Connection) -> None:
    """For who reads a record without migrating it, such as a copy. Raises NewerRecord."""
    _known(connection)


def _refuse_old_server(connection: Connection) -> None:
    present = connection.dialect.server_version_info or ()
    if present < OLDEST:
        said = ".".join(map(str, present))
        raise UnsafeDatabase(
            f"PostgreSQL {OLDEST[0]} or newer is needed, the server is {said}; nothing was changed"
        )


def newest() -> str:
    """The last revision there is, by the names of the files: they are numbered one after the other."""
    return max(_revisions())


def _revisions() -> set[str]:
    return {path.name.partition("_")[0] for path in (MIGRATIONS / "versions").glob("[0-9]*.py")}


def _known(connection: Connection) -> str | None:
    """The record's revision, None before the first; NewerRecord for one that has no file here."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    found: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
    if found is not None and found not in _revisions():
        raise NewerRecord(found, newest())
    return found


def _upgrade(connection: Connection) -> None:
    from alembic import command  # here, because few starts of the program find anything to do
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _grant(connection: Connection, role: str) -> None:
    """INSERT and SELECT on what is written once, the usual four on the rest, the tree; nothing on the schema itself."""
    quoted = connection.dialect.identifier_preparer.quote(role)
    for table in Base.metadata.sorted_tables:
        rights = "SELECT, INSERT" if table.name in INSERT_ONLY else "SELECT, INSERT, UPDATE, DELETE"
        connection.exec_driver_sql(f"GRANT {rights} ON {table.name} TO {quoted}")
    connection.exec_driver_sql(f"GRANT SELECT ON alembic_version TO {quoted}")
    connection.exec_driver_sql(f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {quoted}")
    connection.exec_driver_sql("REVOKE EXECUTE ON FUNCTION seal_waiting(text) FROM PUBLIC")
    connection.exec_driver_sql(f"GRANT EXECUTE ON FUNCTION seal_waiting(text) TO {quoted}")
