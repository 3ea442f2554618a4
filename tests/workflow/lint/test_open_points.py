"""What could not be judged is said with its reason, and is never among what has passed."""

from dataclasses import replace as changed

import pytest
from msgspec.structs import replace

from tests.workflow.lint.texts import AGENCY, BLOCK, TODAY, good, reporting, saying, task_node
from workflow.content import Content, Node, Obligation, Row
from workflow.lint import KnownDocument, Outcome, PaperFacts, judge
from workflow.lint.points import POINTS

ASKED = PaperFacts(BLOCK.signature_lines, BLOCK.signer_name, known=())


def judged(content: Content, paper: PaperFacts = ASKED) -> Outcome:
    found = judge(content, AGENCY, paper)
    assert not {one.point for one in found.unjudged} & set(found.passed)
    return found


def left(content: Content, paper: PaperFacts = ASKED) -> list[tuple[str, str]]:
    return [(one.point, one.why) for one in judged(content, paper).unjudged]


def test_of_a_whole_paper_before_its_signer_everything_is_judged():
    found = judged(good())
    assert (found.findings, found.unjudged, found.passed) == ((), (), tuple(POINTS))


def test_without_a_signer_nothing_is_said_of_his_block():
    assert left(good(), PaperFacts(known=())) == [("signature", "signer_open")]


def test_of_a_signer_who_holds_no_capacity_the_block_is_not_known():
    found = judged(good(), PaperFacts(signer_name="Đỗ Thanh Sơn", known=()))
    assert [(one.why, one.facts["name"]) for one in found.unjudged] == [("capacity_open", "Đỗ Thanh Sơn")]


def test_where_no_record_was_asked_the_citations_are_only_compared_with_each_other():
    paper = PaperFacts(BLOCK.signature_lines, BLOCK.signer_name)
    assert left(good(), paper) == [("citations", "record_not_asked")]
    nothing_cited = good(bases=good().bases[:1])
    assert left(nothing_cited, paper) == []
    known = KnownDocument("31/KH-UBND", TODAY.replace(month=2, day=5))
    assert left(good(), PaperFacts(*(BLOCK.signature_lines, BLOCK.signer_name), known=(known,))) == []


def test_what_a_text_does_not_hold_is_not_praised():
    plan = good()
    bare = replace(
        plan, bases=(), sections=(plan.sections[0], Node("II", "TỔ CHỨC", ("Văn phòng Sở lo việc này./.",)))
    )
    assert left(bare) == [("bases", "no_bases"), ("tasks", "no_tasks"), ("deadlines", "no_duties")]


def test_of_one_tier_nothing_is_before_another():
    plan = good()
    part = replace(plan.sections[2], children=(replace(reporting()[1], label="1"),))
    assert left(replace(plan, sections=(*plan.sections[:2], part))) == [("deadlines", "one_tier")]


def test_a_letter_sets_no_tasks():
    assert ("tasks", "no_tasks") in left(good(doc_type="BC", symbol="BC-SKHCN"))


def test_a_report_that_ends_with_its_table_has_no_line_for_the_sign():
    rows = (Row("II.1", "Kiểm định cân", "Văn phòng Sở", "done", "Đã xong"),)
    content = good(doc_type="BC", symbol="BC-SKHCN", results=rows)
    assert ("ending", "ends_with_table") in left(content)
    closed = replace(content, closing=(Node("", "", ("Trên đây là kết quả./.",)),))
    assert ("ending", "ends_with_table") not in left(closed)


@pytest.mark.parametrize(
    ("to", "day", "why"),
    [("Tổ giúp việc", 10, "tiers_parties"), ("Văn phòng Sở", None, "tiers_undated")],
)
def test_tiers_that_cannot_be_compared_are_named(to, day, why):
    first, second = reporting()
    said = f"Các phòng, đơn vị thuộc Sở gửi {to} trước ngày 10/11 hằng năm."
    duty = Obligation("Các phòng, đơn vị thuộc Sở", to, recurrence="yearly", due_month=11 if day else None,
                      due_day=day, raw=said)  # fmt: skip
    plan = good()
    part = replace(
        plan.sections[2], children=(replace(first, paragraphs=(said,), obligations=(duty,)), second)
    )
    found = judged(replace(plan, sections=(*plan.sections[:2], part)))
    (one,) = [one for one in found.unjudged if one.point == "deadlines"]
    assert one.why == why
    assert one.facts["lower"]["to"] == to
    assert one.facts["upper"]["day"] == "15/11"


def test_whether_a_body_of_no_list_still_stands_nobody_knows():
    plan = good()
    tasks = (
        task_node("1", leads=("Tổ giúp việc", "Văn phòng Sở")),
        task_node("2", coordinators=("Hội Làm vườn",)),
    )
    found = judged(
        replace(
            plan, sections=(plan.sections[0], replace(plan.sections[1], children=tasks), plan.sections[2])
        )
    )
    (one,) = found.unjudged
    assert (one.point, one.why, one.facts["names"]) == (
        "units",
        "units_unknown",
        ["Tổ giúp việc", "Hội Làm vườn"],
    )


def test_of_a_read_paper_the_depth_and_a_letterhead_nobody_looked_at_are_left_open():
    paper = PaperFacts(BLOCK.signature_lines, BLOCK.signer_name, as_printed=True, known=())
    assert left(good(), paper) == [
        ("motto", "letterhead_unseen"), ("agency", "letterhead_unseen"), ("bases", "type_unseen"),
        ("outline", "depth_read"),
    ]  # fmt: skip


def test_a_file_that_does_not_tell_its_type_says_nothing_of_italics():
    paper = PaperFacts(BLOCK.signature_lines, BLOCK.signer_name, as_printed=True, letterhead=(), known=())
    assert ("bases", "type_unseen") in left(good(), paper)
    assert ("bases", "type_unseen") not in left(good(), changed(paper, upright=()))
    assert ("bases", "type_unseen") not in left(good())


def test_a_paper_of_another_agency_is_not_said_to_have_the_right_symbol_place_and_units():
    cells = ("SỞ TƯ PHÁP", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")
    paper = PaperFacts(
        BLOCK.signature_lines, BLOCK.signer_name, letterhead=cells, agency_line="Sở Tư pháp", known=()
    )
    content = saying("Người mua được cân đúng.")
    tasks = replace(content.sections[1], children=(task_node("1", leads=("Phòng Công chứng",)),))
    found = judged(replace(content, sections=(content.sections[0], tasks, content.sections[2])), paper)
    assert "units_unknown" not in [one.why for one in found.unjudged]
    assert [one.code for one in found.findings] == ["agency_other"]
    assert {one.point for one in found.unjudged if one.why == "other_agency"} == {
        "symbol", "place_and_date", "recipients", "signature", "units",
    }  # fmt: skip


def test_the_same_text_gives_the_same_outcome():
    assert judge(good(), AGENCY, ASKED) == judge(good(), AGENCY, ASKED)
