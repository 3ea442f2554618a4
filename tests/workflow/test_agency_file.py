from datetime import date
from pathlib import Path

import pytest

from workflow.agency_file import load_agencies, load_agency
from workflow.catalogue import load_catalogue
from workflow.errors import DefinitionError
from workflow.staffing import signers, unstaffed

DEFINITIONS = Path(__file__).parents[2] / "definitions"


@pytest.fixture
def altered(tmp_path):
    """A copy of Sở KH&CN with words replaced, loaded."""

    def load(*pairs):
        text = (DEFINITIONS / "agencies" / "so_khcn.yaml").read_text("utf-8")
        for old, new in pairs:
            assert old in text, old
            text = text.replace(old, new)
        path = tmp_path / "so_khcn.yaml"
        path.write_text(text, "utf-8")
        return load_agency(path, catalogue=load_catalogue(DEFINITIONS / "catalogue"))

    return load


def test_an_unchanged_file_loads(altered):
    assert altered().code == "so_khcn"


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("successor: KHTC", "successor: XYZ", "units TTRA.successor: no unit 'XYZ'"),
        (
            "valid_to: 2025-06-30, successor: KHTC",
            "successor: KHTC",
            "units TTRA.successor: only a unit that ends",
        ),
        (
            "valid_to: 2025-06-30, successor",
            "valid_to: 2019-06-30, successor",
            "units TTRA.valid_to: before valid_from",
        ),
        ("fields: [khoa_hoc]}", "fields: [khoa_hok]}", "units QLKH.fields: no field 'khoa_hok'"),
        ("aggregator: VP", "aggregator: VPS", "aggregator: no unit 'VPS'"),
        ("symbol: QLKH, kind", "symbol: VP, kind", "units' symbols: 'VP' stands twice"),
        ("head_title: GIÁM ĐỐC", "head_title: Giám đốc", "head_title: is printed, so it stands in capitals"),
        ("regime: head", "regime: collective", "body: is named by an agency of the collective regime"),
        ("hold_minutes: 0", "hold_minutes: -1", "settings.hold_minutes: may not be negative"),
        ("hold_minutes: 0", "hold_minutes: 100000", "settings.hold_minutes: at most 10080"),
        ("hold_minutes: 0", "escalate_head_hours: 0", "settings.escalate_head_hours: at least 1"),
        ("unit: TTT, title", "unit: TTX, title", "posts ttt.thanh_tra.unit: no unit 'TTX'"),
        (
            "roles: [admin]",
            "roles: [admin, drafter]",
            "posts ttcns.quan_tri.roles: admin goes with no other role",
        ),
        (
            "roles: [auditor]",
            "roles: [auditor, clerk]",
            "posts ttt.thanh_tra.roles: auditor goes with no other role",
        ),
        (
            "pgd_2, unit: BGD, title: Phó Giám đốc",
            "pgd_2, unit: BGD, title: Trợ lý",
            "posts pgd_2.title: a deputy_director here is printed 'PHÓ GIÁM ĐỐC'",
        ),
        (
            "post: vp.cv_1, from: 2020-02-03",
            "post: vp.cv_9, from: 2020-02-03",
            "people lan.holdings[0].post: no post",
        ),
        (
            "post: vp.cv_1, from: 2020-02-03",
            "post: vp.cv_1, from: 2020-02-03, to: 2020-01-01",
            "people lan.holdings[0].to: before from",
        ),
        (
            "from: 2020-06-01, to: 2025-06-30",
            "from: 2020-06-01, to: 2025-07-31",
            "people tri.holdings[0]: unit TTRA does not stand all that time",
        ),
        (
            "covers_from: 2024-01-01, ",
            "",
            "people minh.holdings[0].covers_from: an auditor's holding states it",
        ),
        ("{login: duc,", "{login: lan,", "people: 'lan' stands twice"),
        ("{login: duc,", "{login: Đức,", "people Đức.login: only a-z"),
        (
            "kind: TUQ, person: khanh",
            "kind: CVP, person: khanh",
            "authorities tuq.khanh.kind: no capacity 'CVP'",
        ),
        (
            "kind: TUQ, person: khanh",
            "kind: HEAD, person: khanh",
            "authorities tuq.khanh.kind: no capacity 'HEAD'",
        ),
        ("    to: 2025-12-31,", "   ", "authorities tuq.khanh.to: TUQ has to state it"),
        (
            "fields: [chuyen_doi_so], doc_types: [bao_cao, thong_bao], ",
            "",
            "tuq.khanh: TUQ is limited in content",
        ),
        (
            "doc_types: [bao_cao, thong_bao]",
            "doc_types: [bao_kao]",
            "authorities tuq.khanh.doc_types: no type 'bao_kao'",
        ),
        (
            "kind: TUQ, person: khanh",
            "kind: TUQ, person: linh",
            "authorities tuq.khanh.person: linh is no dept_head",
        ),
        (
            "kind: KT, person: son",
            "kind: KT, person: khanh",
            "kt.son.person: khanh is no deputy_director on 2024-01-10",
        ),
        ("under: tl.hung", "under: kt.mai", "authorities tl.thu.under: no TL 'kt.mai'"),
        (
            "fields: [to_chuc_hanh_chinh, khoa_hoc, cong_nghe, do_luong], ",
            "",
            "kt.mai.fields: KT has to state it",
        ),
        ("tags: [phong]}\n", "tags: [phonk]}\n", "groups[1].tags: no unit carries 'phonk'"),
        ("name: Sở Tài chính", "name: Văn phòng Sở", "names: 'van phong so' means two parties"),
    ],
)
def test_a_file_that_contradicts_itself_is_refused_with_the_place(altered, old, new, fault):
    with pytest.raises(DefinitionError) as refused:
        altered((old, new))
    assert fault in str(refused.value)
    assert str(refused.value).startswith("so_khcn.yaml: ")


