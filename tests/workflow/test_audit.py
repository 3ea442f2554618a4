"""The entry that every act leaves: what it says, what it copies, what it only commits to."""

import hashlib
from datetime import timedelta

import pytest
from sqlalchemy import delete, select, update
from sqlalchemy.exc import DBAPIError

from tests.record import ROUTE, Record
from tests.workflow.acts import REASON, approvals, count, history, looking, row, set_agency, unseat, working
from workflow import audit
from workflow.commands.approving import SIGNATURE_DOMAIN
from workflow.content import canonical
from workflow.errors import NotYourStep
from workflow.log.commitment import opens
from workflow.models import Approval, Checkpoint, Entry, EntryNote, Leaf, LogHead, Revision


def test_an_entry_says_who_what_when_in_words_of_that_moment(record: Record):
    plan_id = record.draft()
    record.bring_to(plan_id, "sign")
    entry = history(record, plan_id)[-1]
    assert (entry["action"], entry["label"], entry["version"]) == ("sign", "Ký duyệt", 5)
    assert entry["actor"] == {
        "id": record.person("mai"),
        "name": "Trần Thị Ngọc Mai",
        "title": "Phó Giám đốc",
        "unit": "Ban Giám đốc",
        "channel": "web",
        "as": "signer",
    }
    assert entry["at"] == "2026-04-20T05:00:00.000000+00:00"
    assert entry["agency"] == {"code": "so_khcn", "name": "Sở Khoa học và Công nghệ"}
    facts = entry["facts"]
    assert (facts["from"], facts["to"]) == ("awaiting_signature", "signed")
    assert (facts["from_label"], facts["to_label"]) == ("Chờ ký", "Đã ký, chờ cấp số")
    assert "may_sign" in facts["needs"]
    assert facts["definition"]["hash"] == record.engine.flows["ke_hoach", 1].definition.hash
    assert entry["capacity"]["lines"] == ["KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"]
    assert entry["after"]["state"] == "signed"


def test_every_act_is_the_next_link_of_its_documents_chain(record: Record):
    plan_id = record.draft()
    record.bring_to(plan_id, "issue")
    entries = history(record, plan_id)
    assert [entry["version"] for entry in entries] == list(range(1, len(ROUTE) + 2))
    with looking(record) as w:
        hashes = [
            item.hex()
            for item in w.db.scalars(
                select(Entry.hash).where(Entry.document_id == plan_id).order_by(Entry.id)
            )
        ]
    assert [entry["prev"] for entry in entries[1:]] == hashes[:-1]
    assert row(record, plan_id).head_hash.hex() == hashes[-1]


def test_what_was_said_in_a_note_can_be_erased_and_is_still_committed_to(record: Record):
    plan_id = record.draft()
    record.step("lan", plan_id, "cancel", note="Trùng với kế hoạch của năm trước")
    entry = history(record, plan_id)[-1]
    assert "Trùng" not in str(entry)
    with looking(record) as w:
        note = w.db.execute(select(EntryNote.__table__).where(EntryNote.kind == "note")).one()
    assert opens(entry["note"], note.text, note.salt)
    with working(record) as w:
        w.db.execute(update(EntryNote).where(EntryNote.kind == "note").values(text=None))


def test_where_a_request_came_from_is_committed_to_and_not_written(record: Record):
    plan_id = record.draft()
    record.step(
        "lan", plan_id, "submit", identity={"ip": "10.1.2.3", "user_agent": "Firefox", "request_id": "r1"}
    )
    entry = history(record, plan_id)[-1]
    assert entry["actor"]["request"] == "r1"
    assert "10.1.2.3" not in str(entry)
    assert {"ip", "user_agent"} <= set(entry)


def test_the_signature_covers_words_meaning_capacity_block_basis_and_round(record: Record):
    plan_id = record.draft()
    record.bring_to(plan_id, "sign")
    signature = approvals(record, plan_id)[-1]
    covered = {
        "digest": row(record, plan_id).digest,
        "meaning": "ký ban hành",
        "capacity": "KT",
        "lines": ["KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"],
        "basis": "Quyết định số 15/QĐ-SKHCN ngày 10/01/2024 về phân công nhiệm vụ Ban Giám đốc",
        "round": 1,
    }
    expected = hashlib.sha256(SIGNATURE_DOMAIN + canonical(covered)).hexdigest()
    assert signature.signature_digest == expected
    assert history(record, plan_id)[-1]["facts"]["signature_digest"] == expected


