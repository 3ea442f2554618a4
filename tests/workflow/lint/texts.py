"""A well-made plan of our own, ways to spoil it, and what the lint says of it."""

from datetime import date
from typing import Any

from msgspec.structs import replace

from workflow.agency_file import load_agencies
from workflow.content import Basis, Content, Node, Obligation, Recipient, Task, Time
from workflow.lint import AgencyFacts, Finding, PaperFacts, facts_of_file, findings
from workflow.settings import DEFINITIONS

FILES = {file.code: file for file in load_agencies(DEFINITIONS / "agencies")}
TODAY = date(2026, 11, 21)
AGENCY = facts_of_file(FILES["so_khcn"], TODAY)
BLOCK = PaperFacts(signature_lines=("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"), signer_name="Trần Thị Ngọc Mai")


def good(**changes: Any) -> Content:
    """Nothing in it is to be found fault with."""
    values: dict[str, Any] = {
        "doc_type": "KH",
        "subject": "Kiểm định phương tiện đo tại các chợ năm 2026",
        "symbol": "KH-SKHCN",
        "place": "Hòa An",
        "drafting_unit": "Phòng Tiêu chuẩn, Đo lường, Chất lượng",
        "bases": (
            Basis("Căn cứ Luật Đo lường;", "Luật"),
            Basis(
                "Căn cứ Nghị định số 86/2012/NĐ-CP ngày 19/10/2012 của Chính phủ về đo lường;",
                "NĐ", "86/2012/NĐ-CP", "2012-10-19", "Chính phủ",
            ),
            Basis(
                "Căn cứ Kế hoạch số 31/KH-UBND ngày 05/02/2026 của UBND tỉnh về quản lý chợ.",
                "KH", "31/KH-UBND", "2026-02-05", "UBND tỉnh",
            ),
        ),
        "opening": ("Sở Khoa học và Công nghệ lập Kế hoạch kiểm định như sau:",),
        "sections": (
            Node("I", "MỤC ĐÍCH", ("Người mua được cân đúng, đong đủ.",)),
            Node("II", "NỘI DUNG", (), children=(task_node("1"), task_node("2"))),
            Node("III", "TỔ CHỨC THỰC HIỆN", (), children=reporting()),
        ),
        "recipients": (Recipient("UBND tỉnh", "to_report"), Recipient("Các phòng, đơn vị thuộc Sở")),
        "archive_line": "Lưu: VT, TĐC.",
    }  # fmt: skip
    return Content(**values | changes)


def task_node(label: str, **changes: Any) -> Node:
    task = Task(
        leads=("Phòng Tiêu chuẩn, Đo lường, Chất lượng",),
        coordinators=("Văn phòng Sở",),
        time=Time("quarters", "Quý II năm 2026", "2026-04-01", "2026-06-30"),
    )
    return Node(label, "", ("Kiểm định cân đồng hồ lò xo tại các chợ loại 1.",), replace(task, **changes))


def reporting(lower: str = "trước ngày 10/11 hằng năm", upper: str = "trước ngày 15/11 hằng năm",
              lower_day: int = 10, upper_day: int = 15) -> tuple[Node, ...]:  # fmt: skip
    first = f"Các phòng, đơn vị thuộc Sở gửi kết quả về Văn phòng Sở {lower}."
    second = f"Văn phòng Sở tổng hợp, báo cáo UBND tỉnh {upper}./."
    return (
        Node("1", "", (first,), obligations=(
            Obligation("Các phòng, đơn vị thuộc Sở", "Văn phòng Sở", recurrence="yearly", due_month=11,
                       due_day=lower_day, raw=first),)),
        Node("2", "", (second,), obligations=(
            Obligation("Văn phòng Sở", "UBND tỉnh", recurrence="yearly", due_month=11, due_day=upper_day,
                       raw=second),)),
    )  # fmt: skip


def saying(*words: str) -> Content:
    """The good plan with these paragraphs in its first part."""
    plan = good()
    return replace(plan, sections=(replace(plan.sections[0], paragraphs=words), *plan.sections[1:]))


def found(
    content: Content, *, agency: AgencyFacts = AGENCY, paper: PaperFacts = BLOCK
) -> tuple[Finding, ...]:
    return findings(content, agency, paper)


def codes(content: Content, **how: Any) -> list[str]:
    return [finding.code for finding in found(content, **how)]


def only(content: Content, code: str, **how: Any) -> Finding:
    """The one finding of this code; nothing else may be found."""
    listed = found(content, **how)
    assert [finding.code for finding in listed] == [code], listed
    return listed[0]
