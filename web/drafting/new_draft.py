"""The editor of a draft that does not exist yet: it is made by the first save, from whatever it was begun with."""

import secrets
from dataclasses import dataclass
from typing import Any

from flask import request, url_for
from flask.typing import ResponseReturnValue

from web.drafting.answers import CONTINUE, blame, checked, owns, redrawn, tell_lifted
from web.drafting.content_form import data_of
from web.drafting.draft_form import DraftForm, signer_id
from web.drafting.editing import onward
from web.drafting.forms import BeginForm
from web.drafting.page import Page, Place, kept_form
from web.drafting.starting import PROCEDURES, Begun, begun, parent_basis
from web.filters import form_errors
from web.session import reading, work
from workflow.commands.beginning import begin_draft
from workflow.commands.working_copies import NEW, drop_working_copy
from workflow.engine import Work
from workflow.errors import Invalid, KeyReused, NotYourStep
from workflow.people import Unit
from workflow.queries.drafts import drafting_units, signers_for
from workflow.queries.working_copies import Kept, working_copy

MADE_BEFORE = (
    "Chưa lưu: trang này đã lập một dự thảo trước đó, có trong danh sách Kế hoạch hoặc Báo cáo. Muốn sửa dự thảo ấy "
    "thì mở từ danh sách; bấm Lưu nháp lần nữa thì lập thêm một dự thảo với chữ đang có ở đây."
)
"""The way back to the page of a draft that is made by now, and other words on it."""


@dataclass(frozen=True)
class Fresh:
    """A new draft's page, before anything is typed into it."""

    page: Page
    base: Begun
    unit: Unit
    waiting: Kept | None


def new() -> ResponseReturnValue:
    how = (request.values.get("begun") or request.args.get("tu") or "trong")[:120]
    with reading() as w:
        fresh = _fresh(w, how)
    page, base = fresh.page, fresh.base.content
    if request.method == "GET":
        if fresh.waiting is not None and request.args.get("ban") == CONTINUE:
            form = page.fit(kept_form(fresh.waiting))
            page.waiting = None
            return page.drawn(form, page.said(form, base), continued=fresh.waiting)
        data = data_of(
            base,
            signer_id=None,
            key=secrets.token_urlsafe(18),
            unit_id=str(fresh.unit.id),
            begun=how,
        )
        form = page.fit(DraftForm(formdata=None, data=data | _parent(how)))
        return page.drawn(form, page.said(form, base))
    form = page.fit(DraftForm())
    if (answer := redrawn(page, form, base)) is not None:
        return answer
    said = checked(page, form, base, None)
    if errors := form_errors(form):
        return page.drawn(form, said, errors=errors), 422
    source = fresh.base.source
    try:
        with work() as w:
            document_id = begin_draft(
                w,
                key=form.key.data or secrets.token_urlsafe(18),
                definition_id=PROCEDURES.get(said.content.doc_type, "ke_hoach"),
                unit_id=fresh.unit.id,
                content=said.content,
                signer_id=signer_id(form),
                begun_from=source.id if source is not None else None,
            )
            if owns():
                drop_working_copy(w, document_id=NEW)
    except Invalid as error:
        blame(form, error)
        return page.drawn(form, said, errors=form_errors(form)), 422
    except KeyReused:
        form.key.data = secrets.token_urlsafe(18)
        return page.drawn(form, said, errors=[("", MADE_BEFORE)]), 422
    tell_lifted(said)
    return onward(document_id)


def first_text(w: Work, how: str) -> tuple[Begun, Unit]:
    """What is begun with, and the unit chosen in the form; NotYourStep for who drafts in none."""
    units = drafting_units(w)
    if not units:
        raise NotYourStep("create", ("drafter", "dept_head"))
    asked = request.form.get("unit_id", "")
    unit = next((unit for unit in units if str(unit.id) == asked), units[0])
    return begun(w, how, w.directory.agencies[unit.agency_id], unit), unit


def _fresh(w: Work, how: str) -> Fresh:
    first, unit = first_text(w, how)
    agency = w.directory.agencies[unit.agency_id]
    field = request.form.get("field", first.content.field)
    signers = signers_for(
        w, agency_id=agency.id, doc_type=first.content.doc_type, field=field, drafter_id=w.actor.person_id
    )
    waiting = None if owns() else working_copy(w, NEW)
    place = Place(url_for(".new"), url_for(".keep_new"))
    page = Page(
        w, agency, unit, signers, place, units=drafting_units(w), waiting=waiting, source=first.source
    )
    return Fresh(page, first, unit, waiting)


def _parent(how: str) -> dict[str, Any]:
    """The first căn cứ, where a document from above was named on the page before."""
    if not how.startswith("tren-ngoai"):
        return {}
    form = BeginForm(request.args)
    form.validate()
    said = parent_basis(
        form.loai.data or "", (form.so.data or "").strip(), form.ngay.data, (form.cua.data or "").strip(),
        (form.ve.data or "").strip(),
    )  # fmt: skip
    return {
        "begun": f"tren-ngoai:{(form.so.data or '').strip()}"[:120],
        "bases": [
            {
                "raw": said.raw,
                "doc_type": said.doc_type or "",
                "reference_no": said.reference_no or "",
                "date": form.ngay.data,
                "issuer": said.issuer or "",
            }
        ],
    }
