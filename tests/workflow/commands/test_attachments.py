"""Tệp kèm theo: part of the text that is approved, kept by their hash, harmless in kind and name."""

import hashlib
import io
import zipfile
from types import SimpleNamespace
from typing import Any

import pytest
from msgspec.structs import replace
from sqlalchemy import select

from tests.record import Record, plan
from tests.workflow.acts import REASON, case, count, history, looking, row, text, working
from workflow.commands import attachments
from workflow.commands.attachments import LARGEST, LONGEST_NAME, attach, clean_name, detach, incoming
from workflow.commands.drafting import save_revision
from workflow.content import Attachment as Named
from workflow.errors import Invalid, NotFound, NotYourStep, Stale, StepNotOpen
from workflow.models import Attachment, StoredFile
from workflow.verification import verify
from workflow.verification.files import attachment_faults

PDF = b"%PDF-1.7\nmot trang\n%%EOF"
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 20
TYPES = '<Override PartName="/a.xml" ContentType="application/vnd.openxmlformats-officedocument.{}"/>'
MAIN = {
    "docx": "wordprocessingml.document.main+xml",
    "xlsx": "spreadsheetml.sheet.main+xml",
    "pptx": "presentationml.presentation.main+xml",
    "docm": "wordprocessingml.document.macroEnabled.main+xml",
}


