"""Bringing an agency in, and who may seat, disable and empower whom afterwards."""

from datetime import date

import pytest
from sqlalchemy import select

from tests.record import Record
from tests.workflow.acts import count, looking, seat, working
from workflow.agency_file import load_agencies, load_agency
from workflow.commands.people import (
    add_person,
    disable_person,
    grant_authority,
    hold_post,
    leave_post,
    revoke_authority,
    set_password_hash,
)
from workflow.commands.sessions import open_session
from workflow.commands.setup import install_agency
from workflow.errors import Invalid, NotFound, NotYourStep
from workflow.models import Entry, Person, WebSession
from workflow.settings import DEFINITIONS

DAY = date(2026, 4, 20)


def test_the_record_has_what_the_files_say(record: Record):
    directory = record.directory
    for file in load_agencies(DEFINITIONS / "agencies"):
        agency = directory.agency_by_code[file.code]
        assert agency.settings == file.settings
        assert {unit.code for unit in directory.units_of(agency.id)} == {unit.code for unit in file.units}
        for person in file.people:
            found = directory.by_login[person.login]
            held = {directory.posts[h.post_id].code for h in directory.holdings if h.person_id == found.id}
            assert held == {holding.post for holding in person.holdings}


def test_installing_is_an_entry_with_the_counts(record: Record):
    with looking(record) as w:
        first = w.db.scalar(select(Entry.action).order_by(Entry.id).limit(1))
    assert first == "install_agency"


def test_an_agency_is_installed_once_and_a_refusal_leaves_nothing(record: Record):
    people = count(record, Person)
    with pytest.raises(Invalid) as refused, working(record) as w:
        install_agency(w, file=load_agency(DEFINITIONS / "agencies" / "so_khcn.yaml"))
    assert refused.value.faults[0].rule == "exists"
    assert count(record, Person) == people


def test_a_change_of_rights_counts_at_the_next_work(record: Record):
    plan_id = record.draft()
    record.step("lan", plan_id, "submit")
    seat(record, "duc", "vp.chanh", since=DAY)
    assert record.step("duc", plan_id, "approve_content").state == "format_check"


ADMINISTRATION = {
    "add": lambda w, duc, post, held: add_person(
        w, agency_id=w.actor.agency_id, login="moi", name="Người Mới"
    ),
    "disable": lambda w, duc, post, held: disable_person(w, person_id=duc),
    "password": lambda w, duc, post, held: set_password_hash(w, person_id=duc, password_hash="x"),
    "seat": lambda w, duc, post, held: hold_post(
        w, person_id=duc, post_id=post, valid_from=DAY, valid_to=None, basis="QĐ"
    ),
    "unseat": lambda w, duc, post, held: leave_post(w, holding_id=held, last_day=DAY),
}


@pytest.mark.parametrize("act", ADMINISTRATION)
@pytest.mark.parametrize("login", ["lan", "hung", "viet", "mai", "van", "minh"])
def test_only_an_administrator_handles_accounts_and_seats(sqlite_record: Record, login, act):
    directory = sqlite_record.directory
    duc = directory.by_login["duc"].id
    post = next(post.id for post in directory.posts.values() if post.code == "pgd_1")
    held = next(item.id for item in directory.holdings if item.person_id == duc)
    with pytest.raises(NotYourStep), working(sqlite_record, login) as w:
        ADMINISTRATION[act](w, duc, post, held)
    with working(sqlite_record, "huy") as w:
        ADMINISTRATION[act](w, duc, post, held)


def test_an_administrator_of_one_agency_is_none_in_another(record: Record):
    theirs = record.person("chau")
    with working(record, "huy") as w, pytest.raises(NotYourStep):
        disable_person(w, person_id=theirs)


def test_nobody_seats_himself(record: Record):
    huy = record.person("huy")
    post_id = next(post.id for post in record.directory.posts.values() if post.code == "giam_doc")
    with working(record, "huy") as w, pytest.raises(NotYourStep):
        hold_post(w, person_id=huy, post_id=post_id, valid_from=DAY, valid_to=None, basis="tự mình")


def test_an_administrator_who_also_holds_a_post_takes_no_step_of_it(record: Record):
    plan_id = record.draft()
    record.step("lan", plan_id, "submit")
    seat(record, "huy", "vp.chanh", since=DAY)
    with pytest.raises(NotYourStep):
        record.step("huy", plan_id, "approve_content")


def test_seats_and_dates_are_checked(record: Record):
    duc = record.person("duc")
    with working(record, "huy") as w:
        post_id = next(post.id for post in w.directory.posts.values() if post.code == "vp.chanh")
        holding = next(item for item in w.directory.holdings if item.person_id == duc)
        with pytest.raises(Invalid):
            hold_post(
                w, person_id=duc, post_id=post_id, valid_from=DAY, valid_to=date(2026, 1, 1), basis="QĐ"
            )
        with pytest.raises(Invalid):
            leave_post(w, holding_id=holding.id, last_day=date(2019, 1, 1))
        with pytest.raises(NotFound):
            hold_post(w, person_id=duc, post_id=0, valid_from=DAY, valid_to=None, basis="QĐ")
        with pytest.raises(NotFound):
            hold_post(w, person_id=0, post_id=post_id, valid_from=DAY, valid_to=None, basis="QĐ")
        with pytest.raises(NotFound):
            leave_post(w, holding_id=0, last_day=DAY)
        with pytest.raises(Invalid):
            add_person(w, agency_id=w.actor.agency_id, login=" ", name="Người Mới")
        with pytest.raises(Invalid):
            add_person(w, agency_id=w.actor.agency_id, login="lan", name="Người Mới")


