"""Văn thư's piles and the register, on both databases."""

from tests.record import Record
from workflow.engine.work import Work
from workflow.queries import register
from workflow.queries.registry import queue


def piles(w: Work):
    return {pile.group: pile for pile in queue(w, w.actor.agency_id)}


def test_a_document_lies_in_one_pile_at_a_time(record: Record):
    document_id = record.draft()
    record.bring_to(document_id, "sign")
    seen = []
    acts = (
        {"step_id": "assign_number", "paper_signed": True},
        {"step_id": "seal"},
        {"step_id": "request_void", "note": "Nhầm trích yếu của kế hoạch"},
    )
    for act in (None, *acts):
        if act:
            record.step("van", document_id, **act)
        with record.engine.reading(record.who("van")) as w:
            found = piles(w)
        seen.append([group for group, pile in found.items() if pile.total])
        assert [len(pile.items) for pile in found.values()] == [pile.total for pile in found.values()]
    assert seen == [["number"], ["seal"], ["issue"], ["void"]]
    (item,) = found["void"].items
    assert item.void_reason == "Nhầm trích yếu của kế hoạch"
    assert item.void_by == ("Trần Thị Ngọc Mai", "Đoàn Quốc Việt")


def test_the_number_that_would_be_given_is_the_one_that_is_given(record: Record):
    for number in (1, 2):
        document_id = record.draft()
        record.bring_to(document_id, "sign")
        with record.engine.reading(record.who("van")) as w:
            (item,) = piles(w)["number"].items
        assert item.will_be == f"{number:02d}/KH-SKHCN"
        assert (
            item.will_be == record.step("van", document_id, "assign_number", paper_signed=True).reference_no
        )


def test_the_register_keeps_every_number_with_its_void(record: Record):
    gone, out = record.draft(), record.draft()
    record.bring_to(gone, "assign_number")
    record.step("van", gone, "request_void", note="Nhầm trích yếu của kế hoạch")
    record.step("viet", gone, "void", note="Đồng ý hủy số này")
    record.bring_to(out, "issue")
    with record.engine.reading(record.who("lan")) as w:
        (book,) = register.books(w, w.actor.agency_id)
        lines = register.lines(w, book)
        newest = register.lines(w, book, limit=1)
        below = register.lines(w, book, before=2, limit=5)
        check = register.check(w, book)
        today = register.lines_of_day(w, w.actor.agency_id, w.today)
    assert [(line.reference_no, line.is_void, line.copies) for line in lines] == [
        ("01/KH-SKHCN", True, 0),
        ("02/KH-SKHCN", False, 10),
    ]
    assert lines[0].void_reason == "Đồng ý hủy số này"
    assert [line.number for line in newest] == [2]
    assert [line.number for line in below] == [1]
    assert (check.is_whole, check.voided) == (True, 1)
    assert today == lines
