"""On any text: no crash, nothing invented, every value found in the text it came from."""

import contextlib
import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.workflow.reading.texts import ALL, raw
from workflow.errors import Unreadable
from workflow.reading import read, read_text
from workflow.reading.cleaning import rows
from workflow.reading.words import low, squeeze

WORDS = [
    "Số:", "52/KH-SKHCN", "/KH-SYT", "Hòa An, ngày 3 tháng 4 năm 2024", "KẾ HOẠCH", "BÁO CÁO", "Căn cứ",
    "Luật", "ngày 31/02/2024", "trước ngày 15/11 hằng năm", "hằng quý", "đột xuất", "báo cáo", "về",
    "Sở Nội vụ", "Văn phòng Sở", "các phòng, đơn vị", "(qua", ")", "chủ trì", "phối hợp với",
    "Đơn vị chủ trì:", "Thời gian thực hiện:", "Quý III, IV năm 2023", "I.", "1.", "a)", "- ", "|", "**", "#",
    "\n", "\n\n", "\t", "TỔ CHỨC THỰC HIỆN", "NỘI DUNG", "Nơi nhận:", "Lưu: VT, VP.", "KT. GIÁM ĐỐC",
    "PHÓ GIÁM ĐỐC", "Lê Văn An", "./.", "Kế hoạch số 1/KH-UBND ngày 1/2/2024 của UBND tỉnh", ";", ",", "và",
    "để tổng hợp", "30/2", "Trên đây là", "V/v", "Kính gửi:", "\f", "Phụ lục",
]  # fmt: skip
MIXTURES = st.lists(st.sampled_from(WORDS), max_size=60).map(" ".join)


def cleaned(text: str) -> str:
    """What a reader sees on the page: marks stripped, blanks squeezed, lower case."""
    return low(squeeze(" ".join(row.flat.replace("|", " ") for row in rows(text))))


def loose(text: str) -> str:
    return re.sub(r"[\W_]+", "", low(text))


def values(said: dict[str, Any]) -> list[str]:
    """Every name, number and line that may not be invented."""
    found = [
        said[key]
        for key in (
            "agency",
            "parent_agency",
            "number",
            "symbol",
            "place",
            "subject",
            "signer_name",
            "archive_line",
        )
    ]
    found += [
        *filter(None, [said["capacity_line"] and said["capacity_line"].split(" / ")[0], said["signer_title"]])
    ]
    found += [str(part) for part in said["date_parts"].values() if part is not None]
    for task in said["tasks"]:
        found += [*task["leads"], *task["coordinators"], task["method"], task["time"]["raw"]]
    for item in said["obligations"]:
        found += [item["from"], item["to"], item["via"]]
        found += [str(item["due_day"])] if isinstance(item["due_day"], int) else []
    for item in said["bases"]:
        found += [item["reference_no"], item["issuer"]]
    found += [item["name"] for item in said["recipients"]]
    return [value for value in found if value]


def check(text: str) -> None:
    try:
        said = read_text(text).as_json()
    except Unreadable:
        assert not rows(text)
        return
    page = loose(cleaned(text))
    for value in values(said):
        # A name set in one of two columns is torn by the other: then its words are looked for one by one.
        for part in [value] if loose(value) in page else value.replace(";", " ").split():
            assert loose(part) in page, value


@settings(max_examples=250, deadline=None)
@given(st.text(max_size=400))
def test_any_text_is_read_without_a_crash_and_nothing_is_invented(text: str) -> None:
    check(text)


@settings(max_examples=250, deadline=None)
@given(MIXTURES)
def test_any_mixture_of_the_words_of_a_plan_gives_only_what_it_says(text: str) -> None:
    check(text)


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused_with_a_reason(data: bytes) -> None:
    with contextlib.suppress(Unreadable):
        assert read(data).as_json()["warnings"] is not None


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(ALL), st.integers(0, 6000), st.integers(0, 400))
def test_a_text_with_a_piece_torn_out_gives_only_what_is_left(name: str, at: int, size: int) -> None:
    text = raw(name).decode()
    check(text[:at] + text[at + size :])


@pytest.mark.parametrize("name", ALL)
def test_no_value_of_a_fixture_is_invented(name: str) -> None:
    check(raw(name).decode())


@pytest.mark.parametrize("name", ALL)
def test_reading_twice_gives_the_same(name: str) -> None:
    assert read(raw(name)) == read(raw(name))


@pytest.mark.parametrize("name", ALL)
def test_a_day_is_given_only_where_a_day_is_printed(name: str) -> None:
    """Every digit of the text blanked: no number, date or deadline is left to be found."""
    said = read_text(re.sub(r"\d", "", raw(name).decode())).as_json()
    assert said["number"] is None
    assert said["date"] is None
    assert all(item["due_day"] in (None, "last") for item in said["obligations"])
    assert all(task["time"]["from"] is None and task["time"]["to"] is None for task in said["tasks"])
