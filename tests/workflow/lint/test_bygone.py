"""What has ended among names and in running text, without the rest of the lint."""

from datetime import date

from tests.workflow.lint.texts import FILES, TODAY, good
from workflow.content import Node
from workflow.lint import facts_of_file
from workflow.lint.bygone import bygone_mentions, bygone_names

NOW, BEFORE = (facts_of_file(FILES["so_khcn"], day) for day in (TODAY, date(2024, 4, 20)))


def test_a_name_is_told_once_with_its_last_day_and_its_heir():
    [found] = bygone_names(["Văn phòng Sở", "Thanh tra Sở", "Thanh tra Sở"], NOW)
    assert (found.facts["name"], found.facts["until"]) == ("Thanh tra Sở", "2025-06-30")
    assert found.facts["successor"] == "Phòng Kế hoạch, Tài chính và Pháp chế"
    assert bygone_names(["Thanh tra Sở"], BEFORE) == ()
    assert bygone_names([], NOW) == ()


def test_several_bodies_of_one_card_are_all_told():
    found = bygone_names(["Thanh tra Sở và Văn phòng Sở", "Sở Kế hoạch và Đầu tư"], NOW)
    assert [one.facts["name"] for one in found] == ["Thanh tra Sở", "Sở Kế hoạch và Đầu tư"]


def test_running_text_is_looked_at_apart_from_names():
    content = good(
        sections=(Node(label="I", title="NỘI DUNG", paragraphs=("Thanh tra Sở theo dõi việc này.",)),)
    )
    assert [one.facts["name"] for one in bygone_mentions(content, NOW)] == ["Thanh tra Sở"]
    assert bygone_mentions(content, BEFORE) == ()
