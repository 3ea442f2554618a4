"""
The tree against its definition, written a second time here straight from RFC 9162, section 2.1.

Sizes 1..64 in every position on each run, 1..300 with TRINHKY_SOAK set.
"""

import hashlib
import os
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workflow.log import merkle
from workflow.log.merkle import (
    EMPTY,
    Frontier,
    consistency_proof,
    inclusion_proof,
    leaf_hash,
    nodes_needed,
    range_hash,
    root,
    subtree_place,
    verify_consistency,
    verify_inclusion,
)

LARGEST = 300 if os.environ.get("TRINHKY_SOAK") else 64
DATA = [b"entry %d" % number for number in range(LARGEST)]
LEAVES = [leaf_hash(data) for data in DATA]


# The definition, recursive and slow, over (start, end) of DATA.


def below(width):
    k = 1
    while k * 2 < width:
        k *= 2
    return k


@cache
def mth(start, end):
    if end == start:
        return hashlib.sha256(b"").digest()
    if end - start == 1:
        return hashlib.sha256(b"\x00" + DATA[start]).digest()
    middle = start + below(end - start)
    return hashlib.sha256(b"\x01" + mth(start, middle) + mth(middle, end)).digest()


def path(m, start, end):
    if end - start == 1:
        return []
    k = below(end - start)
    if m < k:
        return [*path(m, start, start + k), mth(start + k, end)]
    return [*path(m - k, start + k, end), mth(start, start + k)]


def subproof(m, start, end, whole):
    if m == end - start:
        return [] if whole else [mth(start, end)]
    k = below(end - start)
    if m <= k:
        return [*subproof(m, start, start + k, whole), mth(start + k, end)]
    return [*subproof(m - k, start + k, end, False), mth(start, start + k)]


# The storage the product uses: one row a leaf, written once.


def grown(size):
    frontier, rows = Frontier(), []
    for leaf in LEAVES[:size]:
        rows.append(b"".join(frontier.append(leaf)))
    return frontier, rows


ROWS = grown(LARGEST)[1]


def stored_node(level, index):
    if level == 0:
        return LEAVES[index]
    leaf, offset = subtree_place(level, index)
    part = ROWS[leaf][offset : offset + 32]
    assert len(part) == 32, f"no such complete subtree: {level}, {index}"
    return part


def within(size):
    """Lookups that fail beyond the tree: an old proof may not lean on newer leaves."""

    def node(level, index):
        assert (index + 1) << level <= size
        return stored_node(level, index)

    return node


