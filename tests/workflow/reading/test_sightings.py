"""The words a proposal took are found again in the text it was read from."""

import pytest

from tests.workflow.reading.texts import DOCUMENTS, proposal, raw
from workflow.content import walk
from workflow.reading import read_text, to_content
from workflow.reading.cleaning import normal
from workflow.reading.sightings import Sightings

TEXT = "1. Mở lớp.\nĐơn vị chủ trì: **Văn  phòng\nSở**.\n2. Mở lớp khác. Đơn vị chủ trì: Phòng Công chức, Văn phòng Sở."


def seen(phrase: str, **how: tuple[int, int]) -> str | None:
    span = Sightings(TEXT).of(phrase, **how)
    return TEXT[span[0] : span[1]] if span else None


def test_words_are_found_over_line_ends_signs_and_capitals():
    assert seen("văn phòng sở") == "Văn  phòng\nSở"
    assert seen("Đơn vị chủ trì: Phòng Công chức") == "Đơn vị chủ trì: Phòng Công chức"
    assert seen("Sở Nội vụ") is None
    assert seen("...") is None


def test_a_search_keeps_to_its_span():
    second = TEXT.index("2. Mở")
    assert Sightings(TEXT).of("Văn phòng Sở", (second, len(TEXT))) == (TEXT.rindex("Văn"), len(TEXT) - 1)
    assert Sightings(TEXT).of("Phòng Công chức", (0, second)) is None


def test_a_sentence_torn_by_a_page_is_known_by_its_ends():
    torn = (
        "Các phòng, đơn vị thuộc Sở báo cáo kết quả\n7\nthực hiện về Văn phòng Sở trước ngày 10/11 hằng năm."
    )
    phrase = "Các phòng, đơn vị thuộc Sở báo cáo kết quả thực hiện về Văn phòng Sở trước ngày 10/11 hằng năm"
    span = Sightings(torn).of(phrase)
    assert span == (0, len(torn) - 1)


def test_old_and_new_places_of_the_tone_are_one():
    assert Sightings("Ủy ban nhân dân tỉnh Hoà An").of("Uỷ ban nhân dân tỉnh Hòa An") == (0, 27)


@pytest.mark.parametrize("name", DOCUMENTS)
def test_nearly_every_piece_of_a_document_is_found(name):
    text = normal(raw(name).decode("utf-8-sig"))
    words, content = Sightings(text), to_content(proposal(name), field="", drafting_unit="")
    wanted = [basis.raw for basis in content.bases] + [recipient.name for recipient in content.recipients]
    for _, node in walk(content):
        wanted += [*(node.task.leads if node.task else ()), *(duty.raw for duty in node.obligations)]
    found = [bool(words.of(phrase)) for phrase in wanted if phrase]
    assert sum(found) >= 0.8 * len(found)


def test_a_long_text_of_one_word_is_searched_in_good_time():
    words = Sightings("kế hoạch " * 200_000)
    assert words.of("kế hoạch " * 4 + "khác") is None
    assert words.of("hoạch kế") == (3, 11)


def test_an_empty_text_holds_nothing():
    assert Sightings("").of("kế hoạch") is None
    assert not read_text("Xin chào").is_document
