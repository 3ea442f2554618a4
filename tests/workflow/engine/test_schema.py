"""The revision a program is made for is read from the names of its files; Alembic says the same."""

import pytest
from alembic.config import Config
from alembic.script import ScriptDirectory

from tests.record import Clock, Record, open_sqlite
from workflow.engine import schema
from workflow.engine.schema import MIGRATIONS, migrate, newest
from workflow.errors import UnsafeDatabase


def test_the_newest_file_is_the_head_and_the_files_are_one_line():
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("path_separator", "os")
    script = ScriptDirectory.from_config(config)
    assert script.get_heads() == [newest()]
    revisions = [item.revision for item in script.walk_revisions()]
    assert revisions == sorted(revisions, reverse=True)
    assert len(revisions) == len(list((MIGRATIONS / "versions").glob("[0-9]*.py")))


def test_a_record_that_is_up_to_date_is_left_as_it_is(tmp_path):
    engine = open_sqlite(tmp_path, Clock())
    settings = engine.settings
    engine.close()
    before = (tmp_path / "trinhky.db").read_bytes()
    migrate(settings)
    assert (tmp_path / "trinhky.db").read_bytes() == before


def test_a_server_too_old_for_the_seal_is_refused_before_anything_is_changed(
    postgresql_record: Record, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(schema, "OLDEST", (999,))
    with pytest.raises(UnsafeDatabase, match=r"PostgreSQL 999 or newer is needed, the server is \d+"):
        schema.migrate(postgresql_record.engine.settings)