def bits(values):
    """Every list that differs from `values` in one bit."""
    for position, value in enumerate(values):
        for bit in range(len(value) * 8):
            flipped = bytearray(value)
            flipped[bit // 8] ^= 1 << bit % 8
            yield [*values[:position], bytes(flipped), *values[position + 1 :]]


def test_roots_equal_the_published_vectors_of_certificate_transparency():
    inputs = (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
    published = (
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    )
    leaves = [leaf_hash(bytes.fromhex(text)) for text in inputs]
    assert [root(leaves[:size]).hex() for size in range(1, 9)] == list(published)
    assert root([]).hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


def test_the_root_of_every_size_is_the_definition():
    for size in range(LARGEST + 1):
        assert root(LEAVES[:size]) == grown(size)[0].root() == mth(0, size)


def test_the_rows_hold_exactly_the_complete_subtrees_that_end_at_each_leaf():
    for leaf, row in enumerate(ROWS):
        ends = leaf + 1
        levels = [level for level in range(1, 10) if ends % (1 << level) == 0]
        assert row == b"".join(mth(ends - (1 << level), ends) for level in levels)


def test_a_subtree_is_found_at_its_place():
    for level in range(1, LARGEST.bit_length()):
        for index in range(LARGEST >> level):
            assert stored_node(level, index) == mth(index << level, (index + 1) << level)


@pytest.mark.parametrize(("level", "index"), [(0, 0), (-1, 0), (1, -1)])
def test_leaves_have_no_place_among_the_subtrees(level, index):
    with pytest.raises(ValueError, match="no row"):
        subtree_place(level, index)


def test_a_range_hash_is_the_definition_wherever_the_recursion_cuts():
    for start in range(LARGEST):
        for end in range(start + 1, LARGEST + 1):
            width = 1
            while width < end - start:
                width *= 2
            if start % width == 0:
                assert range_hash(start, end, stored_node) == mth(start, end)
            else:
                with pytest.raises(ValueError, match="no subtree"):
                    range_hash(start, end, stored_node)


def test_every_inclusion_proof_is_the_definition_and_is_accepted():
    for size in range(1, LARGEST + 1):
        for index in range(size):
            proof = inclusion_proof(index, size, within(size))
            assert proof == path(index, 0, size)
            assert verify_inclusion(LEAVES[index], index=index, size=size, proof=proof, root=mth(0, size))


def test_every_consistency_proof_is_the_definition_and_is_accepted():
    for second in range(1, LARGEST + 1):
        for first in range(1, second + 1):
            proof = consistency_proof(first, second, within(second))
            assert proof == subproof(first, 0, second, True)
            assert verify_consistency(
                first, second, first_root=mth(0, first), second_root=mth(0, second), proof=proof
            )


def test_an_inclusion_proof_holds_for_no_other_leaf_index_size_or_root():
    """A size goes with its root: the checkpoint signs both, since one path can fit two sizes."""
    for size in range(1, 25):
        for index in range(size):
            claim = {"index": index, "size": size, "proof": path(index, 0, size), "root": mth(0, size)}
            for other in range(25):
                if other != index:
                    assert not verify_inclusion(LEAVES[other], **claim)
                    assert not verify_inclusion(LEAVES[index], **claim | {"index": other})
                if other != size:
                    assert not verify_inclusion(LEAVES[index], **claim | {"root": mth(0, other)})
                    assert not verify_inclusion(
                        LEAVES[index], **claim | {"size": other, "root": mth(0, other)}
                    )


def test_every_flipped_bit_of_an_inclusion_proof_leaf_or_root_is_refused():
    for size in range(1, 14):
        for index in range(size):
            parts = [LEAVES[index], mth(0, size), *path(index, 0, size)]
            for leaf, top, *proof in bits(parts):
                assert not verify_inclusion(leaf, index=index, size=size, proof=proof, root=top)


def test_every_flipped_bit_of_a_consistency_proof_or_root_is_refused():
    for second in range(1, 14):
        for first in range(1, second + 1):
            parts = [mth(0, first), mth(0, second), *subproof(first, 0, second, True)]
            for first_root, second_root, *proof in bits(parts):
                assert not verify_consistency(
                    first, second, first_root=first_root, second_root=second_root, proof=proof
                )


def spoiled(proof):
    """Proofs of another shape made from the same bytes."""
    yield [*proof, EMPTY]
    yield [EMPTY, *proof]
    if proof:
        yield proof[:-1]
        yield proof[1:]
        yield [*proof, proof[-1]]
        yield [proof[0][:31], *proof[1:]]
        yield [proof[0].hex(), *proof[1:]]
        yield [None, *proof[1:]]
    if len(proof) > 1:
        yield [b"".join(proof)]
        yield proof[::-1]
        yield [proof[0] + proof[1][:1], proof[1][1:], *proof[2:]]


def test_a_proof_cut_lengthened_turned_or_shifted_is_refused():
    for size in range(1, 20):
        for other in range(size):
            for proof in spoiled(path(other, 0, size)):
                assert not verify_inclusion(
                    LEAVES[other], index=other, size=size, proof=proof, root=mth(0, size)
                )
            first = other + 1
            for proof in spoiled(subproof(first, 0, size, True)):
                roots = {"first_root": mth(0, first), "second_root": mth(0, size)}
                assert not verify_consistency(first, size, **roots, proof=proof)


def test_a_proof_that_is_shorter_or_longer_than_the_claimed_size_wants_is_refused():
    """Each of these leads to the root it names; only the size it claims is a lie."""
    leaf, sibling = LEAVES[:2]
    pair = merkle.node_hash(sibling, leaf)
    assert not verify_inclusion(leaf, index=0, size=1, proof=[sibling], root=pair)
    assert not verify_inclusion(leaf, index=0, size=4, proof=[sibling], root=mth(0, 2))
    four = {"first_root": mth(0, 2), "second_root": mth(0, 4), "proof": [mth(2, 4)]}
    assert verify_consistency(2, 4, **four)
    assert not verify_consistency(2, 8, **four)
    for second in range(2, 20):
        for first in range(1, second):
            roots = {"first_root": mth(0, first), "second_root": mth(0, second)}
            assert not verify_consistency(first, second, **roots, proof=[])


def test_bytes_cannot_be_moved_between_a_leaf_and_its_sibling():
    leaf, sibling = LEAVES[:2]
    claim = {"index": 0, "size": 2, "root": mth(0, 2)}
    assert verify_inclusion(leaf, proof=[sibling], **claim)
    assert not verify_inclusion(leaf + sibling[:1], proof=[sibling[1:]], **claim)
    assert not verify_inclusion(leaf[:-1], proof=[leaf[-1:] + sibling], **claim)


def test_a_consistency_proof_holds_for_no_other_pair_of_roots():
    for second in range(2, 20):
        for first in range(1, second):
            proof = subproof(first, 0, second, True)
            for other in set(range(1, 20)) - {first}:
                assert not verify_consistency(
                    first, second, first_root=mth(0, other), second_root=mth(0, second), proof=proof
                )
            for other in set(range(1, 20)) - {second}:
                assert not verify_consistency(
                    first, second, first_root=mth(0, first), second_root=mth(0, other), proof=proof
                )


def test_an_inner_node_never_passes_for_a_leaf():
    top = mth(0, 4)
    assert not verify_inclusion(leaf_hash(mth(0, 2)), index=0, size=2, proof=[mth(2, 4)], root=top)
    assert verify_inclusion(
        mth(0, 2), index=0, size=2, proof=[mth(2, 4)], root=top
    )  # why leaves are hashed here


@pytest.mark.parametrize(("index", "size"), [(-1, 3), (3, 3), (0, 0), (0, -1)])
def test_positions_outside_the_tree_have_no_proof_and_none_is_accepted(index, size):
    with pytest.raises(ValueError, match="no leaf"):
        inclusion_proof(index, size, stored_node)
    assert not verify_inclusion(LEAVES[0], index=index, size=size, proof=[], root=LEAVES[0])


def test_a_tree_does_not_shrink_and_its_equal_needs_equal_roots():
    with pytest.raises(ValueError, match="no tree"):
        consistency_proof(3, 2, stored_node)
    roots = {"first_root": mth(0, 3), "second_root": mth(0, 2)}
    assert not verify_consistency(3, 2, **roots, proof=[])
    assert not verify_consistency(-1, 2, **roots, proof=[])
    assert not verify_consistency(2, 2, **roots, proof=[])


def test_every_tree_begins_with_the_empty_one_and_only_with_it():
    assert consistency_proof(0, 5, stored_node) == []
    assert verify_consistency(0, 5, first_root=EMPTY, second_root=mth(0, 5), proof=[])
    assert not verify_consistency(0, 5, first_root=mth(0, 1), second_root=mth(0, 5), proof=[])
    assert not verify_consistency(0, 5, first_root=EMPTY, second_root=mth(0, 5), proof=[EMPTY])
    assert verify_consistency(0, 0, first_root=EMPTY, second_root=EMPTY, proof=[])
    assert not verify_consistency(0, 0, first_root=LEAVES[0], second_root=LEAVES[0], proof=[])


@given(st.integers(0, LARGEST), st.integers(0, LARGEST))
def test_a_frontier_read_back_goes_on_as_if_never_stored(one, other):
    first, last = min(one, other), max(one, other)
    kept = Frontier.from_bytes(grown(first)[0].to_bytes())
    assert (kept.size, kept.root()) == (first, mth(0, first))
    rows = [b"".join(kept.append(leaf)) for leaf in LEAVES[first:last]]
    assert rows == ROWS[first:last]
    assert (kept.size, kept.root()) == (last, mth(0, last))


@given(st.binary(max_size=200))
def test_bytes_are_a_frontier_only_if_size_and_peaks_agree(stored):
    fits = len(stored) >= 8 and len(stored) - 8 == 32 * int.from_bytes(stored[:8], "big").bit_count()
    if fits:
        assert Frontier.from_bytes(stored).to_bytes() == stored
    else:
        with pytest.raises(ValueError, match="frontier"):
            Frontier.from_bytes(stored)


def test_a_frontier_takes_hashes_only():
    with pytest.raises(ValueError, match="32"):
        Frontier().append(b"entry")


@settings(max_examples=200)
@given(st.data())
def test_the_nodes_fetched_beforehand_are_all_a_proof_needs(data):
    size = data.draw(st.integers(1, LARGEST))
    index = data.draw(st.integers(0, size - 1))
    for proof, one in ((inclusion_proof, index), (consistency_proof, index)):
        fetched = {place: stored_node(*place) for place in nodes_needed(proof, one, size)}
        assert proof(one, size, lambda *place, held=fetched: held[place]) == proof(one, size, stored_node)


def test_a_proof_in_a_tree_of_a_million_is_twenty_hashes_from_forty_lookups_at_most():
    million = 1_000_000
    for index in (0, 1, 499_999, 999_998, 999_999):
        places = nodes_needed(inclusion_proof, index, million)
        assert len(places) <= 40
        assert len(inclusion_proof(index, million, lambda level, at: EMPTY)) <= 20
        assert all((at + 1) << level <= million for level, at in places)


def test_hashes_of_leaf_and_node_carry_different_first_bytes():
    one, other = LEAVES[:2]
    assert merkle.node_hash(one, other) == hashlib.sha256(b"\x01" + one + other).digest()
    assert merkle.node_hash(one, other) != leaf_hash(one + other)
