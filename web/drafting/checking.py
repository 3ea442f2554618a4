"""The checks beside the text: what stops it, what a person should look at, what is in order; it stores nothing."""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from wtforms import Field

from web.drafting.content_form import Said
from web.drafting.draft_form import DraftForm
from web.drafting.duty_checks import Check, of_duties, stated_duties
from web.messages import fault_sentence
from workflow.completeness import faults
from workflow.content import Content, Node
from workflow.lint.bases import lacking
from workflow.lint.tiers import Tiers, tiers_of
from workflow.numerals import romans
from workflow.parties import Known, resolve_parties
from workflow.people import Agency
from workflow.queries.turns import Signer
from workflow.skeletons import BLANK
from workflow.task_times import lacks_time

ROMAN = frozenset(romans(30))
"""A section beyond has some other mark: C is the third letter too."""
LISTED = 4
"""More notes of one kind than this become one line."""

_FIELDS = {"signer": "signer_id", "sections": "parts", "recipients": "recipients", "doc_type": "subject"}
_MARKED = re.compile(r"(?:\d{1,2}(?:\.\d{1,2})*\.|[a-zđ]\)|[-–+])\s+\S")


LINT_OF = {
    ("subject", "missing"): "subject_missing",
    ("subject", "too_long"): "subject_long",
    ("subject", "repeats_type"): "subject_repeats_type",
    ("sections", "missing"): "sections_missing",
    ("recipients", "missing"): "recipients_missing",
    ("archive_line", "missing"): "archive_missing",
    ("signer", "missing"): "signer_missing",
}
"""The finding of the lint that says the same as a fault of `workflow.completeness`."""


def check(
    said: Said,
    form: DraftForm,
    *,
    agency: Agency,
    signers: Sequence[Signer],
    known: Known,
    today: date,
    named: frozenset[tuple[str, str]] = frozenset(),
) -> list[Check]:
    """
    Faults first, then notes, then what is in order. What the findings of the lint say that stand beside this list,
    `named` by code and place (`web.linting.Lint.named`), is left to them.
    """
    content = said.content
    chosen = form.signer_id.data or ""
    found = faults(
        content,
        signer_id=int(chosen) if chosen.isdecimal() and len(chosen) < 18 else None,
        fields=frozenset(agency.fields),
    )
    bad = [
        Check(
            "bad",
            fault_sentence(fault),
            _first_field(form, place_of_fault(fault["place"])),
            LINT_OF.get((fault["place"], fault["rule"]), ""),
        )
        for fault in found
    ]
    bad += _of_missing(form)
    stated = stated_duties(said)
    tiers = tiers_of([duty for _, _, duty, _ in stated], known, on=today)
    notes = [
        *_of_signer(chosen, signers),
        *_of_bases(content, form),
        *_of_tasks(said, known, today, named),
        *of_duties(stated, tiers, known, today),
        *_of_layout(content, form),
        *_of_unparted(form, said),
        *_of_blanks(said, form),
    ]
    listed = [one for one in (*bad, *notes) if (one.code, one.at) not in named]
    return [*listed, *_in_order(said, bad, notes, tiers)]


def place_of_fault(place: str) -> str:
    """The field of the form that a fault of `workflow.completeness` speaks of."""
    name = _FIELDS.get(place.partition(".")[0], place.partition(".")[0])
    return name if name in DraftForm.__dict__ or name in _FIELDS.values() else "subject"


def anchors(form: Any) -> dict[str, Field]:
    """Every field that can take the focus, by its id."""
    found: dict[str, Field] = {}
    for field in form:
        if hasattr(field, "entries"):
            for entry in field.entries:
                found |= anchors(entry.form) if hasattr(entry, "form") else {entry.id: entry}
        else:
            found[field.id] = field
    return found


def _first_field(form: DraftForm, name: str) -> str:
    """The id of a field, or of the first field inside a list; the list itself where it is empty."""
    entries = getattr(form[name], "entries", None)
    if not entries:
        return name
    wanted = {"parts": "title", "recipients": "name"}.get(name, "")
    return f"{entries[0].id}-{wanted}" if wanted else entries[0].id


def _of_signer(chosen: str, signers: Sequence[Signer]) -> Iterator[Check]:
    if chosen and chosen not in {str(one.person_id) for one in signers}:
        yield Check("warn", "Người ký đã chọn hôm nay không có quyền ký lĩnh vực này", "signer_id")


def _of_missing(form: DraftForm) -> Iterator[Check]:
    """A unit that is named as missing is named with its reason (domain.md §4.5)."""
    for row in form.missing:
        unit, reason = ((row.form[name].data or "").strip() for name in ("unit", "reason"))
        if unit and not reason:
            yield Check("bad", f"Ghi lý do chưa nhận được báo cáo của {unit}", row.form.reason.id)


def _of_bases(content: Content, form: DraftForm) -> Iterator[Check]:
    rows = [row.form for row in form.bases if (row.form.raw.data or "").strip()]
    for basis, row in zip(content.bases, rows, strict=False):
        if {"number", "date"} & set(lacking(basis.raw)):
            words = f"Căn cứ “{_short(basis.raw)}” chưa ghi đủ số, ngày"
            yield Check("warn", words, row.raw.id, "basis_incomplete", row.raw.id)


