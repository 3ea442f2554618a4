"""The page on which a person agrees to what was read from a text, piece by piece; it stores nothing."""

import secrets
from dataclasses import dataclass
from typing import Any

from flask import render_template

from web.drafting.agreeing import names_of_parts
from web.drafting.bygone import bygone_in
from web.drafting.confirm_form import ConfirmForm
from web.drafting.content_form import data_of
from web.drafting.forms import offered
from web.drafting.hanging import hung_data
from web.drafting.origin import sealed
from web.drafting.page import in_sections, suggestions
from web.drafting.parts import written
from web.drafting.places import places, words_of
from web.drafting.source_marks import marked
from web.drafting.told import Told, told
from web.drafting.unreported import unreported_in
from web.drafting.words import due_line, sure
from web.filters import vi_number
from web.words import DOC_TYPES, capacity_name
from workflow.commands.importing import ReadText, other_issuer
from workflow.content import Content
from workflow.lint import AgencyFacts
from workflow.people import Agency, Unit
from workflow.queries.turns import Signer
from workflow.reading.encodings import NAMES
from workflow.reading.intake import Intake

PROCEDURES = {"KH": "ke_hoach", "BC": "bao_cao"}
"""By the type of the text: the procedure its draft runs on."""

AS_READ = (
    "subject", "field", "signer_id", "urgency", "addressees", "parts", "results", "missing", "ends", "archive_line",
    "annexes",
)  # fmt: skip
"""What the confirm page shows as the editor would, without a tick of its own."""

SHOWN = 100_000
"""Characters of the source shown on the left; all of it is read."""


@dataclass(frozen=True)
class Reading:
    """What is known while one text is looked at; `proposed` is the signer its capacity points to."""

    taken: Intake
    units: tuple[Unit, ...]
    unit: Unit
    agency: Agency
    read: ReadText
    content: Content
    signers: tuple[Signer, ...]
    proposed: int | None
    year: int
    facts: AgencyFacts


def proposed(found: Reading) -> ConfirmForm:
    content, proposal = found.content, found.read.proposal
    data = data_of(content, signer_id=found.proposed) | hung_data(content)
    taken = {
        name: [row | {"take": True} for row in data[name]]
        for name in ("bases", "tasks", "duties", "recipients")
    }
    known = proposal.doc_type if proposal.doc_type in PROCEDURES else ""
    return ConfirmForm(
        formdata=None,
        data={
            **{name: data[name] for name in AS_READ},
            **taken,
            "opening": written(content.opening),
            "text": found.read.text,
            "seal": sealed(found.taken),
            "key": secrets.token_urlsafe(18),
            "unit_id": str(found.unit.id),
            "doc_type": known,
            "corrections": [{"take": False} for _ in found.read.corrections],
        },
    )


