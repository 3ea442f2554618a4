"""Which paragraph became which."""

import random
import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.web.samples import PLAN
from tests.workflow.changes.texts import contents, long_texts, paragraphs_of
from workflow.changes.align import align, aligned
from workflow.changes.blocks import blocks
from workflow.changes.order import common_run, heaviest_chain
from workflow.content import Content, Node, Task, Time


def section(label: str, title: str, *texts: str, **more) -> Node:
    return Node(label=label, title=title, paragraphs=texts, **more)


GOALS = section("I", "MỤC ĐÍCH", "Phân công rõ việc, rõ người, rõ thời hạn cho từng đơn vị.")
WORK = section(
    "II",
    "NỘI DUNG",
    "Tuyên truyền quy định mới đến toàn thể công chức, viên chức của Sở.",
    "Rà soát quy chế làm việc, lấy ý kiến của người lao động trước khi ban hành.",
)
ORDER = section("III", "TỔ CHỨC THỰC HIỆN", "Các đơn vị gửi báo cáo về Văn phòng Sở trước ngày 10/11.")


def text(*sections: Node) -> Content:
    return Content(subject="Thực hiện dân chủ", sections=sections)


@given(contents)
def test_places_are_unique_and_every_paragraph_has_one(content):
    found = blocks(content)
    assert len({block.place for block in found}) == len(found)
    printed = [*content.opening, *content.annexes, content.subject]

    def below(nodes):
        for node in nodes:
            printed.extend([node.title, *node.paragraphs])
            below(node.children)

    below((*content.sections, *content.closing))
    assert sorted(b.text for b in found if b.kind != "task") == sorted(text for text in printed if text)


def test_references_are_those_of_the_print():
    refs = {block.text: (block.ref, block.mark) for block in blocks(PLAN)}
    assert refs["Phân công rõ việc, rõ người, rõ thời hạn cho từng đơn vị."] == ("I.1.a", "a)")
    assert refs["NỘI DUNG THỰC HIỆN"] == ("II", "II.")
    assert refs["Đăng kết quả trên Cổng thông tin điện tử."] == ("II.1", "-")


@given(contents)
def test_a_text_is_aligned_with_itself_place_by_place(content):
    alignment = align(content, content)
    assert [(m.old.place, m.new.place) for m in alignment.matches] == [
        (b.place, b.place) for b in blocks(content)
    ]
    assert all(m.likeness == 1.0 and not m.moved for m in alignment.matches)
    for block in blocks(content):
        assert alignment.where(block.place) == alignment.where(block.place)
        assert alignment.where(block.place).how == "same"


@given(contents, contents)
def test_no_block_is_matched_twice(old, new):
    matches = align(old, new).matches
    assert len({m.old.place for m in matches}) == len({m.new.place for m in matches}) == len(matches)
    assert [m.new.place for m in matches] == [
        b.place for b in blocks(new) if b.place in {m.new.place for m in matches}
    ]
    stays = [m for m in matches if not m.moved and m.old.kind not in ("task",)]
    order = [b.place for b in blocks(old)]
    places = [order.index(m.old.place) for m in stays]
    assert places == sorted(places), "what is not told as moved keeps its order"


@given(st.lists(st.integers(0, 40), unique=True), st.randoms())
def test_what_only_changed_its_order_is_never_told_as_gone_and_come(numbers, chance):
    texts = [f"Đoạn thứ {n} của kế hoạch" for n in numbers]
    shuffled = chance.sample(texts, len(texts))
    alignment = aligned(paragraphs_of(texts), paragraphs_of(shuffled))
    assert len(alignment.matches) == len(texts)
    assert all(m.old.text == m.new.text for m in alignment.matches)
    stayed = sum(not m.moved for m in alignment.matches)
    assert (stayed == len(texts)) == (shuffled == texts)


@given(contents, contents)
def test_no_text_is_both_gone_and_come(old, new):
    alignment = align(old, new)
    families = {"heading": "part", "paragraph": "part", "basis": "start", "opening": "start"}
    gone = {(families.get(b.kind, b.kind), b.text) for b in alignment.old if b.place not in alignment.by_old}
    came = {(families.get(b.kind, b.kind), b.text) for b in alignment.new if b.place not in alignment.by_new}
    assert gone & came == set()


def test_an_edited_paragraph_is_the_same_one():
    edited = section("II", "NỘI DUNG", WORK.paragraphs[0].replace("toàn thể", "tất cả"), WORK.paragraphs[1])
    found = align(text(GOALS, WORK), text(GOALS, edited)).where("sections/1/paragraphs/0")
    assert (found.place, found.how) == ("sections/1/paragraphs/0", "edited")
    assert 0.5 < found.likeness < 1


