"""The file of an issued document: rendered once, its digest in the entry, found out when it is changed."""

import hashlib
from typing import Any

import msgspec
import pytest
from sqlalchemy import func, select, text

from tests.record import Record, plan
from tests.workflow.writing.papers import ISSUED, Pages
from workflow.commands.issued_files import LARGEST, hang_sealed_scan
from workflow.commands.issuing import typeset_before_step
from workflow.content import Node
from workflow.engine import Identity
from workflow.errors import Invalid, NeedUnmet, NotFound, NotYourStep, Stale, StepNotOpen, Unprintable
from workflow.models import Document, Entry, IssuedFile, StoredFile
from workflow.queries.documents import document_view
from workflow.queries.issued_files import PAPER, SCAN, issued_bytes, issued_files
from workflow.verification import verify
from workflow.writing import ahead
from workflow.writing.sheet import sheet_of

SCANNED = b"%PDF-1.7\n" + b"\x00\xff scan " * 200


def entry_of(record: Record, document_id: int, action: str) -> dict[str, Any]:
    with record.engine.database.read.begin() as db:
        body = db.scalar(
            select(Entry.body)
            .where(Entry.document_id == document_id, Entry.action == action)
            .order_by(Entry.id.desc())
            .limit(1)
        )
    assert body is not None
    return dict(msgspec.json.decode(body))


def files(record: Record, login: str, document_id: int) -> dict[str, Any]:
    with record.engine.reading(record.who(login)) as w:
        return issued_files(w, document_id)


def version(record: Record, document_id: int) -> int:
    with record.engine.database.read.begin() as db:
        return int(db.scalar(select(Document.version).where(Document.id == document_id)) or 0)


def hang(
    record: Record, login: str, document_id: int, data: bytes = SCANNED, *, seen: int | None = None
) -> None:
    with record.engine.work(record.who(login)) as w:
        hang_sealed_scan(
            w,
            document_id=document_id,
            seen_version=version(record, document_id) if seen is None else seen,
            data=data,
        )


def test_the_step_that_issues_keeps_the_file_and_its_digest_in_one_transaction(record: Record):
    document_id = record.draft()
    record.bring_to(document_id, "seal")
    assert files(record, "van", document_id) == {}
    record.step("van", document_id, "issue")
    with record.engine.reading(record.who("van")) as w:
        data = issued_bytes(w, document_id, PAPER)
        held = issued_files(w, document_id)[PAPER]
    assert held.sha256 == hashlib.sha256(data).hexdigest()
    assert held.size == len(data)
    told = entry_of(record, document_id, "issue")["facts"]["file"]
    assert told == {"kind": "pdf", "sha256": held.sha256, "size": held.size}


def test_the_file_is_the_paper_with_number_date_signature_and_without_the_mark_of_a_draft(record: Record):
    document_id = record.draft()
    record.bring_to(document_id, "issue")
    with record.engine.reading(record.who("van")) as w:
        pages = Pages(data=issued_bytes(w, document_id, PAPER))
        view = document_view(w, document_id)
    assert pages.says(f"Số: {view.document.reference_no}")
    assert pages.says("Hòa An, ngày 20 tháng 4 năm 2026")
    assert pages.says("KT. GIÁM ĐỐC")
    assert pages.says("Trần Thị Ngọc Mai")
    assert pages.says("Đã ký duyệt trên hệ thống")
    assert not any("DỰ THẢO" in word.text or "CHƯA" in word.text for word in pages.words)


def test_the_file_is_never_rendered_again(record: Record, monkeypatch: pytest.MonkeyPatch):
    document_id = record.draft()
    record.bring_to(document_id, "issue")
    with record.engine.reading(record.who("van")) as w:
        before = issued_bytes(w, document_id, PAPER)

    def never(*what: Any, **how: Any) -> bytes:
        raise AssertionError("rendered again")

    monkeypatch.setattr(ahead, "pdf", never)
    record.clock.forward(days=400)
    with record.engine.reading(record.who("lan")) as w:
        assert issued_bytes(w, document_id, PAPER) == before