def package(kind: str = "docx", **parts: bytes) -> bytes:
    """An Office file as far as its packaging goes."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("[Content_Types].xml", TYPES.format(MAIN[kind]))
        for name, data in parts.items():
            made.writestr(name, data)
    return held.getvalue()


def bring(
    record: Record, document_id: int, name: str = "so-lieu.pdf", data: bytes = PDF, *, login: str = "lan"
) -> str:
    file = incoming(name, data)
    with working(record, login) as w:
        attach(w, document_id=document_id, seen_version=row(record, document_id).version, file=file)
    return file.sha256


def take_away(record: Record, document_id: int, sha256: str, *, login: str = "lan") -> None:
    with working(record, login) as w:
        detach(w, document_id=document_id, seen_version=row(record, document_id).version, sha256=sha256)


def rule_of(name: str, data: bytes) -> str:
    with pytest.raises(Invalid) as error:
        incoming(name, data)
    (fault,) = error.value.faults
    return fault.rule


def test_a_file_is_kept_once_by_its_hash_and_named_in_the_text(record: Record):
    first, second = record.draft(), record.draft()
    sha256 = bring(record, first)
    bring(record, second, "ban-sao.pdf")
    assert sha256 == hashlib.sha256(PDF).hexdigest()
    assert text(record, first).attachments == (Named("so-lieu.pdf", sha256, len(PDF)),)
    assert (count(record, StoredFile), count(record, Attachment)) == (1, 2)
    with looking(record) as w:
        assert w.db.execute(select(StoredFile.media_type, StoredFile.data)).one() == ("application/pdf", PDF)
        report = verify(w)
    assert (str(report.counts["files"]), str(report.counts["attachments"])) == ("1/1", "4/4")


def test_bringing_a_file_is_an_edit_of_the_text_with_an_entry_that_names_it(record: Record):
    plan_id = record.draft()
    before = row(record, plan_id).digest
    sha256 = bring(record, plan_id)
    entry = history(record, plan_id)[-1]
    assert (entry["action"], entry["label"], entry["facts"]["digest_before"]) == (
        "edit",
        "Thêm tệp kèm theo",
        before,
    )
    assert entry["facts"]["attached"] == [{"name": "so-lieu.pdf", "sha256": sha256, "size": len(PDF)}]
    assert row(record, plan_id).digest != before
    assert row(record, plan_id).revision_no == 2


def test_an_approval_of_the_text_before_the_file_no_longer_stands(record: Record):
    plan_id = record.draft()
    record.bring_to(plan_id, "approve_content")
    assert case(record, plan_id).valid("content") is not None
    record.step("thu", plan_id, "return", note=REASON)
    record.step("hung", plan_id, "forward")
    bring(record, plan_id)
    assert case(record, plan_id).valid("content") is None


def test_a_file_taken_away_stays_for_the_text_that_had_it_and_may_come_back(record: Record):
    plan_id = record.draft()
    before = row(record, plan_id).digest
    sha256 = bring(record, plan_id)
    take_away(record, plan_id, sha256)
    assert text(record, plan_id).attachments == ()
    assert row(record, plan_id).digest == before
    assert (count(record, StoredFile), count(record, Attachment)) == (1, 1)
    bring(record, plan_id)
    assert count(record, Attachment) == 1
    with pytest.raises(Invalid):
        take_away(record, plan_id, "0" * 64)


def test_saving_the_text_keeps_its_files(record: Record):
    plan_id = record.draft()
    bring(record, plan_id)
    present = row(record, plan_id)
    content = replace(text(record, plan_id), subject="Thực hiện dân chủ năm 2026")
    with working(record, "lan") as w:
        save_revision(
            w, document_id=plan_id, seen_version=present.version, content=content, signer_id=present.signer_id
        )
    assert len(text(record, plan_id).attachments) == 1


def test_only_whose_turn_it_is_brings_files_and_only_to_the_text_he_saw(record: Record):
    plan_id = record.draft()
    with pytest.raises(NotFound):
        bring(record, plan_id, login="nhung")
    with pytest.raises(NotYourStep):
        bring(record, plan_id, login="hung")
    with pytest.raises(Stale), working(record, "lan") as w:
        attach(w, document_id=plan_id, seen_version=7, file=incoming("a.pdf", PDF))
    sha256 = bring(record, plan_id)
    record.step("lan", plan_id, "submit")
    for act in (lambda: bring(record, plan_id, "b.png", PNG), lambda: take_away(record, plan_id, sha256)):
        with pytest.raises(StepNotOpen):
            act()


def test_the_same_file_or_the_same_name_twice_is_said(record: Record):
    plan_id = record.draft()
    bring(record, plan_id)
    for name, data, rule in (("khac.pdf", PDF, "same_file"), ("SO-LIEU.pdf", PDF + b" ", "same_name")):
        with pytest.raises(Invalid) as error:
            bring(record, plan_id, name, data)
        assert [(fault.rule, fault.facts["name"]) for fault in error.value.faults] == [(rule, "so-lieu.pdf")]


def test_a_text_cannot_name_a_file_that_was_not_brought_to_its_document(record: Record):
    """Else whoever knows a hash would read another document's file."""
    mine, other = record.draft(), record.draft("nhung", unit="QLKH", signer="mai")
    sha256 = bring(record, other, login="nhung")
    stolen = (Named("so-lieu.pdf", sha256, len(PDF)),)
    present, content = row(record, mine), replace(text(record, mine), attachments=stolen)
    how = {"document_id": mine, "seen_version": present.version, "signer_id": present.signer_id}
    with pytest.raises(Invalid), working(record, "lan") as w:
        save_revision(w, content=content, **how)
    with pytest.raises(Invalid):
        record.draft(content=plan(attachments=stolen))
    assert count(record, Attachment) == 1


def test_a_new_text_takes_along_the_files_of_one_its_drafter_may_see(record: Record):
    last_year = record.draft()
    bring(record, last_year)
    copied = record.draft(content=text(record, last_year))
    assert text(record, copied).attachments == text(record, last_year).attachments
    assert count(record, Attachment, Attachment.document_id == copied) == 1


