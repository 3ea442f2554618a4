"""The text of a document as a value: what its bytes are, what its digest covers and what it does not."""

import hashlib
import json
import unicodedata

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.record import plan
from workflow.content import (
    Attachment,
    Basis,
    Content,
    Missing,
    Node,
    Recipient,
    Row,
    Task,
    Time,
    canonical,
    digest_of,
    obligations,
    parse,
    tasks,
    title_of,
    walk,
)

JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(st.characters(codec="ascii")), inner),
)


def test_what_is_stored_is_read_back_as_it_was():
    text = plan()
    assert parse(canonical(text)) == text


@given(JSON)
def test_the_bytes_are_sorted_nfc_json_and_a_second_pass_changes_nothing(value):
    stored = canonical(value)
    assert unicodedata.is_normalized("NFC", stored.decode())
    assert canonical(msgspec.json.decode(stored)) == stored
    assert (
        json.dumps(json.loads(stored), sort_keys=True, ensure_ascii=False, separators=(",", ":")) is not None
    )


def test_keys_stand_in_order_whatever_order_they_came_in():
    assert canonical({"b": 1, "a": 2}) == canonical({"a": 2, "b": 1}) == b'{"a":2,"b":1}'


@pytest.mark.parametrize("value", [1.5, {"a": 0.0}, ["x", [float("nan")]]])
def test_a_float_has_no_canonical_form(value):
    with pytest.raises(TypeError):
        canonical(value)


def test_decomposed_letters_and_windows_line_ends_are_the_same_text():
    composed = plan(opening=("Hòa An\nđợt 1",))
    typed = plan(opening=(unicodedata.normalize("NFD", "Hòa An\r\nđợt 1"),))
    assert digest_of(canonical(composed)) == digest_of(canonical(typed))


def test_nothing_else_is_folded():
    for one, other in (("a b", "a  b"), ("Ab", "ab"), ("hòa", "hoà"), ("x", "x ")):
        assert canonical(plan(opening=(one,))) != canonical(plan(opening=(other,)))


CHANGES = {
    "doc_type": "BC",
    "subject": "Khác",
    "symbol": "KH-SYT",
    "place": "Nơi khác",
    "field": "khoa_hoc",
    "urgency": "khan",
    "drafting_unit": "Phòng khác",
    "parent_reference": "1/KH-SKHCN",
    "addressees": ("Sở Nội vụ",),
    "bases": (Basis("Căn cứ một luật;"),),
    "opening": ("Mở đầu",),
    "sections": (Node(label="I", title="KHÁC"),),
    "results": (Row("1", "Việc"),),
    "missing_units": (Missing("Phòng A", "bận"),),
    "closing": (Node(paragraphs=("Kết",)),),
    "recipients": (Recipient("Ai đó"),),
    "archive_line": "Lưu: VT.",
    "annexes": ("Phụ lục",),
    "attachments": (Attachment("a.pdf", "0" * 64, 1),),
}


@pytest.mark.parametrize("name", Content.__struct_fields__)
def test_every_part_of_the_text_is_under_the_digest(name):
    """Field, urgency and drafting unit too: they decide who may sign and who sees it (decisions.md 3)."""
    assert digest_of(canonical(plan())) != digest_of(canonical(plan(**{name: CHANGES[name]})))


def test_signer_number_and_date_are_no_part_of_the_text():
    assert not {"signer", "signer_id", "number", "reference_no", "issued_on", "date"} & set(
        Content.__struct_fields__
    )


def test_the_digest_has_a_domain_of_its_own():
    stored = canonical(plan())
    assert digest_of(stored) == hashlib.sha256(b"trinhky/revision/1\0" + stored).hexdigest()
    assert digest_of(stored) != hashlib.sha256(stored).hexdigest()


@pytest.mark.parametrize("stored", [b"{}x", b'{"colour":"red"}', b'{"subject":1}', b"[]"])
def test_bytes_that_are_no_content_are_not_read(stored):
    with pytest.raises(msgspec.DecodeError):
        parse(stored)


def test_nodes_are_called_by_the_way_to_them():
    content = Content(
        sections=(
            Node(
                label="II",
                children=(
                    Node(label="1", children=(Node(label="a"), Node(label="-"), Node())),
                    Node(label="2", task=Task(leads=("Văn phòng",), time=Time("year", "Năm 2026"))),
                ),
            ),
        ),
        closing=(Node(paragraphs=("Kết",)),),
    )
    assert [ref for ref, _ in walk(content)] == ["II", "II.1", "II.1.a", "II.1", "II.1", "II.2", ""]
    assert [ref for ref, _ in tasks(content)] == ["II.2"]


def test_each_duty_comes_with_the_place_that_states_it():
    assert [(ref, item.due_month) for ref, item in obligations(plan())] == [("I", 11), ("I", 11)]


def test_a_task_is_called_by_its_words_without_what_ends_them_or_the_whole_paper():
    for ending in ("", ".", ";", ":", "./.", " ./."):
        assert title_of(Node(label="1", paragraphs=("Theo dõi việc 24/7" + ending,))) == "Theo dõi việc 24/7"
