"""Entry bytes: one spelling only, `prev` inside, everything doubtful refused."""

import hashlib
import json
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workflow.log.chain import GENESIS
from workflow.log.entry import DEEPEST, LARGEST, BadEntry, entry_bytes, entry_hash, parse_entry

BODY = {
    "prev": GENESIS,
    "version": 1,
    "at": "2026-11-21T03:00:00Z",
    "actor": {"name": "Trần Thị Lan"},
    "ok": None,
}

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-LARGEST, LARGEST) | st.text(),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text("abcxyz_", min_size=1), inner, max_size=3)
    ),
    max_leaves=12,
)


def test_the_bytes_are_sorted_json_without_spaces():
    stored = entry_bytes(BODY)
    plain = json.dumps(BODY, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert stored == plain.encode()


def test_the_hash_is_over_the_domain_and_the_stored_bytes():
    stored = entry_bytes(BODY)
    assert entry_hash(stored) == hashlib.sha256(b"trinhky/entry/1\0" + stored).digest()


def test_prev_is_inside_the_hash():
    other = entry_bytes(BODY | {"prev": "1" * 64})
    assert entry_hash(other) != entry_hash(entry_bytes(BODY))


@settings(max_examples=300)
@given(st.dictionaries(st.text("abcdefgh", min_size=1), VALUES, max_size=5))
def test_what_is_written_reads_back_and_writes_the_same_bytes(body):
    stored = entry_bytes(body | {"prev": GENESIS})
    assert entry_bytes(parse_entry(stored)) == stored
    assert json.loads(stored) == parse_entry(stored)


def test_the_order_in_which_a_body_was_built_does_not_matter():
    assert entry_bytes(dict(reversed(BODY.items()))) == entry_bytes(BODY)


def test_a_decomposed_name_gives_the_same_bytes_as_a_composed_one():
    decomposed = BODY | {"actor": {"name": unicodedata.normalize("NFD", "Trần Thị Lan")}}
    assert entry_bytes(decomposed) == entry_bytes(BODY)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"prev": "0" * 63}, "prev"),
        ({"prev": "A" * 64}, "prev"),
        ({"prev": "0" * 64 + "\n"}, "prev"),
        ({"prev": None}, "prev"),
        ({"số": 1}, "key"),
        ({"inner": [{"tên": 1}]}, "key"),
        ({"number": LARGEST + 1}, "number"),
        ({"list": [-LARGEST - 1]}, "number"),
    ],
)
def test_a_body_that_another_reader_could_misread_is_refused(change, reason):
    with pytest.raises(BadEntry) as refusal:
        entry_bytes(BODY | change)
    assert refusal.value.reason == reason


def test_a_float_has_no_place_in_an_entry():
    with pytest.raises(TypeError):
        entry_bytes(BODY | {"amount": 1.5})


def test_nesting_has_a_limit_that_writer_and_reader_share():
    def nested(levels):
        value = 0
        for _ in range(levels):
            value = [value]
        return BODY | {"x": value}

    fits = entry_bytes(nested(DEEPEST - 2))
    assert parse_entry(fits)
    with pytest.raises(BadEntry):
        entry_bytes(nested(DEEPEST - 1))
    with pytest.raises(BadEntry):
        parse_entry(fits.replace(b"[0]", b"[[0]]"))


STORED = entry_bytes(BODY)


@pytest.mark.parametrize(
    ("stored", "reason"),
    [
        (b"", "json"),
        (STORED[:-1], "json"),
        (STORED + b"{}", "json"),
        (STORED + b"\n", "canonical"),
        (STORED.replace(b":null", b": null"), "canonical"),
        (STORED.replace(b'"version":1', b'"version":1.0'), "number"),
        (STORED.replace(b'"version":1', b'"version":1e0'), "number"),
        (STORED.replace(b'"version":1', b'"version":7,"version":1'), "canonical"),
        (STORED.replace(b"Lan", b"\\u004can"), "canonical"),
        (STORED.replace("ầ".encode(), unicodedata.normalize("NFD", "ầ").encode()), "canonical"),
        (STORED.replace(b"Lan", b"L\xff"), "json"),
        (STORED.replace(b"Lan", b"Lan\\r\\n"), "canonical"),
        (b"[1]", "object"),
        (b'{"version":1}', "prev"),
        (b'{"a":' + b"[" * 100_000 + b"]" * 100_000 + b"}", "depth"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_other_spellings_of_an_entry_are_refused(stored, reason):
    assert stored != STORED
    with pytest.raises(BadEntry) as refusal:
        parse_entry(stored)
    assert refusal.value.reason == reason


def test_every_flipped_bit_gives_another_hash_or_no_entry():
    for at in range(len(STORED) * 8):
        flipped = bytearray(STORED)
        flipped[at // 8] ^= 1 << at % 8
        assert entry_hash(bytes(flipped)) != entry_hash(STORED)
        try:
            parse_entry(bytes(flipped))
        except BadEntry:
            continue  # any other exception fails the test