@pytest.mark.parametrize(
    ("limit", "value", "rule"),
    [("MOST", 1, "too_many"), ("TOGETHER", len(PDF) + 5, "too_much"), ("EVER", 30, "kept_too_much")],
)
def test_the_limits_of_one_document_are_told(
    record: Record, monkeypatch: pytest.MonkeyPatch, limit: str, value: int, rule: str
):
    plan_id = record.draft()
    bring(record, plan_id)
    monkeypatch.setattr(attachments, limit, value)
    with pytest.raises(Invalid) as error:
        bring(record, plan_id, "b.png", PNG)
    assert [fault.rule for fault in error.value.faults] == [rule]


def test_what_was_taken_away_still_counts_towards_what_a_document_may_ever_hold(
    record: Record, monkeypatch: pytest.MonkeyPatch
):
    plan_id = record.draft()
    take_away(record, plan_id, bring(record, plan_id))
    monkeypatch.setattr(attachments, "EVER", 30)
    with pytest.raises(Invalid):
        bring(record, plan_id, "b.png", PNG)


@pytest.mark.parametrize(
    ("name", "data", "media_type"),
    [
        ("a.PDF", PDF, "application/pdf"), ("a.png", PNG, "image/png"), ("a.jpeg", b"\xff\xd8\xff\xe0..", "image/jpeg"),
        ("a.txt", "Thời gian thực hiện".encode(), "text/plain"), ("a.csv", b"a;b\r\n1;2\r\n", "text/csv"),
        ("a.txt", "Kế hoạch".encode("utf-16"), "text/plain"),
        ("a.docx", package("docx"), "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        ("a.xlsx", package("xlsx"), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        ("a.pptx", package("pptx"), "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
    ],
)  # fmt: skip
def test_the_kinds_an_office_exchanges_are_taken(name: str, data: bytes, media_type: str):
    assert incoming(name, data).media_type == media_type


@pytest.mark.parametrize(
    ("name", "data", "rule"),
    [
        ("a.pdf", b"", "missing"), ("a.pdf", PDF + b" " * LARGEST, "too_large"), ("a.pdf", PNG, "wrong_ending"),
        ("a.exe", b"MZ\x90\0", "kind"), ("a.html", b"<script>alert(1)</script>", "kind"),
        ("a.svg", b"<svg onload=alert(1)>", "kind"), ("a", PDF, "wrong_ending"), ("a.txt", b"abc\x00\x01", "kind"),
        ("a.txt", b"K\xd5 ho\xb9ch", "kind"), ("a.pdf.exe", PDF, "wrong_ending"),
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "legacy"),
        ("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "legacy"),
        ("a.docm", package("docm"), "macro"), ("a.docx", package("docm"), "macro"),
        ("a.docx", package("docx", **{"word/vbaProject.bin": b"x"}), "macro"),
        ("a.xlsx", package("xlsx", **{"xl/macrosheets/sheet1.xml": b"x"}), "macro"),
        ("a.docx", package("docx", **{"word/embeddings/tinh.xlsm": b"x"}), "macro"),
        ("a.docx", package("docx", **{"../../etc/passwd": b"x"}), "damaged"),
        ("a.docx", package("docx", **{"word/a.xml": b"\0" * (51 * 1024 * 1024)}), "too_packed"),
        ("a.docx", package("docx", **{f"word/{n}.xml": b"" for n in range(2_001)}), "too_packed"),
        ("a.docx", package("docx")[:-30], "damaged"), ("a.docx", b"PK\x03\x04" + b"\0" * 100, "damaged"),
        ("a.pptx", package("docx"), "wrong_ending"),
    ],
)  # fmt: skip
def test_what_can_run_or_is_not_what_its_name_says_is_refused_by_name(name: str, data: bytes, rule: str):
    assert rule_of(name, data) == rule


def test_a_plain_archive_is_refused():
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as made:
        made.writestr("a.txt", "x")
    assert rule_of("a.zip", held.getvalue()) == "kind"
    assert rule_of("a.docx", held.getvalue()) == "kind"


def test_an_archive_that_lies_about_the_size_of_its_list_is_not_unpacked():
    """The list of kinds is counted while it is read: it claims to be small and unpacks to a hundred times that."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("[Content_Types].xml", "a" * (3 * 1024 * 1024))
    assert rule_of("a.docx", held.getvalue()) == "too_packed"
    lying = held.getvalue().replace((3 * 1024 * 1024).to_bytes(4, "little"), (90).to_bytes(4, "little"))
    assert rule_of("a.docx", lying) in ("damaged", "too_packed", "kind")


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("../../etc/Kế hoạch.pdf", "Kế hoạch.pdf"), ("C:\\Users\\Lan\\Biểu 1.pdf", "Biểu 1.pdf"),
        ("a\u202efdp.exe.pdf", "a fdp.exe.pdf"), ("a\r\nSet-Cookie: x=1.pdf", "a Set-Cookie- x=1.pdf"),
        ("\u200b\ufeff .pdf", "pdf"), ("K\u00ea\u0301 hoa\u0323ch.pdf", "K\u1ebf ho\u1ea1ch.pdf"),
        ('<img src=x onerror="1">.pdf', "-img src=x onerror=-1--.pdf"), ("con.pdf", "tep con.pdf"),
        (" . .", ""), ("a" * 300 + ".pdf", "a" * 300 + ".pdf"),
    ],
)  # fmt: skip
def test_a_name_is_only_a_name(typed: str, kept: str):
    assert clean_name(typed) == kept


def test_a_long_name_is_cut_and_keeps_its_ending():
    file = incoming("ế" * 300 + ".pdf", PDF)
    assert len(file.name) == LONGEST_NAME
    assert file.name.endswith("ế.pdf")


@pytest.mark.tampered
@pytest.mark.parametrize(
    ("statement", "kinds"),
    [
        ("UPDATE stored_file SET data = X'00'", {"file"}),
        ("UPDATE stored_file SET size = size + 1", {"file", "attachment", "missing"}),
        ("UPDATE attachment SET name = 'khac.pdf'", {"foreign", "missing"}),
        ("UPDATE attachment SET added_by = added_by + 1", {"attachment"}),
        ("DELETE FROM attachment", {"missing"}),
    ],
)
def test_a_file_changed_behind_the_engines_back_is_found(
    sqlite_record: Record, statement: str, kinds: set[str]
):
    plan_id = sqlite_record.draft()
    bring(sqlite_record, plan_id)
    with working(sqlite_record) as w:
        for table in ("stored_file", "attachment"):
            for verb in ("update", "delete"):
                w.db.exec_driver_sql(f"DROP TRIGGER {table}_no_{verb}")
        w.db.exec_driver_sql(statement)
    with looking(sqlite_record) as w:
        assert {item.kind for item in verify(w).broken} == kinds


@pytest.mark.parametrize(
    "brought", [7, "x", [7], [None], [[]], [{}], [{"name": [], "sha256": {}}], {"name": "a"}]
)
def test_an_entry_that_names_a_file_in_any_shape_is_a_finding_and_never_a_crash(brought: object):
    body = {"facts": {"attached": brought}, "actor": {"id": 1}}
    row = SimpleNamespace(id=5, action="edit", at=None)
    found = attachment_faults(3, {"attachments": [], "revisions": []}, [(row, body)])
    kinds = [(item.kind, item.entry_id) for faults in found for item in faults]
    assert kinds == [("missing", 5)] * (len(brought) if isinstance(brought, list) else 0)


def test_a_fuzzed_package_never_raises_anything_but_a_refusal():
    whole = package("docx", **{"word/document.xml": b"<w:document/>" * 50})
    taken: list[Any] = []
    for at in range(0, len(whole), 3):
        for data in (whole[:at], whole[:at] + bytes([whole[at] ^ 0xFF]) + whole[at + 1 :]):
            try:
                taken.append(incoming("a.docx", data))
            except Invalid as refusal:
                taken.append(refusal.faults[0].rule)
    assert "damaged" in taken