def confirm(
    form: ConfirmForm, found: Reading, content: Content, errors: object = (), *, focus: str = ""
) -> str:
    """The page; `content` is what the form says by now."""
    proposal = found.read.proposal
    form.unit_id.choices = offered([(str(unit.id), unit.name) for unit in found.units])
    form.field.choices = offered([("", "Chọn lĩnh vực"), *found.agency.fields.items()])
    able = [(str(one.person_id), f"{one.name} – {one.line}") for one in found.signers]
    form.signer_id.choices = offered([("", "Chọn khi trình"), *able])
    stated = [(place, duty) for place, node in places(found.content) for duty in node.obligations]
    text, signs = found.read.text, found.taken.kind == "text"
    source = marked(text, SHOWN, found.content, proposal, signs=signs)
    warnings = [one for one in proposal.warnings if one.code not in ("ocr_suspect", "unit_suggestion")]
    bygone = bygone_in(form, content, found.facts)
    unreported = unreported_in(form, found.facts)
    marked_parts = dict.fromkeys([*bygone.marks, *unreported])
    counted = [f"{len(unreported)} chế độ báo cáo chưa có đơn vị báo cáo, đã đánh dấu."] if unreported else []
    titles = {place: words_of(node) for place, node in places(found.content)}
    rows = dict(names_of_parts(found.content))
    read = [place for place, node in places(found.content) if node.task is not None]
    html = render_template(
        "drafting/confirm.html",
        form=form,
        errors=errors,
        proposal=proposal,
        corrections=found.read.corrections,
        warnings=[
            *(told(one, proposal.tasks, read) for one in (*found.taken.warnings, *warnings)),
            *map(Told, (*bygone.notes, *counted)),
        ],
        marks={
            part: (*bygone.marks.get(part, ()), *filter(None, [unreported.get(part)]))
            for part in marked_parts
        },
        pieces=source.pieces,
        numbers=source.numbers,
        file=_file(found.taken),
        cut=len(found.read.text) > SHOWN,
        units=found.units,
        source=_source(found),
        elsewhere=other_issuer(found.read.proposal, found.agency),
        signature=_signature(found),
        tasks=proposal.tasks if len(proposal.tasks) == len(read) else (),
        titles=titles,
        carded={rows[place]: f"nhiem-vu-{at}" for at, place in enumerate(read)},
        sections=in_sections(form.parts),
        ends=in_sections(form.ends),
        report=form.doc_type.data == "BC" or bool(content.results or content.missing_units),
        suggestions=suggestions(found.agency, found.facts.known),
        added=focus.rpartition("-")[0],
        duties=[(place, duty, due_line(duty, found.year), _sureness(found, duty)) for place, duty in stated],
        sure=sure,
    )
    return html.replace(f'id="{focus}"', f'id="{focus}" autofocus', 1) if focus and not errors else html


def _file(taken: Intake) -> list[tuple[str, str]]:
    """The file a text came in, as it will stand in the log; nothing for a pasted text."""
    if not taken.name:
        return []
    return [
        ("Tệp", taken.name),
        ("Kích thước", f"{vi_number(taken.size)} byte"),
        ("Bảng mã", NAMES.get(taken.encoding, "Unicode")),
        ("Mã tệp (SHA-256)", taken.sha256),
    ]


def _source(found: Reading) -> list[tuple[str, str]]:
    proposal = found.read.proposal
    parts = proposal.date_parts
    day = "/".join(str(part) if part else "…" for part in (parts.day, parts.month, parts.year))
    rows = [
        ("Cơ quan ban hành", proposal.agency),
        ("Cơ quan chủ quản", proposal.parent_agency),
        ("Tên loại", DOC_TYPES.get(proposal.doc_type or "", proposal.doc_type)),
        ("Số", proposal.number),
        ("Ký hiệu", proposal.symbol),
        ("Địa danh", proposal.place),
        ("Ngày", day if any((parts.day, parts.month, parts.year)) else None),
        ("Tư cách ký", capacity_name(proposal.capacity) if proposal.capacity else None),
        ("Chức vụ người ký", proposal.signer_title),
        ("Họ tên người ký", proposal.signer_name),
    ]
    return [(name, value or "Văn bản không ghi") for name, value in rows]


def _signature(found: Reading) -> str:
    """Why this signer is proposed, or why none is."""
    proposal = found.read.proposal
    if proposal.capacity is None:
        return "Văn bản không ghi tư cách ký; chọn người ký."
    kind = capacity_name(proposal.capacity)
    if found.proposed is not None:
        return f"Đề xuất theo tư cách {kind} và lĩnh vực, không theo tên trong văn bản."
    return (
        f"Văn bản ghi tư cách {kind}; không có đúng một người như vậy trong lĩnh vực này, nên không đề xuất."
    )


def _sureness(found: Reading, duty: Any) -> float:
    same = [
        one.confidence
        for one in found.read.proposal.obligations
        if (one.raw, one.from_, one.to, one.due_day) == (duty.raw, duty.from_, duty.to, duty.due_day)
    ]
    return same[0] if same else 0.5
