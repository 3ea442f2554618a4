"""The same facts from the same text, however it was wrapped, decorated, encoded or damaged on its way."""

import re
import textwrap
import unicodedata
from typing import Any

import pytest

from tests.workflow.reading.texts import raw
from workflow.reading import read, read_text


def facts(text: str | bytes) -> dict[str, Any]:
    """What is said, without the words it was read from and without hints about the words."""
    said = (read(text) if isinstance(text, bytes) else read_text(text)).as_json()
    said.pop("warnings")
    for key in ("bases", "tasks", "obligations"):
        for row in said[key]:
            row.pop("raw")
    return said


def lines_of(name: str) -> str:
    return raw(name).decode()


TEXTS = ["s0.txt", "s3.txt", "s4.txt", "ubnd_xa.txt", "cong_van.txt", "quyet_dinh.txt", "hop_tac_xa.txt"]


@pytest.mark.parametrize("name", TEXTS)
def test_windows_line_ends_a_byte_order_mark_and_decomposed_letters_change_nothing(name: str) -> None:
    text = lines_of(name)
    dirty = unicodedata.normalize("NFD", text).replace("\n", "\r\n")
    assert facts(b"\xef\xbb\xbf" + dirty.encode()) == facts(text)


@pytest.mark.parametrize("name", TEXTS)
def test_no_break_blanks_and_invisible_letters_change_nothing(name: str) -> None:
    text = lines_of(name)
    dirty = re.sub(r"(?<=\w) (?=\w)", "\u00a0", text).replace("a", "a\u200b").replace("n", "n\u00ad")
    assert facts(dirty) == facts(text)


@pytest.mark.parametrize("name", ["s0.txt", "s3.txt", "s4.txt"])
def test_marks_of_bold_and_headings_change_nothing(name: str) -> None:
    text = lines_of(name)
    bare = re.sub(r"^#+ *", "", text, flags=re.M)
    bare = re.sub(r"(?<=[A-ZĐẠỊỌỤÌÝÊẾỀỂỄỆ])\*\*(?=[A-Z\d])", "\n\n", bare).replace("**", "")
    assert facts(bare) == facts(text)
    bold = re.sub(r"^((?:[IVX]+\.|\d+\.) .{3,60})$", r"**\1**", bare, flags=re.M)
    assert facts(bold) == facts(text)


@pytest.mark.parametrize("name", ["s0.txt", "s3.txt", "s4.txt"])
@pytest.mark.parametrize(("width", "between"), [(74, "\n"), (70, " \n\n"), (90, "\n")])
def test_wrapped_lines_change_nothing(name: str, width: int, between: str) -> None:
    text = re.sub(
        r"\*\*|^#+ *",
        "",
        lines_of(name).replace("KẾ HOẠCH**", "KẾ HOẠCH\n\n").replace("CẦU**", "CẦU\n\n"),
        flags=re.M,
    )
    wrapped = "\n".join(
        between.join(textwrap.wrap(line, width, break_on_hyphens=False)) if len(line) > width else line
        for line in re.sub(r"(?<=\S)\n(?=của |liên )", " ", text).split("\n")
    )
    assert facts(wrapped) == facts(re.sub(r"\*\*|^#+ *", "", text, flags=re.M))


@pytest.mark.parametrize("name", ["s0.txt", "s4.txt"])
def test_page_numbers_between_lines_change_nothing(name: str) -> None:
    text = lines_of(name)
    torn = text.replace("\n\n- Hình thức", "\n\n- 2 -\n\f\n- Hình thức").replace("\n\nIII.", "\n\n3\n\nIII.")
    assert facts(torn) == facts(text)


def test_curly_and_straight_quotes_are_kept_as_they_are() -> None:
    assert "“Dân vận khéo”" in str(read(raw("s3.txt")).as_json())


def test_both_ways_of_placing_a_tone_find_the_same_facts() -> None:
    text = lines_of("ubnd_xa.txt")
    old = (
        text.replace("Ủy ban", "Uỷ ban")
        .replace("ỦY BAN", "UỶ BAN")
        .replace("HÒA", "HOÀ")
        .replace("hằng năm", "hàng năm")
    )
    for key in ("doc_type", "number", "symbol", "date", "capacity", "signer_name"):
        assert facts(old)[key] == facts(text)[key]
    assert [row["due_day"] for row in facts(old)["obligations"]] == [
        row["due_day"] for row in facts(text)["obligations"]
    ]


def test_two_columns_of_a_header_may_stand_on_one_row_with_one_blank() -> None:
    wide = lines_of("ubnd_xa.txt")
    narrow = re.sub(r"(?<=\S) {2,}(?=\S)", " ", wide)
    for key in ("agency", "doc_type", "number", "symbol", "place", "date", "subject"):
        assert facts(narrow)[key] == facts(wide)[key], key


def test_a_signature_may_stand_before_around_or_after_the_recipients() -> None:
    base = lines_of("s4.txt")
    title = "**KT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC**\n"
    body, tail = base.split(title)
    name = "Trịnh Quốc Bảo"
    after = body + tail.replace(name, "") + "\n" + title + "\n" + name + "\n"
    before = body + title + "\n\n" + name + "\n\n" + tail.replace(name, "")
    assert facts(after) == facts(before) == facts(base)
