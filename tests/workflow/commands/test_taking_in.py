"""The office's report and what its units send meanwhile: submitted and signed with all that came in, or not at all."""

import pytest

from tests.record import Record
from tests.workflow.acts import (
    REASON,
    UNITS,
    at,
    fill_results,
    history,
    instances,
    issued_plan,
    open_steps,
    replace,
    report_of_unit,
    row,
    text,
    working,
)
from workflow.commands.collecting import TakenIn, take_in_reports
from workflow.commands.drafting import save_revision
from workflow.commands.reporting import start_report, start_unit_report, waive
from workflow.content import Content, Missing
from workflow.errors import NeedUnmet, NotYourStep, Stale, StepNotOpen
from workflow.models import Document

CDS = "Phòng Chuyển đổi số"


class Office:
    """A plan of which QLKH and QLCN have reported, CDS has not, all others are freed; Lan draws up the report."""

    def __init__(self, record: Record):
        self.record = record
        self.plan_id = issued_plan(record)
        at(record, 2026, 11, 3)
        self.lower = instances(record, self.plan_id, tier=1, year=2026)
        for unit in UNITS:
            if unit not in ("QLKH", "QLCN", "CDS"):
                with working(record, "hung") as w:
                    version = row(record, self.plan_id).version
                    waive(w, instance_id=self.lower[unit].id, seen_version=version, reason=REASON)
        for unit in ("QLKH", "QLCN"):
            report_of_unit(record, unit, self.lower[unit].id)
        [final] = instances(record, self.plan_id, tier=2, year=2026).values()
        with working(record, "lan") as w:
            self.id = start_report(w, instance_id=final.id, signer_id=record.person("mai"))

    @property
    def text(self) -> Content:
        return text(self.record, self.id)

    def save(self, content: Content) -> None:
        with working(self.record, "lan") as w:
            version = row(self.record, self.id).version
            save_revision(w, document_id=self.id, seen_version=version, content=content,
                          signer_id=self.record.person("mai"))  # fmt: skip

    def name_missing(self) -> None:
        named = tuple(Missing(item.unit, "đang kiện toàn tổ chức") for item in self.text.missing_units)
        self.save(replace(self.text, missing_units=named))

    def receive(self, unit: str = "CDS") -> None:
        report_of_unit(self.record, unit, self.lower[unit].id)

    def take_in(self, content: Content | None = None) -> TakenIn:
        with working(self.record, "lan") as w:
            version = row(self.record, self.id).version
            return take_in_reports(w, document_id=self.id, seen_version=version, content=content or self.text,
                                   signer_id=self.record.person("mai"))  # fmt: skip

    def refused(self, login: str, step: str) -> dict:
        with pytest.raises(NeedUnmet) as refused:
            self.record.step(login, self.id, step)
        assert refused.value.need == "units_accounted_for"
        return refused.value.facts


@pytest.fixture
def office(record: Record) -> Office:
    return Office(record)


def test_a_report_accepted_since_the_text_was_made_bars_its_submission(office: Office):
    office.name_missing()
    office.receive()
    assert office.refused("lan", "submit")["newer"] == [CDS]
    assert "submit" not in open_steps(office.record, "lan", office.id), (
        "no button offers what would be refused"
    )
    office.take_in()
    assert office.record.step("lan", office.id, "submit").state == "dept_review"


def test_a_report_accepted_while_the_text_lay_for_signature_bars_the_signature(office: Office):
    office.name_missing()
    office.record.bring_to(office.id, "check_format")
    office.receive()
    facts = office.refused("mai", "sign")
    assert (facts["newer"], facts["signing"]) == ([CDS], True)
    assert "sign" not in open_steps(office.record, "mai", office.id)
    office.record.step("mai", office.id, "return", note=REASON)
    office.record.step("hung", office.id, "forward")
    office.take_in()
    office.record.bring_to(office.id, "sign")
    assert "3/3 đơn vị" in office.text.sections[0].paragraphs[0]


