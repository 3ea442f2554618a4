"""Texts of every shape, for properties that hold for all of them."""

import datetime as dt
from typing import get_args

from hypothesis import strategies as st

from workflow.content import Basis, Content, Node, Obligation, Recipient, Recurrence, Task, Time, TimeKind

LETTERS = st.characters(
    codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp", "Zs"], exclude_characters="\x85↵"
)
ODD = [
    "Phổ biến đến từng đơn vị.", "- không phải gạch", "1. không phải số", "a) chữ", "*đậm*", "¶ x", "[Bước 1] x",
    "\\ gạch chéo", "\\n", "hai\ndòng", "24/4/2026", "Đơn vị chủ trì: Văn phòng Sở", "Thời gian: Quý I năm 2026",
]  # fmt: skip
WORDS = st.one_of(st.sampled_from(ODD), st.text(LETTERS, min_size=1, max_size=20))
LINES = st.one_of(st.sampled_from([text for text in ODD if "\n" not in text]), st.text(LETTERS, max_size=20))
LABELS = st.sampled_from(
    ["I", "II", "1", "2", "1.1", "a", "b", "đ", "-", "+", "", "A", "Bước 1", "(1)", "10"]
)
DAYS = st.dates(dt.date(1900, 1, 1), dt.date(2199, 12, 31)).map(lambda day: day.isoformat())
RAWS = st.one_of(
    LINES,
    st.sampled_from(
        ["Quý III, IV năm 2023", "Quý III, Quý IV năm 2023", "Năm 2026", "Thường xuyên", "Trước ngày 30/6/2026",
         "Trước ngày 15/11 hằng năm", "Chậm nhất là ngày 15/11/2026", "Tháng 3/2026", "Định kỳ và khi có yêu cầu",
         "Năm 2023 và các năm tiếp theo; khi có thông báo", "Từ ngày 01/03/2026 đến ngày 02/4/2026"]
    ),
)  # fmt: skip
TIMES = st.builds(
    Time,
    kind=st.sampled_from(get_args(TimeKind)),
    raw=RAWS,
    from_=st.none() | DAYS,
    to=st.none() | DAYS,
)
LABELLED = st.dictionaries(st.sampled_from(["lead", "coordinator", "method", "time"]), LINES, max_size=2)
NAMES = st.lists(LINES.filter(bool), max_size=3).map(tuple)
TASKS = st.builds(
    Task,
    leads=NAMES,
    coordinators=NAMES,
    method=st.none() | LINES.filter(bool),
    time=TIMES,
    labels=LABELLED,
)
NAME = st.none() | LINES.filter(bool)
DUTIES = st.builds(
    Obligation,
    from_=NAME,
    to=LINES.filter(bool),
    via=NAME,
    recurrence=st.sampled_from(get_args(Recurrence)),
    inclusive=st.booleans(),
    due_month=st.none() | st.integers(1, 12) | st.sampled_from([(3, 6), (3, 6, 9)]),
    due_day=st.none() | st.integers(1, 28) | st.just("last"),
    by_reference=st.booleans(),
    embedded_in=NAME,
    raw=LINES,
)


@st.composite
def _part(draw: st.DrawFn, depth: int) -> Node:
    """One part and those below it; composed, so that a failure does not print the whole grammar."""
    label, title = draw(LABELS), draw(st.just("") | LINES)
    paragraphs = tuple(draw(st.lists(WORDS, min_size=0 if label or title else 1, max_size=3)))
    return Node(
        label=label,
        title=title,
        paragraphs=paragraphs,
        task=draw(st.none() | TASKS),
        obligations=tuple(draw(st.lists(DUTIES, max_size=2))),
        children=tuple(draw(st.lists(_part(depth - 1), max_size=2))) if depth else (),
    )


@st.composite
def contents(draw: st.DrawFn) -> Content:
    return Content(
        doc_type="KH",
        subject=draw(LINES),
        field="x",
        opening=tuple(draw(st.lists(LINES.filter(bool), max_size=2))),
        bases=tuple(Basis(raw) for raw in draw(st.lists(LINES.filter(bool), max_size=3))),
        sections=tuple(draw(st.lists(_part(2), max_size=3))),
        closing=tuple(draw(st.lists(_part(1), max_size=2))),
        recipients=tuple(Recipient(name) for name in draw(st.lists(LINES.filter(bool), max_size=3))),
        archive_line=draw(LINES),
    )