@pytest.mark.parametrize(
    "login", ["lan moi", "lan\tmoi", "lân", ".lan", "lan.", "lan/moi", "lan\u200bmoi", "LÂN"]
)
def test_a_login_that_could_not_be_typed_again_is_refused(record: Record, login: str):
    with working(record, "huy") as w, pytest.raises(Invalid) as refused:
        add_person(w, agency_id=w.actor.agency_id, login=login, name="Người Mới")
    assert [(fault.place, fault.rule) for fault in refused.value.faults] == [("login", "form")]


def test_a_login_is_kept_as_it_is_looked_up_at_sign_in(record: Record):
    with working(record, "huy") as w:
        add_person(w, agency_id=w.actor.agency_id, login=" Moi.Lan@hoa-an ", name="Người Mới")
    with working(record, "huy") as w:
        assert w.directory.by_login["moi.lan@hoa-an"].name == "Người Mới"


def test_a_disabled_person_is_kept_and_can_do_nothing(record: Record):
    plan_id = record.draft()
    with working(record, "huy") as w:
        disable_person(w, person_id=w.directory.by_login["lan"].id)
    with pytest.raises(NotFound):
        record.step("lan", plan_id, "submit")
    assert record.directory.by_login["lan"].name == "Nguyễn Thị Lan"


def test_a_person_sets_his_own_password_and_his_sessions_end(record: Record):
    with working(record, "lan") as w:
        open_session(w, token_hash="t")
        set_password_hash(w, person_id=w.actor.person_id, password_hash="neu")
    with looking(record) as w:
        assert w.db.scalar(select(Person.password_hash).where(Person.login == "lan")) == "neu"
        assert w.db.scalar(select(WebSession.ended_at)) is not None


# Giao quyền ký.


def give(record: Record, giver: str, kind: str, receiver: str, **how) -> int:
    values = {"base_document": "Quyết định số 9", "valid_from": DAY, "valid_to": date(2026, 12, 31)} | how
    with working(record, giver) as w:
        agency_id = w.directory.agency_by_code["so_khcn"].id
        return grant_authority(w, agency_id=agency_id, kind=kind, person_id=record.person(receiver), **values)


@pytest.mark.parametrize(
    ("kind", "receiver", "how", "place", "rule"),
    [
        ("TUQ", "khanh", {"valid_to": None, "doc_types": ("bao_cao",)}, "valid_to", "tuq_must_end"),
        ("TUQ", "khanh", {}, "doc_types", "must_be_limited"),
        ("TL", "hung", {}, "doc_types", "must_be_limited"),
        ("KT", "son", {"valid_to": date(2026, 1, 1)}, "valid_to", "before_start"),
        ("KT", "son", {"base_document": "  "}, "base_document", "missing"),
        ("KT", "son", {"fields": ("thoi_tiet",)}, "fields", "unknown"),
        ("TL", "hung", {"doc_types": ("KH",)}, "doc_types", "unknown"),
        ("KT", "hung", {}, "person", "no_seat_for_this"),
        ("KT", "chau", {}, "person", "no_seat_for_this"),
        ("TUQ", "linh", {"doc_types": ("bao_cao",)}, "person", "no_seat_for_this"),
        ("KT", "son", {"document_id": 999}, "document", "unknown"),
    ],
)
def test_a_right_that_could_not_be_used_or_proved_is_not_given(
    record: Record, kind, receiver, how, place, rule
):
    before = count(record, Entry)
    with pytest.raises(Invalid) as refused:
        give(record, "viet", kind, receiver, **how)
    assert (place, rule) in [(fault.place, fault.rule) for fault in refused.value.faults]
    assert count(record, Entry) == before


@pytest.mark.parametrize("giver", ["mai", "hung", "lan", "huy", "van", "chau", "minh"])
def test_only_the_head_gives(record: Record, giver):
    with pytest.raises(NotYourStep):
        give(record, giver, "KT", "son")


def test_a_right_is_given_and_taken_back_on_the_record(record: Record):
    authority_id = give(record, "viet", "KT", "son", fields=("to_chuc_hanh_chinh",))
    plan_id = record.draft(signer="son")
    record.bring_to(plan_id, "check_format")
    with pytest.raises(NotYourStep), working(record, "mai") as w:
        revoke_authority(w, authority_id=authority_id)
    with working(record, "viet") as w:
        revoke_authority(w, authority_id=authority_id)
    with looking(record) as w:
        actions = list(
            w.db.scalars(select(Entry.action).where(Entry.action.like("%authority")).order_by(Entry.id))
        )
    assert actions == ["grant_authority", "revoke_authority"]
    with pytest.raises(NotFound), working(record, "viet") as w:
        revoke_authority(w, authority_id=0)
