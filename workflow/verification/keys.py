"""The keys that signed before the present one, as the acts that handed over kept them."""

import msgspec
from sqlalchemy import select
from sqlalchemy.engine import Connection

from workflow.log.key import BadKey, PublicKey
from workflow.models import Entry
from workflow.verification.entries import part

ACTION = "hand_over_key"


def keys_before(db: Connection) -> list[PublicKey]:
    """The youngest first. What was tampered with is found where entries are checked."""
    acts = select(Entry.body).where(
        Entry.action == ACTION, Entry.stream == "act", Entry.document_id.is_(None)
    )
    found = []
    for body in db.scalars(acts.order_by(Entry.id.desc())):
        try:
            line = part(msgspec.json.decode(body, type=dict[str, object]), "facts").get("key_before")
            found.append(PublicKey.from_text(str(line)))
        except (msgspec.MsgspecError, UnicodeDecodeError, BadKey):
            continue
    return found
