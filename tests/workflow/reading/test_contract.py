"""The shape other programs rely on: exactly these keys, plain values, and the refusals of unreadable files."""

import json
import unicodedata

import msgspec
import pytest

from tests.workflow.reading.texts import DOCUMENTS, proposal, raw
from workflow.content import canonical
from workflow.errors import Unreadable
from workflow.reading import Proposal, read, read_text, source_reference, to_content
from workflow.reading.cleaning import LIMIT

TOP = [
    "is_document", "agency", "parent_agency", "doc_type", "number", "symbol", "place", "date", "date_parts", "subject",
    "bases", "tasks", "obligations", "recipients", "archive_line", "outline", "capacity", "capacity_line",
    "signer_title", "signer_name", "warnings",
]  # fmt: skip
ROWS = {
    "bases": {"doc_type", "reference_no", "date", "issuer", "raw"},
    "tasks": {"ref", "title", "leads", "coordinators", "method", "time", "raw", "confidence"},
    "obligations": {
        "from", "to", "via", "recurrence", "inclusive", "due_month", "due_day", "last_on_time", "by_reference", "raw",
        "confidence",
    },
    "recipients": {"name", "purpose"},
    "outline": {"label", "title", "children"},
    "warnings": {"code", "message", "raw"},
}  # fmt: skip


@pytest.mark.parametrize("name", DOCUMENTS)
def test_the_json_has_exactly_the_keys_of_the_contract(name: str) -> None:
    said = proposal(name).as_json()
    assert list(said) == TOP
    for key, keys in ROWS.items():
        for row in said[key]:
            assert set(row) == keys
    for task in said["tasks"]:
        assert set(task["time"]) == {"kind", "raw", "from", "to"}
        assert 0 <= task["confidence"] <= 1
    for item in said["obligations"]:
        assert 0 <= item["confidence"] <= 1
    assert json.loads(json.dumps(said)) == said


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_warning_is_a_sentence_in_vietnamese(name: str) -> None:
    for warning in proposal(name).warnings:
        assert warning.code.isidentifier()
        assert warning.message[0] in "“0123456789" or warning.message[0].isupper()
        assert warning.message.rstrip().endswith((".", "?"))
        assert unicodedata.is_normalized("NFC", warning.message)


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_proposal_becomes_content_without_number_date_or_signer(name: str) -> None:
    found = proposal(name)
    content = to_content(found, field="to_chuc", drafting_unit="Văn phòng Sở")
    stored = canonical(content).decode()
    assert content.doc_type == (found.doc_type or "")
    assert (content.field, content.drafting_unit) == ("to_chuc", "Văn phòng Sở")
    if found.signer_name:
        assert found.signer_name not in stored
    if found.number and found.symbol:
        assert f'"{found.number}/{found.symbol}"' not in stored
    assert msgspec.json.decode(stored.encode(), type=type(content)) == content


def test_lines_of_labels_are_lifted_out_of_the_text() -> None:
    content = to_content(proposal("s0.txt"), field="", drafting_unit="")
    node = content.sections[1].children[0].children[1]
    assert node.label == "b"
    assert node.task is not None
    assert node.task.labels == {
        "lead": "Đơn vị thực hiện",
        "coordinator": "Đơn vị phối hợp",
        "method": "Hình thức tuyên truyền",
        "time": "Thời gian thực hiện",
    }
    assert node.children == ()
    first = content.sections[1].children[0].children[0]
    assert [child.paragraphs[0][:11] for child in first.children] == ["Thanh tra S"]
    assert first.task is not None
    assert first.task.labels["method"] == ""


def test_obligations_annotate_the_paragraph_that_states_them() -> None:
    content = to_content(proposal("s0.txt"), field="", drafting_unit="")
    first = content.sections[2].children[0]
    assert [item.due_day for item in first.obligations] == [10]
    assert first.obligations[0].raw in " ".join(first.paragraphs)
    assert [item.recurrence for item in content.closing[0].obligations] == ["ad_hoc"]
    assert content.parent_reference == "88/KH-UBND"


def test_printed_bases_are_the_can_cu_lines() -> None:
    content = to_content(proposal("s4.txt"), field="", drafting_unit="")
    assert [basis.raw[:8] for basis in content.bases[:2]] == ["Căn cứ L", "Căn cứ Q"]
    assert all(basis.raw in " ".join(content.opening) for basis in content.bases[2:])


def test_bullets_are_child_nodes() -> None:
    content = to_content(proposal("s0.txt"), field="", drafting_unit="")
    assert [node.label for node in content.sections[0].children[0].children] == ["-", "-"]


def test_what_the_text_said_of_its_number_and_signer_is_kept_apart() -> None:
    found = source_reference(proposal("s0.txt"))
    assert (found["number"], found["symbol"], found["day"], found["month"], found["year"]) == (
        "52",
        "KH-SKHCN",
        28,
        4,
        2023,
    )
    assert (found["signer_name"], found["signer_title"]) == ("Đặng Minh Khôi", "PHÓ GIÁM ĐỐC")
    assert found["lines"]["number_line"] == "Số: 52 /KH-SKHCN"
    assert found["lines"]["signature_lines"][0] == "KT.GIÁM ĐỐC"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b" \n\t \r\n", "empty"),
        ("\ufeff\n\u200b\n".encode(), "empty"),
        (b"a" * (LIMIT + 1), "too_large"),
        (b"%PDF-1.7 \xe2\xe3", "binary"),
        (b"PK\x03\x04abc", "binary"),
        (b"abc\x00def", "binary"),
        (bytes(range(1, 32)) * 20, "binary"),
        ("Kế hoạch".encode("utf-16-le")[1:], "binary"),
        ("Kế hoạch cải cách".encode("cp1258", "replace") + b"\xec\xd2", "encoding"),
    ],
)
def test_a_file_that_is_no_text_is_refused_with_its_reason(data: bytes, reason: str) -> None:
    with pytest.raises(Unreadable) as refused:
        read(data)
    assert refused.value.reason == reason


def test_the_largest_file_is_still_read() -> None:
    data = raw("s0.txt")
    assert read(data + b"\n" * (LIMIT - len(data))).number == "52"


def test_utf_16_with_its_mark_is_read() -> None:
    assert read(raw("s0.txt").decode().encode("utf-16")).as_json() == proposal("s0.txt").as_json()


def test_a_text_is_read_as_its_bytes_are() -> None:
    assert read_text(raw("s4.txt").decode()) == proposal("s4.txt")
    assert isinstance(read_text("Xin chào"), Proposal)
