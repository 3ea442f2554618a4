"""The outline: labels, depth, headings, "./."."""

from dataclasses import replace as changed

import pytest
from msgspec.structs import replace

from tests.workflow.lint.texts import BLOCK, codes, found, good, only, task_node
from workflow.content import Content, Node, Time
from workflow.lint import mend


def labelled(*labels: str) -> Content:
    """The good plan whose first part holds parts with these labels."""
    plan = good()
    children = tuple(Node(label, "", (f"Việc thứ {place}.",)) for place, label in enumerate(labels, 1))
    return replace(plan, sections=(replace(plan.sections[0], children=children), *plan.sections[1:]))


@pytest.mark.parametrize(
    "labels",
    [
        ("1", "2", "3"),
        ("a", "b", "c", "d", "đ", "e", "g", "h", "i", "k"),
        ("-", "-", "-"),
        ("1.1", "1.2", "1.3"),
        ("1", "", "2", "-", "3"),
    ],
)
def test_counting_goes_on_without_a_gap(labels):
    assert codes(labelled(*labels)) == []


@pytest.mark.parametrize(
    ("labels", "at", "meant"),
    [
        (("1", "3"), "3", "2"),
        (("1", "2", "2"), "2", "3"),
        (("a", "c"), "c", "b"),
        (("1", "3", "3"), "3", "2"),
        (("1", "2", "2", "3"), "2", "3"),
        (("1", "3", "4"), "3", "2"),
        (("2", "3"), "2", "1"),
    ],
)
def test_a_gap_and_a_repetition_are_told_with_what_was_meant(labels, at, meant):
    finding = only(labelled(*labels), "label_order")
    assert (finding.facts["label"], finding.facts["meant"]) == (at, meant)


def test_great_parts_count_in_roman_numbers():
    plan = good()
    first, second, third = plan.sections
    assert only(replace(plan, sections=(first, replace(second, label="III"), replace(third, label="IV"))),
                "label_order").facts["meant"] == "II"  # fmt: skip
    assert codes(replace(plan, sections=(replace(first, label="A"), replace(second, label="B"),
                                         replace(third, label="C")))) == []  # fmt: skip


def test_after_d_comes_đ_and_after_e_comes_g():
    assert only(labelled("a", "b", "c", "d", "e"), "label_alphabet").facts["meant"] == "đ"
    finding = only(labelled("a", "b", "c", "d", "đ", "e", "f", "g", "h"), "label_alphabet")
    assert (finding.facts["before"], finding.facts["label"], finding.facts["meant"]) == ("e", "f", "g")
    assert codes(labelled("a", "b", "c", "d", "đ", "e", "g", "h", "i", "k")) == []
    assert codes(labelled("a", "b", "f")) == ["label_order"]


def test_articles_may_count_on_through_the_chapters():
    first = (Node("Điều 1", "", ("Phạm vi.",)), Node("Điều 2", "", ("Đối tượng.",)))
    chapters = (
        Node("Chương I", "QUY ĐỊNH CHUNG", (), children=first),
        Node("Chương II", "QUY ĐỊNH CỤ THỂ", (), children=(Node("Điều 3", "", ("Thi hành./.",)),)),
    )
    assert codes(good(sections=chapters)) == []


def test_a_part_holds_none_of_its_own_kind_or_greater():
    plan = good()
    inner = replace(plan.sections[0], children=(Node("I", "", ("Một việc.",)),))
    assert only(replace(plan, sections=(inner, *plan.sections[1:])), "label_depth").facts["above"] == "I"


def test_a_heading_ends_without_a_stop_but_a_task_is_a_sentence():
    plan = good()
    first, second, third = plan.sections
    content = replace(plan, sections=(first, replace(second, title="NỘI DUNG."), third))
    finding = only(content, "heading_stop")
    assert codes(mend(content, finding)) == []
    told = replace(task_node("1"), title="Kiểm định cân tại chợ.", paragraphs=())
    assert (
        codes(replace(plan, sections=(first, replace(second, children=(told, task_node("2"))), third))) == []
    )


