"""What `trinhky check` refuses: each broken variant of the plan's procedure, by file, step and reason."""

import json
import re
import shutil
from pathlib import Path

import pytest
import yaml

from tests.record import open_sqlite
from workflow.definition import Definition
from workflow.errors import DefinitionError
from workflow.loader import load, load_all
from workflow.need_words import CONDITION_WORDS, NEED_WORDS, NOTE_WORDS
from workflow.procedure_sense import reachable
from workflow.procedure_shape import schema_text
from workflow.procedure_table import as_text, table
from workflow.published import load_published, lock_faults, lock_text
from workflow.rules import CONDITIONS, RULES
from workflow.settings import DEFINITIONS

PROCEDURES = DEFINITIONS / "procedures"
PLAN = PROCEDURES / "ke_hoach" / "v1.yaml"


@pytest.fixture
def broken(tmp_path):
    """The reasons for refusing the plan's procedure after `change` was done to it."""

    def refused(change) -> str:
        raw = yaml.safe_load(PLAN.read_text("utf-8"))
        change(raw)
        return refusal(tmp_path, yaml.safe_dump(raw, allow_unicode=True, sort_keys=False))

    return refused


def refusal(folder: Path, text: str) -> str:
    path = folder / "ke_hoach" / "v1.yaml"
    path.parent.mkdir()
    path.write_text(text, "utf-8")
    with pytest.raises(DefinitionError) as error:
        load(path)
    lines = str(error.value).splitlines()
    assert all(line.startswith("ke_hoach/v1.yaml") for line in lines)
    return str(error.value)


def steps(raw, step_id, source=None):
    """The steps of this id as the file has them."""
    return [s for s in raw["steps"] if s["id"] == step_id and source in (None, s["from"])]


def test_all_procedures_that_are_shipped_are_fit_to_run():
    found = {(item.id, item.version) for item in load_all(PROCEDURES)}
    assert {("ke_hoach", 1), ("bao_cao", 1), ("bao_cao_don_vi", 1)} <= found


def test_a_step_from_several_states_is_one_arrow_from_each():
    plan = load(PLAN)
    assert {step.source for step in plan.steps if step.id == "submit"} == {"draft", "returned"}


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda raw: raw.update(colour="red"), "unknown key 'colour'"),
        (lambda raw: raw.pop("initial"), "missing key 'initial'"),
        (lambda raw: raw.update(version="1"), r"Expected `int`, got `str` - at `\$.version`"),
        (lambda raw: raw.update(states=[]), r"Expected `object`, got `array` - at `\$.states`"),
        (lambda raw: raw.update(steps={}), r"Expected `array`, got `object` - at `\$.steps`"),
        (lambda raw: raw.update(doc_types=[]), r"length >= 1 - at `\$.doc_types`"),
        (lambda raw: raw.update(doc_types=["XX"]), "unknown document type 'XX'"),
        (lambda raw: raw["states"]["draft"].update(mood="glad"), "state 'draft': .*unknown field `mood`"),
        (lambda raw: raw["states"]["draft"].update(phase="lunch"), "state 'draft': unknown phase 'lunch'"),
        (lambda raw: raw["states"]["draft"].update(waits_for=["boss"]), "state 'draft': waits for unknown 'boss'"),
        (lambda raw: steps(raw, "sign")[0].update(spirit=1), "step 'sign': .*unknown field `spirit`"),
        (lambda raw: steps(raw, "sign")[0].pop("label"), "step 'sign': .*missing required field `label`"),
        (lambda raw: raw["steps"].append("sign"), "step 'number [0-9]+': Expected `object`"),
        (lambda raw: steps(raw, "sign")[0].update(note="loud"), "step 'sign': Invalid enum value 'loud'"),
        (lambda raw: steps(raw, "sign")[0].update(by=[]), "step 'sign' from 'awaiting_signature': no actor"),
        (lambda raw: steps(raw, "sign")[0].update(by=["king"]), "step 'sign' .*: unknown actor 'king'"),
        (lambda raw: steps(raw, "sign")[0].update(by=["signer", "system"]), "step 'sign' .*: the system acts alone"),
        (lambda raw: steps(raw, "sign")[0].update(to="heaven"), "step 'sign' .*: unknown state 'heaven'"),
        (lambda raw: steps(raw, "sign")[0]["needs"].append("luck"), "step 'sign' .*: unknown need 'luck'"),
        (
            lambda raw: steps(raw, "sign")[0]["needs"].append("os.system"),
            "step 'sign' .*: need 'os.system' has a dot; .* never imports code",
        ),
        (
            lambda raw: steps(raw, "issue")[0]["effects"].append("shutil.rmtree"),
            "step 'issue' .*: effect 'shutil.rmtree' has a dot",
        ),
        (lambda raw: steps(raw, "issue")[0]["effects"].append("fly"), "step 'issue' .*: unknown effect 'fly'"),
        (lambda raw: steps(raw, "sign")[0].update(asks=["age"]), "step 'sign' .*: unknown question 'age'"),
        (lambda raw: steps(raw, "submit_own")[0].update(when="rain"), "step 'submit_own' .*: unknown condition 'rain'"),
        (lambda raw: steps(raw, "sign")[0].pop("approves"), "step 'sign' .*: a signature must leave an approval"),
        (lambda raw: steps(raw, "sign")[0].pop("meaning"), "step 'sign' .*: an approval must say what it means"),
        (lambda raw: raw.update(initial="nowhere"), "initial state 'nowhere' is unknown"),
        (
            lambda raw: raw["states"].update(limbo={"label": "Lửng", "phase": "review"}),
            "state 'limbo' cannot be reached from 'draft'",
        ),
        (
            lambda raw: [s.update(final=False) for s in raw["states"].values()],
            "no state is final; a document could never end",
        ),
        (
            lambda raw: raw["states"]["rejected"].update(final=False),
            "state 'rejected' has no way to an end",
        ),
        (
            lambda raw: raw["states"]["numbered"].update(final=True),
            "step 'issue' from 'numbered': leads out of 'numbered', which is final",
        ),
        (
            lambda raw: raw["steps"].append({**steps(raw, "seal")[0], "label": "Đóng dấu nữa"}),
            "step 'seal' from 'numbered': stands 2 times without opposite conditions",
        ),
        (
            lambda raw: raw["steps"].append({**steps(raw, "approve_content")[0], "to": "awaiting_signature"}),
            "step 'approve_content' from 'dept_review': stands 3 times without opposite conditions",
        ),
        (
            lambda raw: steps(raw, "reject")[0].update(slug="ky"),
            "step 'reject' from 'awaiting_signature': slug 'ky' is already another step's",
        ),
        (
            lambda raw: steps(raw, "reject")[0].update(slug="sign"),
            "step 'reject' from 'awaiting_signature': slug 'sign' is already another step's",
        ),
        (
            lambda raw: steps(raw, "approve_content")[1].update(slug="duyet-luon"),
            "step 'approve_content' from 'dept_review': one step, several slugs",
        ),
        (
            lambda raw: steps(raw, "unsign")[0].pop("new_round"),
            "step 'sign' from 'awaiting_signature': could be taken twice in one round: "
            "awaiting_signature → signed → awaiting_signature",
        ),
        (
            lambda raw: [raw["steps"].remove(s) for s in steps(raw, "assign_number")]
            + [raw["steps"].append({**steps(raw, "seal")[0], "id": "skip", "slug": "bo-qua", "from": "signed"})],
            "state 'issued' can be reached without a number: draft → .*signed → numbered → issued",
        ),
    ],
)  # fmt: skip
def test_a_procedure_that_cannot_be_right_is_refused(broken, change, reason):
    assert re.search(reason, broken(change)), reason


