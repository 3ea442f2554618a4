"""A section goes into a text area and comes back the same, whatever its words and however it nests."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from web.drafting import notation
from web.drafting.places import attached, bare, key, places
from workflow.content import Content, Node, Obligation, Task
from workflow.reading import read, to_content
from workflow.settings import DEFINITIONS

ODD = [
    "Mục đích", "Phổ biến đến từng đơn vị.", "- không phải gạch", "1. không phải số", "a) chữ", "*đậm*", "*", "¶ x",
    "[Bước 1] x", "> 1. trích", "\\ gạch chéo", "\\n", "I. La Mã", "hai\ndòng", "24/4/2026", "2026. năm", "đ) chữ",
    "a" * 130,
]  # fmt: skip
LETTERS = st.characters(
    codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp", "Zs"], exclude_characters="\x85"
)
WORDS = st.one_of(st.sampled_from(ODD), st.text(LETTERS, min_size=1, max_size=20))
LABELS = st.sampled_from(
    [
        "I",
        "II",
        "1",
        "2",
        "1.1",
        "a",
        "b",
        "đ",
        "-",
        "-",
        "+",
        "",
        "A",
        "C",
        "Bước 1",
        "a]b",
        "\\",
        "10",
        "(1)",
    ]
)
TITLES = st.one_of(st.just(""), WORDS)


def _nodes(children):
    below = st.just(()) if children is None else st.lists(children, max_size=4).map(tuple)
    made = st.builds(
        Node,
        label=LABELS,
        title=TITLES,
        paragraphs=st.lists(WORDS, max_size=3).map(tuple),
        children=below,
    )
    return made.filter(lambda node: node.label or node.title or node.paragraphs)


NODES = st.recursive(_nodes(None), _nodes, max_leaves=10)


@given(NODES)
def test_a_section_comes_back_from_its_text(node):
    assert notation.section_of(node.label, node.title, notation.body_of(node)) == node


@given(st.lists(NODES, max_size=4).map(tuple))
def test_a_closing_comes_back_from_its_text(nodes):
    assert notation.nodes_of(notation.text_of(nodes)) == nodes


@given(NODES)
def test_the_line_ends_of_a_browser_change_nothing(node):
    text = notation.body_of(node).replace("\n", "\r\n")
    assert notation.section_of(node.label, node.title, text) == node


@pytest.mark.parametrize("name", ["s0", "s2", "s3", "s4", "do_luong", "chuyen_doi_so"])
def test_a_plan_as_read_needs_hardly_a_sign(name):
    data = (Path(DEFINITIONS) / "demo" / f"{name}.txt").read_bytes()
    content = to_content(read(data), field="x", drafting_unit="VP")
    for section in bare(content).sections:
        body = notation.body_of(section)
        assert notation.section_of(section.label, section.title, body) == section
        signed = [line for line in body.splitlines() if line.startswith((">", "\\ "))]
        assert signed == []


def test_what_a_person_types_is_read_as_on_paper():
    section = notation.section_of(
        "II",
        "NỘI DUNG",
        "Mở đầu.\n\n1. Tuyên truyền\n   a)Phổ biến đến từng đơn vị.\n   Nói thêm.\n"
        "– Đăng tin.\n-Gửi tài liệu.\n2. Kiểm tra hằng quý.\n",
    )
    assert section == Node(
        label="II",
        title="NỘI DUNG",
        paragraphs=("Mở đầu.",),
        children=(
            Node(
                label="1",
                title="Tuyên truyền",
                children=(
                    Node(
                        label="a",
                        paragraphs=("Phổ biến đến từng đơn vị.", "Nói thêm."),
                        children=(
                            Node(label="-", paragraphs=("Đăng tin.",)),
                            Node(label="-", paragraphs=("Gửi tài liệu.",)),
                        ),
                    ),
                ),
            ),
            Node(label="2", paragraphs=("Kiểm tra hằng quý.",)),
        ),
    )


@given(st.lists(NODES, max_size=4).map(tuple), st.lists(NODES, max_size=2).map(tuple))
def test_every_part_has_a_place_of_its_own_and_keeps_what_hangs_there(sections, closing):
    content = Content(sections=sections, closing=closing)
    named = list(places(content))
    assert len({place for place, _ in named}) == len(named)
    tasks = {place: Task(leads=(place,)) for place, _ in named}
    duties = {place: (Obligation(raw=place),) for place, _ in named}
    hung = attached(content, tasks, duties)
    for place, node in places(hung):
        assert node.task == Task(leads=(place,))
        assert node.obligations == (Obligation(raw=place),)
    assert bare(hung) == content


def test_a_place_is_known_however_it_is_typed():
    assert key("mục II. 1 . a)") == key("II.1.a")
    assert key("II.1.đ") != key("II.1.d")
    assert key("III.Gạch  2") == key("iii.gạch 2")
