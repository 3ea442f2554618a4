"""Last year's dates and figures are found where they still stand, and nothing is changed without being asked."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.record import plan
from workflow.content import Basis, Content, Node, Obligation, Recipient, Task, Time, walk
from workflow.renewal import accepted, bases_to_check, moved_on, todos

OLD = plan(
    subject="Công tác dân vận năm 2025",
    bases=(Basis("Kế hoạch số 12/KH-UBND ngày 03/02/2025 của UBND tỉnh"),),
    opening=("Thực hiện Luật năm 2022, Sở ban hành kế hoạch năm 2025.",),
    sections=(
        Node(
            "I",
            "NỘI DUNG",
            ("Mở 3 lớp cho 120 người.", "Không có ngày nào."),
            Task(time=Time("quarters", "Quý III, IV năm 2025", "2025-07-01", "2025-12-31")),
        ),
    ),
)


def test_each_place_that_is_last_years_is_listed():
    found = todos(OLD, OLD, year=2025)
    assert [(one.place, one.found) for one in found] == [
        ("Trích yếu", ("năm 2025",)),
        ("Mở đầu", ("năm 2025",)),
        ("Mục I", ("3 lớp", "120 người")),
        ("Mục I, thời gian", ("Quý III, IV năm 2025",)),
    ]
    assert [one.proposal for one in found] == [
        "Công tác dân vận năm 2026",
        "Thực hiện Luật năm 2022, Sở ban hành kế hoạch năm 2026.",
        "",
        "Quý III, IV năm 2026",
    ]


def test_the_date_of_a_document_that_is_named_is_nothing_to_renew():
    text = plan(
        subject="Dân vận", opening=("Thực hiện Công văn số 339/UBND-NC ngày 10/4/2025, Sở làm.",), sections=()
    )
    assert todos(text, text, year=2025) == ()


def test_what_was_rewritten_is_no_longer_listed():
    now = plan(subject="Công tác dân vận năm 2026", sections=OLD.sections)
    assert [one.place for one in todos(OLD, now, year=2025)] == ["Mục I", "Mục I, thời gian"]
    assert todos(OLD, plan(subject="Khác năm 2025", sections=()), year=2025) == ()


def test_a_proposal_that_is_taken_moves_words_and_dates_together():
    found = todos(OLD, OLD, year=2025)
    made = accepted(OLD, frozenset(one.text for one in found if one.proposal), year=2025)
    assert made.subject == "Công tác dân vận năm 2026"
    assert made.sections[0].task.time == Time("quarters", "Quý III, IV năm 2026", "2026-07-01", "2026-12-31")
    assert made.bases == OLD.bases
    assert made.sections[0].paragraphs == OLD.sections[0].paragraphs
    assert accepted(OLD, frozenset(), year=2025) == OLD


@pytest.mark.parametrize(
    ("text", "moved"),
    [
        ("trước ngày 30/6/2025", "trước ngày 30/6/2026"),
        (
            "Kế hoạch số 88/KH-UBND ngày 10/4/2025 giao xong trước ngày 10/4/2025",
            "Kế hoạch số 88/KH-UBND ngày 10/4/2025 giao xong trước ngày 10/4/2026",
        ),
        (
            "Luật số 10/2025/QH15, ngày 15 tháng 11 năm 2025",
            "Luật số 10/2025/QH15, ngày 15 tháng 11 năm 2025",
        ),
        ("Họp 2 lần/quý, ngày 05/3/2025", "Họp 2 lần/quý, ngày 05/3/2026"),
        ("ngày 15 tháng 11 năm 2025", "ngày 15 tháng 11 năm 2026"),
        ("ngày 29/02/2028", "ngày 28/02/2029"),
        ("Luật năm 2022", "Luật năm 2022"),
        ("quyết định 2025/QĐ", "quyết định 2025/QĐ"),
    ],
)
def test_only_dates_of_that_year_move(text, moved):
    assert moved_on(text, year=2028 if "2028" in text else 2025, by=1) == moved


DUTY = Obligation(
    to="Văn phòng Sở",
    due_day=10,
    due_month=11,
    raw="Các phòng báo cáo năm 2025 trước ngày 10/11/2025.",
    embedded_in="Báo cáo dân vận năm 2025",
)


def test_the_sentence_of_a_deadline_goes_along_with_its_paragraph():
    node = Node("I", "", (f"Kết thúc đợt. {DUTY.raw} Văn phòng tổng hợp.",), obligations=(DUTY,))
    text = plan(subject="Dân vận", sections=(node,))
    found = todos(text, text, year=2025)
    assert [one.place for one in found] == ["Mục I", "Mục I, báo cáo lồng ghép"]
    made = accepted(text, frozenset(one.text for one in found), year=2025).sections[0]
    assert made.obligations[0].raw == "Các phòng báo cáo năm 2026 trước ngày 10/11/2026."
    assert made.obligations[0].raw in made.paragraphs[0]
    assert made.obligations[0].embedded_in == "Báo cáo dân vận năm 2026"


def test_a_sentence_that_stands_nowhere_in_its_part_is_a_place_of_its_own():
    text = plan(subject="Dân vận", sections=(Node("I", "Báo cáo", obligations=(DUTY,)),))
    found = todos(text, text, year=2025)
    assert [one.place for one in found] == ["Mục I, câu nêu hạn", "Mục I, báo cáo lồng ghép"]
    made = accepted(text, frozenset({DUTY.raw}), year=2025).sections[0].obligations[0]
    assert made.raw == "Các phòng báo cáo năm 2026 trước ngày 10/11/2026."
    assert made.embedded_in == DUTY.embedded_in


def test_receivers_and_the_way_a_task_is_done_are_looked_at_too():
    task = Task(method="Hội nghị tổng kết năm 2025")
    text = Content(
        doc_type="KH",
        subject="Dân vận",
        addressees=("Tổ giúp việc năm 2025",),
        sections=(Node("I", "Tổng kết", task=task),),
        recipients=(Recipient("Ban Tổ chức hội thi năm 2025", "to_implement"), Recipient("Sở Nội vụ")),
    )
    found = todos(text, text, year=2025)
    assert [one.place for one in found] == ["Kính gửi", "Mục I, hình thức", "Nơi nhận"]
    made = accepted(text, frozenset(one.text for one in found), year=2025)
    assert made.recipients == (
        Recipient("Ban Tổ chức hội thi năm 2026", "to_implement"),
        Recipient("Sở Nội vụ"),
    )
    assert made.sections[0].task.method == "Hội nghị tổng kết năm 2026"
    assert made.addressees == ("Tổ giúp việc năm 2026",)


def test_a_basis_is_marked_as_long_as_it_stands_as_it_did():
    bases = (
        Basis("Luật Thực hiện dân chủ ở cơ sở năm 2022", "Luật", None, "2022-11-10", "Quốc hội"),
        Basis("Kế hoạch số 12/KH-UBND ngày 03/02/2025", "KH", "12/KH-UBND", "2025-02-03", "UBND tỉnh"),
        Basis("Thông tư số 9/2025/TT-BNV ngày 01/3/2025", "TT", "9/2025/TT-BNV", "2025-03-01", "Bộ Nội vụ"),
        Basis("Công văn của Sở Nội vụ về dân vận năm 2025", "CV"),
    )
    old = plan(bases=bases)
    found = bases_to_check(old, old, year=2025)
    assert [(one.number, one.of_year) for one in found] == [(1, False), (2, True), (3, False), (4, True)]
    new = Basis("Kế hoạch số 7/KH-UBND ngày 05/02/2026", "KH", "7/KH-UBND", "2026-02-05", "UBND tỉnh")
    now = plan(bases=(bases[0], new, bases[3]))
    assert [(one.number, one.raw) for one in bases_to_check(old, now, year=2025)] == [
        (1, bases[0].raw),
        (3, bases[3].raw),
    ]


# Properties: of any text put together from what plans say.

DATES = st.sampled_from(
    [
        "năm 2025", "quý III năm 2025", "tháng 6/2025", "trước ngày 30/6/2025", "ngày 15 tháng 11 năm 2025",
        "trước ngày 15/01/2026", "Luật năm 2022", "Kế hoạch số 88/KH-UBND ngày 10/4/2025", "hằng năm", "Mở 3 lớp",
        "đạt 80%", "báo cáo Văn phòng Sở", "Các phòng", "và",
    ]
)  # fmt: skip
SENTENCES = st.lists(DATES, min_size=1, max_size=5).map(lambda words: " ".join(words) + ".")
PARAGRAPHS = st.lists(SENTENCES, min_size=1, max_size=3)


@st.composite
def nodes(draw: st.DrawFn) -> Node:
    sentences = draw(PARAGRAPHS)
    stated = draw(st.lists(st.sampled_from(sentences), max_size=2))
    return Node(
        label=draw(st.sampled_from(["1", "2", "a", "-"])),
        paragraphs=(" ".join(sentences), draw(SENTENCES)),
        task=draw(st.none() | SENTENCES.map(lambda text: Task(method=text))),
        obligations=tuple(Obligation(raw=raw) for raw in stated),
    )


TEXTS = st.builds(
    lambda subject, sections, ends: Content(
        doc_type="KH", subject=subject, sections=tuple(sections), recipients=(Recipient(ends),)
    ),
    SENTENCES,
    st.lists(nodes(), max_size=4),
    SENTENCES,
)


@given(SENTENCES)
def test_moving_on_changes_years_alone_and_can_be_taken_back(text):
    moved = moved_on(text, year=2025, by=1)
    assert len(moved) == len(text)
    changed = [(old, new) for old, new in zip(text, moved, strict=True) if old != new]
    assert all((old, new) in {("5", "6"), ("6", "7")} for old, new in changed)
    assume("2022" not in text)
    assert moved_on(moved, year=2026, by=-1) == text


@given(TEXTS)
def test_once_everything_is_taken_no_date_of_last_year_is_left_to_move(text):
    found = todos(text, text, year=2025)
    made = accepted(text, frozenset(one.text for one in found if one.proposal), year=2025)
    assert [one.text for one in todos(text, made, year=2025) if one.proposal] == []


@given(TEXTS)
def test_a_stated_deadline_is_still_in_its_paragraph_afterwards(text):
    taken = frozenset(one.text for one in todos(text, text, year=2025) if one.proposal)
    for _, node in walk(accepted(text, taken, year=2025)):
        for duty in node.obligations:
            assert any(duty.raw in paragraph for paragraph in node.paragraphs)


@given(TEXTS, st.data())
def test_only_what_was_taken_changes(text, data):
    proposals = [one.text for one in todos(text, text, year=2025) if one.proposal]
    taken = frozenset(data.draw(st.lists(st.sampled_from(proposals)))) if proposals else frozenset()
    made = accepted(text, taken, year=2025)
    for (_, old), (_, new) in zip(walk(text), walk(made), strict=True):
        for before, after in zip(old.paragraphs, new.paragraphs, strict=True):
            assert after == (moved_on(before, year=2025, by=1) if before in taken else before)
    assert made.bases == text.bases
