"""What differs between two texts: nothing is left out, nothing is told twice."""

import msgspec
import pytest
from hypothesis import given

from tests.record import plan
from tests.workflow.changes.texts import contents
from workflow.changes.between import Changes, changes_between
from workflow.changes.blocks import DATA, blocks
from workflow.content import (
    Attachment,
    Basis,
    Content,
    Missing,
    Node,
    Obligation,
    Recipient,
    Row,
    Task,
    Time,
)


def prose(content: Content):
    return [block for block in blocks(content) if block.kind not in DATA]


def applied(old: Content, found: Changes) -> list[tuple[str, str]]:
    """The new text out of the old one: every old paragraph is used once, by its place, and its words are mended."""
    left = {block.place: block for block in prose(old)}
    told = []
    for item in found.paragraphs:
        kept = "".join(text for op, text in item.pieces if op != "ins")
        come = "".join(text for op, text in item.pieces if op != "del")
        if item.old is not None:
            was = left.pop(item.old.place)
            assert kept in (was.printed, item.block.printed)
        if item.kind == "deleted":
            assert come == ""
        else:
            told.append((item.block.place, come))
    assert left == {}
    return told


@given(contents, contents)
def test_the_changes_make_the_new_text_out_of_the_old(old, new):
    found = changes_between(old, new)
    assert applied(old, found) == [(block.place, block.printed) for block in prose(new)]


@given(contents)
def test_equal_texts_have_no_change(content):
    found = changes_between(content, content)
    assert not found
    assert found.counts.places == 0
    assert all(item.kind == "same" for item in found.paragraphs)


@given(contents, contents)
def test_what_is_told_is_never_empty_where_the_words_differ(old, new):
    found = changes_between(old, new)
    same_words = [(b.kind, b.printed) for b in blocks(old)] == [(b.kind, b.printed) for b in blocks(new)]
    if not same_words:
        assert found
    assert [item for run in found.runs for item in run] == list(found.paragraphs)
    assert bool(found) == bool(found.counts.places or found.counts.renumbered)


@given(contents, contents)
def test_what_moved_is_not_told_as_gone_and_come(old, new):
    found = changes_between(old, new)
    kinds = {"heading": "part", "paragraph": "part"}
    gone = {(kinds.get(i.old.kind, i.old.kind), i.old.text) for i in found.paragraphs if i.kind == "deleted"}
    came = {(kinds.get(i.new.kind, i.new.kind), i.new.text) for i in found.paragraphs if i.kind == "inserted"}
    assert gone & came == set()


TASK = Task(leads=("Văn phòng Sở",), coordinators=("Phòng A",), time=Time(kind="quarters", raw="Quý III"))


def with_task(task: Task | None, **more) -> Content:
    children = (
        Node(label="1", paragraphs=("Rà soát quy chế làm việc của cơ quan.",)),
        Node(label="4", paragraphs=("Tập huấn cho công chức, viên chức.",), task=task),
    )
    return plan(sections=(Node(label="II", title="NỘI DUNG", children=children),), **more)


def only(old: Content, new: Content):
    found = changes_between(old, new)
    assert [item for item in found.paragraphs if item.kind != "same"] == []
    (field,) = found.fields
    assert found.counts.places == found.counts.fields == 1
    return field


@pytest.mark.parametrize(("change", "name", "old", "new"), [
    ({"time": Time(kind="quarters", raw="Quý IV")}, "time", "Quý III", "Quý IV"),
    ({"method": "Hội nghị"}, "method", "", "Hội nghị"),
    ({"labels": {"lead": "Cơ quan thực hiện"}}, "labels", "", "Cơ quan thực hiện"),
    ({"time": Time(kind="quarters", raw="Quý III", to="2026-09-30")}, "time_reading", "quarters", "quarters 2026-09-30"),
])  # fmt: skip
def test_a_field_of_a_task_has_its_old_and_new_value_and_its_place(change, name, old, new):
    field = only(with_task(TASK), with_task(msgspec.structs.replace(TASK, **change)))
    assert (field.name, field.ref, field.place) == (name, "II.4", "sections/0/children/1")
    assert (field.old, field.new) == (old, new)


