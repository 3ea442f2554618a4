"""Buttons that add, move and remove: the same as doing it to the text itself, and not a letter typed is lost."""

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from tests.web.contents_of_all_kinds import contents
from tests.web.drafting.test_content_form import APP, sent_by
from web.drafting.content_form import content_of, data_of
from web.drafting.draft_form import DraftForm
from web.drafting.numbers import relabelled, style_of
from web.drafting.operations import operate
from web.drafting.parts import rows_of
from workflow.content import Content, Node, Recipient, Task

VERBS = ("after", "under", "up", "down", "in", "out", "drop")


def pairs_of(content: Content) -> list[tuple[str, str]]:
    with APP.test_request_context():
        return list(sent_by(DraftForm(formdata=None, data=data_of(content, signer_id=None))))


def content_from(pairs, base: Content) -> Content:
    with APP.test_request_context(method="POST", data=MultiDict(pairs)):
        return content_of(DraftForm(), base)


# The same operations on the tree, told independently: a path is the place of a part among its siblings, from the top.


def unlabelled(nodes):
    return tuple(
        msgspec.structs.replace(node, label="", title=node.title or "x", children=unlabelled(node.children))
        for node in nodes
    )


def paths(nodes, above=()):
    for place, node in enumerate(nodes):
        yield (*above, place)
        yield from paths(node.children, (*above, place))


def edited(nodes, path, change):
    """`change` gets the siblings as a list and the place among them, and returns new siblings."""
    if len(path) == 1:
        return tuple(change(list(nodes), path[0]))
    node = nodes[path[0]]
    below = edited(node.children, path[1:], change)
    return (*nodes[: path[0]], msgspec.structs.replace(node, children=below), *nodes[path[0] + 1 :])


def acted(nodes, verb, number):
    path = list(paths(nodes))[number]

    def after(siblings, place):
        return [*siblings[: place + 1], Node(title="mới"), *siblings[place + 1 :]]

    def under(siblings, place):
        node = siblings[place]
        siblings[place] = msgspec.structs.replace(node, children=(*node.children, Node(title="mới")))
        return siblings

    def swapped(step):
        def change(siblings, place):
            to = place + step
            if 0 <= to < len(siblings):
                siblings[place], siblings[to] = siblings[to], siblings[place]
            return siblings

        return change

    def drop(siblings, place):
        return siblings[:place] + siblings[place + 1 :]

    def into(siblings, place):
        if place:
            node = siblings.pop(place)
            above = siblings[place - 1]
            siblings[place - 1] = msgspec.structs.replace(above, children=(*above.children, node))
        return siblings

    def out(siblings, place):
        *_, last = path
        parent = siblings[place]
        node = parent.children[last]
        left = parent.children[:last] + parent.children[last + 1 :]
        return [
            *siblings[:place],
            msgspec.structs.replace(parent, children=left),
            node,
            *siblings[place + 1 :],
        ]

    if verb == "out":
        return edited(nodes, path[:-1], out) if len(path) > 1 else nodes
    change = {"after": after, "under": under, "up": swapped(-1), "down": swapped(1), "drop": drop, "in": into}
    return edited(nodes, path, change[verb])


def titled(pairs, focus):
    """The person types into the new part, so that it is a part of the text."""
    row = "-".join(focus.split("-")[:2])
    told = {f"{row}-title": "mới", f"{row}-label": ""}
    return [(name, told.get(name, value)) for name, value in pairs]


@settings(max_examples=60)
@given(contents(), st.lists(st.tuples(st.sampled_from(VERBS), st.integers(0, 40)), max_size=8))
def test_a_series_of_buttons_is_the_same_series_on_the_text(content, series):
    content = msgspec.structs.replace(content, sections=unlabelled(content.sections))
    pairs, nodes = pairs_of(content), content.sections
    for verb, number in series:
        count = sum(1 for _ in paths(nodes))
        if not count:
            break
        done = operate(pairs, f"{verb}:parts:{number % count}")
        assert done is not None
        pairs = titled(done.pairs, done.focus) if verb in ("after", "under") else done.pairs
        nodes = acted(nodes, verb, number % count)
    assert content_from(pairs, content) == msgspec.structs.replace(content, sections=nodes)


LISTS = ("bases", "recipients")


