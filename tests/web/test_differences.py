"""Two texts side by side: the places, the words, and nothing else."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.record import plan
from web.differences import AROUND, _shortened, _words, changes
from workflow.content import Basis, Missing, Node, Recipient, Row, Task, Time


def only(before, after):
    (change,) = changes(before, after)
    return change


def test_equal_texts_have_no_difference():
    assert changes(plan(), plan()) == ()


def test_a_changed_word_stands_between_the_words_that_stayed():
    change = only(
        plan(subject="Báo cáo trước ngày 15/11 hằng năm"), plan(subject="Báo cáo trước ngày 10/11 hằng năm")
    )
    assert change.place == "Trích yếu"
    assert "".join(text for _, text in change.pieces) == "Báo cáo trước ngày 15/11 10/11 hằng năm"
    assert [piece for piece in change.pieces if piece[0] != "same"] == [("del", "15/11"), ("ins", "10/11")]


@pytest.mark.parametrize(("changed", "place", "words"), [
    ({"bases": (Basis(raw="Luật Thực hiện dân chủ"),)}, "Căn cứ", "Luật Thực hiện dân chủ"),
    ({"opening": ("Sở xây dựng kế hoạch:",)}, "Mở đầu", "Sở xây dựng kế hoạch:"),
    ({"urgency": "khan"}, "Độ khẩn", "Khẩn"),
    ({"field": "khoa_hoc"}, "Lĩnh vực", "khoa_hoc"),
    ({"annexes": ("Bảng số liệu",)}, "Phụ lục 1", "Bảng số liệu"),
    ({"results": (Row(ref="II.1", task="Tập huấn", status="done"),)}, "Kết quả mục II.1", "Đã hoàn thành"),
    ({"missing_units": (Missing("Phòng A", "chưa gửi"),)}, "Chưa có báo cáo của", "Phòng A: chưa gửi"),
    ({"recipients": (Recipient("Sở Nội vụ", "to_report"), Recipient("Các phòng, đơn vị thuộc Sở"), Recipient("Sở Y tế"))},
     "Nơi nhận", "Sở Y tế"),
    ({"sections": ()}, "Mục I", "TỔ CHỨC THỰC HIỆN"),
])  # fmt: skip
def test_whatever_differs_is_named_by_its_place(changed, place, words):
    found = changes(plan(), plan(**changed))
    assert place in [change.place for change in found]
    assert words in " ".join(text for change in found for _, text in change.pieces)


def test_a_task_and_a_deadline_show_in_their_own_words():
    task = Task(leads=("Văn phòng",), time=Time(raw="Quý III"))
    before = plan(sections=(Node(label="II", paragraphs=("Tập huấn cho công chức.",), task=task),))
    later = msgspec.structs.replace(task, time=Time(raw="Quý IV"))
    after = plan(sections=(Node(label="II", paragraphs=("Tập huấn cho công chức.",), task=later),))
    change = only(before, after)
    assert change.place == "Mục II"
    assert ("del", "III.") in change.pieces
    duty = plan().sections[0]
    moved = msgspec.structs.replace(duty.obligations[0], due_day=5)
    section = msgspec.structs.replace(duty, obligations=(moved, duty.obligations[1]))
    assert only(plan(), plan(sections=(section,))).place == "Hạn báo cáo, mục I"


def test_a_paragraph_put_in_between_does_not_disturb_its_neighbours():
    def of(*texts):
        return plan(sections=(Node(label="I", title="A", paragraphs=texts),))

    change = only(
        of("Một đoạn đầu.", "Một đoạn cuối."), of("Một đoạn đầu.", "Đoạn mới chen vào.", "Một đoạn cuối.")
    )
    assert change.pieces == (("ins", "Đoạn mới chen vào."),)


def test_long_unchanged_stretches_are_cut_around_the_change():
    words = [f"chữ{n}" for n in range(200)]
    pieces = list(_shortened(_words(" ".join(words), " ".join([*words[:100], "khác", *words[101:]]))))
    shown = " ".join("".join(text for op, text in pieces if op != "del").split())
    assert "chữ99 khác chữ101" in shown
    assert len(shown.split()) < 3 * AROUND
    assert shown.count("…") == 2


@given(st.text("ab cđ ", max_size=60), st.text("ab cđ ", max_size=60))
def test_the_pieces_give_both_texts_back(old, new):
    pieces = _words(old, new)
    assert "".join(t if op != "ins" else " " for op, t in pieces).split() == old.split()
    assert "".join(t if op != "del" else " " for op, t in pieces).split() == new.split()
