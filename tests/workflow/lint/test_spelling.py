"""Typing: what is wrong, what is right, and that the right is left alone."""

import unicodedata

import pytest
from msgspec.structs import replace

from tests.workflow.lint.texts import codes, found, good, only, reporting, saying
from workflow.content import Recipient
from workflow.lint import mend
from workflow.lint.slip_words import SLIPS
from workflow.lint.spelling import RULES


@pytest.mark.parametrize(
    ("code", "wrong", "right"),
    [
        ("double_space", "Cân  đồng hồ lò xo.", "Cân đồng hồ lò xo."),
        ("space_before", "Chợ loại 1 , loại 2 .", "Chợ loại 1, loại 2."),
        ("space_after", "Cân đúng,đong đủ;ghi rõ.", "Cân đúng, đong đủ; ghi rõ."),
        ("repeated_word", "Kiểm định của của các chợ.", "Kiểm định của các chợ."),
        ("doubled_stop", "Cân đúng,, đong đủ;.", "Cân đúng, đong đủ."),
        ("day_zero", "Họp ngày 5 tháng 2 năm 2026.", "Họp ngày 05 tháng 02 năm 2026."),
        ("day_zero", "Họp ngày 5/2, nhắc lại 7/1/2026.", "Họp ngày 05/02, nhắc lại 07/01/2026."),
        ("cited_zero", "Theo Kế hoạch số 8/KH-UBND ngày 05/02/2026 của UBND tỉnh.",
         "Theo Kế hoạch số 08/KH-UBND ngày 05/02/2026 của UBND tỉnh."),
        ("scan_slip", "Tạo chuyên biến rõ rệt.", "Tạo chuyển biến rõ rệt."),
        ("scan_slip", "NÂNG CÁO TRÁCH NHIÊM", "NÂNG CAO TRÁCH NHIỆM"),
        ("not_nfc", unicodedata.normalize("NFD", "Kiểm định"), "Kiểm định"),
    ],
)  # fmt: skip
def test_a_slip_is_found_and_mended(code, wrong, right):
    content = saying(wrong)
    mended = mend(content, only(content, code))
    assert mended.sections[0].paragraphs == (right,)
    assert codes(mended) == []


@pytest.mark.parametrize(
    "words",
    [
        "Từ ngày 24/4/2026 đến ngày 15/10/2026, trước ngày 05/02 và ngày 30 tháng 9.",
        "Cân 1,27 kg; đong 0,5 lít: đủ…",
        "Theo Nghị định số 86/2012/NĐ-CP ngày 19/10/2012 của Chính phủ, Điều 3.",
        "Hướng dân cư các chợ theo hướng dân chủ; báo cao điểm mùa vụ theo dự báo cao hơn.",
        "Thường xuyên, đều đặn, từ từ từng bước; ngày ngày nhắc nhở.",
        "“Cân đúng” là khẩu hiệu năm nay; khóa sổ, hóa đơn, quý III, thuở ấy, Thúy, khỏe.",
        "Liên hệ a@b.vn, trang http://hoaan.example/a,b hoặc gọi 24/7.",
        "Công suất 5/7 kW tại số 5/2 phố Chợ.",
    ],
)
def test_right_words_are_left_alone(words):
    assert codes(saying(words)) == []


def test_straight_quotes_are_a_matter_of_one_text_only():
    assert codes(saying('Khẩu hiệu "Cân đúng".')) == []
    content = saying("Khẩu hiệu “Cân đúng”.", 'Phong trào "Đong đủ".')
    assert mend(content, only(content, "mixed_quotes")).sections[0].paragraphs[1] == "Phong trào “Đong đủ”."


def test_two_ways_of_writing_the_tones_are_told_and_left_to_people():
    finding = only(saying("Chợ Hoà Bình, chợ Hòa Lợi."), "tone_style")
    assert (finding.facts["old"], finding.fix) == ("Hoà", None)
    assert codes(saying("Chợ Hòa Bình, ủy ban, khỏe mạnh.")) == []


def test_a_mending_reaches_the_sentence_a_deadline_quotes():
    first, second = reporting("trước  ngày 10/11 hằng năm")
    plan = good()
    content = replace(
        plan, sections=(*plan.sections[:2], replace(plan.sections[2], children=(first, second)))
    )
    mended = mend(content, only(content, "double_space"))
    node = mended.sections[2].children[0]
    assert node.obligations[0].raw == node.paragraphs[0]


def test_abbreviations_of_directors_in_the_recipients_are_proposed():
    content = good(recipients=(Recipient("UBND tỉnh"), Recipient("GD, các PGD")))
    assert mend(content, only(content, "scan_slip")).recipients[1].name == "GĐ, các PGĐ"


def test_no_slip_is_a_right_word_and_no_proposal_is_a_slip():
    for wrong, right in SLIPS.items():
        assert wrong == wrong.lower()
        assert wrong != right
        assert not [other for other in SLIPS if other in right.split(", ")]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_every_rule_mends_once_and_for_all(rule):
    for line in (
        "A  b , c,dd .",
        "ngày 5/2/2026 số 5/KH-UBND",
        'nói "x" và và “y”',
        "chuyên biến ,, ;.",
        "e\u0301  f",
    ):
        once = rule.mend(line)
        assert rule.mend(once) == once
        assert rule.likely(line) or once == line


def test_a_finding_shows_the_words_around_it():
    (finding,) = found(saying("Người mua hàng ở các chợ được cân đúng  và đong đủ suốt cả năm."))
    assert finding.fix.after in "Người mua hàng ở các chợ được cân đúng và đong đủ suốt cả năm."
    assert finding.fix.before == "chợ được cân đúng  và đong đủ suốt cả"