@settings(max_examples=60)
@given(
    contents(),
    st.lists(st.tuples(st.sampled_from(LISTS), st.sampled_from(("up", "down", "drop")), st.integers(0, 5))),
)
def test_plain_lists_do_the_same(content, series):
    pairs, text = pairs_of(content), content
    for name, verb, number in series:
        done = operate(pairs, f"{verb}:{name}:{number}")
        assert done is not None
        pairs = done.pairs
        items = list(getattr(text, name))
        to = number + {"up": -1, "down": 1, "drop": 0}[verb]
        if number < len(items) and 0 <= to < len(items):
            if verb == "drop":
                items.pop(number)
            else:
                items[number], items[to] = items[to], items[number]
        text = msgspec.structs.replace(text, **{name: tuple(items)})
    assert content_from(pairs, content) == text


@settings(max_examples=60)
@given(contents(), st.sampled_from([*VERBS, "split", "task", "untask", "duty", "unduty"]), st.integers(0, 20))
def test_what_was_typed_wrong_is_there_afterwards(content, verb, number):
    typed = [("seen_version", "x"), ("parts-99-duties-0-due_day", "mười"), ("bases-7-date", "hôm qua")]
    pairs = pairs_of(content) + typed
    done = operate(pairs, f"{verb}:parts:{number}")
    assert done is not None
    values = [value for _, value in done.pairs]
    for _, value in typed[:1] + typed[2:]:
        assert value in values
    if verb not in ("drop", "unduty"):
        assert "mười" in values


@settings(max_examples=60)
@given(contents())
def test_every_focus_is_on_the_page_or_nowhere(content):
    count = sum(1 for _ in rows_of(content.sections))
    for verb in ("up", "down", "in", "out"):
        for number in range(count):
            done = operate(pairs_of(content), f"{verb}:parts:{number}")
            assert done is not None
            kind, name, at = done.focus.split("-")
            assert (kind, name) == (verb, "parts")
            assert 0 <= int(at) < count


@pytest.mark.parametrize(
    "op", ["", "up", "up:parts", "up:csrf_token:0", "drop:parts:x", "__class__:parts:0", "add:x:0"]
)
def test_another_button_is_none_of_ours(op):
    assert operate([("parts-0-text", "A")], op) is None


@pytest.mark.parametrize(
    "verb", ["up", "down", "in", "out", "drop", "split", "task", "untask", "lead", "labels", "duty"]
)
def test_a_button_of_a_row_that_is_not_there_does_nothing(verb):
    pairs = [
        ("subject", "A"),
        ("parts-x-title", "B"),
        ("parts-0-duties-x-raw", "C"),
        ("parts-0-duties-²-raw", "D"),
    ]
    for op in (f"{verb}:ends:0", f"{verb}:parts:7"):
        done = operate(pairs, op)
        assert done is not None
        assert sorted(done.pairs) == sorted(pairs)
    done = operate(pairs, f"{verb}:parts:0")
    assert done is not None


def labels(pairs):
    rows = sorted((int(name.split("-")[1]), value) for name, value in pairs if name.endswith("-label"))
    return [value for _, value in rows]


NUMBERED = Content(
    sections=(
        Node(
            "I", "A", children=(Node("1", "B"), Node("2", "C", children=(Node("2.1", "D"), Node("2.2", "E"))))
        ),
        Node("II", "F", children=(Node("a", "G"), Node("b", "H"))),
        Node("III", "K"),
    )
)
# rows: 0 I · 1 1 · 2 2 · 3 2.1 · 4 2.2 · 5 II · 6 a · 7 b · 8 III


@pytest.mark.parametrize(
    ("op", "expected"),
    [
        ("up:parts:2", ["I", "1", "1.1", "1.2", "2", "II", "a", "b", "III"]),
        ("drop:parts:1", ["I", "1", "1.1", "1.2", "II", "a", "b", "III"]),
        ("drop:parts:0", ["I", "a", "b", "II"]),
        ("after:parts:5", ["I", "1", "2", "2.1", "2.2", "II", "a", "b", "III", "IV"]),
        ("under:parts:8", ["I", "1", "2", "2.1", "2.2", "II", "a", "b", "III", "1"]),
        ("under:parts:5", ["I", "1", "2", "2.1", "2.2", "II", "a", "b", "c", "III"]),
        ("in:parts:8", ["I", "1", "2", "2.1", "2.2", "II", "a", "b", "c"]),
        ("out:parts:7", ["I", "1", "2", "2.1", "2.2", "II", "a", "III", "IV"]),
    ],
)
def test_parts_that_were_numbered_in_order_stay_so(op, expected):
    done = operate(pairs_of(NUMBERED), op)
    assert done is not None
    assert labels(done.pairs) == expected


