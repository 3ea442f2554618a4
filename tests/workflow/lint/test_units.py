"""Bodies that no longer exist, and names that are a slip of a unit's."""

from dataclasses import replace as changed
from datetime import date

import pytest
from msgspec.structs import replace

from tests.workflow.lint.test_tasks import with_tasks
from tests.workflow.lint.texts import FILES, TODAY, codes, found, good, only, saying, task_node
from workflow.content import Recipient
from workflow.errors import DefinitionError
from workflow.lint import facts_of_file, mend
from workflow.lint.dissolved import dissolved_bodies, load_bodies

BEFORE = facts_of_file(FILES["so_khcn"], date(2024, 4, 20))


def test_a_unit_that_ended_leads_no_task():
    content = with_tasks(task_node("1", leads=("Thanh tra Sở",)), task_node("2"))
    finding = only(content, "unit_ended")
    assert finding.severity == "error"
    assert finding.facts["until"] == "2025-06-30"
    assert finding.facts["successor"] == "Phòng Kế hoạch, Tài chính và Pháp chế"


def test_on_a_day_on_which_it_stood_nothing_is_said():
    content = good(
        bases=(), recipients=(Recipient("Sở Thông tin và Truyền thông"), Recipient("Thanh tra Sở"))
    )
    assert codes(content, agency=BEFORE) == []
    assert sorted(codes(content)) == ["body_dissolved", "unit_ended"]


def test_a_body_dissolved_elsewhere_is_told_with_its_source():
    content = with_tasks(task_node("1", coordinators=("Sở Kế hoạch và Đầu tư",)), task_node("2"))
    facts = only(content, "body_dissolved").facts
    assert facts["successor"] == "Sở Tài chính"
    assert "45/2025/NĐ-CP" in facts["source"]


@pytest.mark.parametrize("name", ["UBND các huyện, thị xã, thành phố", "Ủy ban nhân dân huyện Hòa Sơn"])
def test_a_copy_to_the_districts_goes_to_nobody_any_more(name):
    content = good(recipients=(Recipient("UBND tỉnh"), Recipient(name)))
    assert only(content, "body_dissolved").severity == "error"
    assert codes(good(recipients=(Recipient("UBND các xã, phường"),))) == []


def test_a_mention_in_running_text_is_a_warning_told_once():
    content = saying("Thanh tra Sở chọn chợ để kiểm tra.", "Thanh tra Sở lập biên bản.")
    assert only(content, "unit_ended_mentioned").severity == "warning"
    assert only(saying("UBND huyện bố trí mặt bằng."), "body_dissolved_mentioned").severity == "warning"


@pytest.mark.parametrize(
    "words",
    [
        "Phòng tiếp nhận việc của Thanh tra Sở trước đây.",
        "Theo Kế hoạch số 12/KH-STTTT ngày 10/01/2025 của Sở Thông tin và Truyền thông.",
        "Sở Thông tin và Truyền thông đã hợp nhất vào Sở.",
        "Thanh tra Sở hữu trí tuệ là việc khác.",
    ],
)
def test_the_past_and_citations_are_left_alone(words):
    assert codes(saying(words)) == []


def test_a_report_tells_of_the_past():
    content = replace(saying("Thanh tra Sở đã kiểm tra 12 chợ."), doc_type="BC", symbol="BC-SKHCN")
    assert codes(content) == []


def test_a_name_one_slip_away_is_proposed_and_put_right_by_a_press():
    content = with_tasks(task_node("1", leads=("Phòng Công nghệ và Đổi mói sáng tạo",)), task_node("2"))
    finding = only(content, "unit_like")
    mended = mend(content, finding)
    assert mended.sections[1].children[0].task.leads == ("Phòng Công nghệ và Đổi mới sáng tạo",)
    assert codes(mended) == []


def test_a_name_that_a_known_slip_has_damaged_is_told_once():
    name = "Trung tâm Nghiên cứu, Chuyên gia công nghệ và Đổi mới sáng tạo"
    content = with_tasks(task_node("1", leads=(name,)), task_node("2"))
    mended = mend(content, only(content, "scan_slip"))
    assert mended.sections[1].children[0].task.leads == (name.replace("Chuyên gia", "Chuyển giao"),)
    assert codes(mended) == []


@pytest.mark.parametrize(
    "name", ["Bộ Tư pháp", "Phòng Kinh tế", "Chi cục Thuế khu vực II", "Các ban quản lý chợ"]
)
def test_other_bodies_are_no_slips(name):
    assert codes(with_tasks(task_node("1", coordinators=(name,)), task_node("2"))) == []


def test_every_body_of_the_catalogue_names_its_source_and_is_gone_today():
    bodies = dissolved_bodies()
    assert len(bodies) > 8
    for body in bodies:
        assert body.until < TODAY
        assert body.source.startswith(("Luật", "Nghị định", "Nghị quyết"))
        assert not set(body.names) & {body.successor}


def test_a_catalogue_that_names_a_body_twice_is_refused(tmp_path):
    path = tmp_path / "dissolved_bodies.yaml"
    path.write_text(
        "bodies:\n  - {names: [Sở A, Sở A], until: 2025-02-28, source: Luật B}\n", encoding="utf-8"
    )
    with pytest.raises(DefinitionError, match="twice"):
        load_bodies(path)


def test_another_agency_has_other_ended_units():
    other = changed(facts_of_file(FILES["van_phong_ubnd"], TODAY))
    content = with_tasks(task_node("1", leads=("Thanh tra Sở",)), task_node("2"))
    assert "body_dissolved" in [one.code for one in found(content, agency=other)]
