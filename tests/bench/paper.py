"""
The PDF of a plan of three pages: the product against bare Typst with the same template, fonts and data, in turns.

Every file has other words than the one before it, so that nothing is taken from a memory of either.
"""

import time
from collections.abc import Iterator
from itertools import count

import msgspec
import typst

from tests.bench.figures import Figure, in_turns, note
from tests.web.samples import PLAN
from tests.workflow.writing.papers import ISSUED
from workflow.content import Content, Node
from workflow.writing.fonts import chosen_fonts
from workflow.writing.sheet import sheet_of
from workflow.writing.typeset import STANDARD, TEMPLATE, pdf

FILES = 40
GOAL = 1.2
PARAGRAPH = "Các phòng, đơn vị thuộc Sở thực hiện nhiệm vụ đúng thời hạn và báo cáo kết quả về Văn phòng Sở. "


def run(server: str) -> list[Figure]:
    numbers = count(1)
    contents = [_plan(number) for number in range(FILES)]
    chosen = chosen_fonts()
    fonts = msgspec.json.encode(chosen.families).decode()
    bare = typst.Compiler(input=TEMPLATE, font_paths=chosen.held)

    def floor() -> float:
        texts = [
            msgspec.json.encode(sheet_of(_changed(content, next(numbers)), ISSUED)).decode()
            for content in contents
        ]
        start = time.perf_counter()
        for text in texts:
            bare.compile(format="pdf", pdf_standards=STANDARD, sys_inputs={"data": text, "fonts": fonts})
        return (time.perf_counter() - start) * 1000 / FILES

    def product() -> float:
        changed = [_changed(content, next(numbers)) for content in contents]
        start = time.perf_counter()
        for content in changed:
            pdf(sheet_of(content, ISSUED))
        return (time.perf_counter() - start) * 1000 / FILES

    floor(), product()
    figure = in_turns("E PDF of a plan of three pages", "ms", floor, product)
    if figure.ratio > GOAL:
        note(f"E: {figure.ratio:.2f} is above the goal of {GOAL}")
    return [figure]


def _plan(number: int) -> Content:
    sections = tuple(
        Node(label=str(place), title=f"Nhiệm vụ {place}", paragraphs=tuple(_paragraphs(number, place)))
        for place in range(1, 8)
    )
    return msgspec.structs.replace(PLAN, sections=(*PLAN.sections, *sections))


def _paragraphs(number: int, place: int) -> Iterator[str]:
    for line in range(2):
        yield f"{PARAGRAPH * 2} Văn bản thứ {number}, mục {place}, đoạn {line}."


def _changed(content: Content, number: int) -> Content:
    """Other words in every paragraph."""
    opening = (f"Lần thứ {number} Sở Khoa học và Công nghệ lập kế hoạch như sau:",)
    sections = tuple(
        msgspec.structs.replace(node, paragraphs=tuple(f"{text} Lần {number}." for text in node.paragraphs))
        for node in content.sections
    )
    return msgspec.structs.replace(content, opening=opening, sections=sections)