def test_a_list_of_a_task_tells_who_came_and_who_went():
    leads = ("Văn phòng Sở", "Phòng Tài chính")
    field = only(with_task(TASK), with_task(msgspec.structs.replace(TASK, leads=leads)))
    assert (field.name, field.gone, field.came) == ("leads", (), ("Phòng Tài chính",))
    turned = only(with_task(msgspec.structs.replace(TASK, leads=leads)),
                  with_task(msgspec.structs.replace(TASK, leads=leads[::-1])))  # fmt: skip
    assert (turned.gone, turned.came, turned.new) == ((), (), "Phòng Tài chính; Văn phòng Sở")


def test_a_task_that_came_or_went_is_told_whole():
    came = only(with_task(None), with_task(TASK))
    assert (came.name, came.ref, came.old) == ("task", "II.4", "")
    assert "Quý III" in came.new
    gone = only(with_task(TASK), with_task(None))
    assert gone.old == came.new


def test_a_task_moved_with_its_paragraph_has_not_changed():
    children = with_task(TASK).sections[0].children
    turned = plan(sections=(Node(label="II", title="NỘI DUNG", children=children[::-1]),))
    assert changes_between(with_task(TASK), turned).fields == ()


@pytest.mark.parametrize(("changed", "name", "gone", "came"), [
    ({"urgency": "khan"}, "urgency", (), ()),
    ({"field": "khoa_hoc"}, "field", (), ()),
    ({"addressees": ("Sở Nội vụ",)}, "addressees", (), ("Sở Nội vụ",)),
    ({"recipients": (Recipient("Sở Nội vụ"), Recipient("Các phòng, đơn vị thuộc Sở"))}, "recipients",
     ("Sở Nội vụ (b/c)",), ("Sở Nội vụ",)),
    ({"attachments": (Attachment("bảng.pdf", "ab" * 32, 10),)}, "attachments", (), ("bảng.pdf (abababababab)",)),
    ({"missing_units": (Missing("Phòng A", "chưa gửi"),)}, "missing_units", (), ("Phòng A: chưa gửi",)),
    ({"archive_line": "Lưu: VT."}, "archive_line", (), ()),
])  # fmt: skip
def test_a_field_of_the_document_is_told_once(changed, name, gone, came):
    field = only(plan(), plan(**changed))
    assert (field.name, field.place, field.gone, field.came) == (name, "", gone, came)
    assert field.old != field.new


def test_a_file_of_the_same_name_with_another_hash_is_another_file():
    field = only(plan(attachments=(Attachment("bảng.pdf", "ab" * 32, 10),)),
                 plan(attachments=(Attachment("bảng.pdf", "cd" * 32, 10),)))  # fmt: skip
    assert (field.gone, field.came) == (("bảng.pdf (abababababab)",), ("bảng.pdf (cdcdcdcdcdcd)",))


def test_rows_of_results_are_compared_by_their_task():
    rows = (Row("II.1", "Tập huấn", "Phòng A", "running"), Row("II.2", "Rà soát", "Phòng B", "done", "Xong"))
    after = (Row("II.2", "Rà soát", "Phòng B", "done", "Xong"), Row("II.1", "Tập huấn", "Phòng A", "done"),
             Row("II.3", "Kiểm tra"))  # fmt: skip
    found = changes_between(plan(results=rows), plan(results=after)).fields
    assert [(f.name, f.ref, f.old, f.new) for f in found] == [
        ("row_status", "II.1", "running", "done"),
        ("row", "II.3", "", "Kiểm tra"),
    ]


def test_the_signer_is_compared_by_name_where_it_is_given():
    assert not changes_between(plan(), plan(), signers=("Mai", "Mai"))
    (field,) = changes_between(plan(), plan(), signers=("Mai", "Sơn")).fields
    assert (field.name, field.old, field.new) == ("signer", "Mai", "Sơn")