def test_the_paper_is_set_before_the_step_and_the_step_sets_none(
    record: Record, monkeypatch: pytest.MonkeyPatch
):
    document_id = record.draft()
    record.bring_to(document_id, "seal")
    engine, made = record.engine, []
    real = ahead.pdf

    def watched(*what: Any, **how: Any) -> bytes:
        made.append(real(*what, **how))
        return made[-1]

    monkeypatch.setattr(ahead, "pdf", watched)
    for login, step in (("lan", "issue"), ("van", "seal"), ("van", "no_step")):
        typeset_before_step(engine, record.who(login), document_id=document_id, step_id=step)
    typeset_before_step(engine, record.who("van"), document_id=document_id + 1, step_id="issue")
    assert made == [], "not his, another step, no such document"
    typeset_before_step(engine, record.who("van"), document_id=document_id, step_id="phat-hanh")
    assert len(made) == 1
    record.step("van", document_id, "issue")
    assert len(made) == 1, "the step found it ready"
    with record.engine.reading(record.who("van")) as w:
        assert issued_bytes(w, document_id, PAPER) == made[0]


def test_a_paper_that_changed_after_it_was_set_is_set_anew(sqlite_record: Record):
    record = sqlite_record
    ids = [record.draft(content=plan(subject=f"Việc thứ {n}")) for n in range(2)]
    for document_id in ids:
        record.bring_to(document_id, "seal")
    typeset_before_step(record.engine, record.who("van"), document_id=ids[0], step_id="issue")
    record.step("van", ids[1], "issue")
    with record.engine.reading(record.who("van")) as w:
        assert Pages(data=issued_bytes(w, ids[1], PAPER)).says("Việc thứ 1")


def test_a_few_papers_lie_ready_and_each_is_taken_once(monkeypatch: pytest.MonkeyPatch):
    made: list[str] = []

    def short(sheet: Any, **how: Any) -> bytes:
        made.append(sheet.subject)
        return sheet.subject.encode()

    monkeypatch.setattr(ahead, "pdf", short)
    monkeypatch.setattr(ahead, "_READY", {})
    sheets = [sheet_of(plan(subject=f"Việc {n}"), ISSUED) for n in range(ahead.MOST + 2)]
    for sheet in sheets:
        ahead.typeset_ahead(sheet)
    assert len(ahead._READY) == ahead.MOST
    made.clear()
    assert [ahead.typeset(sheet) for sheet in sheets] == [sheet.subject.encode() for sheet in sheets]
    assert made == ["Việc 0", "Việc 1"], "the oldest gave way"
    assert ahead.typeset(sheets[-1]) == sheets[-1].subject.encode()
    assert made[-1] == sheets[-1].subject


def test_a_step_that_fails_leaves_no_file(record: Record, monkeypatch: pytest.MonkeyPatch):
    document_id = record.draft()
    record.bring_to(document_id, "seal")

    def refuse(*what: Any, **how: Any) -> bytes:
        raise Unprintable(("😀",))

    monkeypatch.setattr(ahead, "pdf", refuse)
    with pytest.raises(Unprintable):
        record.step("van", document_id, "issue")
    with record.engine.database.read.begin() as db:
        assert db.scalar(select(func.count()).select_from(StoredFile)) == 0
        assert db.scalar(select(Document.state).where(Document.id == document_id)) == "numbered"


def test_a_sign_that_cannot_be_printed_holds_up_the_draft_and_not_the_issue(record: Record):
    odd = plan(sections=(Node(label="I", title="NỘI DUNG", paragraphs=("Cùng nhau làm 😀.",)),))
    document_id = record.draft(content=odd)
    with pytest.raises(NeedUnmet) as refused:
        record.step("lan", document_id, "submit")
    assert {"place": "sections", "rule": "unprintable", "facts": {"signs": "😀"}} in refused.value.facts[
        "faults"
    ]


def test_those_who_may_not_see_a_document_get_none_of_its_files(record: Record):
    document_id = record.draft()
    record.bring_to(document_id, "issue")
    other = next(
        login
        for login, person in record.directory.by_login.items()
        if person.agency_id != record.directory.by_login["lan"].agency_id
    )
    with record.engine.reading(record.who(other)) as w, pytest.raises(NotFound):
        issued_bytes(w, document_id, PAPER)


def test_van_thu_hangs_the_sealed_scan_once_it_is_out(record: Record):
    document_id = record.draft()
    record.bring_to(document_id, "issue")
    hang(record, "van", document_id)
    held = files(record, "lan", document_id)
    assert set(held) == {PAPER, SCAN}
    told = entry_of(record, document_id, "hang_scan")
    assert told["facts"]["file"] == {
        "kind": SCAN,
        "sha256": hashlib.sha256(SCANNED).hexdigest(),
        "size": len(SCANNED),
    }
    assert told["after"]["state"] == "issued"
    with record.engine.reading(record.who("lan")) as w:
        assert issued_bytes(w, document_id, SCAN) == SCANNED


