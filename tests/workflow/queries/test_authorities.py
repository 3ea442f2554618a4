"""Who can do what on a day: the answer of today, of a past day, and of one to come."""

from datetime import date

from tests.record import Record
from workflow.commands.people import disable_person
from workflow.engine import Identity
from workflow.queries.authorities import standing


def _standing(record: Record, day: date):
    with record.engine.reading(record.who("minh")) as w:
        return standing(w, w.directory.agency_by_code["so_khcn"].id, day)


def _signers(found, field: str, doc_type: str = "KH") -> dict[str, str]:
    (one,) = [item for item in found.fields if item.name == field]
    return {person.login: capacity.kind for person, capacity in one.signers[doc_type]}


def test_each_field_names_who_may_sign_it_that_day(record: Record):
    found = _standing(record, date(2026, 4, 20))
    assert _signers(found, "Quản lý khoa học") == {"viet": "HEAD", "mai": "KT"}
    assert _signers(found, "Chuyển đổi số") == {"viet": "HEAD", "son": "KT"}
    assert _signers(_standing(record, date(2024, 1, 9)), "Quản lý khoa học") == {"viet": "HEAD"}


def test_rights_stand_in_the_group_their_dates_give(record: Record):
    def kinds(day: date) -> dict[str, list[str]]:
        rights = _standing(record, day).rights
        return {
            when: sorted(f"{r.authority.kind} {r.person.login}" for r in found)
            for when, found in rights.items()
        }

    assert kinds(date(2026, 4, 20)) == {
        "upcoming": [],
        "running": ["KT mai", "KT son", "TL hung", "TL_KT thu"],
        "ended": ["TUQ khanh"],
    }
    assert "TUQ khanh" in kinds(date(2025, 12, 31))["running"]
    assert "TUQ khanh" in kinds(date(2025, 3, 31))["upcoming"]
    assert kinds(date(2024, 1, 9))["upcoming"] == ["KT mai", "KT son", "TUQ khanh"]


def test_whoever_was_deactivated_since_was_still_entitled_before(record: Record):
    with record.engine.work(Identity(rule="test")) as w:
        disable_person(w, person_id=w.directory.by_login["mai"].id)
    record.clock.forward(days=3)
    assert "mai" not in _signers(_standing(record, date(2026, 4, 23)), "Quản lý khoa học")
    assert "mai" not in _signers(_standing(record, date(2026, 4, 20)), "Quản lý khoa học")
    assert _signers(_standing(record, date(2026, 4, 19)), "Quản lý khoa học") == {"viet": "HEAD", "mai": "KT"}
    today = [
        right
        for right in _standing(record, date(2026, 4, 23)).rights["running"]
        if right.person.login == "mai"
    ]
    assert [right.effective for right in today] == [False]


def test_a_unit_is_listed_on_the_days_it_existed_with_its_posts_and_holders(record: Record):
    before = {unit.code: posts for unit, posts in _standing(record, date(2025, 6, 30)).units}
    after = {unit.code: posts for unit, posts in _standing(record, date(2025, 7, 1)).units}
    assert "TTRA" in before
    assert "TTRA" not in after
    (chief,) = [held for held in before["TTRA"] if held.post.code == "ttra.chanh"]
    assert [person.login for person, _ in chief.holders] == ["tri"]
    (deputy,) = [held for held in after["KHTC"] if held.post.code == "khtc.pho"]
    assert [person.login for person, _ in deputy.holders] == ["tri"]
