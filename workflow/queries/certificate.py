"""Biên bản phê duyệt: who approved which words when, with every digest; told from the record, judged by nobody."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, select

from workflow.engine import Work
from workflow.models import Approval, Withdrawal
from workflow.queries.checkpoints import Sealed, newest_checkpoint
from workflow.queries.documents import DocumentView
from workflow.queries.issued_files import issued_bytes, issued_files
from workflow.queries.trail import Line
from workflow.workdays import VN
from workflow.writing.paper import long_date
from workflow.writing.paper_words import type_name
from workflow.writing.slip import Cell, Grid, Section, Signature, Slip, moment_words, numbered, whole_digest

TITLE = "BIÊN BẢN PHÊ DUYỆT"
FILES = {"pdf": "Tệp phát hành", "sealed_scan": "Bản quét đã đóng dấu"}
HOW = (
    "Mã nội dung là SHA-256 của nội dung đúng từng byte; mã tệp là SHA-256 của tệp tải từ hệ thống. Tính lại mã của "
    "tệp bằng công cụ bất kỳ rồi so với biên bản này.",
    "Mã sự kiện nối mỗi bước với bước trước của cùng văn bản. Kiểm tra toàn bộ nhật ký bằng lệnh trinhky verify, hoặc "
    "trang Lịch sử, mục Kiểm tra chuỗi.",
    "Biên bản do hệ thống lập từ nhật ký. Dấu ký duyệt trên hệ thống không phải chữ ký số.",
)
_GIVEN = (
    select(
        Approval.kind,
        Approval.step,
        Approval.entry_id,
        Approval.revision_no,
        Approval.digest,
        Approval.signature_digest,
        Approval.meaning,
        Approval.person_name,
        Approval.title,
        Approval.lines,
        Approval.basis,
        Approval.at,
        Withdrawal.entry_id.label("withdrawn_by"),
    )
    .outerjoin(Withdrawal, Withdrawal.approval_id == Approval.id)
    .where(Approval.document_id == bindparam("id"))
    .order_by(Approval.id)
)


@dataclass(frozen=True)
class Given:
    """An approval as it was given. `holds` says that it was not taken back and covers the present text."""

    label: str
    person: str
    title: str
    lines: tuple[str, ...]
    basis: str
    meaning: str
    at: datetime
    revision_no: int
    digest: str
    signature_digest: str
    withdrawn: bool
    holds: bool


def certificate(w: Work, view: DocumentView) -> Slip:
    """Whoever asks has found the document visible; made in his name, at the moment he asks."""
    content = view.content
    day = w.now.astimezone(VN).date()
    return Slip(
        title=TITLE,
        subject=f"{type_name(content.doc_type)} {content.subject}".strip(),
        parent_name=view.agency.printed_parent.upper(),
        agency_name=view.agency.printed_name.upper(),
        number="",
        symbol="-".join(part for part in ("BB", document_suffix(content.symbol)) if part),
        place=content.place,
        day=long_date(day),
        addressee="",
        sections=numbered(_sections(w, view)),
        signatures=(Signature(()), Signature(("NGƯỜI LẬP BIÊN BẢN",), w.actor.name)),
        opinion="",
        footer=f"In từ hệ thống lúc {moment_words(w.now)}. Không thay thế bản gốc.",
        dated=day.isoformat(),
    )


def document_suffix(symbol: str) -> str:
    """KH-SKHCN → SKHCN; what stands after the type."""
    return symbol.partition("-")[2]


def given_approvals(w: Work, view: DocumentView) -> tuple[Given, ...]:
    """All that were ever given, oldest first, those taken back among them. One statement."""
    labels = {line.entry_id: line.label for line in view.trail}  # as the entry says it, for whom included
    return tuple(
        Given(
            label=labels.get(row.entry_id, row.step),
            person=row.person_name,
            title=row.title,
            lines=tuple(row.lines),
            basis=row.basis,
            meaning=row.meaning,
            at=row.at,
            revision_no=row.revision_no,
            digest=row.digest,
            signature_digest=row.signature_digest,
            withdrawn=row.withdrawn_by is not None,
            holds=row.withdrawn_by is None and row.digest == view.document.digest,
        )
        for row in w.db.execute(_GIVEN, {"id": view.id})
    )


def _sections(w: Work, view: DocumentView) -> Iterator[Section]:
    yield Section("Văn bản", facts=tuple(_about(view)))
    given = given_approvals(w, view)
    rows = tuple(_approval(item) for item in given)
    nothing = () if rows else ("Chưa có chấp thuận nào.",)
    columns = ("Chấp thuận", "Người, chức danh, tư cách", "Mã")
    yield Section("Các chấp thuận", lines=nothing, grid=Grid(columns, (5, 6, 9), rows) if rows else None)
    yield Section("Tệp", facts=tuple(_files(w, view)))
    acts = tuple(_act(line) for line in view.trail)
    yield Section(
        "Diễn biến", grid=Grid(("Lượt", "Lúc", "Việc", "Người", "Mã sự kiện"), (2, 4, 5, 6, 9), acts)
    )
    yield Section("Cách kiểm tra", facts=tuple(_sealed(newest_checkpoint(w))), lines=HOW)


def _about(view: DocumentView) -> Iterator[tuple[str, str]]:
    document = view.document
    yield "Loại, trích yếu", f"{type_name(view.content.doc_type)} {view.content.subject}".strip()
    if document.reference_no and document.issued_on:
        yield "Số, ký hiệu, ngày", f"{document.reference_no}, {long_date(document.issued_on)}"
    yield "Mã hồ sơ, tình trạng", f"{document.id}; {view.state.label}"
    yield "Đơn vị, người soạn thảo", f"{view.unit.name}; {view.drafter}"
    yield "Quy trình", f"{document.definition_id}, phiên bản {document.definition_version}"
    yield "Mã quy trình", whole_digest(document.definition_hash)
    yield "Bản hiện tại", f"bản {document.revision_no}, lượt {document.version}"
    yield "Mã nội dung", whole_digest(document.digest)
    holds = (
        "Nội dung đang lưu cho ra đúng mã này."
        if view.text_holds
        else "NỘI DUNG ĐANG LƯU KHÔNG CHO RA MÃ NÀY."
    )
    yield "Tính lại khi lập", holds


def _approval(item: Given) -> tuple[Cell, ...]:
    standing = "đã rút lại" if item.withdrawn else "" if item.holds else "cho bản cũ, không còn hiệu lực"
    what = [item.label, f"({item.meaning})" if item.meaning else "", moment_words(item.at), standing]
    who = [item.person, item.title, ", ".join(item.lines), item.basis and f"Căn cứ: {item.basis}"]
    digests = [f"Bản {item.revision_no}: {whole_digest(item.digest)}"]
    if item.signature_digest:
        digests.append(f"Mã ký duyệt: {whole_digest(item.signature_digest)}")
    return _told(what), _told(who), tuple(digests)


def _files(w: Work, view: DocumentView) -> Iterator[tuple[str, str]]:
    for kind, file in issued_files(w, view.id).items():
        holds = hashlib.sha256(issued_bytes(w, view.id, kind)).hexdigest() == file.sha256
        told = "khớp khi tính lại" if holds else "TỆP ĐANG LƯU KHÔNG CHO RA MÃ NÀY"
        yield FILES.get(kind, kind), f"{file.size} byte, {told}: {whole_digest(file.sha256)}"
    for item in view.content.attachments:
        yield "Tệp kèm theo", f"{item.name}, {item.size} byte: {whole_digest(item.sha256)}"


def _act(line: Line) -> tuple[Cell, ...]:
    who = ", ".join(part for part in (line.name, line.title) if part) or f"quy tắc {line.rule}"
    return (str(line.version),), (moment_words(line.at),), (line.label,), (who,), (whole_digest(line.hash),)


def _sealed(checkpoint: Sealed | None) -> Iterator[tuple[str, str]]:
    if checkpoint is not None:
        yield "Mốc đã ký gần nhất", f"{checkpoint.size} sự kiện, lúc {moment_words(checkpoint.at)}"
        yield "Gốc của cây", whole_digest(checkpoint.root)


def _told(parts: list[str]) -> Cell:
    return tuple(part for part in parts if part)
