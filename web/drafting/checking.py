"""The checks beside the text: what stops it, what a person should look at, what is in order; it stores nothing."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from wtforms import Field

from web.drafting.forms import DraftForm
from web.drafting.places import key, places
from web.messages import fault_sentence
from workflow.completeness import faults
from workflow.content import Basis, Content, Node, Obligation
from workflow.folding import fold
from workflow.parties import Known, resolve_parties
from workflow.people import Agency
from workflow.periods import last_on_time
from workflow.queries.turns import Signer

ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
LISTED = 4
"""More notes of one kind than this become one line."""

_FIELDS = {"signer": "signer_id", "sections": "sections", "recipients": "recipients", "doc_type": "subject"}


@dataclass(frozen=True)
class Check:
    """`field` is the id of what to go to, "" where there is nothing to mend."""

    tone: Literal["ok", "warn", "bad"]
    text: str
    field: str = ""


def check(
    content: Content, form: DraftForm, *, agency: Agency, signers: Sequence[Signer], known: Known, today: date
) -> list[Check]:
    """Faults first, then notes, then what is in order."""
    chosen = form.signer_id.data or ""
    found = faults(
        content, signer_id=int(chosen) if chosen.isdigit() else None, fields=frozenset(agency.fields)
    )
    bad = [
        Check("bad", fault_sentence(fault), _first_field(form, place_of_fault(fault["place"])))
        for fault in found
    ]
    bad += _of_missing(form)
    notes = [
        *_of_signer(chosen, signers),
        *_of_bases(content, form),
        *_of_tasks(content, form, known, today),
        *_of_duties(content, form, today.year),
        *_of_layout(content, form),
    ]
    return [*bad, *notes, *_in_order(content, bad, notes)]


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
    wanted = {"sections": "body", "recipients": "name"}.get(name, "")
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
        if not _complete(basis):
            yield Check("warn", f"Căn cứ “{_short(basis.raw)}” chưa ghi đủ số, ngày", row.reference_no.id)


def _complete(basis: Basis) -> bool:
    # A law is cited by type and name alone (Phụ lục I).
    return basis.doc_type in ("Luật", "Bộ luật", "Hiến pháp", "PL") or bool(basis.reference_no and basis.date)


def _of_tasks(content: Content, form: DraftForm, known: Known, today: date) -> Iterator[Check]:
    named = {key(place): node for place, node in places(content)}
    leads: list[tuple[str, str]] = []
    times: list[tuple[str, str]] = []
    for row in form.tasks:
        ref = (row.form.ref.data or "").strip()
        node = named.get(key(ref))
        if node is None or node.task is None:
            continue
        if not node.task.leads:
            leads.append((ref, row.form.leads.id))
        if node.task.time.kind == "unspecified":
            times.append((ref, row.form.kind.id))
        for name in (*node.task.leads, *node.task.coordinators):
            if any(party.ended for party in resolve_parties(name, known, on=today)):
                yield Check("warn", f"Mục {ref}: “{_short(name)}” đã ngừng hoạt động", row.form.leads.id)
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


def _of_duties(content: Content, form: DraftForm, year: int) -> Iterator[Check]:
    fields = {key(row.form.ref.data or ""): row.form.due_day.id for row in form.duties}
    stated = [(place, duty) for place, node in places(content) for duty in node.obligations]
    for place, duty in stated:
        if duty.due_day is None and not duty.by_reference and duty.recurrence != "ad_hoc":
            yield Check(
                "warn", f"Mục {place}: chế độ báo cáo chưa ghi ngày đến hạn", fields.get(key(place), "")
            )
    for (place, lower), (_, upper) in _tiers(stated):
        if not _in_turn(lower, upper, year):
            below = f"Hạn {lower.from_ or 'đơn vị'} gửi {lower.to} ({_day(lower)})"
            above = f"hạn gửi {upper.to} ({_day(upper)})"
            yield Check("warn", f"{below} phải trước {above}", fields.get(key(place), ""))


Stated = tuple[str, Obligation]


def _tiers(stated: list[Stated]) -> Iterator[tuple[Stated, Stated]]:
    """Pairs in which the receiver of the first reports on, at the same rhythm."""
    dated = [one for one in stated if isinstance(one[1].due_month, int) and isinstance(one[1].due_day, int)]
    for lower in dated:
        for upper in dated:
            heard = {fold(name) for name in (lower[1].to, lower[1].via) if name}
            if (
                upper is not lower
                and fold(upper[1].from_ or "") in heard
                and upper[1].recurrence == lower[1].recurrence
            ):
                yield lower, upper


def _in_turn(lower: Obligation, upper: Obligation, year: int) -> bool:
    return _last(lower, year) < _last(upper, year)


def _last(duty: Obligation, year: int) -> date:
    assert isinstance(duty.due_month, int)
    assert duty.due_day is not None
    return last_on_time(duty.due_month, duty.due_day, year, inclusive=duty.inclusive)


def _day(duty: Obligation) -> str:
    return f"{duty.due_day}/{duty.due_month}"


def _of_layout(content: Content, form: DraftForm) -> Iterator[Check]:
    labels = [section.label for section in content.sections if section.label]
    if labels and set(labels) <= set(ROMAN) and tuple(labels) != ROMAN[: len(labels)]:
        yield Check("warn", f"Số mục lớn không liên tục: {', '.join(labels)}", _first_field(form, "sections"))
    if content.sections and not _last_words(content).endswith("./."):
        yield Check("warn", "Nội dung chưa kết thúc bằng “./.”", "closing")
    if content.archive_line and "VT" not in content.archive_line:
        yield Check("warn", "Dòng Lưu chưa ghi văn thư (VT)", "archive_line")


def _in_order(content: Content, bad: list[Check], notes: list[Check]) -> Iterator[Check]:
    flawed = {one.field for one in bad}
    said = " ".join(one.text for one in notes)
    if "subject" not in flawed:
        yield Check("ok", "Trích yếu có đủ và không lặp tên loại")
    if content.sections and "không liên tục" not in said:
        yield Check("ok", "Các mục lớn đánh số liên tục")
    if (
        any(
            True
            for _ in _tiers([(place, duty) for place, node in places(content) for duty in node.obligations])
        )
        and "phải trước hạn" not in said
    ):
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