def test_a_way_to_issued_around_the_signature_is_shown_as_a_counter_example(broken):
    def bypass(raw):
        raw["steps"].append(
            {
                "id": "hurry",
                "slug": "gap",
                "label": "Gấp",
                "from": "format_check",
                "to": "numbered",
                "by": ["clerk"],
            }
        )

    way = "draft → format_check → numbered → issued"
    assert f"state 'issued' can be reached without a signature: {way}" in broken(bypass)


@pytest.mark.parametrize("need", ["may_sign", "proof_recent"])
def test_a_signature_that_asks_nobody_for_his_right_or_his_proof_is_no_signature(broken, need):
    reasons = broken(lambda raw: steps(raw, "sign")[0]["needs"].remove(need))
    assert "state 'issued' can be reached without a signature" in reasons


def test_a_way_that_only_one_setting_opens_is_a_dead_end_under_the_other(broken):
    def lose(raw):
        for step in steps(raw, "approve_content") + steps(raw, "submit_own"):
            if step["when"] == "format_check_off":
                raw["steps"].remove(step)
        for step in [*steps(raw, "return", "dept_review"), *steps(raw, "withdraw", "dept_review")]:
            raw["steps"].remove(step)

    assert "state 'dept_review' has no way to an end (format_check_off)" in broken(lose)


def test_a_key_that_stands_twice_is_refused_with_its_line(tmp_path):
    text = PLAN.read_text("utf-8").replace("label: Kế hoạch\n", "label: Kế hoạch\nlabel: Khác\n")
    assert refusal(tmp_path, text) == "ke_hoach/v1.yaml:6: key 'label' stands twice"


@pytest.mark.parametrize("text", ["", "- a\n- b\n", "ke_hoach"])
def test_a_file_that_is_no_mapping_is_refused(tmp_path, text):
    assert "a procedure is a mapping" in refusal(tmp_path, text)


