"""Two texts as a page tells them: the places, the words, and nothing else."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.record import plan
from tests.workflow.changes.texts import contents
from web import differences
from web.change_words import FIELDS, field_rows, summary
from web.differences import AROUND, KEPT, LINES, changes, compared, shown, sides, told
from workflow.changes.between import changes_between
from workflow.changes.fields import ROW, WHOLE
from workflow.changes.words import words
from workflow.content import Attachment, Basis, Missing, Node, Recipient, Row, Task, Time


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
    ({"doc_type": "BC"}, "Loại văn bản", "Báo cáo"),
    ({"annexes": ("Bảng số liệu",)}, "Phụ lục 1", "Bảng số liệu"),
    ({"closing": (Node(paragraphs=("Trên đây là kế hoạch.",)),)}, "Kết thúc", "Trên đây là kế hoạch."),
    ({"results": (Row(ref="II.1", task="Tập huấn", status="done"),)}, "Kết quả mục II.1, dòng kết quả", "Tập huấn"),
    ({"missing_units": (Missing("Phòng A", "chưa gửi"),)}, "Chưa có báo cáo của", "Phòng A: chưa gửi"),
    ({"attachments": (Attachment("bảng.pdf", "ab" * 32, 9),)}, "Tệp kèm theo", "bảng.pdf (abababababab)"),
    ({"recipients": (Recipient("Sở Nội vụ", "to_report"), Recipient("Các phòng, đơn vị thuộc Sở"), Recipient("Sở Y tế"))},
     "Nơi nhận", "Sở Y tế"),
    ({"sections": ()}, "Mục I", "TỔ CHỨC THỰC HIỆN"),
])  # fmt: skip
def test_whatever_differs_is_named_by_its_place(changed, place, words):
    found = changes(plan(), plan(**changed))
    assert place in [change.place for change in found]
    assert words in " ".join(text for change in found for _, text in change.pieces)


TRAINING = Task(leads=("Văn phòng",), time=Time(kind="quarters", raw="Quý III"))


def with_task(task: Task, *texts: str, label: str = "II"):
    return plan(sections=(Node(label=label, paragraphs=texts or ("Tập huấn cho công chức.",), task=task),))


@pytest.mark.parametrize(("changed", "place", "pieces", "one"), [
    ({"time": Time(kind="quarters", raw="Quý IV")}, "Mục II, thời gian",
     [("del", "III"), ("ins", "IV")], "Đã đổi thời gian của mục II"),
    ({"leads": ("Văn phòng", "Phòng Tài chính")}, "Mục II, chủ trì",
     [("ins", "Phòng Tài chính")], "Đã đổi chủ trì của mục II"),
    ({"time": Time(kind="year", raw="Quý III", to="2026-12-31")}, "Mục II, cách đọc thời gian",
     [("del", "Quý"), ("ins", "Trong năm, 31/12/2026")], "Đã đổi cách đọc thời gian của mục II"),
])  # fmt: skip
def test_a_task_is_told_by_its_fields(changed, place, pieces, one):
    found = changes_between(with_task(TRAINING), with_task(msgspec.structs.replace(TRAINING, **changed)))
    (change,) = told(found, {})
    assert change.place == place
    assert [piece for piece in change.pieces if piece[0] != "same"] == pieces
    assert summary(found) == one


def test_a_deadline_is_told_with_its_last_good_day():
    section = plan().sections[0]
    earlier = msgspec.structs.replace(section.obligations[0], due_day=5)
    after = plan(sections=(msgspec.structs.replace(section, obligations=(earlier, section.obligations[1])),))
    change = only(plan(), after)
    assert change.place == "Hạn báo cáo, mục I"
    marked = [piece for piece in change.pieces if piece[0] != "same"]
    assert marked == [("del", "10/11"), ("ins", "05/11"), ("del", "09/11"), ("ins", "04/11")]
    assert summary(changes_between(plan(), after)) == "Đã đổi hạn báo cáo của mục I"
    (row,) = field_rows(changes_between(plan(), after), {})
    old, new = sides(row)
    assert "".join(text for _, text in old).endswith("trước ngày 10/11, muộn nhất hết ngày 09/11, hằng năm")
    assert "".join(text for _, text in new).endswith("trước ngày 05/11, muộn nhất hết ngày 04/11, hằng năm")


def of(*texts):
    return plan(sections=(Node(label="I", title="A", paragraphs=texts),))


def test_a_paragraph_put_in_between_does_not_disturb_its_neighbours():
    change = only(
        of("Một đoạn đầu.", "Một đoạn cuối."), of("Một đoạn đầu.", "Đoạn mới chen vào.", "Một đoạn cuối.")
    )
    assert (change.how, change.pieces) == ("Thêm", (("ins", "Đoạn mới chen vào."),))


def test_neighbours_that_came_together_are_told_together_and_the_first_lines_are_enough():
    new = tuple(f"Đoạn mới số {n}." for n in range(LINES + 3))
    change = only(of("Một đoạn đầu."), of("Một đoạn đầu.", *new))
    assert change.how == f"Thêm {LINES + 3} đoạn"
    lines = "".join(text for _, text in change.pieces).split("\n")
    assert lines == [*new[:LINES], "…"]


def test_a_moved_section_says_where_it_came_from():
    def text(*titles):
        labels = ("I", "II", "III")
        nodes = [Node(label=label, title=title, paragraphs=(f"Nội dung của phần {title} viết đủ dài.",) * (title != "C"))
                 for label, title in zip(labels, titles, strict=True)]  # fmt: skip
        return plan(sections=tuple(nodes))

    found = changes_between(text("A MỘT", "B HAI", "C"), text("C", "A MỘT", "B HAI"))
    (moved,) = told(found, {})
    assert (moved.place, moved.how) == ("Mục I", "Chuyển từ mục III")
    assert summary(found) == "1 chỗ sửa"


def test_a_new_order_of_one_section_is_not_told_as_coming_from_itself():
    found = changes(of("Một đoạn dài ở đầu mục này.", "Hai."), of("Hai.", "Một đoạn dài ở đầu mục này."))
    assert [change.how for change in found] == ["Đổi thứ tự"]


def test_only_new_numbers_are_said_to_be_only_that():
    found = changes_between(with_task(TRAINING), with_task(TRAINING, label="III"))
    assert summary(found) == "Chỉ đánh số lại mục"
    assert [change.how for change in told(found, {})] == ["Đánh số lại"]


def test_long_unchanged_stretches_are_cut_around_the_change():
    parts = [f"chữ{n}" for n in range(200)]
    (change,) = changes(of(" ".join(parts)), of(" ".join([*parts[:100], "khác", *parts[101:]])))
    text = " ".join("".join(text for op, text in change.pieces if op != "del").split())
    assert "chữ99 khác chữ101" in text
    assert len(text.split()) < 3 * AROUND
    assert text.count("…") == 2


def test_every_field_has_a_name():
    named = {*WHOLE, *(f"row_{name}" for name in ROW), "row", "addressees", "recipients", "attachments", "missing_units",
             "task", "leads", "coordinators", "method", "time", "labels", "time_reading", "signer"}  # fmt: skip
    assert named == set(FIELDS)


@given(contents, contents)
def test_the_number_in_the_sentence_is_the_number_of_places_told(old, new):
    found = changes_between(old, new)
    if found.counts.places:
        assert len(told(found, {})) == found.counts.places


@given(st.text("ab cđ ", max_size=60), st.text("ab cđ ", max_size=60))
def test_the_pieces_shown_give_both_texts_back(old, new):
    pieces = list(shown(words(old, new)))
    assert "".join(t if op != "ins" else " " for op, t in pieces).split() == old.split()
    assert "".join(t if op != "del" else " " for op, t in pieces).split() == new.split()
    assert all(text == text.strip() for op, text in pieces if op != "same")


def test_what_was_compared_is_remembered_by_its_digests_and_not_for_ever(monkeypatch):
    asked = []

    def counted(*texts, **how):
        asked.append(texts)
        return changes_between(*texts, **how)

    monkeypatch.setattr(differences, "changes_between", counted)
    old, new = plan(), plan(subject="Dân chủ")
    first = compared(("a", old), ("b", new))
    assert compared(("a", old), ("b", new)) is first
    assert compared(("a", old), ("b", new), signers=("Mai", "Sơn")).fields[0].name == "signer"
    assert compared(("a", old), ("b", new), signers=("", "Sơn")) is first, (
        "a signer not on record is not compared"
    )
    assert len(asked) == 2
    compared(("", old), ("b", new))
    compared(("", old), ("b", new))
    assert len(asked) == 4, "a text that is not the one on record is compared each time"
    for number in range(KEPT):
        compared((str(number), old), ("b", new))
    assert len(differences._known) == KEPT
    compared(("a", old), ("b", new))
    assert len(asked) == 5 + KEPT
