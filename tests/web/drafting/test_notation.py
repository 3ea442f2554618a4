"""Lines with marks become the parts they are on paper; no letter of them is lost or changed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from web.drafting import notation
from web.drafting.parts import rows_of
from workflow.content import Node

MARKS = ("I.", "II.", "1.", "2)", "1.1.", "a)", "đ)", "-", "–", "+", "A.", "")
LINES = st.tuples(st.sampled_from(MARKS), st.text(max_size=30)).map(" ".join)


def letters(text: str) -> str:
    return "".join(sign for sign in text if sign.isalnum())


@given(st.lists(LINES, max_size=12), st.sampled_from(["\n", "\r\n", "\r"]))
def test_no_letter_is_lost_changed_or_moved(lines, end):
    section = notation.section_of("", "", end.join(lines))
    said = [text for _, node in rows_of((section,)) for text in (node.label, node.title, *node.paragraphs)]
    assert letters("".join(said)) == letters("".join(lines))


@pytest.mark.parametrize(
    "line", ["24/4/2026 họp.", "2026. năm", "C:\\new", "[Bước 1] x", "*đậm*", "> trích", "Ông A."]
)
def test_what_only_looks_like_a_mark_is_a_paragraph(line):
    assert notation.section_of("I", "X", line) == Node("I", "X", (line,))


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
