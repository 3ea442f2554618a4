"""Making a draft and changing its text; only in the states that allow it, only by whose turn it is."""

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
from sqlalchemy import insert, update

from workflow import audit
from workflow.case import DocumentFacts
from workflow.commands.done import Done
from workflow.commands.files import hang_file, refuse_unknown_files
from workflow.commands.moving import act_on, state_after
from workflow.commands.restanding import restand_report
from workflow.commands.steps import case_of
from workflow.commands.turn_to_edit import document_to_edit, edited_for
from workflow.completeness import faults, is_secret, row_faults, unit_report_faults
from workflow.content import Content, canonical, digest_of, parse
from workflow.engine import Work
from workflow.errors import Fault, Invalid, NotYourStep
from workflow.folding import fold
from workflow.loading import document_columns, document_facts
from workflow.loading import load_content as load_content
from workflow.log.chain import GENESIS
from workflow.models import Document, ReportPeriod, Revision
from workflow.people import Agency
from workflow.report_words import following
from workflow.search_index import index_document
from workflow.waiting import wait_for

MAY_DRAFT = ("drafter", "dept_head", "dept_deputy", "chief_of_office", "clerk")
MAY_REPORT = ("unit_reporter", "drafter", "dept_head", "dept_deputy")


def create_document(
    w: Work,
    *,
    definition_id: str,
    unit_id: int,
    content: Content,
    signer_id: int | None = None,
    plan_id: int | None = None,
    parent_id: int | None = None,
    instances: Sequence[int] = (),
    source_reference: Mapping[str, Any] | None = None,
    action: str = "create",
) -> int:
    """
    A new draft with its first revision; returns its id.

    Raises NotYourStep unless the actor sits in the unit today (G1), Invalid for a secret mark (G3), a type
    the procedure does not cover or a signer outside the agency. Number, date and signer's name found in an
    imported text are kept as `source_reference` and enter no register (decisions.md 21).
    """
    unit = w.directory.units.get(unit_id)
    roles = MAY_REPORT if definition_id == "bao_cao_don_vi" else MAY_DRAFT
    if unit is None or w.actor.has(*roles, unit_id=unit_id) is None or w.actor.has("admin"):
        raise NotYourStep("create", roles)
    agency = w.directory.agencies[unit.agency_id]
    definition = w.newest_flow(definition_id).definition
    content = filed(content, agency, unit.symbol, definition_id)
    if content.doc_type not in definition.doc_types:
        raise Invalid([Fault("doc_type", "other_procedure", {"allowed": list(definition.doc_types)})])
    _refuse_secret(content)
    _check_signer(w, agency, signer_id)
    refuse_unknown_files(w, content.attachments, document_id=None)
    stored = canonical(content)
    digest = digest_of(stored)
    columns = _text_columns(agency, definition_id, content, signer_id, plan_id) | {
        "agency_id": agency.id,
        "unit_id": unit.id,
        "doc_type": content.doc_type,
        "definition_id": definition.id,
        "definition_version": definition.version,
        "definition_hash": definition.hash,
        "state": definition.initial,
        "state_since": w.now,
        "audience": definition.states[definition.initial].audience,
        "version": 1,
        "round": 1,
        "revision_no": 1,
        "digest": digest,
        "drafter_id": w.actor.person_id,
        "sealed": False,
        "void_requested": False,
        "source_reference": dict(source_reference) if source_reference else None,
        "plan_id": plan_id,
        "parent_id": parent_id,
        "head_hash": bytes(32),
        "last_at": w.now,
        "created_at": w.now,
    }
    document_id: int = w.db.execute(insert(Document).values(**columns)).inserted_primary_key[0]  # type: ignore[index]
    _add_revision(w, document_id, 1, stored, digest)
    if instances:
        rows = [{"report_id": document_id, "instance_id": instance} for instance in instances]
        w.db.execute(insert(ReportPeriod), rows)
        restand_report(w, document_id)
    document = document_facts(w.db.execute(document_columns().where(Document.id == document_id)).one())
    facts: dict[str, Any] = {"digest": digest, "revision": 1, "definition": definition.id, "round": 1}
    if source_reference:
        facts["source_reference"] = dict(source_reference)
    for file in content.attachments:
        hang_file(w, agency_id=agency.id, document_id=document_id, name=file.name, sha256=file.sha256)
    if content.attachments:
        facts["attached"] = msgspec.to_builtins(content.attachments)
    about = audit.About(
        action=action,
        label={"import": "Nhập từ văn bản"}.get(action, "Tạo dự thảo"),
        agency_id=agency.id,
        document_id=document_id,
        unit_id=unit.id,
        subject=content.subject,
        version=1,
        prev=GENESIS,
        facts=facts,
        after=state_after(document),
    )
    _, entry_hash = audit.record(w, about)
    w.db.execute(update(Document).where(Document.id == document_id).values(head_hash=entry_hash))
    wait_for(w, case_of(w, document), definition.states[definition.initial])
    index_document(w, document_id)
    return document_id


