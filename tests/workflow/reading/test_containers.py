"""The directory of a ZIP is judged before a byte is unpacked: each lie has its name."""

import io
import struct
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.workflow.reading.files import body, own, packed, paragraph, raw_zip, types, word
from workflow.errors import Unreadable
from workflow.reading.containers import MOST_ENTRIES, directory_of


def refused(data: bytes) -> tuple[str, object]:
    with pytest.raises(Unreadable) as no:
        directory_of(data)
    return no.value.reason, no.value.facts.get("what")


def test_an_honest_zip_is_read_as_the_standard_library_reads_it():
    data = own("s0.txt", "docx")
    with zipfile.ZipFile(io.BytesIO(data)) as whole:
        assert directory_of(data).names == set(whole.namelist())
        assert sum(entry.size for entry in directory_of(data).entries) == sum(
            i.file_size for i in whole.infolist()
        )


@pytest.mark.parametrize(
    "name",
    [
        "../../etc/cron.d/x",
        "/etc/passwd",
        "word/../../x",
        "C:/x",
        "word\\..\\x",
        "a//b",
        "./a",
        "a\nb",
        " / ",
    ],
)
def test_a_name_that_leads_out_is_refused(name):
    assert refused(raw_zip([("word/document.xml", b"x"), (name, b"x")]))[0] == "unsafe_names"


def test_a_link_and_a_name_that_stands_twice_are_refused():
    assert refused(raw_zip([("word/a", b"/etc/passwd")], attributes=0o120777 << 16)) == (
        "unsafe_names",
        "link",
    )
    assert refused(raw_zip([("word/a.xml", b"x"), ("word/A.xml", b"y")])) == ("unsafe_names", "twice")


def test_what_unpacks_to_too_much_is_refused_unseen():
    assert refused(packed({"a": bytes(30_000_000)}))[0] == "bomb"
    assert refused(raw_zip([(f"a{place}", b"x" * 1000) for place in range(60)], sizes=1_000_000))[0] == "bomb"
    assert refused(raw_zip([(f"{place}", b"") for place in range(MOST_ENTRIES + 1)]))[0] == "bomb"


def test_a_high_ratio_of_little_is_no_bomb():
    assert len(directory_of(packed({"a": bytes(900_000)})).entries) == 1


def test_members_that_share_their_bytes_are_a_bomb():
    data = bytearray(raw_zip([("a", b"x" * 5000), ("b", b"x" * 5000)]))
    second = bytes(data).index(b"PK\x03\x04", 4)
    entry = bytes(data).rindex(b"PK\x01\x02")
    # The second member is said to begin where the first does; its own header there has the first one's name.
    data[entry + 42 : entry + 46] = struct.pack("<L", 0)
    data[30] = ord("b")
    assert second > 0
    first = bytes(data).index(b"PK\x01\x02")
    data[first + 46] = ord("b")
    data[entry + 46] = ord("b")
    assert refused(bytes(data)) in (("unsafe_names", "twice"), ("bomb", None))


@pytest.mark.parametrize("extra", [b"x", b"PK\x05\x06", b"\x00" * 100])
def test_words_behind_or_before_the_zip_are_refused(extra):
    data = word(body(paragraph("a")))
    assert refused(data + extra)[0] == "damaged"
    assert refused(extra + data)[0] == "damaged"


def test_the_rare_makes_are_refused():
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_BZIP2) as whole:
        whole.writestr("word/document.xml", "x")
    assert refused(made.getvalue()) == ("damaged", "zip_method")
    sixty_four = bytearray(packed({"a": b"x"}))
    end = bytes(sixty_four).rindex(b"PK\x05\x06")
    sixty_four[end + 8 : end + 12] = b"\xff\xff\xff\xff"
    assert refused(bytes(sixty_four))[0] in ("bomb", "damaged")


def test_a_locked_member_is_told():
    assert refused(raw_zip([("word/document.xml", b"x")], flags=1))[0] == "encrypted_office"


@given(st.data())
@settings(max_examples=300)
def test_a_broken_zip_is_read_or_refused_and_nothing_else(data):
    whole = bytearray(
        packed({"[Content_Types].xml": types(), "word/document.xml": body(paragraph("Kế hoạch"))})
    )
    for _ in range(data.draw(st.integers(1, 8))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    try:
        directory = directory_of(bytes(whole))
    except Unreadable:
        return
    assert all(0 <= entry.start <= entry.start + entry.packed <= len(whole) for entry in directory.entries)