def test_a_report_accepted_after_the_signature_changes_nothing(office: Office):
    office.name_missing()
    office.record.bring_to(office.id, "sign")
    office.receive()
    for step in ("assign_number", "seal", "issue"):
        office.record.step("van", office.id, step, paper_signed=True)
    assert [item.unit for item in office.text.missing_units] == [CDS]
    assert row(office.record, office.id).state == "issued"


def test_emptying_the_line_of_a_unit_that_sent_meanwhile_does_not_leave_it_out(office: Office):
    office.receive()
    office.save(replace(office.text, missing_units=()))
    assert office.refused("lan", "submit")["newer"] == [CDS]


def test_a_unit_that_reported_has_a_row_in_the_table(office: Office):
    office.name_missing()
    office.save(replace(office.text, results=office.text.results[1:]))
    assert office.refused("lan", "submit")["rowless"] == ["Phòng Quản lý khoa học"]
    office.take_in()
    assert {item.unit for item in office.text.results} == {
        "Phòng Quản lý khoa học",
        "Phòng Công nghệ và Đổi mới sáng tạo",
    }


def test_rows_of_two_units_may_be_drawn_together(office: Office):
    office.name_missing()
    first, second = office.text.results
    office.save(replace(office.text, results=(replace(first, unit=f"{first.unit}; {second.unit}"),)))
    assert office.record.step("lan", office.id, "submit").state == "dept_review"


def test_the_number_of_units_must_be_that_of_the_reports_that_are_in(office: Office):
    office.name_missing()
    [first, *others] = office.text.sections
    wrong = replace(first, paragraphs=(first.paragraphs[0].replace("2/3", "3/3"),))
    office.save(replace(office.text, sections=(wrong, *others)))
    assert office.refused("lan", "submit")["miscounted"] == ["3/3", "2/3"]
    office.take_in()
    assert "2/3 đơn vị" in office.text.sections[0].paragraphs[0]


def test_taking_in_keeps_every_word_that_was_typed(office: Office):
    office.name_missing()
    office.receive()
    before = office.text
    rows = (replace(before.results[0], result="Đã xong, có số liệu kèm theo."), *before.results[1:])
    first, second = before.sections
    typed = replace(
        before,
        subject="Kết quả thực hiện dân chủ năm 2026",
        opening=(*before.opening, "Đoạn mở đầu viết thêm."),
        sections=(
            replace(first, paragraphs=(f"Nhìn chung tốt. {first.paragraphs[0]}", "Đoạn viết thêm.")),
            second,
        ),
        results=rows,
    )
    told = office.take_in(typed)
    assert told == TakenIn(units=(CDS,), arrived=(CDS,))
    after = office.text
    assert after.results[:2] == rows
    assert [item.unit for item in after.results[2:]] == [CDS]
    assert after.missing_units == ()
    assert after.subject == typed.subject
    assert "Đoạn mở đầu viết thêm." in after.opening
    assert after.sections[0].paragraphs == (
        "Nhìn chung tốt. Đã nhận báo cáo của 3/3 đơn vị. Trong 3 kết quả được báo cáo: 3 hoàn thành, "
        "0 đang thực hiện, 0 chưa thực hiện. Chi tiết theo bảng kết quả.",
        "Đoạn viết thêm.",
    )
    assert office.take_in() == TakenIn(), "a second press finds nothing new"
    assert office.text == after


def test_the_figures_are_said_up_to_the_day_they_were_taken_in_and_no_further_than_their_window(
    office: Office,
):
    said = "số liệu từ ngày 15/12/2025 đến ngày"
    assert f"({said} 03/11/2026)" in office.text.opening[0]
    office.receive()
    at(office.record, 2026, 11, 10)
    typed = replace(
        office.text, opening=(f"Cả năm: {office.text.opening[0]}", "Từ ngày 01/01/2026 đến ngày 02/02/2026.")
    )
    office.take_in(typed)
    assert office.text.opening[0] == typed.opening[0].replace("03/11", "10/11")
    assert office.text.opening[1] == typed.opening[1]
    at(office.record, 2026, 12, 28)
    office.take_in()
    assert f"{said} 14/12/2026)" in office.text.opening[0]


