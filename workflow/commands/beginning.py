"""A draft begun from another text: the same as any new draft, and its entry says what it was begun from."""

from collections.abc import Mapping
from typing import Any

import msgspec

from workflow.commands.drafting import create_document
from workflow.commands.keys import claim_key, first_result
from workflow.content import Content, canonical
from workflow.engine import Work
from workflow.queries.beginnings import BEGUN_FROM, text_to_begin_from


def begin_draft(
    w: Work,
    *,
    key: str,
    definition_id: str,
    unit_id: int,
    content: Content,
    signer_id: int | None,
    begun_from: int | None = None,
) -> int:
    """
    `create_document` once per rendered form: the same key gives the first draft's id, KeyReused another text.

    `begun_from` is the plan of an earlier year; raises NotFound where the actor may not see it.
    """
    values: Mapping[str, Any] = {
        "definition": definition_id,
        "unit": unit_id,
        "signer": signer_id,
        "content": msgspec.to_builtins(content),
        "begun_from": begun_from,
    }
    request = canonical(values)
    if earlier := first_result(w, key, request):
        return int(earlier["document_id"])
    if begun_from is not None:
        text_to_begin_from(w, begun_from)
    document_id = create_document(
        w,
        definition_id=definition_id,
        unit_id=unit_id,
        content=content,
        signer_id=signer_id,
        source_reference={BEGUN_FROM: begun_from} if begun_from is not None else None,
    )
    claim_key(w, key, request, {"document_id": document_id})
    return document_id
