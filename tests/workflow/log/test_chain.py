"""The chain of one document: whatever is changed in the middle is found, and its place is named."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workflow.log.chain import GENESIS, Break, check_chain
from workflow.log.entry import entry_bytes, entry_hash


def told(length=6, *, document=7, **changes):
    """A sound chain: `length` entries a minute apart. `changes` maps e3 to what entry 3 says otherwise."""
    entries, prev = [], GENESIS
    for position in range(length):
        body = {
            "prev": prev,
            "document": document,
            "version": position + 1,
            "at": f"2026-11-21T03:{position:02}:00.000000Z",
            "step": "sign",
            "actor": "Nguyễn Thị Mai",
        } | changes.get(f"e{position}", {})
        stored = entry_bytes(body)
        entries.append((stored, entry_hash(stored)))
        prev = entry_hash(stored).hex()
    return entries


def places(breaks):
    return [(item.position, item.kind) for item in breaks]


def test_an_untouched_chain_holds():
    assert check_chain(told()) == []
    assert check_chain(told(), document=7) == []
    assert check_chain([]) == []


def test_a_changed_text_is_named_with_both_hashes():
    entries = told()
    stored, recorded = entries[2]
    forged = stored.replace(b"Mai", b"Hoa")
    entries[2] = (forged, recorded)
    assert check_chain(entries) == [
        Break(2, "hash", recorded.hex(), entry_hash(forged).hex()),
        Break(3, "prev", entry_hash(forged).hex(), recorded.hex()),
    ]


def test_a_changed_text_with_its_hash_computed_anew_is_remembered_by_the_next_entry():
    entries = told()
    forged = entries[2][0].replace(b"Mai", b"Hoa")
    entries[2] = (forged, entry_hash(forged))
    assert places(check_chain(entries)) == [(3, "prev")]


def test_a_changed_recorded_hash_is_found():
    entries = told()
    entries[4] = (entries[4][0], bytes(32))
    assert places(check_chain(entries)) == [(4, "hash")]


def test_a_removed_entry_is_found_where_the_next_one_stands():
    entries = told()
    del entries[2]
    assert places(check_chain(entries)) == [(2, "prev"), (2, "version")]


def test_a_chain_without_its_first_entry_is_found():
    assert places(check_chain(told()[1:])) == [(0, "prev")]


def test_a_doubled_entry_is_found():
    entries = told()
    entries.insert(3, entries[2])
    assert places(check_chain(entries)) == [(3, "prev"), (3, "version")]


def test_exchanged_entries_are_found():
    entries = told()
    entries[2], entries[3] = entries[3], entries[2]
    assert {item.position for item in check_chain(entries)} == {2, 3, 4}


def test_a_chain_written_anew_with_a_hole_in_its_versions_is_found():
    assert places(check_chain(told(e3={"version": 9}, e4={"version": 10}, e5={"version": 11}))) == [
        (3, "version")
    ]


@pytest.mark.parametrize("version", [None, "4", True, [4]])
def test_a_version_that_is_no_number_is_found(version):
    assert (3, "version") in places(check_chain(told(e3={"version": version})))


def test_true_does_not_count_as_version_one():
    assert places(check_chain(told(2, e0={"version": True}))) == [(0, "version")]


def test_a_date_set_back_is_found_although_all_hashes_hold():
    assert places(check_chain(told(e3={"at": "2026-11-21T03:00:59Z"}))) == [(3, "time")]


def test_equal_times_are_in_order():
    assert check_chain(told(e3={"at": "2026-11-21T03:02:00Z"})) == []


def test_times_are_compared_as_instants_not_as_text():
    assert check_chain(told(2, e0={"at": "2026-11-21T03:00:00Z"}, e1={"at": "2026-11-21T03:00:00.5Z"})) == []
    later_by_text = {"at": "2026-11-21T09:00:00+07:00"}
    assert places(check_chain(told(2, e1=later_by_text))) == [(1, "time")]


@pytest.mark.parametrize("at", [None, "", "21/11/2026", 5, "2026-11-21T03:09:00"])
def test_a_time_that_is_none_or_has_no_zone_is_found(at):
    assert places(check_chain(told(e3={"at": at}))) == [(3, "time")]


def test_a_bad_time_does_not_hide_a_step_back_after_it():
    assert places(check_chain(told(4, e2={"at": None}, e3={"at": "2026-11-21T03:00:30Z"}))) == [
        (2, "time"),
        (3, "time"),
    ]


def test_a_whole_chain_carried_to_another_document_is_found():
    assert places(check_chain(told(3, document=8), document=7)) == [
        (0, "document"),
        (1, "document"),
        (2, "document"),
    ]


def test_an_unreadable_entry_is_named_and_the_walk_goes_on():
    entries = told()
    entries[1] = (b"\x00" * 40, entry_hash(b"\x00" * 40))
    entries[4] = (entries[4][0] + b" ", entries[4][1])
    assert places(check_chain(entries)) == [
        (1, "unreadable"),
        (2, "prev"),
        (4, "hash"),
        (4, "unreadable"),
        (5, "prev"),
    ]


def test_every_flipped_bit_of_a_chain_is_found_at_its_entry():
    entries = told(3)
    for position, (stored, recorded) in enumerate(entries):
        for bit in range(len(stored) * 8):
            flipped = bytearray(stored)
            flipped[bit // 8] ^= 1 << bit % 8
            tampered = [*entries]
            tampered[position] = (bytes(flipped), recorded)
            assert check_chain(tampered)[0].position == position


@settings(max_examples=200)
@given(st.integers(0, 10**9))
def test_a_random_removal_doubling_or_exchange_is_found(seed):
    draw, entries = random.Random(seed), told(8)
    tampered = [*entries]
    match draw.choice(("remove", "double", "exchange")):
        case "remove":
            del tampered[draw.randrange(7)]  # the last one is the tree's to miss
        case "double":
            tampered.insert(draw.randrange(9), draw.choice(entries))
        case "exchange":
            one, other = draw.sample(range(8), 2)
            tampered[one], tampered[other] = tampered[other], tampered[one]
    assert check_chain(tampered)
