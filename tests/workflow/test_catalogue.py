from pathlib import Path

import pytest

from workflow.catalogue import load_catalogue, signature_block, symbol_of
from workflow.errors import DefinitionError

FOLDER = Path(__file__).parents[2] / "definitions" / "catalogue"


@pytest.fixture(scope="module")
def catalogue():
    return load_catalogue(FOLDER)


def changed(tmp_path, file, old, new):
    for name in ("document_types.yaml", "capacities.yaml"):
        text = (FOLDER / name).read_text("utf-8")
        if name == file:
            assert old in text
            text = text.replace(old, new)
        (tmp_path / name).write_text(text, "utf-8")
    return tmp_path


def test_there_are_29_types_and_only_cong_van_and_thu_cong_have_no_abbreviation(catalogue):
    assert len(catalogue.document_types) == 29
    bare = {item.code for item in catalogue.document_types if item.abbreviation is None}
    assert bare == {"cong_van", "thu_cong"}
    assert catalogue.document_type("quy_dinh").abbreviation == "QyĐ"
    assert catalogue.document_type("ke_hoach").capital == "KẾ HOẠCH"
    assert catalogue.document_type("cong_van").capital is None


def test_the_symbol_names_the_type_and_that_of_a_cong_van_the_unit(catalogue):
    assert symbol_of(catalogue.document_type("ke_hoach"), agency="SKHCN", unit="VP") == "KH-SKHCN"
    assert symbol_of(catalogue.document_type("cong_van"), agency="UBND", unit="NC") == "UBND-NC"


@pytest.mark.parametrize(
    ("code", "titles", "lines"),
    [
        ("HEAD", {"head": "Giám đốc"}, ("GIÁM ĐỐC",)),
        ("Q", {"head": "GIÁM ĐỐC"}, ("Q. GIÁM ĐỐC",)),
        ("KT", {"head": "GIÁM ĐỐC", "own": "Phó Giám đốc"}, ("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC")),
        ("KT", {"head": "CHÁNH VĂN PHÒNG", "own": "PHÓ CHÁNH VĂN PHÒNG"},
         ("KT. CHÁNH VĂN PHÒNG", "PHÓ CHÁNH VĂN PHÒNG")),
        ("TL", {"head": "GIÁM ĐỐC", "own": "CHÁNH VĂN PHÒNG"}, ("TL. GIÁM ĐỐC", "CHÁNH VĂN PHÒNG")),
        ("TL_KT", {"head": "GIÁM ĐỐC", "own": "PHÓ CHÁNH VĂN PHÒNG", "unit_head": "CHÁNH VĂN PHÒNG"},
         ("TL. GIÁM ĐỐC", "KT. CHÁNH VĂN PHÒNG", "PHÓ CHÁNH VĂN PHÒNG")),
        ("TUQ", {"head": "GIÁM ĐỐC", "own": "TRƯỞNG PHÒNG"}, ("TUQ. GIÁM ĐỐC", "TRƯỞNG PHÒNG")),
        ("TM", {"head": "CHỦ TỊCH", "body": "ỦY BAN NHÂN DÂN"}, ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH")),
        ("TM_KT", {"head": "CHỦ TỊCH", "own": "PHÓ CHỦ TỊCH", "body": "ỦY BAN NHÂN DÂN"},
         ("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH")),
    ],
)  # fmt: skip
def test_each_capacity_prints_its_lines(catalogue, code, titles, lines):
    assert signature_block(catalogue.capacity(code), **titles) == lines


def test_a_block_that_lacks_a_title_is_not_printed(catalogue):
    with pytest.raises(ValueError, match="UNIT_HEAD"):
        signature_block(catalogue.capacity("TL_KT"), head="GIÁM ĐỐC", own="PHÓ CHÁNH VĂN PHÒNG")


def test_only_tl_and_those_who_sign_by_their_own_office_let_a_deputy_sign(catalogue):
    passing = {item.code for item in catalogue.capacities if item.passes_on}
    assert passing == {"HEAD", "Q", "TL", "TM"}
    assert "to" in catalogue.capacity("TUQ").states


@pytest.mark.parametrize(
    ("file", "old", "new", "reason"),
    [
        ("document_types.yaml", "abbreviation: BC, ", "abbreviation: KH, ", "abbreviation 'KH' stands twice"),
        ("document_types.yaml", "code: bao_cao,", "code: ke_hoach,", "code 'ke_hoach' stands twice"),
        ("document_types.yaml", "capital: BÁO CÁO", "capital: BAO CAO", "is not 'Báo cáo' in capitals"),
        ("document_types.yaml", "abbreviation: BC,", "", r"document_types\[13\]\.abbreviation: missing"),
        ("capacities.yaml", "Q. {HEAD}", "Q. {BOSS}", "Q: unknown title 'BOSS'"),
        ("capacities.yaml", "Q. {HEAD}", "Q. {HEAD", "Q: a brace is left open"),
        (
            "capacities.yaml",
            "states: [under, base_document]",
            "states: [under, mood]",
            r"states\[0?1?\]?.*mood",
        ),
    ],
)
def test_a_catalogue_that_contradicts_itself_is_refused(tmp_path, file, old, new, reason):
    with pytest.raises(DefinitionError, match=reason) as refused:
        load_catalogue(changed(tmp_path, file, old, new))
    assert str(refused.value).startswith(f"{file}: ")