def save_revision(
    w: Work,
    *,
    document_id: int,
    seen_version: int,
    content: Content,
    signer_id: int | None = None,
) -> Done:
    """
    Store a new text. Saving what has not changed makes no revision, no version and no entry.

    Raises StepNotOpen outside draft and returned, NotYourStep for whoever's turn it is not, Stale, Invalid.
    """
    document = document_to_edit(w, document_id, seen_version)
    return store_text(w, document, content, signer_id=signer_id)


def store_text(
    w: Work,
    document: DocumentFacts,
    content: Content,
    *,
    signer_id: int | None,
    label: str = "Sửa dự thảo",
    facts: Mapping[str, Any] | None = None,
    columns: Mapping[str, Any] | None = None,
) -> Done:
    """
    A new text of a document from `document_to_edit`; `facts` go into the entry beside the usual ones, `columns` are
    what changes of the document besides its text.
    """
    agency = w.directory.agencies[document.agency_id]
    content = filed(content, agency, w.directory.units[document.unit_id].symbol, document.definition_id)
    if document.definition_id == "bao_cao" and content.results:
        content = following(content, load_content(w, document))
    _refuse_secret(content)
    _check_signer(w, agency, signer_id)
    refuse_unknown_files(w, content.attachments, document_id=document.id)
    stored = canonical(content)
    digest = digest_of(stored)
    if digest == document.digest and signer_id == document.signer_id and not columns:
        return Done(document.id, "edit", document.state, document.version)
    changed = _text_columns(agency, document.definition_id, content, signer_id, document.plan_id) | dict(
        columns or {}
    )
    if digest != document.digest:
        number = document.revision_no + 1
        _add_revision(w, document.id, number, stored, digest)
        changed |= {"revision_no": number, "digest": digest}
    told: dict[str, Any] = {
        "digest_before": document.digest,
        "signer": w.directory.people[signer_id].name if signer_id else None,
    }
    told |= edited_for(w, document)
    act_on(w, document, action="edit", label=label, columns=changed, facts=told | dict(facts or {}))
    return Done(document.id, "edit", document.state, document.version + 1)


def filed(content: Content, agency: Agency, unit_symbol: str, definition_id: str = "") -> Content:
    """
    The text exactly as it will be stored and read back: NFC, and with the agency's own symbol, place and Lưu
    line, which are never the typist's (Điều 15; Phụ lục I).
    """
    symbol = "" if definition_id == "bao_cao_don_vi" else f"{content.doc_type}-{agency.symbol}"
    archive = content.archive_line.strip() or f"Lưu: VT, {unit_symbol}."
    whole = msgspec.structs.replace(content, symbol=symbol, place=agency.place, archive_line=archive)
    return parse(canonical(whole))


def _text_columns(
    agency: Agency, definition_id: str, content: Content, signer_id: int | None, plan_id: int | None
) -> dict[str, Any]:
    if definition_id == "bao_cao_don_vi":
        found = unit_report_faults(content)
    else:
        found = faults(content, signer_id=signer_id, fields=frozenset(agency.fields))
        if definition_id == "bao_cao" and plan_id is not None:  # one read from paper is as its writer left it
            found += row_faults(content)
    return {
        "subject": content.subject.strip(),
        "folded": fold(content.subject),
        "field": content.field,
        "signer_id": signer_id,
        "faults": found,
        "recipient_count": len(content.recipients),
    }


def _refuse_secret(content: Content) -> None:
    if is_secret(content):
        raise Invalid([Fault("sections", "secret_mark")])


def _check_signer(w: Work, agency: Agency, signer_id: int | None) -> None:
    if signer_id is None:
        return
    person = w.directory.people.get(signer_id)
    if person is None or not any(
        s.post.agency_id == agency.id for s in w.directory.seats_of(signer_id, w.today)
    ):
        raise Invalid([Fault("signer", "unknown")])


def _add_revision(w: Work, document_id: int, number: int, stored: bytes, digest: str) -> None:
    w.db.execute(
        insert(Revision).values(
            document_id=document_id,
            no=number,
            content=stored,
            digest=digest,
            created_by=w.actor.person_id,
            created_at=w.now,
        )
    )