def test_a_section_that_took_a_new_number_is_the_same_section():
    between = section("II", "CĂN CỨ THỰC TIỄN", "Năm trước còn ba đơn vị chưa báo cáo.")
    after = text(GOALS, between, section("III", WORK.title, *WORK.paragraphs))
    alignment = align(text(GOALS, WORK), after)
    found = alignment.where("sections/1/title")
    assert (found.place, found.how, found.likeness) == ("sections/2/title", "same", 1.0)
    assert alignment.where("sections/1/paragraphs/1").place == "sections/2/paragraphs/1"


def test_a_section_that_changed_its_place_is_moved_whole_and_the_others_are_not():
    after = text(
        section("I", ORDER.title, *ORDER.paragraphs),
        section("II", GOALS.title, *GOALS.paragraphs),
        section("III", WORK.title, *WORK.paragraphs),
    )
    alignment = align(text(GOALS, WORK, ORDER), after)
    moved = [m.old.place for m in alignment.matches if m.moved]
    assert moved == ["sections/2/title", "sections/2/paragraphs/0"]


def test_a_paragraph_moved_and_edited_is_recognised():
    first, second = WORK.paragraphs
    far = section("III", ORDER.title, *ORDER.paragraphs, first.replace("mới", "mới ban hành"))
    alignment = align(text(GOALS, WORK, ORDER), text(GOALS, section("II", "NỘI DUNG", second), far))
    found = alignment.where("sections/1/paragraphs/0")
    assert (found.place, found.how) == ("sections/2/paragraphs/1", "moved")
    assert found.likeness < 1


def test_a_paragraph_that_is_gone_is_lost_and_what_stood_before_it_is_named():
    alignment = align(text(GOALS, WORK), text(GOALS, section("II", "NỘI DUNG", WORK.paragraphs[0])))
    found = alignment.where("sections/1/paragraphs/1")
    assert (found.place, found.how, found.near) == (None, "lost", "sections/1/paragraphs/0")
    assert alignment.where("sections/9/title").how == "lost"


def test_a_rewritten_paragraph_is_another_one():
    other = section("I", "MỤC ĐÍCH", "Kinh phí lấy từ nguồn chi thường xuyên.")
    assert align(text(GOALS), text(other)).where("sections/0/paragraphs/0").how == "lost"


def test_equal_tasks_go_with_their_own_paragraphs():
    task = Task(leads=("Văn phòng Sở",), time=Time(raw="Quý III"))

    def work(*texts):
        children = tuple(Node(label=str(n), paragraphs=(t,), task=task) for n, t in enumerate(texts, 1))
        return text(Node(label="I", title="NỘI DUNG", children=children))

    first, second, third = (
        "Tập huấn cho công chức cấp xã.",
        "Mua sắm thiết bị đo lường.",
        "Kiểm tra hàng hóa dịp Tết.",
    )
    alignment = align(work(first, second, third), work(third, first, second))
    for old, new in ((0, 1), (1, 2), (2, 0)):
        assert alignment.where(f"sections/0/children/{old}/task").place == f"sections/0/children/{new}/task"


@given(st.lists(st.sampled_from("abcde"), max_size=30), st.lists(st.sampled_from("abcde"), max_size=30))
def test_the_common_run_pairs_equal_keys_in_rising_order(old, new):
    run = common_run(old, new)
    assert all(old[i] == new[j] for i, j in run)
    assert all(i < k and j < m for (i, j), (k, m) in pairwise(run))
    if old == new:
        assert len(run) == len(old)


@given(st.lists(st.tuples(st.integers(0, 12), st.integers(1, 9)), max_size=9))
def test_the_heaviest_chain_is_the_heaviest(pairs):
    values, weights = [v for v, _ in pairs], [w for _, w in pairs]
    chain = heaviest_chain(values, weights)
    assert all(i < j and values[i] < values[j] for i, j in pairwise(chain))
    best = [0] * len(values)
    for at, value in enumerate(values):
        below = [best[before] for before in range(at) if values[before] < value]
        best[at] = weights[at] + max(below, default=0)
    assert sum(weights[at] for at in chain) == max(best, default=0)


@pytest.mark.parametrize(
    "how", ["every tenth edited", "every one edited", "in another order", "all of it new"]
)
def test_sixty_pages_are_aligned_at_once(how):
    texts, chance = long_texts(7), random.Random(11)

    def edited(text: str) -> str:
        return " ".join(word if chance.random() > 0.1 else "khác" for word in text.split())

    after = {
        "every tenth edited": [edited(text) if at % 10 == 0 else text for at, text in enumerate(texts)],
        "every one edited": [edited(text) for text in texts],
        "in another order": chance.sample(texts, len(texts)),
        "all of it new": long_texts(8),
    }[how]
    old, new = paragraphs_of(texts), paragraphs_of(after)
    spent = []
    for _ in range(3):
        start = time.process_time()
        alignment = aligned(old, new)
        spent.append(time.process_time() - start)
    assert min(spent) < 0.5, "a bound with room for a slow machine; 0.2 s was seen at most"
    if "edited" in how:
        assert [m.old.place for m in alignment.matches] == [m.new.place for m in alignment.matches]
        assert len(alignment.matches) == len(texts)
