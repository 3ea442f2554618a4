"""One event of the log in full: its neighbours, and the proof that it stands in the tree under a signed root."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import or_, select

from workflow.engine import Work
from workflow.errors import NotFound
from workflow.log import merkle
from workflow.log.entry import entry_hash
from workflow.log.receipt import Receipt, make_receipt
from workflow.models import Entry, EntryNote, Leaf
from workflow.queries.checkpoints import Sealed, newest_checkpoint
from workflow.queries.entry_visibility import branches
from workflow.queries.events import Event, Note, event_of, event_rows, note_of


@dataclass(frozen=True)
class Level:
    """One step up the tree: the neighbour's hash, the side it stands on, and the node both give (hex)."""

    side: Literal["left", "right"]
    neighbour: str
    node: str


@dataclass(frozen=True)
class Proof:
    """From the entry's bytes to the signed root. `holds` is computed here, from what is stored now."""

    checkpoint: Sealed
    index: int
    leaf: str
    levels: tuple[Level, ...]
    holds: bool


@dataclass(frozen=True)
class Whole:
    """
    `older` and `newer` are numbers in the same document's chain; `traces` are IP address and browser;
    `after` is the document as it then stood, with people's names and the state's label for their codes.
    """

    event: Event
    older: int | None
    newer: int | None
    proof: Proof | None
    traces: dict[str, Note]
    after: Mapping[str, Any]


def event_numbered(w: Work, number: int) -> Whole:
    """The event with this public number, if the actor may see it; NotFound otherwise."""
    event = _seen(w, number)
    older, newer = _neighbours(w, event)
    return Whole(event, older, newer, _proof(w, event), _traces(w, event), _after(w, event))


def receipt_of(w: Work, number: int) -> Receipt | None:
    """What a signer may keep; None while no checkpoint covers the event. NotFound like the event itself."""
    event = _seen(w, number)
    checkpoint = newest_checkpoint(w)
    if event.number is None or checkpoint is None or event.number > checkpoint.size:
        return None
    index = event.number - 1
    node = _nodes(w, index, checkpoint.size)
    return make_receipt(
        bytes.fromhex(event.hash), index=index, size=checkpoint.size, note=checkpoint.note, node=node
    )


def _seen(w: Work, number: int) -> Event:
    seen = or_(*(part.condition for part in branches(w)))
    row = w.db.execute(event_rows(w).where(Leaf.position == number - 1, seen)).first()
    if row is None:
        raise NotFound(f"event {number}")
    return event_of(row)


def _neighbours(w: Work, event: Event) -> tuple[int | None, int | None]:
    """Whoever sees one act on a document sees all of them."""
    if event.document_id is None or event.stream != "act":
        return None, None
    chain = (
        select(Leaf.position)
        .join(Entry, Entry.id == Leaf.entry_id)
        .where(Entry.document_id == event.document_id, Entry.stream == "act")
        .limit(1)
    )
    older = w.db.scalar(chain.where(Entry.id < event.entry_id).order_by(Entry.id.desc()))
    newer = w.db.scalar(chain.where(Entry.id > event.entry_id).order_by(Entry.id))
    return (None if older is None else older + 1), (None if newer is None else newer + 1)


def _traces(w: Work, event: Event) -> dict[str, Note]:
    stored = {
        row.kind: row
        for row in w.db.execute(
            select(EntryNote.kind, EntryNote.salt, EntryNote.text).where(
                EntryNote.entry_id == event.entry_id, EntryNote.kind.in_(("ip", "user_agent"))
            )
        )
    }
    found = {}
    for kind in ("ip", "user_agent"):
        row = stored.get(kind)
        note = note_of(event.body.get(kind), row.salt if row else None, row.text if row else None)
        if note is not None:
            found[kind] = note
    return found


def _after(w: Work, event: Event) -> dict[str, Any]:
    found = event.body.get("after")
    after = dict(found) if isinstance(found, dict) else {}
    for role in ("drafter", "signer", "signed_by", "numbered_by"):
        if isinstance(after.get(role), int) and (person := w.directory.people.get(after[role])):
            after[role] = person.name
    state, facts = after.get("state"), event.facts
    if not isinstance(state, str):
        pass
    elif state == facts.get("to"):
        after["state"] = facts.get("to_label", state)
    else:
        labels = (flow.definition.states for flow in w.engine.flows.values())
        after["state"] = next((states[state].label for states in labels if state in states), state)
    return {key: value for key, value in after.items() if value is not None}


def _proof(w: Work, event: Event) -> Proof | None:
    checkpoint = newest_checkpoint(w)
    if event.number is None or checkpoint is None or event.number > checkpoint.size:
        return None
    index = event.number - 1
    path = merkle.inclusion_proof(index, checkpoint.size, _nodes(w, index, checkpoint.size))
    leaf = merkle.leaf_hash(entry_hash(event.stored))
    holds = merkle.verify_inclusion(
        leaf, index=index, size=checkpoint.size, proof=path, root=bytes.fromhex(checkpoint.root)
    )
    return Proof(checkpoint, index, leaf.hex(), tuple(_climb(leaf, index, checkpoint.size, path)), holds)


def _climb(leaf: bytes, index: int, size: int, path: list[bytes]) -> list[Level]:
    """The same walk as RFC 9162, 2.1.3.2, with every node on the way, so that a person can follow it."""
    levels = []
    fn, sn, node = index, size - 1, leaf
    for neighbour in path:
        if fn & 1 or fn == sn:
            node = merkle.node_hash(neighbour, node)
            levels.append(Level("left", neighbour.hex(), node.hex()))
            while not fn & 1 and fn:
                fn, sn = fn >> 1, sn >> 1
        else:
            node = merkle.node_hash(node, neighbour)
            levels.append(Level("right", neighbour.hex(), node.hex()))
        fn, sn = fn >> 1, sn >> 1
    return levels


def _nodes(w: Work, index: int, size: int) -> merkle.Node:
    """All nodes the proof asks for, in one statement: about two rows for each level of the tree."""
    places = {}
    for level, at in merkle.nodes_needed(merkle.inclusion_proof, index, size):
        places[level, at] = (at, 0) if level == 0 else merkle.subtree_place(level, at)
    rows = w.db.execute(
        select(Leaf.position, Leaf.nodes, Entry.hash)
        .outerjoin(Entry, Entry.id == Leaf.entry_id)
        .where(Leaf.position.in_({position for position, _ in places.values()}))
    )
    stored = {row.position: row for row in rows}

    def node(level: int, at: int) -> bytes:
        position, offset = places[level, at]
        row = stored.get(position)
        if row is None or row.hash is None:
            return merkle.EMPTY  # a row is gone: the proof will not hold, and says so
        if level == 0:
            return merkle.leaf_hash(row.hash)
        found: bytes = row.nodes[offset : offset + merkle.HASH_SIZE]
        return found if len(found) == merkle.HASH_SIZE else merkle.EMPTY

    return node
