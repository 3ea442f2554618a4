"""
The Merkle tree over all entries (RFC 9162, section 2.1): roots, growth, proofs, and checks of proofs.

Knows hashes and positions only. Complete subtrees are named (level, index): level 0 are the leaves, and
(level, index) covers the leaves index * 2^level … (index + 1) * 2^level - 1.

Storage: the row of leaf i keeps, joined, the hashes of every complete subtree of level 1 or more that ends at
leaf i, from level 1 upwards: what `Frontier.append` returns. Rows are written once and never touched again.
"""

import hashlib
from collections.abc import Callable, Sequence

Node = Callable[[int, int], bytes]  # (level, index) → 32 bytes

HASH_SIZE = 32
EMPTY = hashlib.sha256(b"").digest()  # the root of a tree without leaves


def leaf_hash(data: bytes) -> bytes:
    """Hash of a leaf. Here the data are the 32 bytes of an entry's hash, so that a receipt needs no entry."""
    return hashlib.sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Hash of an inner node. The first byte keeps a node from ever passing for a leaf."""
    return hashlib.sha256(b"\x01" + left + right).digest()


class Frontier:
    """The right edge of a growing tree: the roots of the complete subtrees it is made of, widest first."""

    def __init__(self) -> None:
        self.size = 0
        self._peaks: list[bytes] = []

    def append(self, leaf: bytes) -> list[bytes]:
        """Add a leaf hash; returns the hashes of the subtrees it completes, from level 1 upwards."""
        if len(leaf) != HASH_SIZE:
            raise ValueError(f"a leaf hash has {HASH_SIZE} bytes, not {len(leaf)}")
        completed: list[bytes] = []
        top, rest = leaf, self.size
        while rest & 1:
            top = node_hash(self._peaks.pop(), top)
            completed.append(top)
            rest >>= 1
        self._peaks.append(top)
        self.size += 1
        return completed

    def root(self) -> bytes:
        return _fold(self._peaks)

    def to_bytes(self) -> bytes:
        """Eight bytes of size, then the peaks: at most 8 + 32 * 64 bytes."""
        return self.size.to_bytes(8, "big") + b"".join(self._peaks)

    @classmethod
    def from_bytes(cls, stored: bytes) -> "Frontier":
        """Raises ValueError if the number of peaks does not follow from the size."""
        size = int.from_bytes(stored[:8], "big")
        if len(stored) != 8 + HASH_SIZE * size.bit_count():
            raise ValueError("these bytes are not a frontier")
        frontier = cls()
        frontier.size = size
        frontier._peaks = [stored[at : at + HASH_SIZE] for at in range(8, len(stored), HASH_SIZE)]
        return frontier


def root(leaf_hashes: Sequence[bytes]) -> bytes:
    """The root over leaf hashes."""
    frontier = Frontier()
    for leaf in leaf_hashes:
        frontier.append(leaf)
    return frontier.root()


def subtree_place(level: int, index: int) -> tuple[int, int]:
    """
    Where the hash of a complete subtree is kept: (leaf whose row holds it, offset in that row's bytes).

    Raises ValueError below level 1: a leaf's own hash follows from its entry.
    """
    if level < 1 or index < 0:
        raise ValueError(f"no row keeps the subtree ({level}, {index})")
    return ((index + 1) << level) - 1, (level - 1) * HASH_SIZE


def range_hash(start: int, end: int, node: Node) -> bytes:
    """
    The hash over the leaves start … end - 1, a range as the RFC's recursion cuts them.

    Raises ValueError for a range that is no subtree: one that does not start at a multiple of its width,
    rounded up to a power of two.
    """
    width = end - start
    if width < 1 or start < 0 or start % (1 << (width - 1).bit_length()):
        raise ValueError(f"leaves {start} to {end} are no subtree")
    parts = []
    while start < end:
        level = (
            end - start
        ).bit_length() - 1  # the widest complete subtree that fits; `start` is aligned to it
        parts.append(node(level, start >> level))
        start += 1 << level
    return _fold(parts)


def inclusion_proof(index: int, size: int, node: Node) -> list[bytes]:
    """PATH of leaf `index` in the tree of `size` leaves (2.1.3.1), nearest first. Raises ValueError."""
    if not 0 <= index < size:
        raise ValueError(f"no leaf {index} in a tree of {size}")
    start, end, path = 0, size, []
    while end - start > 1:
        middle = start + _split(end - start)
        if index < middle:
            path.append(range_hash(middle, end, node))
            end = middle
        else:
            path.append(range_hash(start, middle, node))
            start = middle
    return path[::-1]


def consistency_proof(first: int, second: int, node: Node) -> list[bytes]:
    """
    PROOF that the tree of `second` leaves begins with the tree of `first` (2.1.4.1). Raises ValueError.

    Empty for equal sizes, and for first = 0, where there is nothing to prove.
    """
    if not 0 <= first <= second:
        raise ValueError(f"no tree of {second} grows from one of {first}")
    if first == 0:
        return []
    start, end, whole, path = 0, second, True, []
    while first != end:
        middle = start + _split(end - start)
        if first <= middle:
            path.append(range_hash(middle, end, node))
            end = middle
        else:
            path.append(range_hash(start, middle, node))
            start, whole = middle, False
    if not whole:
        path.append(range_hash(start, end, node))
    return path[::-1]


def nodes_needed(
    proof: Callable[[int, int, Node], list[bytes]], one: int, other: int
) -> list[tuple[int, int]]:
    """The (level, index) a proof will ask for, so that they can be fetched in one statement beforehand."""
    asked: list[tuple[int, int]] = []

    def ask(level: int, index: int) -> bytes:
        asked.append((level, index))
        return EMPTY

    proof(one, other, ask)
    return asked


def verify_inclusion(leaf: bytes, *, index: int, size: int, proof: Sequence[bytes], root: bytes) -> bool:
    """Whether leaf hash `leaf` stands at `index` in the tree of `size` leaves with this root (2.1.3.2)."""
    if not 0 <= index < size or not _are_hashes([leaf, root, *proof]):
        return False
    fn, sn, r = index, size - 1, leaf
    for p in proof:
        if sn == 0:
            return False
        if fn & 1 or fn == sn:
            r = node_hash(p, r)
            while not fn & 1 and fn:
                fn, sn = fn >> 1, sn >> 1
        else:
            r = node_hash(r, p)
        fn, sn = fn >> 1, sn >> 1
    return sn == 0 and r == root


def verify_consistency(
    first: int, second: int, *, first_root: bytes, second_root: bytes, proof: Sequence[bytes]
) -> bool:
    """Whether the tree (first, first_root) is the beginning of the tree (second, second_root) (2.1.4.2)."""
    if not 0 <= first <= second or not _are_hashes([first_root, second_root, *proof]):
        return False
    if first == second:
        return not proof and first_root == second_root and (first > 0 or first_root == EMPTY)
    if first == 0:
        return not proof and first_root == EMPTY
    path = list(proof)
    if first & (first - 1) == 0:  # the first tree is complete, so its root is the first node of the path
        path.insert(0, first_root)
    if not path:
        return False
    fn, sn = first - 1, second - 1
    while fn & 1:
        fn, sn = fn >> 1, sn >> 1
    fr = sr = path[0]
    for c in path[1:]:
        if sn == 0:
            return False
        if fn & 1 or fn == sn:
            fr, sr = node_hash(c, fr), node_hash(c, sr)
            while not fn & 1 and fn:
                fn, sn = fn >> 1, sn >> 1
        else:
            sr = node_hash(sr, c)
        fn, sn = fn >> 1, sn >> 1
    return sn == 0 and fr == first_root and sr == second_root


def _split(width: int) -> int:
    """The largest power of two below `width` (the RFC's k)."""
    return 1 << ((width - 1).bit_length() - 1)


def _fold(parts: Sequence[bytes]) -> bytes:
    """One hash over neighbouring subtrees, from the narrow right to the wide left."""
    if not parts:
        return EMPTY
    top = parts[-1]
    for part in reversed(parts[:-1]):
        top = node_hash(part, top)
    return top


def _are_hashes(values: Sequence[object]) -> bool:
    """Every part must be 32 bytes long, or two neighbours could trade bytes across their border."""
    return all(isinstance(value, bytes) and len(value) == HASH_SIZE for value in values)
