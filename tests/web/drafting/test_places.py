"""Every part of a text has a place of its own, by which what hangs on it is found again."""

from hypothesis import given
from hypothesis import strategies as st

from web.drafting.places import attached, key, places
from workflow.content import Content, Node, Obligation, Task

LABELS = st.sampled_from(["I", "II", "1", "2", "1.1", "1 (2)", "a", "đ", "-", "+", "", "gạch 1", "A"])


def _parts(children):
    below = st.just(()) if children is None else st.lists(children, max_size=4).map(tuple)
    return st.builds(Node, label=LABELS, children=below)


NODES = st.recursive(_parts(None), _parts, max_leaves=10)


@given(st.lists(NODES, max_size=4).map(tuple), st.lists(NODES, max_size=2).map(tuple))
def test_every_part_has_a_place_of_its_own_and_keeps_what_hangs_there(sections, closing):
    content = Content(sections=sections, closing=closing)
    named = list(places(content))
    assert len({place for place, _ in named}) == len(named)
    tasks = {place: Task(leads=(place,)) for place, _ in named}
    duties = {place: (Obligation(raw=place),) for place, _ in named}
    hung = attached(content, tasks, duties)
    for place, node in places(hung):
        assert node.task == Task(leads=(place,))
        assert node.obligations == (Obligation(raw=place),)
    assert attached(hung, {}, {}) == content


def test_a_place_is_known_however_it_is_typed():
    assert key("mục II. 1 . a)") == key("II.1.a")
    assert key("II.1.đ") != key("II.1.d")
    assert key("III.Gạch  2") == key("iii.gạch 2") == key("III, gạch 2")


def test_a_dash_or_a_paragraph_stands_after_a_comma_and_its_parts_after_a_dot():
    inner = Node(label="a", children=(Node(label="-"),))
    sections = (
        Node(label="III", children=(Node(label="-", children=(inner,)), Node(label=""))),
        Node(label=""),
    )
    content = Content(sections=sections, closing=(Node(label=""),))
    named = [place for place, _ in places(content)]
    assert named == [
        "III", "III, gạch 1", "III, gạch 1.a", "III, gạch 1.a, gạch 1", "III, đoạn 1", "đoạn 1", "kết, đoạn 1",
    ]  # fmt: skip
