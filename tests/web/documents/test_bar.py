"""The bar of a document: the way on, the way back, one or two beside them, the rest folded."""

from web.documents.bar import bar_of
from workflow.authority import Capacity
from workflow.queries.turns import OpenStep, Turn


def step(name, *, primary=False, confirm="", form=False, capacities=(), signers=()) -> OpenStep:
    return OpenStep(
        id=name, slug=name, label=name, note="", asks=(), confirm=confirm, signature=False, form=form,
        primary=primary, capacities=capacities, signers=signers,
    )  # fmt: skip


def names(*steps, editor=False):
    bar = bar_of(Turn(None, steps, ()), editor)  # type: ignore[arg-type]
    lead = bar.lead.id if bar.lead else None
    return lead, [one.id for one in bar.beside], [one.id for one in bar.rest], bar.back


def test_the_way_back_stands_beside_the_way_on_and_the_rest_is_folded():
    steps = (step("approve", primary=True), step("forward"), step("reassign"), step("return", form=True))
    assert names(*steps) == ("approve", ["return"], ["forward", "reassign"], True)


def test_where_nothing_leads_on_there_is_room_for_two_and_with_an_editor_for_one():
    steps = (step("withdraw"), step("reassign"), step("cancel", confirm="Hủy?"))
    assert names(*steps) == (None, ["withdraw", "reassign"], ["cancel"], False)
    assert names(*steps, editor=True) == (None, ["withdraw"], ["reassign", "cancel"], False)


def test_what_must_be_confirmed_never_stands_in_front():
    assert names(step("cancel", confirm="Hủy?")) == (None, [], ["cancel"], False)


def test_another_way_is_offered_where_one_press_chose_among_several():
    two = (Capacity.__new__(Capacity), Capacity.__new__(Capacity))
    ways = [step("sign", primary=True, capacities=two), step("sign", primary=True, capacities=two[:1]),
            step("sign", primary=True, form=True, capacities=two), step("sign", capacities=two)]  # fmt: skip
    assert [bar_of(Turn(None, (one,), ()), False).other_way for one in ways] == [True, False, False, False]  # type: ignore[arg-type]