def test_the_file_must_be_called_what_it_says_it_is(tmp_path):
    path = tmp_path / "ke_hoach" / "v2.yaml"
    path.parent.mkdir()
    path.write_text(PLAN.read_text("utf-8"), "utf-8")
    with pytest.raises(
        DefinitionError, match=r"id and version say ke_hoach/v1, the file says ke_hoach/v2\.yaml"
    ):
        load(path)


def test_all_faults_of_all_files_come_at_once(tmp_path):
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "v1.yaml").write_text("id: x\ncolour: red\n", "utf-8")
    with pytest.raises(DefinitionError) as error:
        load_all(tmp_path)
    text = str(error.value)
    assert "a/v1.yaml: unknown key 'colour'" in text
    assert "b/v1.yaml: missing key 'steps'" in text


def test_the_hash_follows_every_word_and_no_comment(tmp_path):
    def hash_of(text: str) -> str:
        path = tmp_path / "ke_hoach" / "v1.yaml"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, "utf-8")
        return load(path).hash

    text = PLAN.read_text("utf-8")
    assert hash_of("# một ghi chú\n" + text) == load(PLAN).hash
    assert hash_of(text.replace("label: Cấp số", "label: Cấp Số")) != load(PLAN).hash


def test_reachable_gives_a_shortest_path():
    plan = load(PLAN)
    assert reachable(plan.steps, "draft")["issued"][-3:] == ["signed", "numbered", "issued"]


# What is made from the definitions.


def test_every_rule_condition_and_note_has_its_words():
    assert set(NEED_WORDS) == set(RULES)
    assert set(CONDITION_WORDS) == CONDITIONS
    assert set(NOTE_WORDS) == {"none", "optional", "required"}


def test_the_table_says_of_each_step_who_may_take_it_and_what_he_needs():
    rows = table(load(PLAN))
    sign = next(item for item in rows if item.step == "Ký duyệt")
    assert (sign.source, sign.target, sign.who) == ("Chờ ký", "Đã ký, chờ cấp số", "người ký")
    assert NEED_WORDS["may_sign"] in sign.needs
    assert (sign.note, sign.meaning) == ("nếu muốn", "ký ban hành")
    own = [item for item in rows if item.step.startswith("Trình (")]
    assert [item.source for item in own] == ["Dự thảo; Bị trả lại"] * 2
    assert {item.needs[0] for item in own} == set(CONDITION_WORDS.values())


@pytest.mark.parametrize("definition", load_all(PROCEDURES), ids=lambda item: item.id)
def test_the_printed_table_names_every_step_and_state(definition: Definition):
    text = as_text(definition)
    for step in definition.steps:
        assert step.label in text
    for state in definition.states.values():
        assert state.label in text
    assert all(line == line.rstrip() for line in text.splitlines())


def test_no_published_version_was_edited():
    assert load_published(DEFINITIONS) == load_all(PROCEDURES)


@pytest.mark.parametrize(
    ("harm", "said"),
    [
        ("edit", "ke_hoach/v1: was published and has changed; make the change a new version"),
        ("remove", "bao_cao/v1: was published and is gone"),
        ("unlock", "published.lock: No such file"),
        ("garble", "published.lock: a line that is no hash and name"),
    ],
)
def test_what_was_published_and_does_not_stand_as_it_was_is_not_loaded(tmp_path, clock, harm, said):
    folder = shutil.copytree(DEFINITIONS, tmp_path / "definitions")
    rules, lock = folder / "procedures" / "ke_hoach" / "v1.yaml", folder / "published.lock"
    match harm:
        case "edit":
            rules.write_text(rules.read_text("utf-8").replace("Ký duyệt", "Ký thay"), "utf-8")
        case "remove":
            (folder / "procedures" / "bao_cao" / "v1.yaml").unlink()
        case "unlock":
            lock.unlink()
        case _:
            lock.write_text("x\n", "utf-8")
    with pytest.raises(DefinitionError, match=re.escape(said)):
        load_published(folder)
    with pytest.raises(DefinitionError):
        open_sqlite(tmp_path, clock, definitions=folder)


def test_the_lock_tells_what_changed_what_is_gone_and_what_is_new():
    definitions = load_all(PROCEDURES)
    text = lock_text(definitions)
    assert lock_faults(definitions, text) == []
    edited = text.replace(definitions[0].hash, "0" * 64)
    assert lock_faults(definitions, edited) == [
        f"{definitions[0].id}/v1: was published and has changed; make the change a new version"
    ]
    assert "was published and is gone" in lock_faults(definitions[1:], text)[0]
    assert "is not in the lock yet" in lock_faults(definitions, lock_text(definitions[1:]))[0]


def test_the_schema_for_editors_is_up_to_date():
    assert (DEFINITIONS / "schema.json").read_text("utf-8") == schema_text()


def test_the_schema_offers_the_names_there_are():
    step = json.loads(schema_text())["$defs"]["StepShape"]["properties"]
    assert set(step["needs"]["items"]["enum"]) == set(RULES)
    assert "director" in step["by"]["items"]["enum"]
