"""Checkpoints and their key: what is signed, what is refused, and where the key lies."""

import base64
import hashlib
import os
import stat
import threading
from datetime import UTC, datetime, timedelta, timezone

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from workflow.log.checkpoint import (
    BadCheckpoint,
    Checkpoint,
    CheckpointKey,
    PublicKey,
    outside_its_time,
    read_checkpoint,
    sign_checkpoint,
)
from workflow.log.key import BadKey

AT = datetime(2026, 11, 21, 3, 0, 0, 250_000, UTC)
ROOT = hashlib.sha256(b"root").digest()
KEY = CheckpointKey.create("trinhky.hoaan.vn/so-khcn")
OTHER = CheckpointKey.create("trinhky.hoaan.vn/so-khcn")
NOTE = sign_checkpoint(KEY, size=42, root=ROOT, at=AT)
TEXT = NOTE.partition("\n\n")[0] + "\n"
HEAD = f"PRIVATE+KEY+{KEY.origin}+{KEY.key_id}+"


def signed(text, *, key=KEY, name=None):
    """A note over any text, signed soundly: what a wrong form looks like when only the form is wrong."""
    line = base64.b64encode(key.public.id_bytes + key.sign(text.encode())).decode()
    return f"{text}\n— {name or key.origin} {line}\n"


def refused(note, key=KEY):
    with pytest.raises(BadCheckpoint) as refusal:
        read_checkpoint(note, key.public)
    return refusal.value.reason


def test_a_note_is_origin_size_root_time_and_signature():
    origin, size, root, at, empty, signature, end = NOTE.split("\n")
    assert (origin, size, at) == (KEY.origin, "42", "2026-11-21T03:00:00.250000Z")
    assert base64.b64decode(root) == ROOT
    assert (empty, end) == ("", "")
    mark, name, encoded = signature.split(" ")
    assert (mark, name) == ("—", KEY.origin)
    raw = base64.b64decode(encoded)
    assert raw[:4].hex() == KEY.key_id
    Ed25519PublicKey.from_public_bytes(KEY.public.raw).verify(raw[4:], TEXT.encode())


def test_a_signed_checkpoint_reads_back():
    assert read_checkpoint(NOTE, KEY.public) == Checkpoint(KEY.origin, 42, ROOT, AT, KEY.key_id)


def test_the_time_is_written_in_utc_whatever_zone_it_came_in():
    vietnam = AT.astimezone(timezone(timedelta(hours=7)))
    assert sign_checkpoint(KEY, size=42, root=ROOT, at=vietnam) == NOTE


