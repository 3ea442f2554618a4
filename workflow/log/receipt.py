"""
The receipt a signer takes away: with it alone, and the log's public key, the log can never deny the act.

It holds hashes and proofs, never the entry's text.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec
from msgspec import Struct

from workflow.content import canonical
from workflow.errors import WorkflowError
from workflow.log.checkpoint import Checkpoint, PublicKey, outside_its_time, read_checkpoint
from workflow.log.entry import BadEntry, entry_hash, is_hash, parse_entry
from workflow.log.merkle import Node, inclusion_proof, leaf_hash, verify_inclusion


class BadReceipt(WorkflowError):
    """A receipt that does not prove its entry. `reason`: form, inclusion, entry, time."""

    def __init__(self, reason: str):
        super().__init__(f"receipt: {reason}")
        self.reason = reason


@dataclass(frozen=True)
class Receipt:
    """Entry hash (32 bytes), its leaf's index, the inclusion proof, and the signed checkpoint it leads to."""

    entry: bytes
    index: int
    proof: tuple[bytes, ...]
    note: str

    def to_bytes(self) -> bytes:
        """Canonical JSON; hashes in hex."""
        return canonical(
            {
                "entry": self.entry.hex(),
                "index": self.index,
                "proof": [item.hex() for item in self.proof],
                "checkpoint": self.note,
            }
        )

    @classmethod
    def from_bytes(cls, stored: bytes) -> "Receipt":
        """Raises BadReceipt("form")."""
        try:
            written = msgspec.json.decode(stored, type=_Written)
        except (msgspec.MsgspecError, UnicodeDecodeError) as fault:
            raise BadReceipt("form") from fault
        if not all(is_hash(item) for item in (written.entry, *written.proof)):
            raise BadReceipt("form")
        proof = tuple(bytes.fromhex(item) for item in written.proof)
        receipt = cls(bytes.fromhex(written.entry), written.index, proof, written.checkpoint)
        if receipt.to_bytes() != stored:
            raise BadReceipt("form")
        return receipt


class _Written(Struct, frozen=True, forbid_unknown_fields=True):
    entry: str
    index: int
    proof: tuple[str, ...]
    checkpoint: str


def make_receipt(entry: bytes, *, index: int, size: int, note: str, node: Node) -> Receipt:
    """A receipt of the entry with this hash at leaf `index`; `note` is a checkpoint of `size` leaves."""
    return Receipt(entry, index, tuple(inclusion_proof(index, size, node)), note)


def verify_receipt(receipt: Receipt, public_key: PublicKey, *, stored: bytes | None = None) -> Checkpoint:
    """
    The checkpoint the receipt leads to, once signature and proof hold.

    With `stored`, the entry's bytes must be the ones the receipt is for, and not younger than the checkpoint.
    Raises BadCheckpoint for the note, BadReceipt for the rest.
    """
    checkpoint = read_checkpoint(receipt.note, public_key)
    included = verify_inclusion(
        leaf_hash(receipt.entry),
        index=receipt.index,
        size=checkpoint.size,
        proof=receipt.proof,
        root=checkpoint.root,
    )
    if not included:
        raise BadReceipt("inclusion")
    if stored is not None:
        if entry_hash(stored) != receipt.entry:
            raise BadReceipt("entry")
        if outside_its_time(receipt.index, _time_of(stored), [checkpoint]):
            raise BadReceipt("time")
    return checkpoint


def _time_of(stored: bytes) -> datetime:
    try:
        body: dict[str, Any] = parse_entry(stored)
        at = datetime.fromisoformat(body["at"])
    except (BadEntry, KeyError, TypeError, ValueError) as fault:
        raise BadReceipt("entry") from fault
    if at.tzinfo is None:
        raise BadReceipt("entry")
    return at
