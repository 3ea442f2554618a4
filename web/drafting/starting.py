"""What a new draft begins from: nothing, a skeleton, last year's plan, a document from above; it stores nothing."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

import msgspec
from flask import render_template, request
from flask.typing import ResponseReturnValue

from web.drafting.forms import BeginForm
from web.session import reading
from web.words import DOC_TYPES
from workflow.content import Basis, Content, Node, Recipient
from workflow.engine import Work
from workflow.errors import NotFound, NotYourStep
from workflow.labelling import with_labels
from workflow.people import Agency, Unit
from workflow.queries.beginnings import Beginning, text_to_begin_from
from workflow.queries.drafts import drafting_units
from workflow.queries.lists import Wanted, documents
from workflow.queries.working_copies import working_copy
from workflow.self_words import words_of
from workflow.skeletons import Skeleton, fitted, load_skeletons

PROCEDURES: Mapping[str, str] = {"KH": "ke_hoach", "BC": "bao_cao"}
EMPTY = (
    Node(
        label="I",
        title="MỤC ĐÍCH, YÊU CẦU",
        children=(Node(label="1", title="Mục đích"), Node(label="2", title="Yêu cầu")),
    ),
    Node(label="II", title="NỘI DUNG THỰC HIỆN", children=(Node(label="1"),)),
    Node(label="III", title="TỔ CHỨC THỰC HIỆN", children=(Node(label="1"),)),
)


@dataclass(frozen=True)
class Begun:
    """The first text of a draft. `source` is the plan of an earlier year that it was begun from."""

    content: Content
    source: Beginning | None = None


def choose() -> ResponseReturnValue:
    """The five ways to begin, each a plain link or a short form."""
    form = BeginForm(request.args)
    with reading() as w:
        units = drafting_units(w)
        if not units:
            raise NotYourStep("create", ("drafter", "dept_head"))
        agency = w.directory.agencies[units[0].agency_id]
        text = (form.tim.data or "").strip()[:200]
        plans = documents(w, Wanted(kind="plans", text=text), after=None).lines[:10]
        kept = working_copy(w, 0)
        skeletons = skeletons_for(w, agency)
    return render_template(
        "drafting/begin.html", form=form, plans=plans, skeletons=skeletons, kept=kept, text=text
    )


def skeletons_for(w: Work, agency: Agency) -> tuple[Skeleton, ...]:
    found = load_skeletons(w.engine.settings.definitions / "templates" / "drafts")
    return tuple(one for one in found if not one.agencies or agency.code in one.agencies)


def begun(w: Work, how: str, agency: Agency, unit: Unit) -> Begun:
    """
    The first text for "trong", "mau:<id>", "nam:<document>", "tren:<document>" or "tren-ngoai:<reference>".

    NotFound for a text the actor may not see and for a skeleton there is none of.
    """
    kind, _, value = how.partition(":")
    if kind == "mau":
        chosen = next((one for one in skeletons_for(w, agency) if one.id == value), None)
        if chosen is None:
            raise NotFound(f"skeleton {value}")
        words = words_of(agency, w.directory.units_of(agency.id), on=w.today)
        text = with_labels(fitted(chosen.content, words), agency.settings.task_labels)
        return Begun(_of(text, unit))
    if kind in ("nam", "tren"):
        if not (value.isascii() and value.isdigit() and len(value) < 16):
            raise NotFound(f"document {value}")
        source = text_to_begin_from(w, int(value))
        return _renewed(source, unit) if kind == "nam" else Begun(_below(source, unit))
    text = _of(Content(doc_type="KH", sections=EMPTY, recipients=(Recipient(""),)), unit)
    if kind == "tren-ngoai":
        text = msgspec.structs.replace(text, parent_reference=" ".join(value.split())[:100] or None)
    return Begun(text)


def _of(content: Content, unit: Unit) -> Content:
    return msgspec.structs.replace(
        content,
        field=content.field or (unit.fields[0] if unit.fields else ""),
        drafting_unit=unit.name,
        archive_line=f"Lưu: VT, {unit.symbol}.",
    )


def _renewed(source: Beginning, unit: Unit) -> Begun:
    """Last year's words as they stand, without its files: what is last year's in them is listed, not changed."""
    text = msgspec.structs.replace(source.content, attachments=(), results=(), missing_units=())
    return Begun(_of(text, unit), source)


def _below(source: Beginning, unit: Unit) -> Content:
    """A plan that carries out `source`: its reference, date, issuer and subject become the first căn cứ."""
    issuer, symbol = source.agency.name, source.reference or ""
    basis = parent_basis(source.doc_type, symbol, source.issued_on, issuer, source.content.subject)
    text = Content(
        doc_type="KH", sections=EMPTY, recipients=(Recipient(issuer, "to_report"),), bases=(basis,)
    )
    return _of(msgspec.structs.replace(text, parent_reference=symbol or None), unit)


def parent_basis(doc_type: str, reference: str, day: dt.date | None, issuer: str, subject: str) -> Basis:
    """As it will be printed: "Kế hoạch số 88/KH-UBND ngày 10/4/2026 của … về …"; what is not known is left out."""
    words = [DOC_TYPES.get(doc_type, doc_type) or "Văn bản"]
    if reference:
        words.append(f"số {reference}")
    if day is not None:
        words.append(
            f"ngày {day.day:02d}/{day.month}/{day.year}" if day.month > 2 else f"ngày {day:%d/%m/%Y}"
        )
    if issuer:
        words.append(f"của {issuer}")
    if subject:
        words.append(
            f"về {subject[:1].lower()}{subject[1:]}" if not subject[:2].isupper() else f"về {subject}"
        )
    return Basis(
        " ".join(words),
        doc_type=doc_type or None,
        reference_no=reference or None,
        date=day.isoformat() if day else None,
        issuer=issuer or None,
    )