def duties(*items: Obligation) -> Content:
    return plan(
        sections=(Node(label="I", title="TỔ CHỨC", paragraphs=("Các đơn vị báo cáo.",), obligations=items),)
    )


UNITS = Obligation(from_="Các đơn vị", to="Văn phòng Sở", recurrence="yearly", due_month=11, due_day=10)
OFFICE = Obligation(from_="Văn phòng Sở", to="Sở Nội vụ", recurrence="yearly", due_month=11, due_day=15)


def test_a_deadline_is_compared_with_that_of_the_same_reporter_and_receiver():
    earlier = msgspec.structs.replace(OFFICE, due_day=5)
    (change,) = changes_between(duties(UNITS, OFFICE), duties(earlier, UNITS)).duties
    assert (change.ref, change.old, change.new) == ("I", OFFICE, earlier)


def test_a_deadline_that_came_went_or_stands_elsewhere():
    (came,) = changes_between(duties(UNITS), duties(UNITS, OFFICE)).duties
    assert (came.old, came.new) == (None, OFFICE)
    (gone,) = changes_between(duties(UNITS, OFFICE), duties(OFFICE)).duties
    assert (gone.old, gone.new) == (UNITS, None)
    other = msgspec.structs.replace(UNITS, from_="Các phòng")
    (changed,) = changes_between(duties(UNITS, OFFICE), duties(other, OFFICE)).duties
    assert (changed.old, changed.new) == (UNITS, other)

    def two(first, second):
        return plan(sections=(Node(label="1", paragraphs=("Đoạn một của mục.",), obligations=first),
                              Node(label="2", paragraphs=("Đoạn hai khác hẳn.",), obligations=second)))  # fmt: skip

    assert not changes_between(two((UNITS,), ()), two((), (UNITS,))).duties


def test_sections_that_only_took_a_new_number_are_not_places_to_look_at():
    def text(*titles):
        labels = ("I", "II", "III", "IV")
        return plan(
            sections=tuple(Node(label=label, title=t) for label, t in zip(labels, titles, strict=False))
        )

    found = changes_between(
        text("MỤC ĐÍCH", "NỘI DUNG", "TỔ CHỨC"), text("MỤC ĐÍCH", "KINH PHÍ", "NỘI DUNG", "TỔ CHỨC")
    )
    assert (found.counts.renumbered, found.counts.rewritten, found.counts.places) == (2, 1, 1)
    renumbered = [item for item in found.paragraphs if item.kind == "renumbered"]
    assert [(item.old.ref, item.new.ref) for item in renumbered] == [("II", "III"), ("III", "IV")]


def test_a_field_and_its_paragraph_are_two_places():
    after = with_task(msgspec.structs.replace(TASK, time=Time(raw="Quý IV")))
    children = after.sections[0].children
    edited = msgspec.structs.replace(children[1], paragraphs=("Tập huấn cho toàn bộ công chức, viên chức.",))
    section = msgspec.structs.replace(after.sections[0], children=(children[0], edited))
    assert changes_between(with_task(TASK), plan(sections=(section,))).counts.places == 2


def test_every_kind_of_paragraph_is_compared():
    old = plan(bases=(Basis("Luật A"),), opening=("Sở lập kế hoạch:",), annexes=("Bảng một",),
               closing=(Node(paragraphs=("Trên đây là kế hoạch của Sở.",)),))  # fmt: skip
    new = plan(bases=(Basis("Luật A sửa đổi;"),), opening=("Sở ban hành kế hoạch:",), annexes=("Bảng hai",),
               closing=(Node(paragraphs=("Trên đây là kế hoạch của cả Sở.",)),),
               subject="Dân chủ trong cơ quan")  # fmt: skip
    found = changes_between(old, new)
    assert [item.block.kind for item in found.paragraphs if item.kind == "edited"] == [
        "subject", "basis", "opening", "paragraph", "annex",
    ]  # fmt: skip
