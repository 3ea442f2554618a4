"""A receipt proves its entry to a stranger who holds the log's public key, and nothing else."""

import dataclasses
from datetime import UTC, datetime

import pytest

from workflow.log.chain import GENESIS
from workflow.log.checkpoint import BadCheckpoint, CheckpointKey, sign_checkpoint
from workflow.log.entry import entry_bytes, entry_hash
from workflow.log.merkle import Frontier, leaf_hash, subtree_place
from workflow.log.receipt import BadReceipt, Receipt, make_receipt, verify_receipt

KEY = CheckpointKey.create("trinhky.hoaan.vn/so-khcn")
ENTRIES = [
    entry_bytes({"prev": GENESIS, "version": 1, "document": number, "at": f"2026-11-21T03:00:{number:02}Z"})
    for number in range(21)
]
LEAVES = [leaf_hash(entry_hash(stored)) for stored in ENTRIES]


def issued(index, *, size=21, at=20, key=KEY):
    """The receipt of ENTRIES[index] from a log of `size` entries whose last one is of second `at`."""
    frontier, rows = Frontier(), []
    for leaf in LEAVES[:size]:
        rows.append(b"".join(frontier.append(leaf)))

    def node(level, place):
        if level == 0:
            return LEAVES[place]
        row, offset = subtree_place(level, place)
        return rows[row][offset : offset + 32]

    time = datetime(2026, 11, 21, 3, 0, at, tzinfo=UTC)
    note = sign_checkpoint(key, size=size, root=frontier.root(), at=time)
    return make_receipt(entry_hash(ENTRIES[index]), index=index, size=size, note=note, node=node)


RECEIPT = issued(13)


def reason(receipt, stored=None):
    with pytest.raises(BadReceipt) as refusal:
        verify_receipt(receipt, KEY.public, stored=stored)
    return refusal.value.reason


def test_every_receipt_of_a_log_verifies():
    for size in range(1, 22):
        for index in range(size):
            checkpoint = verify_receipt(issued(index, size=size), KEY.public, stored=ENTRIES[index])
            assert checkpoint.size == size


def test_a_receipt_for_one_entry_proves_no_other():
    other = dataclasses.replace(RECEIPT, entry=entry_hash(ENTRIES[12]))
    assert reason(other) == "inclusion"
    assert reason(dataclasses.replace(RECEIPT, index=12)) == "inclusion"
    assert reason(dataclasses.replace(RECEIPT, proof=RECEIPT.proof[:-1])) == "inclusion"
    assert reason(RECEIPT, stored=ENTRIES[12]) == "entry"


def test_a_checkpoint_of_an_older_or_forged_tree_does_not_carry_it():
    assert reason(dataclasses.replace(RECEIPT, note=issued(3, size=13).note)) == "inclusion"
    stranger = CheckpointKey.create(KEY.origin)
    with pytest.raises(BadCheckpoint):
        verify_receipt(issued(13, key=stranger), KEY.public)


def test_an_entry_younger_than_its_checkpoint_is_refused():
    early = issued(13, at=12)
    assert verify_receipt(early, KEY.public).size == 21
    assert reason(early, stored=ENTRIES[13]) == "time"


def test_bytes_that_are_no_entry_are_refused_even_under_their_own_hash():
    for stored in (
        b"{}",
        entry_bytes({"prev": GENESIS}),
        entry_bytes({"prev": GENESIS, "at": "2026-11-21T03:00:00"}),
    ):
        frontier = Frontier()
        frontier.append(leaf_hash(entry_hash(stored)))
        note = sign_checkpoint(KEY, size=1, root=frontier.root(), at=datetime(2026, 11, 21, tzinfo=UTC))
        receipt = Receipt(entry_hash(stored), 0, (), note)
        assert verify_receipt(receipt, KEY.public).size == 1
        assert reason(receipt, stored=stored) == "entry"


def test_a_receipt_reads_back():
    assert Receipt.from_bytes(RECEIPT.to_bytes()) == RECEIPT


def test_every_flipped_bit_of_a_receipt_is_refused():
    whole = RECEIPT.to_bytes()
    for bit in range(len(whole) * 8):
        flipped = bytearray(whole)
        flipped[bit // 8] ^= 1 << bit % 8
        with pytest.raises((BadReceipt, BadCheckpoint)):
            verify_receipt(Receipt.from_bytes(bytes(flipped)), KEY.public)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"{", b"{ "),
        (b'"index":13', b'"index":13.0'),
        (b'"index":13', b'"index":"13"'),
        (b'"index":13', b'"index":13,"more":1'),
        (b'"index":13', b'"index":12,"index":13'),
        (b'"proof":["', b'"proof":["A'),
        (b'"proof":["', b'"proof":["","'),
        (b'"checkpoint"', b'"note"'),
    ],
)
def test_another_spelling_of_a_receipt_is_refused(old, new):
    assert old in RECEIPT.to_bytes()
    with pytest.raises(BadReceipt) as refusal:
        Receipt.from_bytes(RECEIPT.to_bytes().replace(old, new, 1))
    assert refusal.value.reason == "form"
