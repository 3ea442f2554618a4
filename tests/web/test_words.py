"""Every code has its name and every step its sentence."""

import re
import typing

import pytest

from web import words
from workflow import content
from workflow.escalating import RULES
from workflow.settings import DEFINITIONS, ROOT
from workflow.writing.paper_words import PURPOSE_MARKS


def test_every_step_has_its_sentence_and_a_missing_fact_leaves_no_gap():
    assert words.result_of("sign", subject="Kế hoạch A", time="09:41:07").startswith(
        "Đã ký duyệt “Kế hoạch A” lúc 09:41:07."
    )
    for step in words.RESULTS:
        assert "{" not in words.result_of(step)
        assert words.result_of(step).endswith(".")
    assert words.result_of("submit", who="", time="09:00") == "Đã trình duyệt."
    assert words.result_of("chưa có bước này") == words.RECORDED


def test_any_one_of_several_is_said_as_one_says_it():
    said = [words.either(names) for names in ((), ("An",), ("An", "Ba"), ("An", "Ba", "Tư"))]
    assert said == ["", "An", "An hoặc Ba", "An, Ba hoặc Tư"]


def test_the_codes_of_content_all_have_names():
    assert set(words.TIME_KINDS) == set(typing.get_args(content.TimeKind))
    assert set(words.RECURRENCES) == set(typing.get_args(content.Recurrence))
    assert set(words.PURPOSES) == set(PURPOSE_MARKS) == set(typing.get_args(content.Purpose))
    assert set(words.URGENCIES) == set(typing.get_args(content.Urgency))
    assert set(words.RESULT_STATUSES) == set(typing.get_args(content.Row.__annotations__["status"]))


def rules_of_the_product() -> set[str]:
    """Every name under which the system acts by itself: in the code, and the steps that are its own."""
    sources = [
        path.read_text("utf-8") for name in ("workflow", "web") for path in (ROOT / name).rglob("*.py")
    ]
    named = {rule for text in sources for rule in re.findall(r'\b(?:rule=|RULE = )"(\w+)"', text)}
    steps = [path.read_text("utf-8") for path in (DEFINITIONS / "procedures").rglob("*.yaml")]
    own = {
        step for text in steps for step in re.findall(r"- id: (\w+)\n(?:    .*\n)*?    by: \[system\]", text)
    }
    return named | own | set(RULES.values())


def test_every_rule_of_the_system_has_its_words():
    found = rules_of_the_product()
    assert {"remind", "escalate_head", "mark_reported", "open_period"} <= found
    assert not found - set(words.RULES)


@pytest.mark.parametrize(
    ("rule", "said"),
    [("remind", "nhắc hạn báo cáo"), ("console:root", "quản trị máy chủ (root)"), ("x", "x")],
)
def test_a_rule_is_said_in_words(rule, said):
    assert words.rule_words(rule) == said
