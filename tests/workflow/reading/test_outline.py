"""Where the items of a list hang: under the numbered part above them, whatever their letters."""

from typing import Any

import pytest

from workflow.content import Node
from workflow.reading import read_text

_TEXT = """SỞ Y TẾ
Số: 5/KH-SYT
Hòa An, ngày 05 tháng 01 năm 2026

KẾ HOẠCH
Triển khai công tác năm 2026

Căn cứ Kế hoạch số 1/KH-UBND ngày 02/01/2026 của UBND tỉnh;

{body}

Nơi nhận:
- UBND tỉnh;
- Lưu: VT.

GIÁM ĐỐC

Nguyễn Văn An
"""


def tree(body: str) -> list[Any]:
    return [shape(node) for node in read_text(_TEXT.format(body=body)).sections]


def shape(node: Node) -> Any:
    """A part without children as "label words", else (that, its children)."""
    said = f"{node.label} {node.title or node.paragraphs[0]}".strip()
    return (said, [shape(child) for child in node.children]) if node.children else said


@pytest.mark.parametrize(
    ("lines", "below"),
    [
        ("1. Một|- x|- y|2. Hai|- z", [("1 Một", ["- x", "- y"]), ("2 Hai", ["- z"])]),
        ("- x|1. Một|- y|2. Hai|- z", ["- x", ("1 Một", ["- y"]), ("2 Hai", ["- z"])]),
        (
            "1. Một|a) A|- x|b) B|- y|2. Hai|- z",
            [("1 Một", [("a A", ["- x"]), ("b B", ["- y"])]), ("2 Hai", ["- z"])],
        ),
        (
            "1. Một|- x|+ p|+ q|- y|2. Hai|- z",
            [("1 Một", [("- x", ["+ p", "+ q"]), "- y"]), ("2 Hai", ["- z"])],
        ),
        ("1. Một|- x:|1.1. Con|- y|2. Hai", [("1 Một", ["- x:", ("1.1 Con", ["- y"])]), "2 Hai"]),
        ("1. Một|+ p|- x|- y|2. Hai|- z", [("1 Một", ["+ p", "- x", "- y"]), ("2 Hai", ["- z"])]),
        ("1. Một|+ p|- x|+ q|- y|2. Hai", [("1 Một", ["+ p", "- x", "+ q", "- y"]), "2 Hai"]),
        ("1. Một|+ p:|- x|+ q:|- y|2. Hai", [("1 Một", [("+ p:", ["- x"]), ("+ q:", ["- y"])]), "2 Hai"]),
        ("1. Một|**Tên đậm**|- x|2. Hai|- z", [("1 Một", [("Tên đậm", ["- x"])]), ("2 Hai", ["- z"])]),
    ],
)
def test_a_dash_hangs_under_the_part_it_stands_below(lines: str, below: list[Any]) -> None:
    assert tree("I. NỘI DUNG\n" + lines.replace("|", "\n")) == [("I NỘI DUNG", below)]


_LONG = "Rà soát toàn bộ văn bản quy phạm pháp luật của tỉnh và các xã"


@pytest.mark.parametrize("gap", ["\n", "\n\n"])
@pytest.mark.parametrize("small", ["phối hợp với các phòng rà soát;", "100% đơn vị rà soát xong;"])
def test_an_item_in_small_letters_or_figures_is_no_part_of_the_heading_above(small: str, gap: str) -> None:
    body = gap.join(["I. NỘI DUNG", f"1. {_LONG}", f"- {small}", "- tổng hợp kết quả.", "2. Hai"])
    assert tree(body) == [
        ("I NỘI DUNG", [(f"1 {_LONG}", [f"- {small}", "- tổng hợp kết quả."]), "2 Hai"]),
    ]


def test_items_without_stops_do_not_run_into_one_another() -> None:
    body = f"I. NỘI DUNG\n1. Một\n- {_LONG.lower()}\n- kiểm tra việc thực hiện tại các xã\n2. Hai"
    assert tree(body) == [
        ("I NỘI DUNG", [("1 Một", [f"- {_LONG.lower()}", "- kiểm tra việc thực hiện tại các xã"]), "2 Hai"]),
    ]


def test_a_dash_inside_a_wrapped_sentence_is_still_no_item() -> None:
    lines = [
        "1. Một",
        "Các phòng chuyên môn rà soát việc thực hiện nhiệm vụ phát triển kinh tế",
        "- xã hội của tỉnh trong giai đoạn mới và tổng hợp các khó khăn của năm",
        "để trình cấp có thẩm quyền xem xét, giải quyết theo đúng quy định của",
        "pháp luật hiện hành và bảo đảm tiến độ đã đề ra cho giai đoạn năm 2021",
        "- 2025 trên địa bàn toàn tỉnh theo chỉ đạo của cấp trên và các bộ liên",
        "quan đến việc này.",
    ]
    [(_, [one])] = tree("I. NỘI DUNG\n" + "\n".join(lines))
    assert one == "1 Một"
