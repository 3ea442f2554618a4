from datetime import date
from pathlib import Path

import pytest

from workflow.agency_file import load_agency
from workflow.parties import expand_group, known_in, resolve_parties, resolve_party

AGENCIES = Path(__file__).parents[2] / "definitions" / "agencies"
TODAY = date(2026, 11, 21)


@pytest.fixture(scope="module")
def khcn():
    return known_in(load_agency(AGENCIES / "so_khcn.yaml"))


@pytest.fixture(scope="module")
def yte():
    return known_in(load_agency(AGENCIES / "so_y_te.yaml"))


@pytest.fixture(scope="module")
def vpubnd():
    return known_in(load_agency(AGENCIES / "van_phong_ubnd.yaml"))


def told(text, known, on=TODAY):
    return [(party.kind, party.codes or party.text) for party in resolve_parties(text, known, on=on)]


def test_a_group_means_its_units_of_that_day_without_the_one_that_collects(khcn):
    everyone = ("QLKH", "QLCN", "TDC", "CDS", "BCVT", "KHTC", "TTNC", "TTCNS", "TTKT")
    assert expand_group("Các phòng, đơn vị thuộc Sở", khcn, on=TODAY) == everyone
    before = expand_group("các đơn vị thuộc Sở", khcn, on=date(2024, 11, 9))
    assert before == ("QLKH", "QLCN", "TDC", "KHTC", "TTRA", "TTNC", "TTKT")


def test_the_last_day_of_a_unit_still_counts(khcn):
    phrase = "các phòng, đơn vị thuộc Sở"
    assert "TTRA" in expand_group(phrase, khcn, on=date(2025, 6, 30))
    assert "TTRA" not in expand_group(phrase, khcn, on=date(2025, 7, 1))


def test_a_unit_that_ended_is_known_and_said_to_be_ended(khcn):
    assert resolve_party("Thanh tra Sở", khcn, on=TODAY).ended
    assert not resolve_party("Thanh tra Sở", khcn, on=date(2025, 6, 30)).ended


def test_no_group_is_none_and_not_empty(khcn):
    assert expand_group("các phòng", khcn, on=TODAY) is None
    assert expand_group("Văn phòng Sở", khcn, on=TODAY) is None


@pytest.mark.parametrize(
    "written",
    ["Văn phòng Sở", "văn  phòng sở.", "VĂN PHÒNG SỞ;", "VP Sở", "- Văn phòng Sở;", "Van phong So"],
)
def test_a_unit_is_found_however_its_name_is_written(khcn, written):
    assert resolve_party(written, khcn, on=TODAY).codes == ("VP",)


def test_commas_and_va_inside_a_name_do_not_cut_it(khcn):
    name = "Trung tâm Nghiên cứu, Chuyển giao công nghệ và Đổi mới sáng tạo"
    assert told(name, khcn) == [("unit", ("TTNC",))]
    assert told(f"{name}, Phòng Chuyển đổi số và Văn phòng Sở", khcn) == [
        ("unit", ("TTNC",)),
        ("unit", ("CDS",)),
        ("unit", ("VP",)),
    ]


def test_several_leads_of_a_line_are_told_apart(khcn, yte):
    found = told("Văn phòng Sở và các đơn vị thuộc Sở.", khcn)
    assert [kind for kind, _ in found] == ["unit", "group"]
    line = "Văn phòng Sở; các cơ quan, đơn vị trực thuộc; các phòng chuyên môn, nghiệp vụ Sở."
    assert told(line, yte) == [
        ("unit", ("VP",)),
        ("group", ("CCDS", "ATTP", "KSBT", "TTKN", "BVDK", "YHCT", "KV1", "KV2", "KV3")),
        ("group", ("NVY", "NVD", "TCCB", "KHTC", "BTXH")),
    ]
    line = "Các cơ quan, đơn vị trực thuộc, các phòng chuyên môn, nghiệp vụ Sở"
    assert [kind for kind, _ in told(line, yte)] == ["group", "group"]


def test_words_that_name_nobody_come_back_as_they_are(khcn):
    assert told("Hội Làm vườn, Hội Nuôi ong và Sở Nội vụ", khcn) == [
        ("unknown", "Hội Làm vườn, Hội Nuôi ong"),
        ("outside", ("SNV",)),
    ]
    assert told("Trung tâm Nghiên cứu, Chuyển gia công nghệ", khcn)[0][0] == "unknown"
    assert told("", khcn) == []


def test_outside_bodies_and_the_agency_itself_are_told_from_units(yte):
    assert told("Sở Nội vụ tỉnh", yte) == [("outside", ("SNV",))]
    assert told("Ban Dân vận Tỉnh ủy", yte) == [("outside", ("BTGDV",))]
    assert told("Sở Y tế", yte) == [("agency", "Sở Y tế")]
    assert told("Các Phó Giám đốc SYT", yte) == [("unit", ("BGD",))]


def test_a_phrase_of_heads_says_so(vpubnd):
    party = resolve_party("Trưởng các phòng, ban, trung tâm thuộc VP", vpubnd, on=TODAY)
    assert party.heads
    assert party.codes == ("TH", "NC", "KT", "VX", "BTCD", "THCB", "HCC")
    assert told("Công đoàn, Đoàn Thanh niên cơ quan", vpubnd) == [("outside", ("CD",)), ("outside", ("DTN",))]
    assert told("Trung tâm Tin học – Công báo", vpubnd) == [("unit", ("THCB",))]
