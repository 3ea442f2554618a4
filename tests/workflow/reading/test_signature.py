"""Who signed: the name alone, whatever is written before it."""

import pytest

from workflow.reading.signature import person_in, read_signature


@pytest.mark.parametrize(
    "before",
    [
        "TS.",
        "TS",
        "ThS.BS.",
        "ThS. BS.",
        "PGS.TS.",
        "PGS. TS",
        "PGS-TS",
        "GS. TS.",
        "GS.TSKH.",
        "BSCKII.",
        "BSCKII",
        "BSCK II.",
        "BSCK2.",
        "BS.CKI",
        "BS.CK1.",
        "BS. CKII.",
        "DS.CKII",
        "DSCKI.",
        "TTND.PGS.TS.BS.",
        "KS.",
        "KTS.",
        "CN.",
        "CNĐD.",
        "LS.",
        "Luật sư",
        "Tiến sĩ",
        "Bác sỹ chuyên khoa II",
        "Kỹ sư",
    ],
)
def test_what_someone_has_studied_is_no_part_of_the_name(before: str) -> None:
    found = read_signature(["GIÁM ĐỐC", f"{before} Lò Thị Mận"])
    assert (found.title, found.name) == ("GIÁM ĐỐC", "Lò Thị Mận")
    assert found.lines == ("GIÁM ĐỐC", f"{before} Lò Thị Mận")


@pytest.mark.parametrize("line", ["QBXYZ Lò Thị Mận", "QBX. Lò Thị Mận", "CKII.", "BS. CKII"])
def test_letters_that_say_nothing_known_are_no_part_of_a_name(line: str) -> None:
    assert person_in(line) is None


@pytest.mark.parametrize(
    "name", ["Y Blông Niê", "H'Hen Êban", "NGUYỄN Văn An", "LÒ THỊ MẬN", "Ksor Y Tuân", "Ông Ích Tâm"]
)
def test_a_name_with_capitals_of_its_own_stays_whole(name: str) -> None:
    assert person_in(name) == name
