"""Traps seen in other systems (features.md D), by their numbers: each would have to fall here first."""

import json
import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import yaml
from msgspec.structs import replace as changed
from sqlalchemy import func, inspect, select
from sqlalchemy.exc import DBAPIError
from transitions import Machine

from tests.record import Record, fill, open_sqlite, plan
from tests.workflow.acts import (
    REASON,
    approvals,
    at,
    broken_off,
    case,
    count,
    history,
    issued_plan,
    looking,
    open_steps,
    row,
    seat,
    sees,
    text,
    unseat,
    working,
)
from workflow.commands.drafting import save_revision
from workflow.commands.people import disable_person
from workflow.commands.steps import take_step
from workflow.commands.tick import tick
from workflow.errors import (
    DefinitionError,
    NeedUnmet,
    NotEntitled,
    NotFound,
    NotYourStep,
    Refused,
    RulesChanged,
    Stale,
    StepNotOpen,
    TooBusy,
)
from workflow.loader import load_all
from workflow.models import Approval, Base, Document, Entry, RegisterRow, Waiting
from workflow.published import LOCK, lock_text
from workflow.queries.documents import document_view
from workflow.rules import RULES
from workflow.settings import DEFINITIONS


def save(record: Record, login: str, plan_id: int, **changes) -> None:
    present = row(record, plan_id)
    with working(record, login) as w:
        save_revision(
            w,
            document_id=plan_id,
            seen_version=present.version,
            content=changed(text(record, plan_id), **changes),
            signer_id=present.signer_id,
        )


def test_trap_1_history_goes_with_nobody_and_nothing(record: Record):
    """No foreign key cascades; a person is disabled, a document stays, and what they did stays whole."""
    for table in Base.metadata.tables.values():
        assert not [key for key in table.foreign_keys if key.ondelete or key.onupdate], table.name
    plan_id = record.draft()
    record.bring_to(plan_id, "issue")
    before = history(record, plan_id)
    with working(record, "huy") as w:
        for login in ("lan", "mai"):
            disable_person(w, person_id=w.directory.by_login[login].id)
    for table in ("person", "document", "entry", "post"):
        with pytest.raises(DBAPIError), working(record) as w:
            w.db.exec_driver_sql(f"DELETE FROM {table}")
    assert history(record, plan_id) == before


def test_trap_2_a_log_row_copies_names_and_points_at_nothing(record: Record):
    plan_id = record.draft()
    record.bring_to(plan_id, "sign")
    entry = history(record, plan_id)[-1]
    assert entry["actor"]["name"] == "Trần Thị Ngọc Mai"
    assert entry["actor"]["title"] == "Phó Giám đốc"
    assert entry["facts"]["to_label"] == "Đã ký, chờ cấp số"
    assert entry["agency"]["name"] == "Sở Khoa học và Công nghệ"
    assert entry["subject"] == "Thực hiện dân chủ trong cơ quan"


def test_trap_3_a_new_version_of_the_rules_leaves_running_documents_on_theirs(tmp_path, clock, filled_sqlite):
    """Version 2 lets the clerk cancel; the document begun under version 1 knows nothing of it."""
    definitions = tmp_path / "definitions"
    definitions.mkdir()
    (definitions / "agencies").symlink_to(DEFINITIONS / "agencies")
    (definitions / "procedures" / "ke_hoach").mkdir(parents=True)
    old = yaml.safe_load((DEFINITIONS / "procedures" / "ke_hoach" / "v1.yaml").read_text("utf-8"))
    place = definitions / "procedures" / "ke_hoach"
    (place / "v1.yaml").write_text(yaml.safe_dump(old, allow_unicode=True, sort_keys=False), "utf-8")
    publish(definitions)
    (tmp_path / "trinhky.db").write_bytes(filled_sqlite.read_bytes())
    engine = open_sqlite(tmp_path, clock, definitions=definitions)
    record = Record(engine, clock, engine.settings.database_url)
    running = record.draft()
    engine.close()

    new = json.loads(json.dumps(old))
    new["version"] = 2
    for step in new["steps"]:
        if step["id"] == "cancel":
            step["by"] = ["clerk"]
    (place / "v2.yaml").write_text(yaml.safe_dump(new, allow_unicode=True, sort_keys=False), "utf-8")
    publish(definitions)
    engine = open_sqlite(tmp_path, clock, definitions=definitions)
    record = Record(engine, clock, engine.settings.database_url)
    begun = record.draft()
    assert (row(record, running).definition_version, row(record, begun).definition_version) == (1, 2)
    with pytest.raises(NotYourStep):
        record.step("van", running, "cancel", note=REASON)
    with pytest.raises(NotYourStep):
        record.step("lan", begun, "cancel", note=REASON)
    assert record.step("lan", running, "cancel", note=REASON).state == "cancelled"
    assert record.step("van", begun, "cancel", note=REASON).state == "cancelled"
    pins = [history(record, plan_id)[-1]["facts"]["definition"]["version"] for plan_id in (running, begun)]
    assert pins == [1, 2]
    engine.close()