def test_every_flipped_bit_of_a_note_is_refused():
    whole = NOTE.encode()
    for bit in range(len(whole) * 8):
        flipped = bytearray(whole)
        flipped[bit // 8] ^= 1 << bit % 8
        refused(flipped.decode("utf-8", errors="surrogateescape").encode("utf-8", "replace").decode())


def test_every_removed_or_doubled_line_is_refused():
    lines = NOTE.split("\n")
    for at in range(len(lines) - 2):
        refused("\n".join(lines[:at] + lines[at + 1 :]))
        refused("\n".join([*lines[: at + 1], *lines[at:]]))


def test_another_key_of_the_same_origin_is_refused():
    assert refused(sign_checkpoint(OTHER, size=42, root=ROOT, at=AT)) == "key"
    assert refused(NOTE, OTHER) == "key"


def test_a_signature_of_another_key_under_our_key_id_is_refused():
    forged = base64.b64encode(KEY.public.id_bytes + OTHER.sign(TEXT.encode())).decode()
    assert refused(f"{TEXT}\n— {KEY.origin} {forged}\n") == "signature"


def test_a_false_signature_of_ours_beside_a_true_one_is_refused():
    forged = base64.b64encode(KEY.public.id_bytes + bytes(64)).decode()
    assert refused(NOTE + f"— {KEY.origin} {forged}\n") == "signature"
    short = base64.b64encode(KEY.public.id_bytes + bytes(63)).decode()
    assert refused(NOTE + f"— {KEY.origin} {short}\n") == "signature"


def test_a_signature_taken_from_another_checkpoint_is_refused():
    later = sign_checkpoint(KEY, size=43, root=ROOT, at=AT)
    assert refused(TEXT + "\n" + later.rpartition("\n\n")[2]) == "signature"


def test_another_logs_checkpoint_is_refused_although_its_signature_holds():
    stranger = CheckpointKey.create("trinhky.hoaan.vn/so-y-te")
    note = sign_checkpoint(stranger, size=42, root=ROOT, at=AT)
    assert read_checkpoint(note, stranger.public).size == 42
    assert refused(note) == "origin"
    assert refused(signed(TEXT.replace(KEY.origin, stranger.origin), key=KEY)) == "origin"


def test_a_witness_may_sign_beside_us_but_not_in_our_place():
    witness = CheckpointKey.create("witness.example")
    line = signed(TEXT, key=witness).rpartition("\n\n")[2]
    assert read_checkpoint(NOTE + line, KEY.public).size == 42
    assert refused(TEXT + "\n" + line) == "key"


@pytest.mark.parametrize(
    "text",
    [
        TEXT.replace("\n42\n", "\n042\n"),
        TEXT.replace("\n42\n", "\n0\n"),
        TEXT.replace("\n42\n", "\n-42\n"),
        TEXT.replace("\n42\n", "\n+42\n"),
        TEXT.replace("\n42\n", "\n4_2\n"),
        TEXT.replace("\n42\n", "\n42 \n"),
        TEXT.replace("\n42\n", "\n٤٢\n"),
        TEXT.replace("\n42\n", f"\n{10**19}\n"),
        TEXT.replace("\n42\n", "\n\n"),
        TEXT.replace("=\n", "\n"),
        TEXT.replace(base64.b64encode(ROOT).decode(), base64.b64encode(ROOT[:31]).decode()),
        TEXT.replace(".250000Z", "Z"),
        TEXT.replace(".250000Z", ".250000+00:00"),
        TEXT.replace(".250000Z", ".250000"),
        TEXT.replace("T03", " 03"),
        TEXT.replace("2026-11-21", "2026-02-30"),
        TEXT + "more\n",
        TEXT.rpartition("2026")[0],
    ],
)
def test_a_soundly_signed_note_in_another_form_is_refused(text):
    assert text != TEXT
    assert refused(signed(text)) == "form"


@pytest.mark.parametrize(
    "note", ["", "\n\n", TEXT, TEXT + "\n", NOTE[:-1], NOTE + "\n", NOTE + "x\n", "\n" + NOTE]
)
def test_a_note_that_is_none_is_refused(note):
    assert refused(note) == "form"


@pytest.mark.parametrize(
    "line", ["— a", "- a AAAAAAAA", "— a AAAA", "—  AAAAAAAA", "— a AAAAAA", "— a AAAA AAAA"]
)
def test_a_signature_line_of_another_form_is_refused(line):
    assert refused(NOTE + line + "\n") == "form"


def test_nothing_is_signed_without_an_entry_a_whole_root_and_a_zone():
    for wrong in ({"size": 0}, {"root": ROOT[:31]}, {"at": AT.replace(tzinfo=None)}):
        with pytest.raises(ValueError, match="checkpoint needs"):
            sign_checkpoint(KEY, **{"size": 1, "root": ROOT, "at": AT} | wrong)


def test_a_leaf_below_a_checkpoint_is_not_younger_and_one_above_is_not_older():
    first = Checkpoint("log", 10, ROOT, AT, "")
    second = Checkpoint("log", 20, ROOT, AT + timedelta(hours=1), "")
    both = [first, second]
    tick = timedelta(microseconds=1)
    assert outside_its_time(9, AT, both) == []
    assert outside_its_time(9, AT + tick, both) == [first]
    assert outside_its_time(10, AT, both) == []
    assert outside_its_time(10, AT + tick, both) == []
    assert outside_its_time(10, AT - tick, both) == [first]
    assert outside_its_time(15, AT + timedelta(hours=1) + tick, both) == [second]
    assert outside_its_time(25, AT - tick, both) == both
    assert outside_its_time(10, AT - tick, both, slack=timedelta(seconds=1)) == []


def test_keys_are_written_as_signed_notes_write_them():
    """The example key of Go's golang.org/x/mod/sumdb/note; both of its halves are published."""
    private = "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz"
    public = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
    key = CheckpointKey.from_text(private)
    assert (key.text, key.public.text, key.key_id) == (private, public, "c74f20a3")
    assert PublicKey.from_text(public + "\n") == key.public


def test_a_key_reads_back_from_its_text():
    assert CheckpointKey.from_text(KEY.text) == KEY
    assert PublicKey.from_text(KEY.public.text) == KEY.public


def test_the_seed_is_shown_by_no_repr_and_no_refusal():
    seed = KEY.text.split("+", 4)[4]
    assert seed not in repr(KEY)
    assert repr(base64.b64decode(seed)[1:]) not in repr(KEY)
    with pytest.raises(BadKey) as refusal:
        CheckpointKey.from_text(KEY.text.replace(KEY.key_id, "00000000"))
    assert seed not in str(refusal.value)


@pytest.mark.parametrize(
    "text",
    [
        "",
        KEY.public.text,
        KEY.text[:-4],
        KEY.text.replace("PRIVATE", "PUBLIC"),
        KEY.text.replace(KEY.origin, "other"),
        KEY.text.replace(KEY.origin, ""),
        HEAD + base64.b64encode(b"\x02" + base64.b64decode(KEY.text.split("+", 4)[4])[1:]).decode(),
        HEAD + "***",
        HEAD + "é",
    ],
    ids=str.__len__,
)
def test_a_text_that_is_no_key_is_refused(text):
    with pytest.raises(BadKey):
        CheckpointKey.from_text(text)


@pytest.mark.parametrize(
    "text",
    ["", KEY.text, KEY.public.text[:-4], OTHER.public.text.replace(OTHER.key_id, KEY.key_id)],
    ids=["empty", "private", "short", "other id"],
)
def test_a_text_that_is_no_public_key_is_refused(text):
    with pytest.raises(BadKey):
        PublicKey.from_text(text)


@pytest.mark.parametrize("origin", ["", "sở", "two words", "a+b", "a\nb"])
def test_an_origin_that_a_note_cannot_carry_is_refused(origin):
    with pytest.raises(BadKey):
        CheckpointKey.create(origin)


def test_a_key_file_is_made_once_for_its_owner_alone(tmp_path):
    path = tmp_path / "instance" / "checkpoint.key"
    key = CheckpointKey.load_or_create(path, origin="log")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert CheckpointKey.load_or_create(path, origin="another") == key
    assert CheckpointKey.from_text(path.read_text()) == key
    assert [item.name for item in path.parent.iterdir()] == ["checkpoint.key"]


@pytest.mark.skipif(os.name == "nt", reason="Windows has other permissions")
@pytest.mark.parametrize("mode", [0o604, 0o640, 0o620, 0o602, 0o610, 0o644, 0o777])
def test_a_key_file_open_to_others_is_refused(tmp_path, mode):
    path = tmp_path / "checkpoint.key"
    CheckpointKey.load_or_create(path, origin="log")
    path.chmod(mode)
    with pytest.raises(BadKey) as refusal:
        CheckpointKey.load_or_create(path, origin="log")
    assert refusal.value.reason == "permissions"


@pytest.mark.parametrize("content", [b"", b"\n", b"\xff\xfe", b"PRIVATE+KEY+log"])
def test_a_broken_key_file_is_refused_and_never_replaced(tmp_path, content):
    path = tmp_path / "checkpoint.key"
    path.write_bytes(content)
    path.chmod(0o600)
    with pytest.raises(BadKey):
        CheckpointKey.load_or_create(path, origin="log")
    assert path.read_bytes() == content


def test_nodes_that_start_together_end_with_one_key(tmp_path):
    path, keys, ready = tmp_path / "checkpoint.key", [], threading.Barrier(16)

    def start():
        ready.wait()
        keys.append(CheckpointKey.load_or_create(path, origin="log"))

    threads = [threading.Thread(target=start) for _ in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(keys) == 16
    assert len(set(keys)) == 1
    assert [item.name for item in tmp_path.iterdir()] == ["checkpoint.key"]
