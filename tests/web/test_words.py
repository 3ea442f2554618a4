"""Every code has its name and every step its sentence."""

import typing

from web import words
from workflow import content
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


def test_the_codes_of_content_all_have_names():
    assert set(words.TIME_KINDS) == set(typing.get_args(content.TimeKind))
    assert set(words.RECURRENCES) == set(typing.get_args(content.Recurrence))
    assert set(words.PURPOSES) == set(PURPOSE_MARKS) == set(typing.get_args(content.Purpose))
    assert set(words.URGENCIES) == set(typing.get_args(content.Urgency))
    assert set(words.RESULT_STATUSES) == set(typing.get_args(content.Row.__annotations__["status"]))