def publish(definitions: Path) -> None:
    """As they stand, whatever was published before."""
    (definitions / LOCK).write_text(lock_text(load_all(definitions / "procedures")), "utf-8")


def test_trap_3_a_version_that_was_edited_and_its_lock_with_it_moves_no_document_that_runs_on_it(
    tmp_path, clock
):
    """Whoever edits the rules can edit the lock beside them; a document keeps the hash of its own."""
    definitions = shutil.copytree(DEFINITIONS, tmp_path / "definitions")
    engine = open_sqlite(tmp_path, clock, definitions=definitions)
    fill(engine)
    record = Record(engine, clock, engine.settings.database_url)
    running = record.draft()
    before = history(record, running)
    engine.close()
    place = definitions / "procedures" / "ke_hoach" / "v1.yaml"
    place.write_text(place.read_text("utf-8").replace("Ký duyệt", "Ký thay"), "utf-8")
    publish(definitions)
    engine = open_sqlite(tmp_path, clock, definitions=definitions)
    record = Record(engine, clock, engine.settings.database_url)
    with pytest.raises(RulesChanged):
        record.step("lan", running, "submit")
    with engine.reading(record.who("lan")) as w:
        turn = document_view(w, running).turn
    assert not turn.steps
    assert {type(why) for _, why in turn.closed} == {RulesChanged}
    assert history(record, running) == before
    assert record.step("lan", record.draft(), "submit").state == "dept_review"
    engine.close()


def test_trap_4_an_approval_neither_outlives_its_text_nor_dies_of_a_save_that_changed_nothing(record: Record):
    plan_id = record.draft()
    record.step("lan", plan_id, "submit")
    record.step("hung", plan_id, "approve_content")
    record.step("thu", plan_id, "return", note=REASON)
    record.step("hung", plan_id, "forward")
    approved = approvals(record, plan_id)[0]
    save(record, "lan", plan_id)
    assert row(record, plan_id).digest == approved.digest
    save(record, "lan", plan_id, subject="Một chữ khác")
    assert row(record, plan_id).digest != approved.digest
    record.step("lan", plan_id, "submit")
    with pytest.raises(StepNotOpen):
        record.step("mai", plan_id, "sign")


def test_trap_5_two_clicks_are_one_approval_and_nothing_is_decided_twice(record: Record):
    plan_id = record.draft()
    record.step("lan", plan_id, "submit")
    seen = row(record, plan_id).version
    first = record.step("hung", plan_id, "approve_content", seen_version=seen, key="a")
    again = record.step("hung", plan_id, "approve_content", seen_version=seen, key="a")
    assert (again.repeated, again.entry_hash) == (True, first.entry_hash)
    with pytest.raises(Stale):
        record.step("thu", plan_id, "approve_content", seen_version=seen, key="b")
    with pytest.raises(StepNotOpen):
        record.step("thu", plan_id, "approve_content")
    assert count(record, Approval) == 1


