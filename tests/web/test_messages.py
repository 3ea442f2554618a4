"""Every refusal has a Vietnamese sentence of its own; the sources themselves say which there are."""

import ast
import re
import unicodedata
from pathlib import Path

import pytest

import workflow
from web.messages import fault_sentence, sentence
from web.messages.acts import ACTS, PAGES
from web.messages.faults import BY_RULE, EXACT, PLACES
from web.messages.needs import NEEDS
from web.messages.refusals import REASONS, WORDS
from web.messages.unreadable import UNREADABLE
from workflow import errors
from workflow.errors import (
    Fault,
    Invalid,
    NeedUnmet,
    NotEntitled,
    NotYourStep,
    Stale,
    StepNotOpen,
    WorkflowError,
)
from workflow.log.checkpoint import BadCheckpoint
from workflow.log.entry import BadEntry
from workflow.log.key import BadKey
from workflow.log.receipt import BadReceipt
from workflow.rules import RULES

SOURCES = [ast.parse(path.read_text("utf-8")) for path in Path(workflow.__file__).parent.rglob("*.py")]
STATUSES = {
    "NotFound": 404, "NotYourStep": 403, "NotEntitled": 403, "ProofNeeded": 403, "StepNotOpen": 409, "Stale": 409,
    "NeedUnmet": 422, "Invalid": 422, "KeyReused": 422, "Unreadable": 422, "TooBusy": 503, "OutcomeUnknown": 503,
    "BadCheckpoint": 500, "BadEntry": 500, "BadReceipt": 500, "BadKey": 500, "DefinitionError": 500,
    "SettingsError": 500, "UnsafeDatabase": 500, "NewerRecord": 500,
}  # fmt: skip


def classes(base: type[WorkflowError] = WorkflowError) -> set[type[WorkflowError]]:
    """Of the engine only: tests may make classes of their own."""
    below = {kind for sub in base.__subclasses__() for kind in {sub, *classes(sub)}}
    return {kind for kind in below if kind.__module__.startswith("workflow.")}


def arguments(call: str, place: int) -> set[str]:
    """The constant strings that stand at this place of every call of this name in the engine."""
    found = set()
    for tree in SOURCES:
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == call and len(node.args) > place:
                argument = node.args[place]
                if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                    found.add(argument.value)
    return found


def samples() -> list[WorkflowError]:
    long = [f"Người {number}" for number in range(9)]
    return [
        errors.NotFound("x"), StepNotOpen("sign", "draft"), StepNotOpen("unsign", "numbered"),
        NotYourStep("sign", ("signer",), ("Trần Thị Ngọc Mai",)), NotYourStep("edit", ("drafter",)),
        NotYourStep("submit", ("unit_head", "director"), long),
        *(NeedUnmet("sign", need, {"faults": [{"place": "subject", "rule": "missing"}]}) for need in NEEDS),
        *(NotEntitled("sign", reason, (), {"reason": reason, "person": "A", "date": "2026-03-31"}) for reason in REASONS),
        NotEntitled("check_format", "none", ("B (KT. GIÁM ĐỐC)",)), errors.ProofNeeded("sign", 15),
        Stale(seen_version=1, version=2), Stale(seen_version=1, version=2, text_changed=True),
        errors.KeyReused("k"), Invalid([Fault("subject", "missing")]),
        *(errors.Unreadable(reason) for reason in UNREADABLE), errors.OutcomeUnknown(), errors.TooBusy(),
        errors.DefinitionError("f: g"), errors.SettingsError("port"), errors.UnsafeDatabase("nfs"),
        errors.NewerRecord("0099", "0016"),
        BadCheckpoint("form"), BadEntry("json"), BadReceipt("form"), BadKey("form"), WorkflowError(), errors.Refused(),
    ]  # fmt: skip


def test_every_class_of_error_has_a_sentence_and_a_status_of_its_own():
    assert {kind.__name__ for kind in classes()} - {kind.__name__ for kind in WORDS} == set()
    for name, status in STATUSES.items():
        assert {kind.__name__: found for kind, (found, _) in WORDS.items()}[name] == status
    assert len({words for _, words in WORDS.values()}) == len(WORDS)


def test_every_need_of_the_rules_and_of_the_commands_has_a_sentence_of_its_own():
    asked = set(RULES) | arguments("NeedUnmet", 1) | arguments("_unless", 2)
    assert len(asked) > 30
    assert asked - set(NEEDS) == set()
    said = [words({}) for words in NEEDS.values()]
    assert len(set(said)) == len(said)


