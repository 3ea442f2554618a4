"""
A text from outside becomes a draft: read to a proposal, agreed to by a person, then stored once.

Nothing is stored while reading; number, date and signer of the text enter no register (decisions.md 21).
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec

from workflow.commands.drafting import create_document
from workflow.commands.keys import claim_key, first_result
from workflow.completeness import has_secret_mark
from workflow.content import Content, canonical
from workflow.engine import Work
from workflow.errors import Unreadable
from workflow.folding import fold
from workflow.people import Agency
from workflow.reading import Proposal, read_text, source_reference
from workflow.reading.cleaning import LIMIT
from workflow.reading.intake import Intake, origin
from workflow.reading.slips import closest, suspects

_DECORATION = str.maketrans("", "", "*_#>|")


@dataclass(frozen=True)
class Correction:
    """Words that look like a slip and what was probably meant: proposed, never made by itself."""

    printed: str
    meant: str


@dataclass(frozen=True)
class ReadText:
    """A text, what was read from it, and the slips it may hold."""

    text: str
    proposal: Proposal
    corrections: tuple[Correction, ...]


def refuse_secret(text: str) -> None:
    """
    Unreadable "secret" where a mark of secrecy stands on a line of its own, most often in the head that a
    Content does not keep: such a text must not come in at all.
    """
    if has_secret_mark(text.translate(_DECORATION)):
        raise Unreadable("secret")


def read_for(w: Work, *, text: str, agency_id: int) -> ReadText:
    """The proposal of a text with the units of this agency in mind. Unreadable: empty, text_too_large, secret."""
    if len(text.encode()) > LIMIT:
        raise Unreadable("text_too_large", size=len(text.encode()), limit=LIMIT)
    refuse_secret(text)
    units = [
        unit.name
        for unit in w.directory.units_of(agency_id)
        if unit.kind != "outside" and unit.exists_on(w.today)
    ]
    proposal = read_text(text, units=units)
    found = {printed: meant for printed, meant in suspects(text[:400_000])}
    for warning in proposal.warnings:
        if warning.code == "unit_suggestion" and (meant := closest(warning.raw, units)):
            found[warning.raw] = meant
    return ReadText(
        text, proposal, tuple(Correction(*pair) for pair in found.items()) if proposal.is_document else ()
    )


def corrected(content: Content, corrections: Sequence[Correction]) -> Content:
    """The content with these words put right wherever they stand; what was not agreed to stays as printed."""
    if not corrections:
        return content
    patterns = [(_words(one.printed), _in_the_case_of(one)) for one in corrections]

    def mend(value: Any) -> Any:
        if isinstance(value, str):
            for pattern, meant in patterns:
                value = pattern.sub(meant, value)
            return value
        if isinstance(value, dict):
            return {name: mend(item) for name, item in value.items()}
        return [mend(item) for item in value] if isinstance(value, list | tuple) else value

    return msgspec.convert(mend(msgspec.to_builtins(content)), Content)


def _words(printed: str) -> re.Pattern[str]:
    return re.compile(r"(?<!\w)" + r"\s+".join(re.escape(word) for word in printed.split()) + r"(?!\w)")


def _in_the_case_of(one: Correction) -> str:
    """As a replacement of `re.sub`, with a capital where the slip has one."""
    meant = one.meant[:1].upper() + one.meant[1:] if one.printed[:1].isupper() else one.meant
    return meant.replace("\\", r"\\")


def other_issuer(proposal: Proposal, agency: Agency) -> str:
    """The agency that the text names, where it is not the one whose draft this will be; otherwise empty."""
    said = proposal.agency
    if not said:
        return ""
    own = [fold(name) for name in (agency.name, agency.short_name, *agency.aliases)]
    return "" if any(name in fold(said) or fold(said) in name for name in own if len(name) > 4) else said


def referred(proposal: Proposal, taken: Intake | None) -> dict[str, Any]:
    """What an import leaves of its source: what the text says of itself, and which file it came in."""
    said = source_reference(proposal)
    return said | {"source_file": origin(taken)} if taken is not None and taken.name else said


def start_draft(
    w: Work,
    *,
    key: str,
    definition_id: str,
    unit_id: int,
    content: Content,
    signer_id: int | None,
    proposal: Proposal | None = None,
    taken: Intake | None = None,
) -> int:
    """
    `create_document` once per rendered form: the same key gives the first draft's id, KeyReused another text.

    With a `proposal` the entry says that it was imported and keeps what the text said of its number and signer; of
    the file it came in (`taken`) the name, size and digest stay, never the bytes.
    """
    values: Mapping[str, Any] = {
        "definition": definition_id,
        "unit": unit_id,
        "signer": signer_id,
        "content": msgspec.to_builtins(content),
    }
    request = canonical(values)
    if earlier := first_result(w, key, request):
        return int(earlier["document_id"])
    document_id = create_document(
        w,
        definition_id=definition_id,
        unit_id=unit_id,
        content=content,
        signer_id=signer_id,
        source_reference=referred(proposal, taken) if proposal is not None else None,
        action="import" if proposal is not None else "create",
    )
    claim_key(w, key, request, {"document_id": document_id})
    return document_id