def test_an_empty_part_and_a_bare_heading_are_told():
    plan = good()
    first, second, third = plan.sections
    empty = replace(second, children=(*second.children, Node("3")))
    assert only(replace(plan, sections=(first, empty, third)), "section_empty").ref == "II.3"
    assert codes(replace(plan, sections=(replace(first, paragraphs=()), second, third))) == ["section_bare"]


@pytest.mark.parametrize("end", ["", ".", ";", "/.", " ./", ".."])
def test_the_text_ends_with_its_sign_and_is_mended_so(end):
    plan = good(closing=(Node("", "", (f"Các phòng, đơn vị làm đúng Kế hoạch này{end}",)),))
    third = plan.sections[2]
    last = replace(third.children[1], paragraphs=(third.children[1].paragraphs[0].replace("./.", "."),))
    plan = replace(plan, sections=(*plan.sections[:2], replace(third, children=(third.children[0], last))))
    finding = only(plan, "end_missing")
    mended = mend(plan, finding)
    assert mended.closing[0].paragraphs == ("Các phòng, đơn vị làm đúng Kế hoạch này./.",)
    assert codes(mended) == []


def test_the_sign_stands_once_and_at_the_end():
    plan = good(closing=(Node("", "", ("Các phòng, đơn vị làm đúng Kế hoạch này./.",)),))
    finding = only(plan, "end_early")
    assert finding.ref == "III.2"
    assert codes(mend(plan, finding)) == []


@pytest.mark.parametrize("line", ["./.", " ./. ", "./. ./."])
def test_a_line_of_signs_alone_is_for_its_writer_to_mend(line):
    plan = good()
    first = replace(plan.sections[0], paragraphs=("Người mua được cân đúng.", line))
    finding = only(replace(plan, sections=(first, *plan.sections[1:])), "end_early")
    assert finding.fix is None


def test_a_sign_written_on_and_on_is_one_full_stop():
    plan = good()
    first = replace(plan.sections[0], paragraphs=("Người mua được cân đúng././.",))
    content = replace(plan, sections=(first, *plan.sections[1:]))
    mended = mend(content, only(content, "end_early"))
    assert mended.sections[0].paragraphs == ("Người mua được cân đúng.",)
    assert codes(mended) == []


def test_of_a_paper_that_was_read_the_depth_is_not_asked():
    """A table of tasks under II counts I, II anew."""
    plan = good()
    inner = replace(plan.sections[0], children=(Node("I", "", ("Một việc.",)),))
    content = replace(plan, sections=(inner, *plan.sections[1:]))
    assert codes(content, paper=changed(BLOCK, as_printed=True)) == []


def test_a_label_that_says_its_parents_number_again_is_printed_once():
    first = Node("1", "VIỆC CẦN LÀM", (), children=(Node("1.1", "", ("Cân đúng.",)), Node("1.2", "", (" ",))))
    last = Node("2", "THI HÀNH", ("Các đơn vị làm đúng./.",))
    assert only(good(sections=(first, last)), "section_empty").ref == "1.2"


def test_a_text_that_ends_with_the_lines_of_a_task_is_for_a_person_to_end():
    plan = good()
    content = replace(plan, sections=(plan.sections[0], plan.sections[1]))
    assert only(content, "end_missing").fix is None
    ended = task_node("2", time=Time("quarters", "Quý II năm 2026./.", "2026-04-01", "2026-06-30"))
    second = replace(plan.sections[1], children=(task_node("1"), ended))
    assert codes(replace(content, sections=(plan.sections[0], second))) == []


def test_findings_lead_with_the_errors():
    content = labelled("1", "3")
    content = replace(content, subject="Kiểm định phương tiện đo.")
    assert [one.severity for one in found(content)] == ["error", "warning"]
