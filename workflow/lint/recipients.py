"""Nơi nhận and the Lưu line, the last of them (Phụ lục I, Phần I, mục II.9)."""

import re
from collections.abc import Iterator

import msgspec

from workflow.content import Content
from workflow.folding import fold
from workflow.lint.finding import Finding, Fix
from workflow.lint.stops import unstopped
from workflow.lint.text import Text
from workflow.patterns import expression

_ARCHIVE = expression(r"^(?:[-–\s]*lưu\b\s*:?\s*)+", re.IGNORECASE)


def present(text: Text) -> Iterator[Finding]:
    if not text.content.recipients:
        yield text.found("recipients_missing", "recipients")
    if not text.content.archive_line.strip():
        yield text.found("archive_missing", "archive_line")


def archive(text: Text) -> Iterator[Finding]:
    """ "Lưu: VT, VP.": VT first, the drafting unit next, a comma and a space between them."""
    said = text.content.archive_line.strip()
    if not said:
        return
    meant = arranged(said)
    if meant.rstrip(".") != said.rstrip(" ;."):
        yield text.found("archive_form", "archive_line", fix=Fix(said, meant), words=said)
    units = {re.sub(r"\W", "", token.partition("(")[0]) for token in _tokens(meant)[1:]}
    drafting = text.agency.unit_symbols.get(text.content.drafting_unit, "")
    known = {drafting} if drafting else set(text.agency.unit_symbols.values())
    if not {fold(unit) for unit in units} & {fold(re.sub(r"\W", "", symbol)) for symbol in known}:
        yield text.found("archive_unit", "archive_line", unit=text.content.drafting_unit, meant=drafting,
                         words=said)  # fmt: skip


def lines(text: Text) -> Iterator[Finding]:
    """The paper puts ";" after each and "." after the last; each stands there once."""
    told: set[tuple[str, str]] = set()
    for at, recipient in enumerate(text.content.recipients):
        spot, name = text.spots_at[f"recipients/{at}"], recipient.name.strip()
        if bare(name) != name:
            yield text.found("recipient_stop", spot, fix=Fix(name, bare(name)))
        key = (fold(bare(name)), recipient.purpose or "")
        if key[0] and key in told:
            yield text.found("recipient_repeated", spot, fix=Fix(name, ""), name=name)
        told.add(key)


def bare(name: str) -> str:
    """Without the sign of the list before and behind it."""
    return unstopped(re.sub(r"^[-–•*\s]+", "", name))


def arranged(line: str) -> str:
    """ "Lưu VT,VP" → "Lưu: VT, VP."; VT comes first, and is put there where it is missing."""
    tokens = _tokens(line)
    return f"Lưu: {', '.join(['VT', *(one for one in tokens if one != 'VT')])}."


def _tokens(line: str) -> list[str]:
    """What the line names, without its signs: nothing made of signs alone is a name."""
    parts = (part.strip(" ./") for part in re.split(r"[,;]", _ARCHIVE.sub("", line.strip())))
    return [part for part in parts if re.search(r"\w", part)]


def dropped(content: Content, finding: Finding) -> Content:
    """Without the recipient that stands there a second time."""
    at = int(finding.place.partition("/")[2])
    return msgspec.structs.replace(content, recipients=content.recipients[:at] + content.recipients[at + 1 :])


CHECKS = (present, archive, lines)
