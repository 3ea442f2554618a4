"""A draft from a skeleton speaks as its agency does, whatever kind of agency it is."""

from datetime import date

import pytest

from tests.record import Record
from tests.workflow.acts import looking
from workflow.agency import Group
from workflow.content import obligations
from workflow.people import Agency, Unit
from workflow.reporters import nobody_reports, reporters
from workflow.self_words import WORDS, called, words_of
from workflow.settings import DEFINITIONS
from workflow.skeletons import fitted, load_skeletons

ON = date(2026, 4, 20)
SKELETONS = load_skeletons(DEFINITIONS / "templates" / "drafts")


def unit(code: str, name: str, kind: str, *tags: str) -> Unit:
    return Unit(
        1, 9, code, name, name, code, kind, frozenset(tags), (), (), date(2025, 7, 1), None, None
    )  # fmt: skip


COMMUNE = Agency(
    id=9, code="ubnd_xa", name="UBND xã Tân Lập", short_name="UBND xã", printed_name="ỦY BAN NHÂN DÂN XÃ TÂN LẬP",
    parent_name="UBND tỉnh Hòa An", printed_parent="ỦY BAN NHÂN DÂN TỈNH HÒA AN", symbol="UBND", place="Tân Lập",
    regime="collective", head_title="CHỦ TỊCH", deputy_title="PHÓ CHỦ TỊCH", body="ỦY BAN NHÂN DÂN", aggregator="VP",
    groups=(Group(("các phòng, trung tâm thuộc xã", "các phòng, trung tâm"), ("phong",)),),
)  # fmt: skip
OF_COMMUNE = (
    unit("VP", "Văn phòng HĐND và UBND xã", "office", "phong"),
    unit("KT", "Phòng Kinh tế", "department", "phong"),
)


def test_a_commune_speaks_of_its_committee_and_the_titles_of_its_members():
    words = words_of(COMMUNE, OF_COMMUNE, on=ON)
    assert set(words) == WORDS
    assert words["agency"] == "Ủy ban nhân dân xã"
    assert words["head"] == "Chủ tịch Ủy ban nhân dân xã"
    assert words["leaders"] == "Chủ tịch, các Phó Chủ tịch Ủy ban nhân dân xã"
    assert words["office"] == "Văn phòng HĐND và UBND xã"
    assert words["Units"] == "Các phòng, trung tâm thuộc xã"


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("so_khcn", ("Sở", "Giám đốc Sở", "Lãnh đạo Sở", "Văn phòng Sở", "các phòng, đơn vị thuộc Sở")),
        ("so_y_te", ("Sở", "Giám đốc Sở", "Lãnh đạo Sở", "Văn phòng Sở", "các phòng, đơn vị thuộc Sở")),
        (
            "van_phong_ubnd",
            ("Văn phòng", "Chánh Văn phòng", "Lãnh đạo Văn phòng", "Phòng Hành chính - Tổ chức",
             "các phòng, ban, trung tâm thuộc Văn phòng"),
        ),
    ],
)  # fmt: skip
def test_each_agency_is_called_as_its_own_texts_call_it(sqlite_record: Record, code, expected):
    with looking(sqlite_record) as w:
        agency = w.directory.agency_by_code[code]
        words = words_of(agency, w.directory.units_of(agency.id), on=ON)
    assert tuple(words[name] for name in ("agency", "head", "leaders", "office", "units")) == expected


@pytest.mark.parametrize("code", ["so_khcn", "so_y_te", "van_phong_ubnd"])
@pytest.mark.parametrize("skeleton", SKELETONS, ids=lambda one: one.id)
def test_the_duties_of_a_skeleton_are_owed_by_all_units_of_whichever_agency(
    sqlite_record: Record, code, skeleton
):
    with looking(sqlite_record) as w:
        agency = w.directory.agency_by_code[code]
        units, known = w.directory.units_of(agency.id), w.directory.known_in(agency.id)
        text = fitted(skeleton.content, words_of(agency, units, on=ON))
    assert "{" not in str(text).replace("labels={}", "")
    assert "Sở" not in str(text) or code != "van_phong_ubnd"
    inside = {
        one.code for one in units if one.kind in ("office", "department", "affiliated") and one.exists_on(ON)
    }
    for _, duty in obligations(text):
        assert not nobody_reports(duty, known, on=ON)
        for one in reporters(duty, known, on=ON):
            assert one.kind == "unit" or set(one.codes) == inside - {agency.aggregator}


@pytest.mark.parametrize(
    ("name", "own"),
    [
        ("Sở Khoa học và Công nghệ", "Sở"),
        ("UBND phường Hòa Bình", "Ủy ban nhân dân phường"),
        ("Ủy ban nhân dân tỉnh Hòa An", "Ủy ban nhân dân tỉnh"),
        ("Văn phòng UBND tỉnh", "Văn phòng"),
        ("Ban Quản lý các khu công nghiệp", "Ban"),
        ("Bảo tàng tỉnh", "Bảo tàng tỉnh"),
    ],
)
def test_the_kind_of_an_agency_is_the_first_words_of_its_name(name, own):
    assert called(name) == own


def test_an_agency_without_groups_or_a_named_leadership_has_words_all_the_same():
    bare = Agency(
        id=9, code="bql", name="Ban Quản lý rừng", short_name="Ban", printed_name="BAN", parent_name="",
        printed_parent="", symbol="BQL", place="Hòa An", regime="head", head_title="TRƯỞNG BAN",
        deputy_title="PHÓ TRƯỞNG BAN",
    )  # fmt: skip
    words = words_of(bare, (), on=ON)
    assert words["leaders"] == "Lãnh đạo Ban"
    assert words["head"] == "Trưởng ban"
    assert words["Units"] == "Các đơn vị thuộc Ban"
    assert words["office"] == "Văn phòng Ban"