def test_trap_6_state_and_log_stand_or_fall_together(record: Record):
    plan_id = record.draft()
    before = (row(record, plan_id), count(record, Entry), count(record, Waiting))
    broken_off(record, "lan", lambda w: take_step(w, document_id=plan_id, step_id="submit", seen_version=1))
    assert (row(record, plan_id), count(record, Entry), count(record, Waiting)) == before


def test_trap_8_reading_changes_nothing(record: Record):
    """The door that a GET goes through cannot write, whatever code runs behind it."""
    plan_id = record.draft()
    before = row(record, plan_id)
    with pytest.raises((DBAPIError, TooBusy)), looking(record, "lan") as w:
        take_step(w, document_id=plan_id, step_id="submit", seen_version=1)
    with pytest.raises((DBAPIError, TooBusy)), looking(record) as w:
        w.db.exec_driver_sql("UPDATE document SET state = 'issued'")
    assert row(record, plan_id) == before


def test_trap_9_neither_an_administrator_nor_time_approves(record: Record):
    plan_id = record.draft()
    record.step("lan", plan_id, "submit")
    seat(record, "huy", "vp.chanh", since=date(2026, 4, 1))
    seat(record, "huy", "giam_doc", since=date(2026, 4, 1))
    assert open_steps(record, "huy", plan_id) == []
    with pytest.raises(NotYourStep):
        record.step("huy", plan_id, "approve_content")
    at(record, 2027, 6, 1)
    tick(record.engine)
    assert row(record, plan_id).state == "dept_review"
    for flow in record.engine.flows.values():
        assert not [
            step for step in flow.definition.steps if step.by_system and (step.approves or step.signature)
        ]


def test_trap_10_the_inbox_has_rows_for_posts_and_not_for_users(record: Record):
    for login in ("duc", "nhung", "yen", "nam", "quynh"):
        seat(record, login, "vp.van_thu", since=date(2026, 4, 1))
    plan_id = record.draft()
    record.bring_to(plan_id, "sign")
    assert count(record, Waiting, Waiting.document_id == plan_id, Waiting.left_at.is_(None)) == 1


def test_trap_11_who_acts_is_named_and_a_stale_assignment_counts_for_nothing(record: Record):
    plan_id = record.draft()
    record.step("lan", plan_id, "submit")
    unseat(record, "hung", last_day=date(2026, 4, 20))
    record.clock.forward(days=1)
    with pytest.raises((NotYourStep, NotFound)):
        record.step("hung", plan_id, "approve_content")
    record.step("thu", plan_id, "approve_content")
    actor = history(record, plan_id)[-1]["actor"]
    assert (actor["name"], actor["title"], actor["as"]) == ("Ngô Thị Thu", "Phó Chánh Văn phòng", "unit_head")


def test_trap_12_no_document_is_found_by_its_number_alone(record: Record):
    plan_id = record.draft()
    for login in ("nhung", "son", "chau", "minh", "huy"):
        for document_id in (plan_id, plan_id + 1, 10**9):
            with pytest.raises(NotFound) as refused:
                record.step(login, document_id, "submit")
            assert str(refused.value) == f"document {document_id}"
        with pytest.raises(NotFound):
            save(record, login, plan_id, subject="Của người khác")


def test_trap_13_a_number_is_taken_not_proposed_and_never_lowered_or_given_again(record: Record):
    plan_id = record.draft()
    record.bring_to(plan_id, "assign_number")
    assert "number" not in take_step.__kwdefaults__
    for statement in ("UPDATE register_row SET number = 99", "DELETE FROM register_row"):
        with pytest.raises(DBAPIError), working(record) as w:
            w.db.exec_driver_sql(statement)
    with pytest.raises(DBAPIError), working(record) as w:
        w.db.exec_driver_sql("UPDATE number_book SET last_number = first_number - 2")
    record.step("van", plan_id, "request_void", note=REASON)
    record.step("mai", plan_id, "void", note=REASON)
    other = record.draft()
    record.bring_to(other, "assign_number")
    assert row(record, other).reference_no == "02/KH-SKHCN"


