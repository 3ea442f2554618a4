import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from workflow.folding import fold


def test_case_diacritics_and_spaces_do_not_matter():
    assert fold("  Đơn vị   chủ\ttrì: HOÀ AN ") == "don vi chu tri: hoa an"
    assert fold("Uỷ ban") == fold("Ủy  BAN") == "uy ban"


def test_different_words_stay_different():
    assert fold("Phòng Kinh tế") != fold("Phòng Kính tê nữa")


@given(st.text())
def test_folding_again_and_composing_otherwise_change_nothing(text):
    assert fold(unicodedata.normalize("NFD", text)) == fold(unicodedata.normalize("NFC", text))
    assert fold(fold(text)) == fold(text)