def test_parts_that_were_not_numbered_in_order_keep_their_numbers():
    content = Content(sections=(Node("I", "A"), Node("IV", "B"), Node("V", "C")))
    done = operate(pairs_of(content), "up:parts:2")
    assert done is not None
    assert labels(done.pairs) == ["I", "V", "IV"]


@given(st.sampled_from(["I", "1", "4.", "abcdđeghiklmnopqrstuvxy", "-", "+", ""]), st.integers(1, 12))
def test_a_style_knows_its_own_labels(style, count):
    made = [relabelled(style, place) for place in range(count)]
    found = style_of(made)
    assert found is not None
    assert [relabelled(found, place) for place in range(count)] == made


def test_lines_with_marks_become_parts():
    text = "Mở đầu.\r\n1. Tuyên truyền\r\na) Đăng tin.\r\n- Gửi tài liệu.\r\n2. Kiểm tra hằng quý."
    content = Content(sections=(Node("II", "NỘI DUNG"),))
    pairs = [(name, text if name == "parts-0-text" else value) for name, value in pairs_of(content)]
    done = operate(pairs, "split:parts:0")
    assert done is not None
    assert "Đã tách thành 4 phần" in done.said
    (section,) = content_from(done.pairs, content).sections
    assert section.paragraphs == ("Mở đầu.",)
    assert [(node.label, node.title, node.paragraphs) for node in section.children] == [
        ("1", "Tuyên truyền", ()),
        ("2", "", ("Kiểm tra hằng quý.",)),
    ]
    assert section.children[0].children[0].children[0].paragraphs == ("Gửi tài liệu.",)


def test_rows_sent_deeper_than_any_paper_are_no_fault_of_ours():
    pairs = [
        (f"parts-{n}-{key}", value)
        for n in range(1500)
        for key, value in (("depth", str(min(n, 999))), ("title", "x"))
    ]
    done = operate(pairs, "up:parts:3")
    assert done is not None
    assert sum(1 for _ in rows_of(content_from(done.pairs, Content()).sections)) == 1500


def carded(*tasks):
    return Content(sections=tuple(Node(str(n), f"Việc {n}", task=task) for n, task in enumerate(tasks, 1)))


def test_a_new_task_is_written_with_the_labels_its_neighbour_uses():
    labels = {"lead": "Cơ quan chủ trì", "coordinator": "", "time": "Thời gian hoàn thành"}
    content = carded(Task(("Văn phòng Sở",), labels=labels), None)
    done = operate(pairs_of(content), "task:parts:1")
    assert done is not None
    assert done.focus == "parts-1-tasks-0-leads-0"
    assert content_from(done.pairs, content).sections[1].task == Task(labels=labels)


def test_the_labels_of_one_task_become_those_of_all_and_nothing_else_does():
    labels = {"lead": "Đơn vị thực hiện"}
    content = carded(
        Task(("Văn phòng Sở",), labels={"time": "Khi nào"}), None, Task(("Thanh tra Sở",), labels=labels)
    )
    done = operate(pairs_of(content), "labels:parts:2")
    assert done is not None
    assert "cho 2 nhiệm vụ" in done.said
    first, none, last = content_from(done.pairs, content).sections
    assert first.task == Task(("Văn phòng Sở",), labels=labels)
    assert none.task is None
    assert last == content.sections[2]


@pytest.mark.parametrize(
    ("names", "focus"),
    [([], 0), ([""], 0), (["Văn phòng Sở"], 1), (["Văn phòng Sở", " "], 1), (["A", "B"], 2)],
)
def test_one_more_name_is_typed_in_the_empty_line_at_the_end(names, focus):
    pairs = [("parts-0-title", "Việc"), ("parts-0-tasks-0-kind", "year")]
    pairs += [(f"parts-0-tasks-0-leads-{n}", name) for n, name in enumerate(names)]
    done = operate(pairs, "lead:parts:0")
    assert done is not None
    assert done.focus == f"parts-0-tasks-0-leads-{focus}"
    assert set(done.pairs) - {("parts-0-depth", "0")} == set(pairs)


def test_a_text_of_many_recipients_keeps_their_order():
    content = Content(recipients=tuple(Recipient(f"Nơi {n}") for n in range(12)))
    done = operate(pairs_of(content), "down:recipients:9")
    assert done is not None
    assert [one.name for one in content_from(done.pairs, content).recipients][9:11] == ["Nơi 10", "Nơi 9"]
    assert done.focus == "down-recipients-10"
