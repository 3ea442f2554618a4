"""A machine without Times, or what has its widths, prints all the same, and says what to install."""

from pathlib import Path

import pytest
import typst
from click.testing import CliRunner

from tests.record import Record
from web.cli import main
from web.cli.fonts import font_advice
from workflow.settings import Settings
from workflow.writing import fonts


@pytest.fixture
def bare(monkeypatch: pytest.MonkeyPatch):
    """No font of the list on this machine; forgotten again afterwards."""
    fonts.chosen_fonts.cache_clear()
    monkeypatch.setattr(fonts, "_offered", lambda own: iter(()))
    yield
    fonts.chosen_fonts.cache_clear()


def test_without_a_font_like_times_it_says_what_to_install(bare):
    said = font_advice(Settings())
    assert "Libertinus Serif" in said
    assert "fonts-liberation2" in said
    assert "TRINHKY_FONT_DIR" in said


def test_with_one_of_them_it_says_nothing(monkeypatch: pytest.MonkeyPatch):
    held = typst.Fonts(include_system_fonts=False)
    monkeypatch.setattr(
        "web.cli.fonts.chosen_fonts", lambda folder: fonts.Chosen(("Liberation Serif",), held)
    )
    assert font_advice(Settings()) == ""


@pytest.mark.parametrize("place", ["empty", "missing", "file"])
def test_a_folder_that_has_none_is_named(tmp_path: Path, place: str):
    folder = tmp_path / place
    if place == "empty":
        folder.mkdir()
    if place == "file":
        folder.write_bytes(b"no font")
    said = font_advice(Settings(font_dir=folder))
    assert str(folder) in said
    assert "Times New Roman" in said


def test_the_paper_is_written_and_the_advice_said_beside_it(
    bare, sqlite_record: Record, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    document_id = sqlite_record.draft()
    monkeypatch.setenv("TRINHKY_INSTANCE", str(tmp_path))
    out = tmp_path / "a.pdf"
    done = CliRunner().invoke(main, ["pdf", str(document_id), "--out", str(out)], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    assert out.read_bytes().startswith(b"%PDF-")
    assert "fonts-liberation2" in done.stderr
    assert "fonts-liberation2" not in done.stdout
