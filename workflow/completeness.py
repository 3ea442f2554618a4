"""Which rules of form a draft's text still breaks (NĐ 30/2020, Điều 8): what stands in the way of trình."""

import re
import unicodedata
from collections.abc import Iterator
from typing import Any

from workflow.content import Content, canonical, walk
from workflow.folding import fold
from workflow.writing.fonts import unprintable

SUBJECT_LONGEST = 500
TYPE_WORDS = {"KH": "kế hoạch", "BC": "báo cáo"}
SECRET = re.compile(r"^\s*(?:độ mật\s*:?\s*)?(tuyệt mật|tối mật|mật)\s*[.:]?\s*$", re.IGNORECASE)


def faults(content: Content, *, signer_id: int | None, fields: frozenset[str]) -> list[dict[str, Any]]:
    """Each fault as {"place", "rule"}; empty when the draft may be submitted (G2, G3)."""
    found: list[dict[str, Any]] = [
        {"place": place, "rule": rule} for place, rule in _faults(content, signer_id, fields)
    ]
    # Told to the drafter: at issue, when the page is set, it would be too late to change a word.
    if signs := unprintable(canonical(content).decode()):
        found.append({"place": "sections", "rule": "unprintable", "facts": {"signs": " ".join(signs[:5])}})
    return found


def _faults(content: Content, signer_id: int | None, fields: frozenset[str]) -> Iterator[tuple[str, str]]:
    subject = content.subject.strip()
    if not subject:
        yield "subject", "missing"
    elif len(subject) > SUBJECT_LONGEST:
        yield "subject", "too_long"
    word = TYPE_WORDS.get(content.doc_type)
    if word and re.match(rf"{fold(word)} (?!so )", fold(subject)):
        yield "subject", "repeats_type"
    if not content.sections and not content.results:
        yield "sections", "missing"
    if not content.recipients:
        yield "recipients", "missing"
    if not fold(content.archive_line).startswith("luu"):
        yield "archive_line", "missing"
    if content.field not in fields:
        yield "field", "missing"
    if signer_id is None:
        yield "signer", "missing"
    if is_secret(content):
        yield "sections", "secret_mark"


def is_secret(content: Content) -> bool:
    """A secrecy mark stands on a line of its own: such a document must not be in this system at all."""
    body = (line for _, node in walk(content) for line in (node.title, *node.paragraphs))
    lines = [
        content.subject,
        *content.opening,
        *content.addressees,
        *body,
        content.archive_line,
        *content.annexes,
    ]
    return any(has_secret_mark(line) for line in lines)


def has_secret_mark(text: str) -> bool:
    """In whichever Unicode form it was typed."""
    return any(SECRET.match(line) for line in unicodedata.normalize("NFC", text).splitlines())


def unit_report_faults(content: Content) -> list[dict[str, Any]]:
    """A unit's report says of every task how it stands, and why where it was not begun."""
    if not content.results:
        return [{"place": "results", "rule": "missing"}]
    return row_faults(content)


def row_faults(content: Content) -> list[dict[str, Any]]:
    """Of a table of results, in the order of its rows."""
    found: list[dict[str, Any]] = []
    for row in content.results:
        if not row.status:
            found.append({"place": f"results.{row.ref}", "rule": "status_missing"})
        elif row.status == "not_started" and not row.reason.strip():
            found.append({"place": f"results.{row.ref}", "rule": "reason_missing"})
        elif row.status != "not_started" and not row.result.strip():
            found.append({"place": f"results.{row.ref}", "rule": "result_missing"})
    return found