def test_taken_back_and_signed_again_are_three_entries_on_one_revision(record: Record):
    plan_id = record.draft()
    record.bring_to(plan_id, "sign")
    record.step("mai", plan_id, "unsign", note=REASON)
    assert row(record, plan_id).signed_by is None
    record.step("mai", plan_id, "sign")
    last = history(record, plan_id)[-3:]
    assert [entry["action"] for entry in last] == ["sign", "unsign", "sign"]
    assert {entry["facts"]["revision"] for entry in last} == {1}
    first, second = (item for item in approvals(record, plan_id) if item.kind == "signature")
    assert (first.round, second.round) == (1, 2)
    assert first.signature_digest != second.signature_digest
    assert last[1]["facts"]["withdrawn"] == [first.id]
    assert record.step("van", plan_id, "assign_number", paper_signed=True).state == "numbered"


def test_the_log_keeps_the_name_of_the_one_who_acted_whatever_becomes_of_him(record: Record):
    plan_id = record.draft()
    record.step("lan", plan_id, "submit")
    record.step("hung", plan_id, "approve_content")
    unseat(record, "hung", last_day=record.clock.now.date())
    record.clock.forward(days=1)
    approved = history(record, plan_id)[-1]
    assert approved["actor"]["name"] == "Phạm Quốc Hùng"
    assert approved["actor"]["title"] == "Chánh Văn phòng"
    assert approvals(record, plan_id)[0].title == "Chánh Văn phòng"


def test_times_never_run_backwards_and_a_clock_that_did_is_told_on(record: Record):
    plan_id = record.draft()
    record.step("lan", plan_id, "submit")
    record.clock.now -= timedelta(minutes=10)
    record.step("hung", plan_id, "approve_content")
    before, after = history(record, plan_id)[-2:]
    assert after["at"] == before["at"]
    assert after["clock"] < after["at"]
    assert after["clock_alarm"] is True


def test_every_entry_is_a_leaf_and_a_signature_makes_a_checkpoint(record: Record):
    plan_id = record.draft()
    before = count(record, Checkpoint)
    record.bring_to(plan_id, "check_format")
    assert count(record, Checkpoint) == before
    record.step("mai", plan_id, "sign")
    assert count(record, Checkpoint) == before + 1
    with looking(record) as w:
        size = w.db.scalar(select(LogHead.size))
        newest = w.db.scalar(select(Checkpoint.size).order_by(Checkpoint.id.desc()).limit(1))
    assert size == newest == count(record, Leaf) == count(record, Entry)


def test_views_and_refusals_are_a_stream_of_their_own(record: Record):
    plan_id = record.draft()
    with working(record, "hung") as w:
        audit.note_access(w, "view", "Xem văn bản", agency_id=w.actor.agency_id, document_id=plan_id)
    with pytest.raises(NotYourStep):
        record.step("hung", plan_id, "submit")
    entries = history(record, plan_id)
    assert [(entry["stream"], entry["action"]) for entry in entries] == [
        ("act", "create"),
        ("access", "view"),
    ]
    assert "version" not in entries[-1]
    assert row(record, plan_id).head_hash.hex() != entries[-1]["prev"]
    assert record.step("lan", plan_id, "submit").version == 2


@pytest.mark.parametrize("table", [Entry, Leaf, Revision, Approval, Checkpoint])
@pytest.mark.parametrize("verb", ["update", "delete"])
def test_what_was_written_once_stays(record: Record, table, verb):
    plan_id = record.draft()
    record.bring_to(plan_id, "sign")
    column = next(iter(table.__table__.c))
    change = update(table).values({column.name: column}) if verb == "update" else delete(table)
    with pytest.raises(DBAPIError), working(record) as w:
        w.db.execute(change)


def test_a_document_runs_on_the_rules_it_began_with(record: Record):
    plan_id = record.draft()
    set_agency(record, number_scope="single")
    pinned = {entry["facts"]["definition"]["hash"] for entry in _steps(record, plan_id)}
    assert pinned == {row(record, plan_id).definition_hash}


def _steps(record: Record, plan_id: int) -> list[dict]:
    record.bring_to(plan_id, "check_format")
    return [entry for entry in history(record, plan_id) if entry["action"] != "create"]
