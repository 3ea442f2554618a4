"""Mending: one finding goes, nothing else comes of it; and nothing is mended that takes a judgement."""

import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.workflow.lint.texts import AGENCY, BLOCK, found, good, saying
from workflow.content import Basis, Content, Node, Obligation, Recipient, Task, Time
from workflow.lint import Finding, anchors, findings, mend
from workflow.lint.codes import CODES
from workflow.lint.mending import MENDINGS
from workflow.lint.places import rewritten, spots, with_part
from workflow.lint.stops import unstopped
from workflow.writing.paper import outline

PIECES = (
    "Cân đúng", "đong đủ", ",", " ,", ", ", ";", ";.", ".", "./.", " ./.", "  ", " ", "\u00a0", "và và ",
    "ngày 5 tháng 2", "ngày 5/2/2026", "ngày 31/11", "số 8/KH-UBND", "chuyên biến", "Chuyên giao công nghệ",
    '"một"', "“hai”", "hoà", "hòa", "KT.GIÁM ĐỐC", "e\u0302\u0301", "Kế hoạch ", "Căn cứ Luật Đo lường",
    "; Căn cứ ", "Thanh tra Sở", "của của", "GD, các PGD", "Lưu: VT,VP", "Lưu TĐC", "TRÁCH NHIÊM", "\n",
)  # fmt: skip
words = st.lists(st.sampled_from(PIECES), max_size=5).map("".join)
line = words.map(lambda text: " ".join(text.split("\n")))
LABELS = st.sampled_from(("", "-", "1", "2", "3", "a", "b", "đ", "I", "II", "1.1"))


@st.composite
def nodes(draw, depth: int = 0) -> Node:
    names = st.lists(line, max_size=2).map(tuple)
    task = None
    if draw(st.booleans()):
        task = Task(draw(names), draw(names), draw(st.none() | line), Time("year", draw(line)))
    duties = ()
    if draw(st.integers(0, 3)) == 0:
        duties = (Obligation(draw(line), draw(line), due_day=10, due_month=11, raw=draw(line)),)
    children = tuple(draw(st.lists(nodes(depth + 1), max_size=2))) if depth < 2 else ()
    return Node(draw(LABELS), draw(line), tuple(draw(st.lists(words, max_size=2))), task, duties, children)


contents = st.builds(
    Content,
    doc_type=st.sampled_from(("KH", "BC")),
    subject=line,
    symbol=st.sampled_from(("KH-SKHCN", "KH-X", "")),
    place=st.sampled_from(("Hòa An", "Hoà An")),
    bases=st.lists(words.map(Basis), max_size=3).map(tuple),
    opening=st.lists(line, max_size=2).map(tuple),
    sections=st.lists(nodes(), max_size=3).map(tuple),
    closing=st.lists(nodes(2), max_size=2).map(tuple),
    recipients=st.lists(line.map(Recipient), max_size=3).map(tuple),
    archive_line=line,
    annexes=st.lists(words, max_size=1).map(tuple),
)


def keys(content: Content, code: str) -> list[str]:
    return [one.place for one in findings(content, AGENCY, BLOCK) if one.code == code]


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
@given(contents)
def test_a_mended_finding_is_gone_and_no_new_one_of_its_kind_has_come(content):
    seen = set()
    for finding in findings(content, AGENCY, BLOCK):
        if finding.fix is None or finding.code in seen:
            continue
        seen.add(finding.code)
        before = keys(content, finding.code)
        after = keys(mend(content, finding), finding.code)
        assert len(after) < len(before), (finding, content)
        if finding.code not in ("basis_lines", "recipient_repeated"):
            assert finding.place not in after, finding
            assert set(after) <= set(before), finding


@settings(
    max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
@given(contents)
def test_the_same_text_gives_the_same_findings_and_every_place_is_one_of_the_text(content):
    first = findings(content, AGENCY, BLOCK)
    assert first == findings(content, AGENCY, BLOCK)
    places = {spot.place for spot in spots(content)} | {
        "symbol",
        "place",
        "signer",
        "head",
        "sections",
        "recipients",
    }
    for finding in first:
        assert finding.code in CODES
        assert finding.place in places
        assert finding.as_json()["severity"] == finding.severity


@pytest.mark.parametrize("space", [" ", "\u00a0", "\u2003", "\t"])
def test_white_space_of_any_kind_behind_a_sign_hides_it_from_no_mending(space):
    second = replace(good().sections[1], title=f"NỘI DUNG.{space}")
    content = replace(good(), sections=(good().sections[0], second, good().sections[2]))
    finding = next(one for one in found(content) if one.code == "heading_stop")
    assert mend(content, finding).sections[1].title == "NỘI DUNG"


def test_signs_without_end_are_taken_off_in_no_time():
    """A hostile line of dots costs what its length costs, not its square."""
    line = "." * 200_000 + "x"
    started = time.process_time()
    assert unstopped(line) == line
    assert unstopped("x" + line[:-1]) == "x"
    assert time.process_time() - started < 1


def test_what_takes_a_judgement_is_not_mended():
    (finding,) = found(good(place=""))
    with pytest.raises(ValueError, match="for a person"):
        mend(good(place=""), finding)


def test_every_mending_is_of_a_code_that_is_listed():
    assert set(MENDINGS) <= set(CODES)


def test_a_mending_touches_its_own_place_only():
    content = saying("Cân  đúng.", "Đong  đủ.")
    content = replace(content, opening=("Hai  dấu cách.",))
    listed = [one for one in found(content) if one.code == "double_space"]
    assert [one.place for one in listed] == ["opening/0", "sections/0"]
    mended = mend(content, listed[1])
    assert mended.opening == ("Hai  dấu cách.",)
    assert mended.sections[0].paragraphs == ("Cân đúng.", "Đong đủ.")
    assert mended.sections[1:] == content.sections[1:]


def test_every_part_has_the_id_under_which_the_paper_shows_it():
    content = good()
    ids = anchors(content)
    sections, _ = outline(content)
    assert ids["sections/1/children/1"] == sections[1].parts[1].id
    assert set(ids) == {spot.place for spot in spots(content) if spot.node is not None}


def test_a_place_that_is_not_there_is_an_error_of_the_caller():
    finding = Finding("double_space", "opening/9")
    with pytest.raises(KeyError):
        rewritten(good(), finding.place, str.strip)
    with pytest.raises(KeyError):
        with_part(good(), "recipients/0", lambda node: node)
    with pytest.raises(KeyError):
        rewritten(good(), "field", str.strip)
