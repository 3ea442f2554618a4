"""The command line as a person or a script uses it, and the record behind it; no test stands here."""

import json
from pathlib import Path

from click.testing import CliRunner, Result
from sqlalchemy import select

from web.cli import main
from workflow.engine import Engine, Identity
from workflow.models import Document
from workflow.settings import DEFINITIONS, Settings

ROOT = Path(__file__).resolve().parents[3]
S0 = DEFINITIONS / "demo" / "s0.txt"
READER = Identity(rule="test")


def run(*words: str, typed: str | None = None) -> Result:
    return CliRunner().invoke(main, list(words), input=typed)


def answer(*words: str, typed: str | None = None):
    result = run(*words, "--json", typed=typed)
    assert result.exit_code == 0, result.stderr
    return json.loads(result.stdout)


def refusal(*words: str, typed: str | None = None) -> str:
    """The sentence on stderr: one, with exit code 1, no traceback, nothing on stdout."""
    result = run(*words, typed=typed)
    assert result.exit_code == 1, (result.exit_code, result.output)
    assert result.stdout == ""
    assert "Traceback" not in result.stderr
    assert "Error:" not in result.stderr
    return result.stderr.strip()


def settings_of(folder: Path) -> Settings:
    return Settings(instance=folder, database_url=f"sqlite:///{folder / 'trinhky.db'}", argon2="cheapest")


def read(folder: Path, statement):
    engine = Engine(settings_of(folder))
    with engine.reading(READER) as w:
        rows = w.db.execute(statement).all()
    engine.close()
    return rows


def document(folder: Path, state: str, subject: str = "%") -> int:
    found = select(Document.id).where(
        Document.state == state, Document.subject.like(subject), Document.definition_id == "ke_hoach"
    )
    return read(folder, found)[0].id