def test_every_reason_of_an_authority_has_a_sentence():
    tree = next(tree for tree in SOURCES if any(getattr(n, "name", "") == "why_not" for n in ast.walk(tree)))
    function = next(node for node in ast.walk(tree) if getattr(node, "name", "") == "why_not")
    reasons = set()
    for node in ast.walk(function):
        if isinstance(node, ast.Dict):
            for key, value in zip(node.keys, node.values, strict=True):
                if (
                    isinstance(key, ast.Constant)
                    and key.value == "reason"
                    and isinstance(value, ast.Constant)
                ):
                    reasons.add(value.value)
    assert len(reasons) >= 6
    assert reasons <= set(REASONS)


def test_every_reason_of_an_unreadable_text_has_a_sentence():
    assert arguments("Unreadable", 0) <= set(UNREADABLE)


def test_every_fault_has_a_sentence():
    from workflow import completeness

    raised = arguments("Fault", 1)
    tree = ast.parse(Path(completeness.__file__).read_text("utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.Yield) and isinstance(node.value, ast.Tuple):
            raised.add(node.value.elts[1].value)
        if isinstance(node, ast.Dict):
            for key, value in zip(node.keys, node.values, strict=True):
                if getattr(key, "value", "") == "rule" and isinstance(value, ast.Constant):
                    raised.add(value.value)
    assert {"status_missing", "repeats_type", "tuq_must_end"} <= raised
    assert raised <= set(BY_RULE)
    for rule in raised:
        assert fault_sentence({"place": "results.II.1", "rule": rule})
    assert {place for place in arguments("Fault", 0) if "." not in place} <= set(PLACES)
    for place, rule in EXACT:
        assert fault_sentence(Fault(place, rule)) == EXACT[place, rule]


def test_every_act_that_is_refused_says_what_was_not_done():
    acts = {
        argument for name in ("NotYourStep", "NeedUnmet", "StepNotOpen") for argument in arguments(name, 0)
    }
    assert acts - set(ACTS | PAGES) == set()
    from workflow.loader import load_all
    from workflow.settings import DEFINITIONS

    steps = {step.id for item in load_all(DEFINITIONS / "procedures") for step in item.steps}
    assert steps - set(ACTS) == set()


@pytest.mark.parametrize("error", samples(), ids=lambda error: f"{type(error).__name__}-{str(error)[:30]}")
def test_a_sentence_is_plain_vietnamese_that_names_no_code(error):
    status, said = sentence(error)
    assert 400 <= status < 600
    assert said == unicodedata.normalize("NFC", said)
    assert said[0].isupper()
    assert "Vui lòng" not in said
    assert "!" not in said
    assert not re.search(r"[a-z]+_[a-z]+", said), said
    assert not re.search(r"\bNone\b|\{|\}|\[\]", said), said
    if not isinstance(error, errors.DefinitionError | errors.SettingsError | errors.UnsafeDatabase):
        assert said.endswith("."), said
    else:
        assert str(error.args[0]) in said or isinstance(error, BadKey)


def test_a_refusal_to_sign_says_why_and_who_could():
    error = NotEntitled(
        "sign",
        "expired",
        ("Trần Thị Ngọc Mai (KT. GIÁM ĐỐC)",),
        {"person": "Thái Duy Khánh", "base_document": "Giấy ủy quyền số 01/GUQ-SKHCN", "date": "2025-12-31"},
    )
    assert sentence(error) == (
        403,
        "Chưa ký: Giấy ủy quyền số 01/GUQ-SKHCN giao Thái Duy Khánh ký đã hết hiệu lực ngày 31/12/2025. "
        "Người ký được: Trần Thị Ngọc Mai (KT. GIÁM ĐỐC).",
    )


def test_a_long_list_of_names_is_cut_and_counted():
    said = sentence(NotYourStep("accept", ("chief_of_office",), [f"Người {n}" for n in range(9)]))[1]
    assert "Người 4 và 4 tên khác" in said
    assert "Người 5" not in said


def test_all_faults_of_a_form_are_told_at_once():
    said = sentence(Invalid([Fault("subject", "missing"), Fault("results.II.1", "reason_missing")]))[1]
    assert said == "Chưa lưu. Có lỗi cần sửa: Ghi trích yếu; Ghi lý do chưa thực hiện cho mục II.1."


def test_a_class_below_a_known_one_speaks_with_its_words():
    class Newer(errors.TooBusy):
        pass

    assert sentence(Newer()) == sentence(errors.TooBusy())