def test_all_faults_are_told_at_once(altered):
    with pytest.raises(DefinitionError) as refused:
        altered(
            ("successor: KHTC", "successor: XYZ"),
            ("aggregator: VP", "aggregator: VPS"),
            ("under: tl.hung", "under: x"),
        )
    assert len(str(refused.value).splitlines()) == 3


def test_an_unknown_role_and_an_unknown_setting_are_refused(altered):
    with pytest.raises(DefinitionError) as refused:
        altered(("roles: [clerk, format_checker]", "roles: [klerk]"), ("hold_minutes: 0", "hold_seconds: 0"))
    assert "posts[7].roles[0]" in str(refused.value)
    assert "settings.hold_seconds: no such name here" in str(refused.value)


@pytest.mark.parametrize(
    ("pairs", "unit", "missing"),
    [
        ([("post: qlkh.truong, from", "post: qlkh.cv, from")], "QLKH", "no dept_head"),
        ([("post: cds.cv_2, from", "post: cds.cv_1, from")], "CDS", "no unit_reporter"),
        (
            [
                ("roles: [director]", "roles: []"),
                ("buu_chinh_vien_thong, tai_chinh_phap_che]", "buu_chinh_vien_thong]"),
            ],
            "KHTC",
            "no signer of field 'tai_chinh_phap_che'",
        ),
        (
            [("[dept_head, chief_of_office, format_checker]", "[dept_head, format_checker]")],
            "QLKH",
            "no chief_of_office",
        ),
        (
            [
                ("[dept_head, chief_of_office, format_checker]", "[dept_head, chief_of_office]"),
                ("[dept_deputy, format_checker]", "[dept_deputy]"),
                ("[clerk, format_checker]", "[clerk]"),
            ],
            "VP",
            "no format_checker distinct",
        ),
        ([("[clerk, format_checker]", "[format_checker]")], "VP", "no clerk who is not the signer"),
    ],
)
def test_a_unit_whose_drafts_would_get_stuck_is_named_with_who_is_missing(altered, pairs, unit, missing):
    with pytest.raises(DefinitionError) as refused:
        altered(*pairs)
    assert any(f"units {unit} " in line and missing in line for line in str(refused.value).splitlines())


def test_one_person_cannot_stand_for_two_duties(altered):
    """In the Văn phòng the only other checker is its own head: then nobody is left to approve."""
    with pytest.raises(DefinitionError, match=r"units VP \(Văn phòng Sở\): no format_checker distinct"):
        altered(
            ("[dept_deputy, format_checker]", "[]"),
            ("[clerk, format_checker]", "[clerk]"),
            ("kind: TL_KT, person: thu, under: tl.hung", "kind: TL, person: hung"),
        )


def test_without_format_check_three_people_are_enough(altered):
    agency = altered(
        ("format_check: true", "format_check: false"),
        ("[dept_head, chief_of_office, format_checker]", "[dept_head, chief_of_office]"),
        ("[dept_deputy, format_checker]", "[dept_deputy]"),
        ("[clerk, format_checker]", "[clerk]"),
    )
    assert unstaffed(agency, date(2026, 11, 21)) == []


def test_who_may_sign_follows_the_field_and_the_day(altered):
    agency = altered()
    assert signers(agency, "do_luong", date(2026, 11, 21)) == ("viet", "mai")
    assert signers(agency, "chuyen_doi_so", date(2026, 11, 21)) == ("viet", "son")
    assert signers(agency, "do_luong", date(2024, 1, 9)) == ("viet",)


def test_an_acting_head_signs_while_the_seat_is_empty():
    agency = load_agency(DEFINITIONS / "agencies" / "so_y_te.yaml")
    assert signers(agency, "du_phong", date(2024, 9, 30)) == ("chuong",)
    assert signers(agency, "du_phong", date(2025, 1, 15)) == ("thanh",)
    assert signers(agency, "du_phong", date(2026, 1, 15)) == ("thanh", "tam")


def test_a_login_belongs_to_one_agency_only(tmp_path):
    for name in ("catalogue", "agencies"):
        (tmp_path / name).mkdir()
        for path in (DEFINITIONS / name).glob("*.yaml"):
            text = path.read_text("utf-8").replace("{login: khoa,", "{login: lan,")
            (tmp_path / name / path.name).write_text(text, "utf-8")
    with pytest.raises(DefinitionError, match="login 'lan' is also that of so_khcn"):
        load_agencies(tmp_path / "agencies")


def test_an_empty_folder_is_refused(tmp_path):
    (tmp_path / "catalogue").symlink_to(DEFINITIONS / "catalogue")
    (tmp_path / "agencies").mkdir()
    with pytest.raises(DefinitionError, match="agencies: no agency file"):
        load_agencies(tmp_path / "agencies")
