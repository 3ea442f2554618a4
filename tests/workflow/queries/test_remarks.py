"""A remark and its paragraph: followed wherever its drafter takes it, and said to be lost only where it is."""

import pytest

from tests.record import Record, plan
from tests.web.statements import statements
from tests.workflow.acts import looking, row, working
from tests.workflow.commands.test_remarks import close, say
from workflow.commands.drafting import save_revision
from workflow.content import Node
from workflow.queries import remark_places
from workflow.queries.remarks import Discussed, discussion_of, present_text

AIM = "Mọi cơ quan thực hiện đầy đủ quy chế dân chủ ở cơ sở trong năm."
TASK = "Văn phòng Sở tổ chức hội nghị cán bộ, công chức và báo cáo kết quả cho Giám đốc."
OTHER = "Kinh phí lấy từ nguồn chi thường xuyên được giao đầu năm."
REWRITTEN = (
    "Văn phòng Sở tổ chức hội nghị cán bộ, công chức rồi gửi biên bản cho Giám đốc.",
    "Văn phòng Sở tổ chức lớp bồi dưỡng viên chức rồi gửi biên bản cho Giám đốc.",
    "Phòng Tổ chức mở lớp bồi dưỡng viên chức rồi gửi biên bản nghiệm thu.",
    "Phòng Kế hoạch mở lớp bồi dưỡng viên chức mới, lập hồ sơ nghiệm thu.",
    "Phòng Kế hoạch mua sắm trang thiết bị mới, lập hồ sơ nghiệm thu.",
)
"""Each like the one before it; the last shares hardly a word with the first."""


def part(label: str, title: str, *words: str) -> Node:
    return Node(label=label, title=title, paragraphs=words)


def drafted(record: Record, *sections: Node) -> int:
    return record.draft(content=plan(sections=sections))


def edit(record: Record, plan_id: int, *sections: Node) -> None:
    present = row(record, plan_id)
    with working(record, "lan") as w:
        save_revision(
            w,
            document_id=plan_id,
            seen_version=present.version,
            content=plan(sections=sections),
            signer_id=present.signer_id,
        )


def found(record: Record, plan_id: int) -> Discussed:
    """The only remark, as the drafter reads it."""
    with looking(record, "lan") as w:
        (item,) = discussion_of(w, *present_text(w, plan_id)).items
    return item


@pytest.fixture
def remarked(record: Record) -> int:
    """A plan of two sections with a remark on the task in the second."""
    plan_id = drafted(record, part("I", "MỤC ĐÍCH", AIM), part("II", "NHIỆM VỤ", TASK))
    say(record, "hung", plan_id, place="sections/1/paragraphs/0")
    return plan_id


def test_an_untouched_paragraph_is_the_same_though_another_part_came_before_it(record: Record, remarked: int):
    edit(
        record,
        remarked,
        part("I", "MỤC ĐÍCH", AIM),
        part("II", "KINH PHÍ", OTHER),
        part("III", "NHIỆM VỤ", TASK),
    )
    item = found(record, remarked)
    assert (item.place, item.how, item.edited, item.ref) == ("sections/2/paragraphs/0", "same", False, "III")
    assert item.quote == TASK


def test_an_edited_paragraph_keeps_its_remark_and_says_so(record: Record, remarked: int):
    edit(record, remarked, part("I", "MỤC ĐÍCH", AIM), part("II", "NHIỆM VỤ", REWRITTEN[0]))
    item = found(record, remarked)
    assert (item.place, item.how, item.edited, item.ref) == ("sections/1/paragraphs/0", "edited", True, "II")


@pytest.mark.parametrize("words", [TASK, REWRITTEN[0]])
def test_a_moved_paragraph_keeps_its_remark_and_says_whether_it_was_edited_too(record: Record, words: str):
    aims = part("I", "MỤC ĐÍCH", AIM, OTHER)
    plan_id = drafted(record, aims, part("II", "NHIỆM VỤ", TASK))
    say(record, "hung", plan_id, place="sections/1/paragraphs/0")
    edit(record, plan_id, part("I", "NHIỆM VỤ", words), part("II", "MỤC ĐÍCH", AIM, OTHER))
    item = found(record, plan_id)
    assert (item.place, item.how, item.edited) == ("sections/0/paragraphs/0", "moved", words != TASK)


def test_a_paragraph_rewritten_by_many_small_edits_is_still_the_one(record: Record, remarked: int):
    for words in REWRITTEN:
        edit(record, remarked, part("I", "MỤC ĐÍCH", AIM), part("II", "NHIỆM VỤ", words, OTHER))
    item = found(record, remarked)
    assert (item.place, item.how, item.edited, item.ref) == ("sections/1/paragraphs/0", "edited", True, "II")
    assert item.quote == TASK


def test_a_paragraph_written_anew_at_once_is_lost_and_keeps_its_old_reference(record: Record, remarked: int):
    edit(record, remarked, part("I", "MỤC ĐÍCH", AIM), part("II", "NHIỆM VỤ", OTHER, REWRITTEN[-1]))
    item = found(record, remarked)
    assert (item.place, item.how, item.edited, item.ref, item.quote) == (None, "lost", False, "II", TASK)


def test_a_paragraph_taken_out_and_brought_back_has_its_remark_again(record: Record, remarked: int):
    edit(record, remarked, part("I", "MỤC ĐÍCH", AIM))
    assert found(record, remarked).how == "lost"
    edit(record, remarked, part("I", "MỤC ĐÍCH", AIM), part("II", "NHIỆM VỤ", TASK))
    assert (found(record, remarked).place, found(record, remarked).how) == ("sections/1/paragraphs/0", "same")


def test_what_was_taken_out_on_the_way_is_not_found_in_what_came_for_it(record: Record, remarked: int):
    edit(record, remarked, part("I", "MỤC ĐÍCH", AIM))
    edit(record, remarked, part("I", "MỤC ĐÍCH", AIM), part("II", "NHIỆM VỤ", REWRITTEN[-1]))
    assert (found(record, remarked).place, found(record, remarked).how) == (None, "lost")


def test_a_paragraph_is_not_followed_for_ever(record: Record, remarked: int, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(remark_places, "MOST_TEXTS", 3)
    for words in REWRITTEN:
        edit(record, remarked, part("I", "MỤC ĐÍCH", AIM), part("II", "NHIỆM VỤ", words, OTHER))
    assert found(record, remarked).how == "lost"


def test_only_a_lost_paragraph_costs_one_statement_more(record: Record, remarked: int):
    edit(record, remarked, part("I", "MỤC ĐÍCH", AIM), part("II", "NHIỆM VỤ", REWRITTEN[0], OTHER))
    found(record, remarked)
    with statements(record.engine) as at_once:
        found(record, remarked)
    for words in REWRITTEN[1:]:
        edit(record, remarked, part("I", "MỤC ĐÍCH", AIM), part("II", "NHIỆM VỤ", words, OTHER))
    found(record, remarked)
    with statements(record.engine) as walked:
        found(record, remarked)
    assert len(walked) == len(at_once) + 1
    close(record, "hung", found(record, remarked).id)
    assert (found(record, remarked).how, found(record, remarked).place) == ("settled", None)