def test_trap_14_a_refusal_after_the_number_leaves_no_gap(record: Record):
    """The paper was not confirmed, then it was: the first number is still 01."""
    plan_id = record.draft()
    record.bring_to(plan_id, "sign")
    for _ in range(3):
        with pytest.raises(NeedUnmet):
            record.step("van", plan_id, "assign_number", paper_signed=False)
    number = {"document_id": plan_id, "step_id": "assign_number", "seen_version": None, "paper_signed": True}
    broken_off(record, "van", lambda w: take_step(w, **number))
    assert count(record, RegisterRow) == 0
    assert record.step("van", plan_id, "assign_number", paper_signed=True).reference_no == "01/KH-SKHCN"


def test_trap_15_what_has_no_button_has_no_way_in_either(record: Record):
    plan_id = record.draft()
    record.step("lan", plan_id, "submit")
    every = {step.id for step in record.engine.flows["ke_hoach", 1].definition.steps}
    for login in ("lan", "duc", "mai", "van", "viet"):
        if not sees(record, login, plan_id):
            continue
        for step in every - set(open_steps(record, login, plan_id)):
            with pytest.raises(Refused):
                record.step(login, plan_id, step, note=REASON, paper_signed=True)


def test_trap_16_the_machine_has_no_arrow_of_its_own(record: Record):
    plan_id = record.draft()
    for step in (
        "to_issued",
        "to_signed",
        "trigger",
        "may_sign",
        "is_draft",
        "sign/awaiting_signature/signed",
    ):
        with pytest.raises(StepNotOpen):
            record.step("lan", plan_id, step)
    for flow in record.engine.flows.values():
        machine: Machine = flow._machine
        assert set(machine.events) == {step.key for step in flow.definition.steps}


@pytest.mark.parametrize(
    "need",
    [
        "os.system",
        "workflow.rules.sealed",
        "__import__('os').system('true')",
        "lambda: True",
        "not sealed",
        "sealed ",
    ],
)
def test_trap_17_a_definition_names_rules_and_runs_no_code(tmp_path, need):
    raw = yaml.safe_load((DEFINITIONS / "procedures" / "ke_hoach" / "v1.yaml").read_text("utf-8"))
    next(step for step in raw["steps"] if step["id"] == "seal")["needs"].append(need)
    place = tmp_path / "ke_hoach" / "v1.yaml"
    place.parent.mkdir()
    place.write_text(yaml.safe_dump(raw, allow_unicode=True, sort_keys=False), "utf-8")
    with pytest.raises(DefinitionError, match="step 'seal' from 'numbered'"):
        load_all(tmp_path)


def test_trap_17b_yaml_tags_that_make_objects_are_refused(tmp_path):
    place = tmp_path / "ke_hoach" / "v1.yaml"
    place.parent.mkdir()
    place.write_text("id: !!python/object/apply:os.system ['true']\n", "utf-8")
    with pytest.raises(DefinitionError):
        load_all(tmp_path)


def test_a_rule_never_asks_the_database(record: Record):
    """Rules take frozen facts: they can be asked again about any moment, and cost no statement (decisions.md 16)."""
    plan_id = issued_plan(record, content=plan())
    facts = case(record, plan_id)
    with looking(record, "mai") as w:
        actor = w.actor
    step = record.engine.flows["ke_hoach", 1].definition.steps[0]
    for need in RULES.values():
        answer = need(replace(facts), actor, step)
        assert answer is None or isinstance(answer, NeedUnmet | NotEntitled | Refused)


def test_every_right_of_an_agency_is_scoped_by_it(record: Record):
    """Every table of an agency's own rows says whose they are."""
    with looking(record) as w:
        tables = inspect(w.db).get_table_names()
        assert "document" in tables
        assert w.db.scalar(select(func.count()).select_from(Document)) == 0
    for table in ("unit", "post", "person", "holding", "authority", "document", "waiting", "obligation", "instance",
                  "number_book", "register_row", "entry"):  # fmt: skip
        assert "agency_id" in Base.metadata.tables[table].c
