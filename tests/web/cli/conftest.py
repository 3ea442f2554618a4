"""Instances for the command line: one with the demonstration in it, one on which nothing was ever set up."""

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from web import demo
from workflow.engine.schema import migrate
from workflow.settings import Settings


@pytest.fixture(scope="session")
def ready(tmp_path_factory) -> Path:
    """An instance with the demonstration in it, made once and copied for each test."""
    folder = tmp_path_factory.mktemp("ready")
    settings = Settings(instance=folder, database_url=f"sqlite:///{folder / 'trinhky.db'}", argon2="cheapest")
    migrate(settings)
    demo.set_up(settings, now=datetime.now(UTC))
    return folder


@pytest.fixture
def instance(ready: Path, tmp_path: Path, monkeypatch) -> Path:
    folder = tmp_path / "instance"
    shutil.copytree(ready, folder)
    monkeypatch.setenv("TRINHKY_INSTANCE", str(folder))
    monkeypatch.setenv("TRINHKY_ARGON2", "cheapest")
    monkeypatch.delenv("TRINHKY_DATABASE_URL", raising=False)
    return folder


@pytest.fixture
def empty(tmp_path: Path, monkeypatch) -> Path:
    """A machine on which nothing was ever set up."""
    folder = tmp_path / "nothing"
    monkeypatch.setenv("TRINHKY_INSTANCE", str(folder))
    monkeypatch.setenv("TRINHKY_ARGON2", "cheapest")
    monkeypatch.delenv("TRINHKY_DATABASE_URL", raising=False)
    return folder