def test_a_row_typed_for_a_unit_stays_beside_what_the_unit_sent(office: Office):
    [one, *_] = office.text.results
    said = replace(one, unit=CDS, status="running", result="Theo điện thoại: đang làm.")
    office.save(replace(office.text, results=(*office.text.results, said)))
    office.receive()
    office.take_in()
    mine = [item.result for item in office.text.results if item.unit == CDS]
    assert mine == ["Theo điện thoại: đang làm.", "Đã xong."]


def test_the_reasons_of_new_reports_come_under_their_heading(office: Office):
    with working(office.record, "quynh") as w:
        report_id = start_unit_report(w, instance_id=office.lower["CDS"].id)
    fill_results(
        office.record, "quynh", report_id, status="not_started", result="", reason="Chưa có kinh phí"
    )
    for login, step in (("quynh", "submit"), ("khanh", "approve_content"), ("hung", "accept")):
        office.record.step(login, report_id, step)
    office.take_in()
    [line] = office.text.sections[1].paragraphs
    assert line.startswith(f"{CDS}: ")
    assert line.endswith(": Chưa có kinh phí")


def test_a_unit_freed_meanwhile_is_named_no_longer_unless_somebody_wrote_why(office: Office):
    with working(office.record, "hung") as w:
        version = row(office.record, office.plan_id).version
        waive(w, instance_id=office.lower["CDS"].id, seen_version=version, reason=REASON)
    kept = replace(office.text, missing_units=(Missing(CDS, "được miễn theo Công văn số 12"),))
    office.take_in(kept)
    assert office.text.missing_units == kept.missing_units
    office.take_in(replace(office.text, missing_units=(Missing(CDS),)))
    assert office.text.missing_units == ()
    assert "2/2 đơn vị" in office.text.sections[0].paragraphs[0]
    assert office.record.step("lan", office.id, "submit").state == "dept_review"


def test_the_record_says_which_reports_were_taken_in(office: Office):
    first = history(office.record, office.id)[0]["facts"]["source_reference"]["collected"]
    office.receive()
    office.take_in()
    entry = history(office.record, office.id)[-1]
    assert entry["label"] == "Lấy số liệu mới của đơn vị"
    assert set(entry["facts"]["source_reference"]["collected"]) > set(first)


def test_a_text_that_already_says_it_all_is_noted_as_taken_in_all_the_same(office: Office):
    known = history(office.record, office.id)[0]["facts"]["source_reference"]
    office.receive()
    office.take_in()
    complete = office.text
    written_from(office, known)
    assert office.refused("lan", "submit")["newer"] == [CDS]
    office.take_in()
    assert office.text == complete
    assert office.record.step("lan", office.id, "submit").state == "dept_review"


def written_from(office: Office, source: object) -> None:
    with working(office.record, "lan") as w:
        w.db.execute(
            Document.__table__.update().where(Document.id == office.id).values(source_reference=source)
        )


def test_a_draft_that_does_not_say_from_which_reports_it_was_written_is_judged_by_its_rows(office: Office):
    written_from(office, None)
    office.name_missing()
    office.receive()
    assert office.refused("lan", "submit")["newer"] == [CDS]
    office.take_in()
    assert len(office.text.results) == 3
    assert office.record.step("lan", office.id, "submit").state == "dept_review"


def test_only_whose_turn_it_is_takes_in_and_only_while_the_text_may_change(office: Office):
    version = row(office.record, office.id).version
    how = {"document_id": office.id, "content": office.text, "signer_id": None}
    with pytest.raises(NotYourStep), working(office.record, "hung") as w:
        take_in_reports(w, seen_version=version, **how)
    with pytest.raises(Stale), working(office.record, "lan") as w:
        take_in_reports(w, seen_version=version - 1, **how)
    office.name_missing()
    office.record.step("lan", office.id, "submit")
    with pytest.raises(StepNotOpen), working(office.record, "lan") as w:
        take_in_reports(w, seen_version=row(office.record, office.id).version, **how)
    plain = office.record.draft()
    with pytest.raises(NeedUnmet) as refused, working(office.record, "lan") as w:
        take_in_reports(w, document_id=plain, seen_version=1, content=office.text, signer_id=None)
    assert refused.value.need == "collects_reports"
