"""Nơi nhận and the Lưu line."""

import pytest

from tests.workflow.lint.texts import codes, found, good, only
from workflow.content import Recipient
from workflow.lint import mend


def test_there_are_recipients_and_a_lưu_line():
    assert codes(good(recipients=())) == ["recipients_missing"]
    assert codes(good(archive_line="")) == ["archive_missing"]


@pytest.mark.parametrize(
    "line", ["Lưu: VT, TĐC", "Lưu: VT, TĐC.", "Lưu: VT, TĐC (3b).", "Lưu: VT, TĐC, Nam;"]
)
def test_vt_and_the_drafting_unit_are_enough(line):
    assert codes(good(archive_line=line)) == []


@pytest.mark.parametrize(
    ("line", "meant"),
    [
        ("Lưu: VT,TĐC.", "Lưu: VT, TĐC."),
        ("Lưu VT, TĐC", "Lưu: VT, TĐC."),
        ("- Lưu: TĐC, VT.", "Lưu: VT, TĐC."),
        ("Lưu: TĐC", "Lưu: VT, TĐC."),
        ("Lưu: VT, TĐC./.", "Lưu: VT, TĐC."),
        ("Lưu: Lưu: VT, TĐC", "Lưu: VT, TĐC."),
    ],
)
def test_a_lưu_line_is_put_in_order(line, meant):
    content = good(archive_line=line)
    finding = only(content, "archive_form")
    assert mend(content, finding).archive_line == meant
    assert codes(mend(content, finding)) == []


@pytest.mark.parametrize("line", [";.,", "./.", "-", "Lưu:"])
def test_a_lưu_line_of_signs_alone_names_nobody_and_is_put_in_order(line):
    content = good(archive_line=line)
    finding = next(one for one in found(content) if one.code == "archive_form")
    mended = mend(content, finding)
    assert mended.archive_line == "Lưu: VT."
    assert codes(mended) == ["archive_unit"]


def test_the_unit_in_the_lưu_line_is_the_one_that_drafts():
    finding = only(good(archive_line="Lưu: VT, VP."), "archive_unit")
    assert finding.facts["meant"] == "TĐC"
    assert codes(good(archive_line="Lưu: VT, VP.", drafting_unit="")) == []
    assert codes(good(archive_line="Lưu: VT, XYZ.", drafting_unit="")) == ["archive_unit"]


def test_the_signs_of_the_list_are_the_papers_own():
    content = good(recipients=(Recipient("- UBND tỉnh;", "to_report"), Recipient("Sở Nội vụ")))
    mended = mend(content, only(content, "recipient_stop"))
    assert mended.recipients[0] == Recipient("UBND tỉnh", "to_report")


def test_nobody_receives_the_same_paper_twice():
    content = good(recipients=(Recipient("UBND tỉnh"), Recipient("Sở Nội vụ"), Recipient("UBND  tỉnh")))
    assert "recipient_repeated" in codes(content)
    content = good(recipients=(Recipient("UBND tỉnh"), Recipient("Sở Nội vụ"), Recipient("UBND tỉnh")))
    mended = mend(content, only(content, "recipient_repeated"))
    assert [one.name for one in mended.recipients] == ["UBND tỉnh", "Sở Nội vụ"]
    assert (
        codes(good(recipients=(Recipient("UBND tỉnh", "to_report"), Recipient("UBND tỉnh", "to_implement"))))
        == []
    )
