"""The page around one editing form: drawn, in conflict, or closed under the hands of who typed; it stores nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import render_template
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from web.drafting.checking import Check, check
from web.drafting.content_form import Said, data_of, said_by, tells_results
from web.drafting.draft_form import DraftForm, signer_id
from web.drafting.forms import offered
from web.drafting.label_fields import label_new
from web.drafting.lint_rows import LINT_BUTTON, rows_of
from web.drafting.merging import differing, seen_of
from web.drafting.parts import DEEPEST
from web.drafting.renewing import bases_still, still_to_renew
from web.drafting.taking_in import behind, unfilled
from web.drafting.words import due_as_written, due_line
from web.linting import Lint, lint_in_editor
from web.messages import sentence
from web.refusals import note_refusal
from web.session import reading
from workflow.commands.drafting import filed
from workflow.content import Content
from workflow.engine import Work
from workflow.errors import WorkflowError
from workflow.lint.stating import states, words_under
from workflow.parties import Known
from workflow.people import Agency, Unit
from workflow.queries.beginnings import Beginning
from workflow.queries.drafts import Draft, draft_of
from workflow.queries.turns import Signer
from workflow.queries.versions import revision_with
from workflow.queries.working_copies import Kept
from workflow.task_times import lacks_time
from workflow.writing.paper import task_lines

Errors = Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Place:
    """Where the page is posted to, and where what is being typed is kept."""

    action: str
    keep: str


class Page:
    """The page around one form: what its selects offer, and everything the template is told."""

    def __init__(
        self,
        w: Work,
        agency: Agency,
        unit: Unit,
        signers: Sequence[Signer],
        place: Place,
        *,
        draft: Draft | None = None,
        units: Sequence[Unit] = (),
        waiting: Kept | None = None,
        source: Beginning | None = None,
    ):
        self.agency, self.unit, self.signers, self.draft, self.units = agency, unit, signers, draft, units
        self.place, self.waiting, self.source = place, waiting, source
        self.known, self.today = w.directory.known_in(agency.id), w.today

    def fit(self, form: DraftForm) -> DraftForm:
        """The selects with what they offer, an empty line at the end of every list of names, labels of a new card."""
        form.field.choices = offered([("", "Chọn lĩnh vực"), *self.agency.fields.items()])
        form.unit_id.choices = offered([(str(unit.id), unit.name) for unit in self.units])
        able = [(str(one.person_id), f"{one.name} – {one.line}") for one in self.signers]
        kept = str(self.draft.document.signer_id or "") if self.draft else ""
        if kept and kept not in dict(able):
            able.append((kept, "Người đã chọn (hôm nay không ký được lĩnh vực này)"))
        form.signer_id.choices = offered([("", "Chọn người ký"), *able])
        if not form.recipients.entries:
            form.recipients.append_entry()
        if not form.ends.entries:
            form.ends.append_entry({"depth": "0"})
        for row in (*form.parts, *form.ends):
            for card in row.form.tasks:
                for names in (card.form.leads, card.form.coordinators):
                    if not names.entries or (names.entries[-1].data or "").strip():
                        names.append_entry()
                label_new(card.form, self.agency.settings.task_labels)
        return form

    def said(self, form: DraftForm, base: Content) -> Said:
        return said_by(form, base, known=names_of(self.known))

    def checked(self, form: DraftForm, said: Said, *, beside: Lint | None = None) -> list[Check]:
        """Everything, or what the findings drawn beside it leave to say."""
        of_rows = [*behind(self.draft), *unfilled(self.draft, form)]
        return of_rows + check(
            said,
            form,
            agency=self.agency,
            signers=self.signers,
            known=self.known,
            today=self.today,
            named=beside.named if beside else frozenset(),
        )

    def linted(self, form: DraftForm, said: Said) -> str:
        """The page anew, with what the lint says of the words as they are typed; nothing is stored."""
        return self.drawn(form, said, focus=LINT_BUTTON, lint_open=True)

    def lint(self, form: DraftForm, said: Said) -> Lint:
        """
        Of the stored text as long as nothing else is typed, for its lines may hold what no field gives back; else
        of what would be stored.
        """
        draft, stored = self.draft, self._untouched(form, said.content)
        content = filed(said.content, self.agency, self.unit.symbol)
        with reading() as w:
            return lint_in_editor(
                w,
                draft.content if draft and stored else content,
                agency_id=self.agency.id,
                signer_id=signer_id(form),
                document_id=draft.document.id if draft else 0,
                stored=stored,
                rows=None if stored else rows_of(form, said),
            )

    def _untouched(self, form: DraftForm, content: Content) -> bool:
        draft = self.draft
        if draft is None or signer_id(form) != draft.document.signer_id:
            return False
        if content == draft.content:
            return True
        fresh = self.fit(DraftForm(formdata=None, data=data_of(draft.content, signer_id=signer_id(form))))
        return content == self.said(fresh, draft.content).content

    def drawn(self, form: DraftForm, said: Said, *, errors: Errors = (), focus: str = "", **more: Any) -> str:
        content = said.content
        checks = self.checked(form, said)
        found = None if more.get("closed") else self.lint(form, said)
        html = render_template(
            "drafting/edit.html",
            form=form,
            draft=self.draft,
            place=self.place,
            waiting=self.waiting,
            todos=still_to_renew(self.source, said),
            old_bases=bases_still(self.source, said),
            since=self.source.year if self.source else 0,
            report=content.doc_type == "BC",
            results=tells_results(content),
            errors=list(errors),
            checks=self.checked(form, said, beside=found) if found else checks,
            faults=[one for one in checks if one.tone == "bad"],
            flagged=flagged([*(one.field for one in more.get("notes", ())), *(id for id, _ in errors)]),
            said=said,
            sections=in_sections(form.parts),
            ends=with_depths(form.ends),
            shown=shown(said, self.today.year),
            units=self.units,
            unit=self.unit,
            suggestions=suggestions(self.agency, self.known),
            own_labels=self.agency.settings.task_labels,
            lint_found=found,
            year=self.today.year,
            focus=focus,
            lacks_time=lacks_time,
            **more,
        )
        # The one place that takes the focus; a list of errors comes first.
        return html.replace(f'id="{focus}"', f'id="{focus}" autofocus', 1) if focus and not errors else html

    def conflict(self, form: DraftForm, said: Said) -> ResponseReturnValue:
        """Somebody saved in between: both texts side by side, the typed one still in the form."""
        assert self.draft is not None
        with reading() as w:
            newer = self.draft = draft_of(w, self.draft.document.id)
            older = revision_with(w, newer.document.id, form.seen_digest.data or "")
        seen = older.content if older is not None and older.holds else None
        found = differing(newer, said.content, seen, self.agency.fields)
        for name, value in seen_of(newer).items():
            form[name].data = value
        return self.drawn(form, said, conflict=newer.changed, differences=found), 409

    def refused(self, form: DraftForm, error: WorkflowError) -> ResponseReturnValue:
        """It may no longer be edited: what was typed stays on the page, to be copied; nothing was stored."""
        note_refusal(error)
        status, words = sentence(error)
        base = self.draft.content if self.draft else Content()
        self.waiting = None
        return self.drawn(form, self.said(form, base), errors=[("", words)], closed=True), status


def names_of(known: Known) -> tuple[str, ...]:
    """Names that hold a comma or an "và" of their own, so that they are not taken apart."""
    units = (name for unit in known.units for name in unit.names)
    groups = (phrase for group in known.groups for phrase in group.phrases)
    return (*units, *groups)


def suggestions(agency: Agency, known: Known) -> list[str]:
    """The units of the agency, the groups of them, and the bodies outside that its texts name."""
    units = [unit.names[0] for unit in known.units if unit.valid_to is None]
    groups = [group.phrases[0][:1].upper() + group.phrases[0][1:] for group in known.groups]
    return list(dict.fromkeys([*units, *groups, *(names[0] for _, names in known.outside)]))


def flagged(fields: Sequence[str]) -> frozenset[str]:
    """The cards, by name, in which something is to be done: "parts-3-tasks-0"."""
    return frozenset(
        "-".join(parts[:4])
        for field in fields
        if len(parts := field.split("-")) > 4 and parts[2] in ("tasks", "duties")
    )


def shown(said: Said, year: int) -> Mapping[str, list[str]]:
    """
    What is written out from the cards, by the id of where it stands: the lines of a task under its paragraph,
    the two days of a reporting duty, and whether its paragraph does not state them.
    """
    found: dict[str, list[str]] = {}
    for row, node in said.nodes.items():
        if node.task is not None:
            found[f"{row}-lines"] = list(task_lines(node.task))
    for card, duty in said.duties.items():
        line = due_line(duty, year)
        found[f"{card}-due"] = [f"{due_as_written(duty)}: {line}."] if line else []
        part = said.nodes.get(card.partition("-duties-")[0])
        if line and part is not None and not states(words_under(part), duty):
            found[f"{card}-due"].append("Câu văn của mục chưa ghi hạn này.")
    return found


def kept_form(kept: Kept) -> DraftForm:
    """The form as it was being typed; its token is new."""
    return DraftForm(formdata=MultiDict(kept.fields))


Placed = tuple[Any, int, int]
"""A row of the form, its number, and its depth without gaps."""


def with_depths(rows: Any) -> list[Placed]:
    made: list[Placed] = []
    for number, entry in enumerate(rows):
        typed = entry.form.depth.data or ""
        depth = int(typed) if typed.isdecimal() and len(typed) < 4 else 0
        made.append((entry, number, min(depth, made[-1][2] + 1 if made else 0, DEEPEST)))
    return made


def in_sections(rows: Any) -> list[list[Placed]]:
    """The rows, a list for each that stands at the top."""
    found: list[list[Placed]] = []
    for placed in with_depths(rows):
        if placed[2] == 0:
            found.append([])
        found[-1].append(placed)
    return found
