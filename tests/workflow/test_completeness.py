"""Which rules of form stand in the way of trình, and that a secret never gets in at all."""

import unicodedata

import pytest

from tests.record import plan
from workflow.completeness import faults, has_secret_mark, is_secret, unit_report_faults
from workflow.content import Content, Node, Row

FIELDS = frozenset({"to_chuc_hanh_chinh"})


def rules(content: Content, signer_id: int | None = 1) -> list[tuple[str, str]]:
    return [(item["place"], item["rule"]) for item in faults(content, signer_id=signer_id, fields=FIELDS)]


GOOD = {"archive_line": "Lưu: VT, VP."}


def test_a_whole_plan_has_no_fault():
    assert rules(plan(**GOOD)) == []


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"subject": "  "}, ("subject", "missing")),
        ({"subject": "a" * 501}, ("subject", "too_long")),
        ({"subject": "KẾ HOẠCH thực hiện dân chủ"}, ("subject", "repeats_type")),
        ({"sections": ()}, ("sections", "missing")),
        ({"recipients": ()}, ("recipients", "missing")),
        ({"archive_line": "VT, VP."}, ("archive_line", "missing")),
        ({"field": "thoi_tiet"}, ("field", "missing")),
        ({"opening": ("MẬT",)}, ("sections", "secret_mark")),
    ],
)
def test_each_fault_is_named_by_its_place(changes, fault):
    assert rules(plan(**GOOD | changes)) == [fault]


def test_a_signer_must_be_proposed():
    assert rules(plan(**GOOD), signer_id=None) == [("signer", "missing")]


def test_five_hundred_letters_are_allowed_and_a_cited_plan_is_no_repetition():
    assert rules(plan(**GOOD, subject="a" * 500)) == []
    assert rules(plan(**GOOD, subject="Kế hoạch số 12/KH-UBND ngày 05/01/2026 của UBND tỉnh")) == []


@pytest.mark.parametrize(
    "line", ["MẬT", "Mật", " tối mật ", "TUYỆT MẬT.", "Độ mật: Mật", "ĐỘ MẬT : TỐI MẬT", "a\nMẬT\nb",
             unicodedata.normalize("NFD", "TỐI MẬT")]
)  # fmt: skip
def test_a_mark_on_a_line_of_its_own_is_a_secret(line):
    assert has_secret_mark(line)


@pytest.mark.parametrize(
    "line",
    [
        "Bí mật nhà nước được bảo vệ",
        "mật ong",
        "Mật độ dân số",
        "Tài liệu mật không soạn ở đây",
        "",
        "Không mật",
    ],
)
def test_the_word_in_a_sentence_is_none(line):
    assert not has_secret_mark(line)


@pytest.mark.parametrize(
    "where",
    [
        {"subject": "TỐI MẬT"},
        {"opening": ("MẬT",)},
        {"addressees": ("MẬT",)},
        {"sections": (Node(label="I", title="MẬT"),)},
        {"sections": (Node(label="I", children=(Node(paragraphs=("MẬT",)),)),)},
        {"closing": (Node(paragraphs=("MẬT",)),)},
        {"archive_line": "MẬT"},
        {"annexes": ("MẬT",)},
    ],
)
def test_the_mark_is_found_wherever_it_stands(where):
    assert is_secret(plan(**where))
    assert not is_secret(plan())


@pytest.mark.parametrize(
    ("row", "rule"),
    [
        (Row("1", "Việc"), "status_missing"),
        (Row("1", "Việc", status="not_started"), "reason_missing"),
        (Row("1", "Việc", status="not_started", reason="  "), "reason_missing"),
        (Row("1", "Việc", status="running", reason="đang chờ"), "result_missing"),
        (Row("1", "Việc", status="done"), "result_missing"),
    ],
)
def test_a_units_report_says_of_every_task_how_it_stands(row, rule):
    assert unit_report_faults(Content(results=(row,))) == [{"place": "results.1", "rule": rule}]


def test_a_units_report_that_says_all_has_no_fault_and_an_empty_one_has():
    said = (
        Row("1", "A", status="done", result="Xong"),
        Row("2", "B", status="not_started", reason="Chờ vốn"),
    )
    assert unit_report_faults(Content(results=said)) == []
    assert unit_report_faults(Content()) == [{"place": "results", "rule": "missing"}]
