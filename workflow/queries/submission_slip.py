"""Phiếu trình: what lies before the signer, who has looked at it, and what they said; as it stands now."""

from collections.abc import Iterator

from workflow.content import Content, obligations, tasks
from workflow.engine import Work
from workflow.queries.documents import DocumentView
from workflow.queries.trail import Line
from workflow.workdays import VN
from workflow.writing.paper import basis_lines, enclosure_lines, long_date
from workflow.writing.paper_words import ESIGNED, URGENCY_MARKS, type_name
from workflow.writing.slip import Grid, Section, Signature, Slip, moment_words, numbered, whole_digest

TITLE = "PHIẾU TRÌNH"
SUBMITTING = frozenset({"submit", "submit_own"})
BRINGS_TEXT = frozenset({"create", "import", "edit"})
ASIDE = frozenset({"remark", "settle_remark", "ask", "remind"})
BLANK = "……………………"
ERASED = "(ý kiến đã được xóa theo quy định)"
COLUMNS = ("Khâu", "Người, chức danh", "Lúc", "Ý kiến")
SHARES = (4, 5, 3, 6)


def submission_slip(w: Work, view: DocumentView) -> Slip:
    """Whoever asks has found the document visible. Its day is that of the newest submission, "" before the first."""
    document, content = view.document, view.content
    submitted = [line for line in view.trail if line.action in SUBMITTING]
    day = submitted[-1].at.astimezone(VN).date() if submitted else None
    return Slip(
        title=TITLE,
        subject=f"Về dự thảo {type_name(content.doc_type)} {content.subject}".strip(),
        parent_name=view.agency.printed_name.upper(),
        agency_name=view.unit.name.upper(),
        number=None,
        symbol="",
        place=content.place,
        day=long_date(day) if day else "",
        addressee=", ".join(part for part in (view.signer, _title(w, view)) if part) or BLANK,
        sections=numbered(_sections(view)),
        signatures=_signatures(view),
        opinion="" if view.signature else "Ý kiến của người ký:",
        footer=f"In từ hệ thống: bản {document.revision_no}, lượt {document.version}. Không thay thế bản gốc.",
        dated=(day or document.created_at.astimezone(VN).date()).isoformat(),
    )


def _title(w: Work, view: DocumentView) -> str:
    if view.signature:
        return view.signature.title
    signer = view.document.signer_id
    return w.directory.title_of(signer, view.agency.id, w.today) if signer else ""


def _sections(view: DocumentView) -> Iterator[Section]:
    document, content = view.document, view.content
    brought = [line.at for line in view.trail if line.action in BRINGS_TEXT]
    saved = moment_words(brought[-1] if brought else document.created_at)
    facts = (
        ("Loại văn bản", type_name(content.doc_type)),
        ("Trích yếu", content.subject),
        ("Đơn vị soạn thảo", view.unit.name),
        ("Người soạn thảo", view.drafter),
        ("Mức độ khẩn", URGENCY_MARKS.get(content.urgency, "").capitalize()),
        ("Tình trạng", view.state.label),
        ("Bản trình", f"bản {document.revision_no}, lưu lúc {saved}"),
        ("Mã nội dung (SHA-256)", whole_digest(document.digest)),
    )
    yield Section("Nội dung trình", facts=tuple((name, value) for name, value in facts if value))
    yield Section("Căn cứ", lines=basis_lines(content))
    yield Section("Tóm tắt dự thảo", lines=tuple(_summary(content)))
    yield Section("Hồ sơ kèm theo", lines=tuple(_enclosed(view)))
    yield Section("Ý kiến qua các khâu", grid=_opinions(view))


def _summary(content: Content) -> Iterator[str]:
    """What can be counted or quoted; nobody's judgement."""
    for node in content.sections:
        if node.title:
            yield f"{node.label}. {node.title}" if node.label else node.title
    if given := tasks(content):
        leads = dict.fromkeys(name for _, node in given if node.task for name in node.task.leads)
        yield f"Nhiệm vụ: {len(given)}" + (f"; đơn vị chủ trì: {', '.join(leads)}." if leads else ".")
    for _, item in obligations(content):
        if item.raw:
            yield f"Báo cáo: {item.raw.strip()}"


def _enclosed(view: DocumentView) -> Iterator[str]:
    document, content = view.document, view.content
    yield f"Dự thảo {type_name(content.doc_type)}, bản {document.revision_no}."
    yield from (f"{line}." for line in enclosure_lines(content))


def _opinions(view: DocumentView) -> Grid | None:
    """Each act that carried the document on or back, and whatever was said with it."""
    rows = tuple(
        (
            (_act(line),),
            tuple(part for part in (line.name, line.title) if part),
            (moment_words(line.at),),
            tuple((ERASED if line.note_erased else line.note).splitlines()),
        )
        for line in view.trail
        if line.person_id is not None and line.action not in ASIDE | BRINGS_TEXT
    )
    return Grid(COLUMNS, SHARES, rows) if rows else None


def _act(line: Line) -> str:
    return f"{line.label}, {line.capacity_lines[0]}" if line.capacity_lines else line.label


def _signatures(view: DocumentView) -> tuple[Signature, ...]:
    """The drafter's hand, the head's approval, and the signer's once it is there."""
    found = [Signature(("NGƯỜI SOẠN THẢO",), view.drafter)]
    if approval := view.content_approval:
        stamp = ("Đã duyệt trên hệ thống", moment_words(approval.at))
        found.append(Signature((approval.title.upper(),), approval.person_name, stamp))
    else:
        found.append(Signature(("LÃNH ĐẠO ĐƠN VỊ",)))
    if signature := view.signature:
        stamp = (ESIGNED, moment_words(signature.at))
        found.append(Signature(signature.lines, signature.person_name, stamp))
    return tuple(found)