def test_one_scan_on_two_documents_is_kept_once(record: Record):
    for _ in range(2):
        document_id = record.draft()
        record.bring_to(document_id, "issue")
        hang(record, "van", document_id)
    with record.engine.database.read.begin() as db:
        digest = hashlib.sha256(SCANNED).hexdigest()
        assert db.scalar(select(func.count()).where(StoredFile.sha256 == digest)) == 1
        assert db.scalar(select(func.count()).where(IssuedFile.sha256 == digest)) == 2


def test_a_scan_is_refused_before_issue_to_others_and_a_second_time(record: Record):
    document_id = record.draft()
    record.bring_to(document_id, "seal")
    with pytest.raises(StepNotOpen):
        hang(record, "van", document_id)
    record.step("van", document_id, "issue")
    for login in ("lan", "hung", "mai", "viet"):
        with pytest.raises(NotYourStep):
            hang(record, login, document_id)
    with pytest.raises(Stale):
        hang(record, "van", document_id, seen=1)
    hang(record, "van", document_id)
    with pytest.raises(Invalid) as refused:
        hang(record, "van", document_id, SCANNED + b"x")
    assert [(fault.place, fault.rule) for fault in refused.value.faults] == [("scan", "already")]


@pytest.mark.parametrize(
    ("data", "rule"),
    [(b"", "missing"), (b"PK\x03\x04", "not_pdf"), (b"<html>%PDF-1.7", "not_pdf"),
     (b"%PDF-" + b"0" * LARGEST, "too_large")],
    ids=["nothing", "archive", "page", "too large"],
)  # fmt: skip
def test_only_a_pdf_of_twenty_megabytes_is_taken_by_its_bytes(sqlite_record: Record, data: bytes, rule: str):
    document_id = sqlite_record.draft()
    sqlite_record.bring_to(document_id, "issue")
    with pytest.raises(Invalid) as refused:
        hang(sqlite_record, "van", document_id, data)
    assert [fault.rule for fault in refused.value.faults] == [rule]
    assert set(files(sqlite_record, "van", document_id)) == {PAPER}


def tampered(record: Record, *statements: str) -> list[tuple[str, str]]:
    """Behind the engine's back, with the guards taken away; what a verification then finds."""
    with record.engine.database.write.begin() as db:
        for table in ("stored_file", "issued_file"):
            for verb in ("update", "delete"):
                db.execute(text(f"DROP TRIGGER {table}_no_{verb}"))
        db.execute(text("PRAGMA defer_foreign_keys = ON"))
        for statement in statements:
            db.execute(text(statement))
    with record.engine.reading(Identity(rule="test")) as w:
        return [(item.kind, item.where) for item in verify(w).broken]


@pytest.fixture
def out(sqlite_record: Record) -> Record:
    """One plan that is issued, with its scan."""
    document_id = sqlite_record.draft()
    sqlite_record.bring_to(document_id, "issue")
    hang(sqlite_record, "van", document_id)
    return sqlite_record


@pytest.mark.tampered
@pytest.mark.parametrize(
    ("statement", "found"),
    [
        ("UPDATE stored_file SET data = zeroblob(size + 1) WHERE sha256 IN (SELECT sha256 FROM issued_file "
         "WHERE kind = 'pdf')",
         {("file", "sha256"), ("file", "size")}),
        ("UPDATE issued_file SET sha256 = (SELECT sha256 FROM issued_file WHERE kind = 'sealed_scan') WHERE kind = 'pdf'",
         {("issued_file", "sha256"), ("issued_file", "size")}),
        ("DELETE FROM issued_file WHERE kind = 'sealed_scan'", {("missing", "issued_file")}),
        ("UPDATE issued_file SET entry_id = 1 WHERE kind = 'pdf'",
         {("foreign", "issued_file"), ("missing", "issued_file")}),
    ],
    ids=["bytes", "exchanged", "taken away", "another entry"],
)  # fmt: skip
def test_a_file_that_was_changed_is_found(out: Record, statement: str, found: set[tuple[str, str]]):
    assert set(tampered(out, statement)) == found


@pytest.mark.tampered
def test_bytes_exchanged_together_with_their_hash_are_found_by_the_entry(out: Record):
    forged = b"%PDF-forged"
    digest = hashlib.sha256(forged).hexdigest()
    said = tampered(
        out,
        "UPDATE stored_file SET data = CAST('%PDF-forged' AS BLOB), size = 11, sha256 = '" + digest + "' "
        "WHERE sha256 IN (SELECT sha256 FROM issued_file WHERE kind = 'pdf')",
        f"UPDATE issued_file SET sha256 = '{digest}' WHERE kind = 'pdf'",
    )
    assert set(said) == {("issued_file", "sha256"), ("issued_file", "size")}
