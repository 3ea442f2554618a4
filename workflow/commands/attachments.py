"""
Files kèm theo of a text. To bring or to take one away is an edit like any other: a new revision, a new digest,
so that approvals of the text before it no longer stand (design.md §6).
"""

import hashlib
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from msgspec.structs import replace

from workflow.attachable import FileKind, kind_of
from workflow.case import DocumentFacts
from workflow.commands.done import Done
from workflow.commands.drafting import store_text
from workflow.commands.files import hang_file, held_bytes, keep_file
from workflow.commands.turn_to_edit import document_to_edit
from workflow.content import Attachment, Content, with_files
from workflow.engine import Work
from workflow.errors import Fault, Invalid
from workflow.loading import load_content

LARGEST = 20 * 1024 * 1024
"""Bytes of one file (guarantees.md P10)."""
TOGETHER = 60 * 1024 * 1024
"""Bytes of all files one text carries."""
EVER = 200 * 1024 * 1024
"""Bytes ever brought to one document: what was taken away again is still kept, since old revisions name it."""
MOST = 20
LONGEST_NAME = 120

RESERVED = re.compile(r"^(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)


@dataclass(frozen=True)
class Incoming:
    """A file that was looked at: its name made harmless, its kind known by its bytes, its hex SHA-256."""

    name: str
    sha256: str
    media_type: str
    data: bytes


def incoming(name: str, data: bytes) -> Incoming:
    """
    Look at an upload before any transaction begins: hashing 20 MB inside one would hold up the others.

    Raises Invalid with the faults missing, too_large and those of `attachable.kind_of`.
    """
    if not data:
        raise Invalid([Fault("attachment", "missing")])
    if len(data) > LARGEST:
        raise Invalid([Fault("attachment", "too_large", {"most": LARGEST})])
    plain = clean_name(name)
    kind = kind_of(plain, data)
    return Incoming(_named(plain, kind), hashlib.sha256(data).hexdigest(), kind.media_type, data)


def clean_name(name: str) -> str:
    """
    The last part of a path, NFC, without control, format and bidi characters and what file systems refuse;
    may come out empty.
    """
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rpartition("/")[2]
    seen = "".join(" " if unicodedata.category(sign)[0] in "CZ" else sign for sign in last)
    plain = re.sub(r'[<>:"|?*]', "-", " ".join(seen.split())).strip(" .")
    return f"tep {plain}" if RESERVED.match(plain) else plain


def attach(
    w: Work,
    *,
    document_id: int,
    seen_version: int,
    file: Incoming,
    label: str = "Thêm tệp kèm theo",
    instead_of: str = "",
    line: int | None = None,
    facts: Mapping[str, Any] | None = None,
) -> Done:
    """
    The text carries this file from now on; in the states that allow editing, by whose turn it is. It takes the place
    of the file with the hash `instead_of`, if the text carries that, and shows what the result number `line` (from 0)
    says, if given; `label` and `facts` go into the entry.

    Raises NotFound, Stale, StepNotOpen, NotYourStep as `save_revision` does; Invalid for a file or a name the
    text already carries, and beyond the limits of this module.
    """
    document = document_to_edit(w, document_id, seen_version)
    content = load_content(w, document)
    content = _without(content, instead_of)
    _refuse_twice(content, file)
    _refuse_too_much(w, document, content, file)
    keep_file(w, sha256=file.sha256, media_type=file.media_type, data=file.data)
    hang_file(w, agency_id=document.agency_id, document_id=document.id, name=file.name, sha256=file.sha256)
    named = Attachment(file.name, file.sha256, len(file.data))
    rows = tuple(
        with_files(row, (*row.evidence, named)) if at == line else row
        for at, row in enumerate(content.results)
    )
    text = replace(content, attachments=(*content.attachments, named), results=rows)
    return _stored(w, document, text, label=label, facts=facts, attached=named)


def detach(w: Work, *, document_id: int, seen_version: int, sha256: str) -> Done:
    """
    The text no longer carries the file; its bytes stay, for the revisions that had it.

    Raises as `attach`; Invalid (unknown) where the text carries no such file.
    """
    document = document_to_edit(w, document_id, seen_version)
    content = load_content(w, document)
    named = next((item for item in content.attachments if item.sha256 == sha256), None)
    if named is None:
        raise Invalid([Fault("attachment", "unknown", {"value": sha256[:12]})])
    return _stored(w, document, _without(content, sha256), label="Bỏ tệp kèm theo", detached=named)


def _without(content: Content, sha256: str) -> Content:
    """Neither the text nor any line of it carries this file."""
    rows = tuple(
        with_files(row, [item for item in row.evidence if item.sha256 != sha256]) for row in content.results
    )
    rest = tuple(item for item in content.attachments if item.sha256 != sha256)
    return replace(content, attachments=rest, results=rows)


def _stored(
    w: Work,
    document: DocumentFacts,
    text: Content,
    *,
    label: str,
    facts: Mapping[str, Any] | None = None,
    **what: Attachment,
) -> Done:
    told: dict[str, Any] = {
        key: [{"name": item.name, "sha256": item.sha256, "size": item.size}] for key, item in what.items()
    }
    return store_text(
        w, document, text, signer_id=document.signer_id, label=label, facts=told | dict(facts or {})
    )


def _named(name: str, kind: FileKind) -> str:
    """Within the longest name, the ending kept."""
    stem, _, ending = name.rpartition(".")
    return (
        f"{stem.strip(' .')[: LONGEST_NAME - len(ending) - 1].strip() or 'tep'}.{ending or kind.endings[0]}"
    )


def _refuse_twice(content: Content, file: Incoming) -> None:
    for item in content.attachments:
        if item.sha256 == file.sha256:
            raise Invalid([Fault("attachment", "same_file", {"name": item.name})])
        if item.name.casefold() == file.name.casefold():
            raise Invalid([Fault("attachment", "same_name", {"name": item.name})])


def _refuse_too_much(w: Work, document: DocumentFacts, content: Content, file: Incoming) -> None:
    if len(content.attachments) >= MOST:
        raise Invalid([Fault("attachment", "too_many", {"most": MOST})])
    if sum(item.size for item in content.attachments) + len(file.data) > TOGETHER:
        raise Invalid([Fault("attachment", "too_much", {"most": TOGETHER})])
    if held_bytes(w, document.id) + len(file.data) > EVER:
        raise Invalid([Fault("attachment", "kept_too_much", {"most": EVER})])
