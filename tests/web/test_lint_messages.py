"""Every finding of the lint has a sentence, a place in words, and somewhere to lead to."""

import re
import unicodedata

import pytest

from tests.workflow.lint.texts import found as findings_of
from tests.workflow.lint.texts import good, saying
from web.linting import fields_of, shown_of
from web.messages.lint_points import NAMES, OPEN, open_sentence
from web.messages.lint_points import POINTS as POINT_WORDS
from web.messages.lint_sentence import FIELDS, LISTS, SENTENCES, lint_place, lint_sentence
from workflow.lint import CODES, Finding, Fix, Outcome, Unjudged
from workflow.lint.open_points import WHYS
from workflow.lint.places import spots
from workflow.lint.points import POINTS

OWN = (
    POINTS["tasks"] | POINTS["deadlines"] | POINTS["citations"] | POINTS["units"] | POINTS["spelling"]
    | {"basis_disagrees", "basis_gone", "basis_order"}
) - {"day_zero", "cited_zero", "not_nfc"}  # fmt: skip
"""Found against the text itself, the calendar or the record; no article of the decree is behind them."""
FACTS = {
    "before": "KT.GIÁM ĐỐC", "after": "KT. GIÁM ĐỐC", "meant": "KH-SKHCN", "said": "2026-03-01", "kept": "2026-04-01",
    "words": "Căn cứ …", "lacking": ["number", "date"], "refs": [f"II.{n}" for n in range(1, 15)], "count": 14,
    "name": "Thanh tra Sở", "until": "2025-06-30", "successor": "Phòng Pháp chế", "source": "Luật Thanh tra",
    "raws": ["Kế hoạch số 1", "Kế hoạch số 2"], "raw": "Nghị định số 30/2020/NĐ-CP", "year": "2020",
    "date": "2021-03-05", "known": "2026-04-20", "on": "2026-11-21", "label": "3", "above": "I", "title": "MỤC ĐÍCH",
    "lower": {"from": "các phòng", "to": "Văn phòng Sở", "day": "15/11"},
    "upper": {"from": "Văn phòng Sở", "to": "Sở Nội vụ", "day": "15/11"}, "day": "last", "to": "Sở Nội vụ",
    "old": "Hoà", "new": "Hòa", "length": 501, "most": 500, "type": "Kế hoạch", "unit": "Văn phòng Sở", "below": "",
}  # fmt: skip


def test_every_code_has_a_sentence_and_no_sentence_is_left_over():
    assert set(SENTENCES) == set(CODES)


@pytest.mark.parametrize("code", sorted(CODES))
def test_every_finding_has_a_tone_and_an_article_or_contradicts_itself(code):
    finding = Finding(code, "subject", facts=FACTS)
    (one,) = shown_of(good(), Outcome((finding,))).shown
    assert one.tone == {"error": "bad", "warning": "warn"}[CODES[code].severity]
    assert one.article == CODES[code].article
    assert one.article.startswith("NĐ 30/2020, ") != (code in OWN)


def test_every_code_belongs_to_one_point_and_every_point_has_words():
    listed = [code for codes in POINTS.values() for code in codes]
    assert sorted(listed) == sorted(CODES)
    assert list(POINT_WORDS) == list(POINTS)
    assert len(POINTS) >= 12


def test_a_point_is_passed_while_nothing_is_found_under_it():
    assert shown_of(good(), Outcome()).passed == tuple(POINT_WORDS.values())
    found = (
        Finding("end_missing", "sections/0"),
        Finding("end_early", "sections/1"),
        Finding("cited_year", "bases/0"),
    )
    lint = shown_of(good(), Outcome(found))
    assert (len(lint.passed), lint.points) == (len(POINTS) - 2, len(POINTS))
    assert not {POINT_WORDS["ending"], POINT_WORDS["citations"]} & set(lint.passed)


def test_a_point_that_was_not_judged_has_not_passed_and_says_why():
    lint = shown_of(good(), Outcome(unjudged=(Unjudged("signature", "signer_open"),)))
    assert POINT_WORDS["signature"] not in lint.passed
    assert len(lint.passed) == len(POINTS) - 1
    assert lint.open == ("Khối chữ ký: chưa chọn người ký",)
    assert lint.left == 1


def test_every_point_has_a_name_and_every_reason_its_words():
    assert list(NAMES) == list(POINTS)
    assert set(OPEN) == WHYS