def _of_tasks(said: Said, known: Known, today: date, named: frozenset[tuple[str, str]]) -> Iterator[Check]:
    leads: list[tuple[str, str]] = []
    times: list[tuple[str, str]] = []
    for row, node in said.nodes.items():
        if node.task is None:
            continue
        ref, card = said.refs[row], f"{row}-tasks-0"
        if not node.task.leads and ("task_without_lead", ref) not in named:
            leads.append((ref, f"{card}-leads-0"))
        if lacks_time(node.task.time) and ("task_without_time", ref) not in named:
            times.append((ref, f"{card}-kind"))
        for name in (*node.task.leads, *node.task.coordinators):
            if any(party.ended for party in resolve_parties(name, known, on=today)):
                words = f"Mục {ref}: “{_short(name)}” đã ngừng hoạt động"
                yield Check("warn", words, f"{card}-leads-0", "unit_ended", f"{card}-leads-0")
    yield from _each(leads, "Chọn đơn vị chủ trì cho mục {}", "{} nhiệm vụ chưa ghi đơn vị chủ trì: {}")
    yield from _each(
        times, "Chọn thời gian thực hiện cho mục {}", "{} nhiệm vụ chưa rõ thời gian thực hiện: {}"
    )


def _each(found: list[tuple[str, str]], one: str, many: str) -> Iterator[Check]:
    if len(found) <= LISTED:
        yield from (Check("warn", one.format(ref), field) for ref, field in found)
    else:
        refs = ", ".join(ref for ref, _ in found[:20]) + (" …" if len(found) > 20 else "")
        yield Check("warn", many.format(len(found), refs), found[0][1])


def _of_layout(content: Content, form: DraftForm) -> Iterator[Check]:
    labels = [section.label for section in content.sections if section.label]
    if labels and set(labels) <= ROMAN and tuple(labels) != romans(len(labels)):
        yield Check(
            "warn",
            f"Số mục lớn không liên tục: {', '.join(labels)}",
            _first_field(form, "parts"),
            "label_order",
        )
    if content.sections and not _last_words(content).endswith("./."):
        yield Check("warn", "Nội dung chưa kết thúc bằng “./.”", "ends-0-text", "end_missing")
    if content.archive_line and "VT" not in content.archive_line:
        yield Check("warn", "Dòng Lưu chưa ghi văn thư (VT)", "archive_line", "archive_form")


def _of_unparted(form: DraftForm, told: Said) -> Iterator[Check]:
    """Lines that begin with a mark inside one paragraph's field: they could be parts of their own."""
    for row in (*form.parts, *form.ends):
        lines = (row.form.text.data or "").splitlines()
        count = sum(1 for line in lines if _MARKED.match(line.strip()))
        if count > 1 and row.name in told.refs:
            yield Check(
                "warn",
                f"Mục {told.refs[row.name]}: {count} dòng có dấu mục trong một ô, có thể tách",
                row.form.text.id,
            )


def _of_blanks(said: Said, form: DraftForm) -> Iterator[Check]:
    """What a skeleton left for the drafter to fill in."""
    if BLANK in (form.subject.data or ""):
        yield Check("warn", f"Trích yếu còn chỗ trống {BLANK}", "subject")
    for row, node in said.nodes.items():
        if BLANK in node.title or any(BLANK in text for text in node.paragraphs):
            yield Check("warn", f"Mục {said.refs[row]} còn chỗ trống {BLANK}", f"{row}-text")
    for card, duty in said.duties.items():
        if BLANK in (duty.to or "") + (duty.from_ or ""):
            yield Check("warn", f"Thẻ hạn báo cáo còn chỗ trống {BLANK}", f"{card}-to")


def _in_order(told: Said, bad: list[Check], notes: list[Check], tiers: Tiers) -> Iterator[Check]:
    content = told.content
    flawed = {one.field for one in bad}
    said = " ".join(one.text for one in notes)
    if "subject" not in flawed:
        yield Check("ok", "Trích yếu có đủ và không lặp tên loại")
    if content.sections and "không liên tục" not in said:
        yield Check("ok", "Các mục lớn đánh số liên tục")
    if tiers.compared and not tiers.wrong and not tiers.unclear:
        yield Check("ok", "Hạn của đơn vị sớm hơn hạn gửi lên trên")
    if content.sections and "./." not in said:
        yield Check("ok", "Nội dung kết thúc bằng “./.”")
    if content.archive_line and "dòng Lưu" not in said and "archive_line" not in flawed:
        yield Check("ok", "Nơi nhận có dòng Lưu")
    yield Check("ok", "Quốc hiệu, tên cơ quan, ký hiệu và địa danh: hệ thống in")
    yield Check("ok", "Số và ngày để trống: văn thư cấp sau khi ký")


def _last_words(content: Content) -> str:
    """The last words before the signature."""

    def last(nodes: tuple[Node, ...]) -> str:
        if not nodes:
            return ""
        node = nodes[-1]
        return last(node.children) or (node.paragraphs[-1] if node.paragraphs else node.title)

    return (last(content.closing) or last(content.sections)).rstrip()


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:58]}…"
