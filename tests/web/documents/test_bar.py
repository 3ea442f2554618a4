"""The bar of a document: the way on, the way back, one or two beside them, the rest folded."""

from dataclasses import replace

from web.documents.bar import Bar, bar_of
from workflow.authority import Capacity
from workflow.queries.turns import OpenStep, Signer, Turn


def step(name, *, primary=False, confirm="", form=False, capacities=(), signers=()) -> OpenStep:
    return OpenStep(
        id=name, slug=name, label=name, note="", asks=(), confirm=confirm, signature=False, form=form,
        primary=primary, capacities=capacities, signers=signers,
    )  # fmt: skip


def bar(*steps, editor=False, as_returned=False) -> Bar:
    return bar_of(Turn(None, steps, ()), editor, as_returned)  # it looks at the steps alone


def names(*steps, editor=False):
    found = bar(*steps, editor=editor)
    lead = found.lead.id if found.lead else None
    return lead, [one.id for one in found.beside], [one.id for one in found.rest], found.back


def test_the_way_back_stands_beside_the_way_on_and_the_rest_is_folded():
    steps = (step("approve", primary=True), step("forward"), step("reassign"), step("return", form=True))
    assert names(*steps) == ("approve", ["return"], ["forward", "reassign"], True)


def test_where_nothing_leads_on_there_is_room_for_two_and_with_an_editor_for_one():
    steps = (step("withdraw"), step("reassign"), step("cancel", confirm="Hủy?"))
    assert names(*steps) == (None, ["withdraw", "reassign"], ["cancel"], False)
    assert names(*steps, editor=True) == (None, ["withdraw"], ["reassign", "cancel"], False)


def test_what_must_be_confirmed_never_stands_in_front():
    assert names(step("cancel", confirm="Hủy?")) == (None, [], ["cancel"], False)


def test_beside_a_long_step_what_decides_nothing_is_folded():
    assert not bar(step("approve_content", primary=True)).crowded
    long = replace(step("check_format", primary=True), label="Xác nhận thể thức, chuyển ký")
    assert bar(long, step("return", form=True)).crowded
    assert not bar(replace(long, primary=False)).crowded
    assert bar(replace(step("sign", primary=True), signature=True)).crowded, (
        "what a press means stands beside it"
    )


def test_words_that_came_back_are_mended_before_they_are_submitted_again():
    submit = step("submit", primary=True)
    found = bar(submit, step("cancel", confirm="Hủy?"), editor=True, as_returned=True)
    assert found.edit_first
    assert found.lead == submit
    assert not bar(submit, editor=True).edit_first
    assert not bar(submit, as_returned=True).edit_first, "nobody else can mend them"
    assert not bar(step("forward", primary=True), editor=True, as_returned=True).edit_first
    assert not bar(editor=True, as_returned=True).edit_first


def test_another_way_is_offered_where_one_press_chose_among_several():
    two = (
        Capacity("KT", ("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"), "Phó Giám đốc", "phụ trách lĩnh vực"),
        Capacity("TUQ", ("TUQ. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"), "Phó Giám đốc", "ủy quyền"),
    )
    signers = (Signer(7, "Đỗ Thanh Sơn", "KT. GIÁM ĐỐC", "phụ trách lĩnh vực"),)
    assert bar(step("sign", primary=True, capacities=two)).other_way
    assert bar(step("check_format", primary=True, signers=signers)).other_way
    assert not bar(step("sign", primary=True, capacities=two[:1])).other_way
    assert not bar(step("sign", primary=True, form=True, capacities=two)).other_way
    assert not bar(step("sign", capacities=two)).other_way