@pytest.mark.parametrize("why", sorted(WHYS))
def test_a_reason_is_plain_vietnamese_that_names_no_code(why):
    for facts in (FACTS | {"names": ["Tổ giúp việc"], "count": 3}, {}):
        said = open_sentence(Unjudged("units", why, facts))
        assert said == unicodedata.normalize("NFC", said)
        assert not said.endswith(".")
        assert not re.search(r"[a-z]+_[a-z]+|\bNone\b|[{}\[\]]|\(\)", said), said


def test_two_blanks_are_told_by_the_words_around_them():
    """On a page they look like one."""
    (finding,) = findings_of(saying("Người mua được  cân đúng."))
    assert lint_sentence(finding) == "Thừa dấu cách giữa “được” và “cân”"


def test_a_part_that_bears_its_own_word_is_not_called_a_section():
    assert lint_place(Finding("end_missing", "sections/0", "Điều 2")) == "Điều 2"
    assert lint_place(Finding("end_missing", "sections/0", "phần III.3")) == "Phần III.3"
    said = lint_sentence(Finding("task_without_time", "sections/0", facts={"refs": ["Điều 2"]}))
    assert said == "Điều 2 chưa ghi thời gian thực hiện"


@pytest.mark.parametrize("code", sorted(CODES))
def test_a_sentence_is_plain_vietnamese_that_names_no_code(code):
    for facts in (FACTS, {}):
        said = lint_sentence(Finding(code, "subject", facts=facts))
        assert said == unicodedata.normalize("NFC", said)
        assert said[0].isupper() or said[0] == "“"
        assert not said.endswith(".")
        assert "Vui lòng" not in said
        assert "!" not in said
        assert not re.search(r"[a-z]+_[a-z]+|\bNone\b|[{}\[\]]", said), said


def test_the_words_of_the_screens_guide_stand():
    said = lint_sentence(Finding("tiers_order", "sections/2/children/0", "III.1", FACTS))
    assert said == "Hạn các phòng gửi Văn phòng Sở (15/11) phải trước hạn Văn phòng Sở gửi Sở Nội vụ (15/11)"
    last = {"from": "các phòng", "to": "Văn phòng Sở", "day": "last/11"}
    said = lint_sentence(Finding("tiers_order", "sections/2", facts=FACTS | {"lower": last}))
    assert said.startswith("Hạn các phòng gửi Văn phòng Sở (cuối tháng 11) phải trước")
    said = lint_sentence(Finding("subject_repeats_type", "subject", facts={"type": "Kế hoạch"}))
    assert said.startswith("Bỏ chữ “Kế hoạch” ở đầu trích yếu")


def test_every_place_has_words():
    content = good(addressees=("UBND tỉnh",), annexes=("Phụ lục",))
    for spot in spots(content):
        assert lint_place(Finding("double_space", spot.place, spot.ref))
    assert lint_place(Finding("double_space", "sections/1/children/0", "II.1")) == "Mục II.1"
    assert lint_place(Finding("basis_end", "bases/1")) == "Căn cứ 2"
    assert lint_place(Finding("double_space", "closing/0", "1")) == "Mục 1"
    assert lint_place(Finding("double_space", "results/0", "II.1")) == "Bảng kết quả, mục II.1"
    assert {"subject", "archive_line", "signer", "head"} <= set(FIELDS)
    assert {"bases", "closing", "recipients"} <= set(LISTS)


def test_links_lead_to_the_paper_and_to_the_rows_of_the_editor():
    content = good()
    rows = fields_of(content)
    assert rows["sections/2/children/1"] == "parts-6"
    found = (
        Finding("task_without_lead", "sections/1/children/1", "II.2"),
        Finding("basis_order", "bases/1"),
        Finding("double_space", "sections/0", "I", fix=Fix("a  b", "a b")),
        Finding("double_space", "opening/0", fix=Fix("c  d", "c d")),
        Finding("signer_missing", "signer"),
    )
    lint = shown_of(content, Outcome(found))
    assert [one.field for one in lint.shown] == [
        "parts-3-tasks-0-leads-0", "bases-1-raw", "parts-0-text", "opening", "signer_id",
    ]  # fmt: skip
    assert [one.anchor for one in lint.shown] == ["muc-II-2", "van-ban", "muc-I", "van-ban", "van-ban"]
    assert [one.what for one in lint.shown] == [
        "",
        "",
        "double_space:sections/0",
        "double_space:opening/0",
        "",
    ]
    assert [one.every for one in lint.shown[2:4]] == ["double_space:*", "double_space:*"]
    assert not lint.errors
