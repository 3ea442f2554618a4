"""The page around one editing form: drawn, in conflict, or closed under the hands of who typed; it stores nothing."""

from collections.abc import Sequence
from typing import Any

import msgspec
from flask import render_template
from flask.typing import ResponseReturnValue

from web.differences import changes
from web.drafting.checking import Check, check
from web.drafting.content_form import content_of, tells_results
from web.drafting.forms import DraftForm, offered
from web.drafting.places import key as place_key
from web.drafting.places import places, words_of
from web.drafting.words import due_line
from web.messages import sentence
from web.refusals import note_refusal
from web.session import reading
from workflow.content import Content
from workflow.engine import Work
from workflow.errors import WorkflowError
from workflow.people import Agency, Unit
from workflow.queries.drafts import Draft, draft_of
from workflow.queries.turns import Signer

Errors = Sequence[tuple[str, str]]


class Page:
    """The page around one form: what its selects offer, and everything the template is told."""

    def __init__(
        self,
        w: Work,
        agency: Agency,
        unit: Unit,
        signers: Sequence[Signer],
        *,
        draft: Draft | None = None,
        units: Sequence[Unit] = (),
    ):
        self.agency, self.unit, self.signers, self.draft, self.units = agency, unit, signers, draft, units
        self.known, self.today = w.directory.known_in(agency.id), w.today

    def fit(self, form: DraftForm) -> DraftForm:
        form.field.choices = offered([("", "Chọn lĩnh vực"), *self.agency.fields.items()])
        form.unit_id.choices = offered([(str(unit.id), unit.name) for unit in self.units])
        able = [(str(one.person_id), f"{one.name} – {one.line}") for one in self.signers]
        kept = str(self.draft.document.signer_id or "") if self.draft else ""
        if kept and kept not in dict(able):
            able.append((kept, "Người đã chọn (hôm nay không ký được lĩnh vực này)"))
        form.signer_id.choices = offered([("", "Chọn người ký"), *able])
        return form

    def drawn(self, form: DraftForm, content: Content, *, errors: Errors = (), **more: Any) -> str:
        named = {place_key(place): words_of(node) for place, node in places(content)}
        if not form.recipients.entries:
            form.recipients.append_entry()
        checks = self.checked(form, content)
        return render_template(
            "drafting/edit.html",
            form=form,
            draft=self.draft,
            report=content.doc_type == "BC",
            results=tells_results(content),
            errors=list(errors),
            checks=checks,
            faults=[one for one in checks if one.tone == "bad"],
            named=lambda ref: named.get(place_key(ref or ""), ""),
            due=lambda row: _due(row, content, self.today.year),
            units=self.units,
            unit=self.unit,
            symbol=f"{content.doc_type}-{self.agency.symbol}",
            **more,
        )

    def checked(self, form: DraftForm, content: Content) -> list[Check]:
        return check(
            content, form, agency=self.agency, signers=self.signers, known=self.known, today=self.today
        )

    def conflict(self, form: DraftForm, content: Content) -> ResponseReturnValue:
        """Somebody saved in between: both texts side by side, the typed one still in the form."""
        assert self.draft is not None
        with reading() as w:
            newer = self.draft = draft_of(w, self.draft.document.id)
        form.seen_version.data = str(newer.document.version)
        mine = msgspec.structs.replace(
            content, archive_line=content.archive_line or newer.content.archive_line
        )
        differences = changes(newer.content, mine, self.agency.fields)
        return self.drawn(form, content, conflict=newer.changed, differences=differences), 409

    def refused(self, form: DraftForm, error: WorkflowError) -> ResponseReturnValue:
        """It may no longer be edited: what was typed stays on the page, to be copied; nothing was stored."""
        note_refusal(error)
        status, words = sentence(error)
        base = self.draft.content if self.draft else Content()
        return self.drawn(form, content_of(form, base), errors=[("", words)], closed=True), status


def _due(row: Any, content: Content, year: int) -> str:
    """The line under a duty, from the values in the form as they were understood."""
    wanted = place_key(row.ref.data or "")
    found = [
        due_line(duty, year)
        for place, node in places(content)
        if place_key(place) == wanted
        for duty in node.obligations
        if str(duty.due_day or "")
        == {"cuối tháng": "last"}.get(row.due_day.data or "", row.due_day.data or "")
        and duty.inclusive == (row.inclusive.data == "1")
        and (duty.to or "") == " ".join((row.to.data or "").split())
    ]
    return found[0] if found else ""
