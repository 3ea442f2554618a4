"""The sentences of a report that count: written, found again, and counted anew without a word of anybody's lost."""

from msgspec.structs import replace

from workflow.content import Content, Node, Row
from workflow.report_words import counts, following, recounted, said_received

ROWS = (
    Row("1", "Tập huấn", "Phòng A", "done", "Xong"),
    Row("2", "Hội nghị", "Phòng A", "running", "Đang làm"),
    Row("1", "Tập huấn", "Phòng B", "not_started", reason="Chưa có kinh phí"),
)


def report(words: str, rows: tuple[Row, ...] = ROWS) -> Content:
    return Content(sections=(Node("I", children=(Node("1", paragraphs=("Mở đầu.", words)),)),), results=rows)


def words_of(content: Content) -> str:
    return content.sections[0].children[0].paragraphs[1]


def test_the_sentences_count_units_and_rows():
    assert counts(2, 3, ROWS) == (
        "Đã nhận báo cáo của 2/3 đơn vị. Trong 3 kết quả được báo cáo: 1 hoàn thành, 1 đang thực hiện, "
        "1 chưa thực hiện. Chi tiết theo bảng kết quả."
    )


def test_what_there_is_none_of_is_not_counted():
    assert counts(0, 0, ()) == ""
    assert counts(0, 9, ()) == "Đã nhận báo cáo của 0/9 đơn vị."
    assert counts(0, 0, ROWS[:1]).startswith("Trong 1 kết quả được báo cáo: 1 hoàn thành")


def test_a_table_that_had_nothing_to_count_is_counted_behind_the_units():
    begun = report(counts(0, 3, ()), ())
    assert words_of(recounted(replace(begun, results=ROWS), 2, 3)) == counts(2, 3, ROWS)
    reworded = report("Đã nhận báo cáo của 1/3 đơn vị. Nhìn chung tốt.")
    assert (
        words_of(recounted(reworded, 2, 3, before=ROWS)) == "Đã nhận báo cáo của 2/3 đơn vị. Nhìn chung tốt."
    )


def test_the_numbers_of_units_are_found_in_whatever_words_they_are_wrapped():
    assert said_received(report("Đến nay: Đã nhận báo cáo của 12/9 đơn vị, còn lại đã nhắc.")) == [(12, 9)]
    assert said_received(report("Các đơn vị đã báo cáo đủ.")) == []


def test_counting_anew_changes_the_numbers_and_no_word_beside_them():
    typed = "Năm nay: " + counts(1, 3, ROWS[:2]) + " Đánh giá chung: tốt."
    assert (
        words_of(recounted(report(typed), 2, 3, before=ROWS[:2]))
        == f"Năm nay: {counts(2, 3, ROWS)} Đánh giá chung: tốt."
    )


def test_a_sentence_follows_its_table_until_somebody_puts_it_otherwise():
    later = (*ROWS[:2], replace(ROWS[2], status="done", result="Xong"))
    before = report(counts(2, 3, ROWS))
    assert words_of(following(replace(before, results=later), before)) == counts(2, 3, later)
    own = report("Trong 3 kết quả, phần lớn đã xong.")
    assert following(replace(own, results=later), own) == replace(own, results=later)


def test_rows_nobody_has_said_anything_of_are_counted_once_they_say_something():
    empty = report(counts(2, 2, (Row("1", "Tập huấn", "Văn phòng"),)), (Row("1", "Tập huấn", "Văn phòng"),))
    assert words_of(empty) == "Đã nhận báo cáo của 2/2 đơn vị. Chi tiết theo bảng kết quả."
    filled = replace(empty, results=ROWS[:1])
    assert words_of(following(filled, empty)) == counts(2, 2, ROWS[:1])
    assert words_of(recounted(filled, 2, 2)) == counts(2, 2, ROWS[:1])
    assert words_of(following(empty, replace(filled, sections=empty.sections))) == words_of(empty)
