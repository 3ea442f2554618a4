"""May this person sign this document today, in which capacity, on what basis: every kind of right (NĐ 30, Điều 13)."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from msgspec.structs import replace as changed

from tests.record import Record
from workflow.agency_file import load_agency
from workflow.authority import Signable, capacities, may_pass_on, who_may_sign, why_not
from workflow.commands.setup import install_agency
from workflow.engine import Identity
from workflow.people import Authority, Directory
from workflow.settings import DEFINITIONS

DAY = date(2026, 4, 20)
OFFICE, DIGITAL = "to_chuc_hanh_chinh", "chuyen_doi_so"


@pytest.fixture
def directory(sqlite_record: Record) -> Directory:
    return sqlite_record.directory


class Desk:
    """The Sở as it stands, with rights added, asked by login."""

    def __init__(self, directory: Directory, *added: Authority):
        self.directory = replace(directory, authorities=(*directory.authorities, *added))
        self.agency = directory.agency_by_code["so_khcn"]

    def person(self, login: str) -> int:
        return self.directory.by_login[login].id

    def document(self, doc_type: str = "KH", field: str = OFFICE, id: int = 7) -> Signable:
        return Signable(id, self.agency.id, doc_type, field)

    def lines(self, login: str, document: Signable | None = None, day: date = DAY) -> list[tuple[str, ...]]:
        held = capacities(self.directory, self.person(login), document or self.document(), day)
        return [item.lines for item in held]

    def why(self, login: str, document: Signable | None = None, day: date = DAY) -> str:
        return why_not(self.directory, self.person(login), document or self.document(), day)["reason"]

    def passes(self, giver: str, kind: str, receiver: str, day: date = DAY) -> bool:
        return may_pass_on(
            self.directory, self.person(giver), kind, self.person(receiver), self.agency.id, day
        )


def right(directory: Directory, kind: str, login: str, **changes) -> Authority:
    values = {
        "id": 900 + len(directory.authorities),
        "agency_id": directory.agency_by_code["so_khcn"].id,
        "kind": kind,
        "person_id": directory.by_login[login].id,
        "fields": (),
        "doc_types": (),
        "document_id": None,
        "base_document": "Quyết định số 5",
        "valid_from": date(2026, 1, 1),
        "valid_to": date(2026, 6, 30),
    }
    return Authority(**values | changes)


def test_the_director_signs_everything_by_his_own_office(directory):
    desk = Desk(directory)
    assert desk.lines("viet") == [("GIÁM ĐỐC",)]
    held = capacities(directory, desk.person("viet"), desk.document(field=DIGITAL), DAY)
    assert held[0].basis == "Quyết định số 410/QĐ-UBND ngày 22/02/2022"


def test_a_deputy_signs_kt_in_his_fields_only(directory):
    desk = Desk(directory)
    assert desk.lines("mai") == [("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC")]
    assert desk.lines("son") == []
    assert desk.why("son") == "other_field"
    assert desk.lines("son", desk.document(field=DIGITAL)) == [("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC")]


def test_kt_without_fields_means_every_field(directory):
    desk = Desk(directory, right(directory, "KT", "son"))
    assert desk.lines("son") == [("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC")]


def test_giao_ky_for_one_document_holds_for_that_document_only(directory):
    desk = Desk(directory, right(directory, "KT", "son", document_id=7))
    assert desk.lines("son") == [("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC")]
    assert desk.lines("son", desk.document(id=8)) == []


def test_tl_holds_for_the_types_of_the_rules_of_work(directory):
    desk = Desk(directory)
    assert desk.lines("hung", desk.document("TB")) == [("TL. GIÁM ĐỐC", "CHÁNH VĂN PHÒNG")]
    assert desk.lines("hung") == []
    assert desk.why("hung") == "other_type"


def test_a_deputy_signs_under_the_tl_of_his_head_and_only_while_the_head_has_it(directory):
    desk = Desk(directory)
    invitation = desk.document("GM")
    assert desk.lines("thu", invitation) == [("TL. GIÁM ĐỐC", "KT. CHÁNH VĂN PHÒNG", "PHÓ CHÁNH VĂN PHÒNG")]
    assert desk.lines("thu", desk.document("TB")) == []
    ended = [replace(a, revoked_on=DAY) if a.kind == "TL" else a for a in directory.authorities]
    desk.directory = replace(directory, authorities=tuple(ended))
    assert desk.lines("thu", invitation) == []


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"valid_to": DAY - timedelta(days=1)}, "expired"),
        ({"valid_from": DAY + timedelta(days=1), "valid_to": date(2026, 12, 31)}, "not_yet"),
        ({"revoked_on": DAY}, "revoked"),
        ({"doc_types": ("thong_bao",)}, "other_type"),
        ({"fields": (OFFICE,)}, "other_field"),
    ],
)
def test_tuq_holds_within_its_dates_and_its_content(directory, changes, reason):
    digital_report = {"fields": (DIGITAL,), "doc_types": ("bao_cao",)}
    base = replace(directory, authorities=tuple(a for a in directory.authorities if a.kind != "TUQ"))
    desk = Desk(base, right(base, "TUQ", "khanh", **digital_report))
    report = desk.document("BC", DIGITAL)
    assert desk.lines("khanh", report) == [("TUQ. GIÁM ĐỐC", "TRƯỞNG PHÒNG CHUYỂN ĐỔI SỐ")]
    refused = Desk(base, right(base, "TUQ", "khanh", **digital_report | changes))
    assert refused.lines("khanh", report) == []
    assert refused.why("khanh", report) == reason


@pytest.mark.parametrize(
    ("day", "holds"), [(date(2025, 12, 31), True), (date(2026, 1, 1), False), (date(2025, 3, 31), False)]
)
def test_the_last_day_is_included_and_the_first_too(directory, day, holds):
    desk = Desk(directory)
    assert bool(desk.lines("khanh", desk.document("BC", DIGITAL), day)) is holds


def test_a_right_rests_on_a_seat_and_goes_with_it(directory):
    """TUQ. is given to the head of a unit: nobody else can use it, whatever the paper says."""
    desk = Desk(directory, right(directory, "TUQ", "linh", doc_types=("ke_hoach",)))
    assert desk.lines("linh") == []
    mine = next(h for h in directory.holdings if h.person_id == desk.person("mai"))
    left = [replace(h, valid_to=date(2026, 4, 19)) if h == mine else h for h in directory.holdings]
    desk.directory = replace(directory, holdings=tuple(left))
    assert desk.lines("mai") == []
    assert desk.lines("mai", day=date(2026, 4, 19)) == [("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC")]


def test_a_disabled_person_holds_no_capacity(directory):
    desk = Desk(directory)
    people = {i: replace(p, active=p.login != "mai") for i, p in directory.people.items()}
    desk.directory = replace(directory, people=people)
    assert desk.lines("mai") == []


def test_q_signs_as_head_and_stronger_than_kt(directory):
    desk = Desk(directory, right(directory, "Q", "mai"))
    assert desk.lines("mai") == [("Q. GIÁM ĐỐC",), ("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC")]
    assert desk.lines("mai", desk.document(field=DIGITAL)) == [("Q. GIÁM ĐỐC",)]


def test_a_collective_agency_prints_tm_above_the_title(directory):
    desk = Desk(directory)
    body = replace(desk.agency, regime="collective", head_title="CHỦ TỊCH", deputy_title="PHÓ CHỦ TỊCH",
                   body="Ủy ban nhân dân")  # fmt: skip
    desk.directory = replace(directory, agencies={**directory.agencies, body.id: body})
    assert desk.lines("viet") == [("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH")]
    assert desk.lines("mai") == [("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ GIÁM ĐỐC")]


def test_an_agency_whose_head_is_a_chanh_van_phong_needs_no_rule_of_its_own(directory):
    desk = Desk(directory)
    agency = directory.agency_by_code["van_phong_ubnd"]
    document = Signable(7, agency.id, "KH", "hanh_chinh_to_chuc")
    held = capacities(directory, desk.person("chau"), document, DAY)
    assert held[0].lines == ("KT. CHÁNH VĂN PHÒNG", "PHÓ CHÁNH VĂN PHÒNG")


def test_who_may_sign_names_everyone_in_his_strongest_capacity(directory):
    desk = Desk(directory)
    found = [(person.login, item.kind) for person, item in who_may_sign(directory, desk.document(), DAY)]
    assert found == [("viet", "HEAD"), ("mai", "KT")]


def test_nobody_signs_in_another_agency(directory):
    desk = Desk(directory)
    other = directory.agency_by_code["so_y_te"]
    for login in ("viet", "mai", "hung"):
        assert capacities(directory, desk.person(login), Signable(7, other.id, "KH", OFFICE), DAY) == []


@pytest.mark.parametrize(
    ("giver", "kind", "receiver", "may"),
    [
        ("viet", "KT", "son", True),
        ("viet", "TL", "hung", True),
        ("viet", "TUQ", "khanh", True),
        ("viet", "TL_KT", "thu", False),
        ("viet", "KT", "viet", False),
        ("hung", "TL_KT", "thu", True),
        ("hung", "TL_KT", "hien", False),
        ("hung", "TL_KT", "lan", False),
        ("hung", "TL", "thu", False),
        ("tung", "TL_KT", "hien", False),
        ("khanh", "TUQ", "linh", False),
        ("mai", "KT", "son", False),
        ("huy", "KT", "son", False),
        ("lan", "KT", "lan", False),
    ],
)
def test_who_gives_which_right_to_whom(directory, giver, kind, receiver, may):
    assert Desk(directory).passes(giver, kind, receiver) is may


def test_a_tuq_that_holds_is_passed_on_to_nobody(directory):
    desk = Desk(directory, right(directory, "TUQ", "hung", doc_types=("ke_hoach",)))
    assert desk.lines("hung") == [("TUQ. GIÁM ĐỐC", "CHÁNH VĂN PHÒNG")]
    assert not desk.passes("hung", "TUQ", "thu")


def test_who_acts_as_head_gives_what_the_head_gives(directory):
    desk = Desk(directory, right(directory, "Q", "mai"))
    assert desk.passes("mai", "KT", "son")
    assert not desk.passes("mai", "KT", "son", day=date(2026, 7, 1))


def test_a_file_of_a_collective_agency_is_installed_with_its_deputies(sqlite_record: Record):
    file = load_agency(DEFINITIONS / "agencies" / "so_khcn.yaml")
    code = {"code": "ubnd_xa", "symbol": "UBNDX", "regime": "collective", "head_title": "CHỦ TỊCH",
            "deputy_title": "PHÓ CHỦ TỊCH", "body": "Ủy ban nhân dân"}  # fmt: skip
    people = tuple(changed(item, login=f"xa.{item.login}") for item in file.people)
    rights = tuple(
        changed(item, person=f"xa.{item.person}", kind="TM_KT" if item.kind == "KT" else item.kind)
        for item in file.authorities
    )
    with sqlite_record.engine.work(Identity(rule="test")) as w:
        agency_id = install_agency(w, file=changed(file, people=people, authorities=rights, **code))
    directory = sqlite_record.directory
    document = Signable(7, agency_id, "KH", OFFICE)
    held = capacities(directory, directory.by_login["xa.mai"].id, document, DAY)
    assert [item.lines[:2] for item in held] == [("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH")]
