"""Phiếu trình and biên bản as the record gives them: each act, each approval, each digest."""

import pytest
from sqlalchemy import select, text

from tests.record import Record, plan
from tests.workflow.writing.papers import Pages
from workflow.content import Basis
from workflow.models import Approval, Entry, IssuedFile
from workflow.queries.certificate import certificate, given_approvals
from workflow.queries.documents import document_view
from workflow.queries.submission_slip import submission_slip
from workflow.writing.slip import Slip, whole_digest
from workflow.writing.typeset import slip_pdf


def slip_of(record: Record, document_id: int, login: str = "mai") -> Slip:
    with record.engine.reading(record.who(login)) as w:
        return submission_slip(w, document_view(w, document_id))


def certificate_of(record: Record, document_id: int, login: str = "van") -> Slip:
    with record.engine.reading(record.who(login)) as w:
        return certificate(w, document_view(w, document_id))


def section(slip: Slip, title: str):
    return next(part for part in slip.sections if part.title.partition(". ")[2] == title)


def words(slip: Slip) -> str:
    """All that its sections say."""
    told = []
    for part in slip.sections:
        told += [part.title, *(word for fact in part.facts for word in fact), *part.lines]
        told += [line for row in (part.grid.rows if part.grid else ()) for cell in row for line in cell]
    return "\n".join(told)


def test_the_slip_says_what_lies_before_the_signer_and_what_each_said(record: Record):
    document_id = record.draft(content=plan(bases=(Basis(raw="Kế hoạch số 88/KH-UBND"),)))
    record.step("lan", document_id, "submit", note="Kính trình.")
    record.step("hung", document_id, "approve_content", note="Nhất trí dự thảo.")
    record.step("thu", document_id, "check_format")
    slip = slip_of(record, document_id)
    assert (slip.title, slip.addressee) == ("PHIẾU TRÌNH", "Trần Thị Ngọc Mai, Phó Giám đốc")
    assert (slip.parent_name, slip.agency_name) == ("SỞ KHOA HỌC VÀ CÔNG NGHỆ", "VĂN PHÒNG SỞ")
    assert slip.day == "ngày 20 tháng 4 năm 2026"
    assert section(slip, "Căn cứ").lines == ("Căn cứ Kế hoạch số 88/KH-UBND.",)
    rows = section(slip, "Ý kiến qua các khâu").grid.rows
    assert [row[1][0] for row in rows] == ["Nguyễn Thị Lan", "Phạm Quốc Hùng", "Ngô Thị Thu"]
    assert [row[3] for row in rows] == [("Kính trình.",), ("Nhất trí dự thảo.",), ()]
    assert slip.opinion == "Ý kiến của người ký:"
    assert [(who.name, bool(who.stamp)) for who in slip.signatures] == [
        ("Nguyễn Thị Lan", False),
        ("Phạm Quốc Hùng", True),
    ]
    assert "Văn phòng Sở báo cáo Sở Nội vụ trước ngày 15/11 hằng năm." in words(slip)
    assert Pages(data=slip_pdf(slip)).says("Nhất trí dự thảo.")


def test_a_draft_has_a_slip_without_day_and_approval_and_a_signed_one_without_a_box(record: Record):
    document_id = record.draft()
    slip = slip_of(record, document_id, "lan")
    assert slip.day == ""
    assert [who.lines for who in slip.signatures] == [("NGƯỜI SOẠN THẢO",), ("LÃNH ĐẠO ĐƠN VỊ",)]
    assert "Ý kiến qua các khâu" not in words(slip)
    record.bring_to(document_id, "sign")
    signed = slip_of(record, document_id)
    assert signed.opinion == ""
    assert signed.signatures[-1].lines == ("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC")
    assert signed.signatures[-1].stamp[0] == "Đã ký duyệt trên hệ thống"


def test_a_comment_of_several_lines_is_several_lines(sqlite_record: Record):
    document_id = sqlite_record.draft()
    sqlite_record.step("lan", document_id, "submit", note="Một là.\nHai là.")
    rows = section(slip_of(sqlite_record, document_id, "hung"), "Ý kiến qua các khâu").grid.rows
    assert rows[0][3] == ("Một là.", "Hai là.")


def test_the_certificate_tells_every_approval_act_and_file_with_its_whole_digest(record: Record):
    document_id = record.draft()
    record.bring_to(document_id, "issue")
    slip = certificate_of(record, document_id)
    told = words(slip)
    with record.engine.database.read.begin() as db:
        approvals = db.execute(select(Approval.digest, Approval.signature_digest)).all()
        entries = db.scalars(
            select(Entry.hash).where(Entry.document_id == document_id, Entry.stream == "act")
        )
        digests = {value for row in approvals for value in row if value} | {entry.hex() for entry in entries}
        digests |= set(db.scalars(select(IssuedFile.sha256)))
    assert len(digests) >= 10
    for digest in digests:
        assert whole_digest(digest) in told
    assert "01/KH-SKHCN, ngày 20 tháng 4 năm 2026" in told
    assert "KT. GIÁM ĐỐC, PHÓ GIÁM ĐỐC" in told
    assert "khớp khi tính lại" in told
    assert "Nội dung đang lưu cho ra đúng mã này." in told
    assert "Mốc đã ký gần nhất" in told
    assert (slip.symbol, slip.signatures[-1].name) == ("BB-SKHCN", "Nguyễn Thu Vân")
    assert Pages(data=slip_pdf(slip)).says("không phải chữ ký số")


def test_an_approval_taken_back_is_told_as_taken_back(record: Record):
    document_id = record.draft()
    record.bring_to(document_id, "sign")
    record.step("mai", document_id, "unsign", note="Cần sửa lại mục II.")
    with record.engine.reading(record.who("mai")) as w:
        given = given_approvals(w, document_view(w, document_id))
    assert [(item.label, item.withdrawn, item.holds) for item in given if item.signature_digest] == [
        ("Ký duyệt", True, False)
    ]
    assert "đã rút lại" in words(certificate_of(record, document_id, "mai"))


def test_before_anybody_approved_the_certificate_says_so(sqlite_record: Record):
    document_id = sqlite_record.draft()
    slip = certificate_of(sqlite_record, document_id, "lan")
    assert "Chưa có chấp thuận nào." in words(slip)
    assert Pages(data=slip_pdf(slip)).says("Chưa có chấp thuận nào.")


@pytest.mark.tampered
def test_a_text_or_a_file_that_no_longer_holds_is_said_in_capitals(sqlite_record: Record):
    document_id = sqlite_record.draft()
    sqlite_record.bring_to(document_id, "issue")
    with sqlite_record.engine.database.write.begin() as db:
        for table in ("stored_file", "revision"):
            db.execute(text(f"DROP TRIGGER {table}_no_update"))
        db.execute(text("UPDATE stored_file SET data = zeroblob(10)"))
        db.execute(text("UPDATE revision SET content = CAST(replace(content, 'cơ quan', 'đơn vị') AS BLOB)"))
    told = words(certificate_of(sqlite_record, document_id))
    assert "TỆP ĐANG LƯU KHÔNG CHO RA MÃ NÀY" in told
    assert "NỘI DUNG ĐANG LƯU KHÔNG CHO RA MÃ NÀY." in told
