"""What is true of every file that people who know the law edit."""

import unicodedata
from pathlib import Path

import pytest

DEFINITIONS = Path(__file__).parents[2] / "definitions"
FILES = sorted(path for path in DEFINITIONS.rglob("*") if path.suffix in (".yaml", ".txt", ".json", ".md"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(DEFINITIONS)))
def test_each_file_is_utf8_nfc_with_lf_and_no_trailing_space(path):
    raw = path.read_bytes()
    text = raw.decode("utf-8")
    assert raw[:3] != b"\xef\xbb\xbf"
    assert b"\r" not in raw
    assert unicodedata.normalize("NFC", text) == text
    assert all(line == line.rstrip() for line in text.splitlines())
    assert text.endswith("\n")
