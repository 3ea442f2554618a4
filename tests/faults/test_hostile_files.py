"""
Files made to break their reader (guarantees.md P10, F-02): each is read, or refused with a sentence; nothing else.

The number of mutated files is TRINHKY_HOSTILE_FILES; any of them is made again from its number alone.
"""

import io
import os
import random
import resource
import tempfile
import threading
import time
import zipfile
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from functools import cache
from pathlib import Path

import pytest

from tests.faults.readers import Readers
from tests.workflow.reading.files import (
    W,
    body,
    content_of,
    own,
    packed,
    paragraph,
    pictured,
    raw_zip,
    relations,
    types,
    word,
)
from web.messages import sentence
from web.messages.unreadable import UNREADABLE
from workflow.errors import Unreadable
from workflow.reading import intake, read_text, take_in
from workflow.reading.child import MEMORY
from workflow.reading.sandbox import SECONDS

FILES = int(os.environ.get("TRINHKY_HOSTILE_FILES", 1_000))
ALONE = 24  # of these also by the whole way, a process started for each
GROWTH = 60 * 1024  # kilobytes: what reading them all may add to the process that serves
TEXT = "Đơn vị chủ trì tổng hợp kết quả thực hiện kế hoạch."


@cache
def seeds() -> tuple[bytes, ...]:
    papers = [
        own(name, kind) for name in ("s0.txt", "s4.txt", "kiem_tra_noi_bo.txt") for kind in ("docx", "pdf")
    ]
    pictures = relations(("image", "media/a.png", ""), ("hyperlink", "http://hoa-an.example", "External"))
    more = {"word/_rels/document.xml.rels": pictures, "word/media/a.png": b"\x89PNG" + bytes(400)}
    archive = packed({"van-ban/s0.docx": papers[0], "van-ban/anh.png": b"\x89PNG" + bytes(400)})
    return (*papers, word(body(*[paragraph(TEXT)] * 40), **more), pictured(2), archive)


def mutated(number: int) -> bytes:
    """The file of this number: flipped, cut, spliced, filled with noise, or with one part of a ZIP so treated."""
    sure = random.Random(number)
    data, other = sure.choice(seeds()), sure.choice(seeds())
    if data.startswith(b"PK") and sure.random() < 0.6:
        return _inside(sure, data, other)
    for _ in range(sure.randrange(1, 3)):
        data = _broken(sure, data, other)
    return data


def _broken(sure: random.Random, data: bytes, other: bytes) -> bytes:
    made = bytearray(data or b"\x00")
    at = sure.randrange(len(made))
    how = sure.randrange(6)
    if how == 0:
        for _ in range(sure.randrange(1, 40)):
            made[sure.randrange(len(made))] ^= 1 << sure.randrange(8)
    elif how == 1:
        made = made[:at]
    elif how == 2:
        start = sure.randrange(len(other))
        made[at:at] = other[start : start + sure.randrange(1, 5_000)]
    elif how == 3:
        del made[at : at + sure.randrange(1, 2_000)]
    elif how == 4:
        made[at : at + 200] = sure.randbytes(200)
    else:
        made[at : at + 8] = sure.choice((b"\xff" * 8, bytes(8), b"9" * 8, b"\x7f" + b"\xff" * 7))
    return bytes(made)


def _inside(sure: random.Random, data: bytes, other: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as whole:
        parts: dict[str, str | bytes] = {name: whole.read(name) for name in whole.namelist()}
    name = sure.choice(list(parts))
    part = parts[name]
    assert isinstance(part, bytes)
    parts[name] = _broken(sure, part, other)
    return packed(parts)


def outcome(data: bytes) -> str:
    """ "read", or the reason; the sentence a user would see must exist."""
    try:
        words = take_in(data, "ke-hoach.docx").text
    except Unreadable as refused:
        status, words = sentence(refused)
        assert status == 422
        assert words.startswith("Chưa nhập: ")
        return refused.reason
    # What was read goes on to the proposal, in the process that serves.
    proposal = read_text(words)
    if proposal.is_document:
        content_of(proposal)
    return "read"


def test_mutated_files_are_read_or_refused_within_the_limits(monkeypatch, tmp_path):
    outcome(seeds()[0])
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    told: Counter[str] = Counter()
    with closing(Readers()) as readers:
        monkeypatch.setattr(intake, "parsed", readers.parsed)
        for number in range(FILES):
            start = time.monotonic()
            told[outcome(mutated(number))] += 1
            assert time.monotonic() - start < SECONDS, number
    assert set(told) <= {"read", *UNREADABLE}
    assert 0 < told["read"] < FILES
    assert told["unsafe"] * 20 <= FILES, told
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < GROWTH
    assert not list(tmp_path.iterdir())
    assert 0 < readers.memory <= MEMORY // 1024


def test_a_mutated_file_comes_to_the_same_end_in_a_process_started_for_it(monkeypatch):
    numbers = range(0, FILES, max(1, FILES // ALONE))
    with ThreadPoolExecutor(2) as pool:
        alone = list(pool.map(lambda number: outcome(mutated(number)), numbers))
    with closing(Readers()) as readers:
        monkeypatch.setattr(intake, "parsed", readers.parsed)
        assert alone == [outcome(mutated(number)) for number in numbers]
    assert not _children()


def _children() -> list[str]:
    """The processes this one started and did not bury."""
    found = []
    for thread in Path("/proc/self/task").glob("*/children") if Path("/proc/self/task").exists() else ():
        found += thread.read_text().split()
    return [each for each in found if Path(f"/proc/{each}/cmdline").exists() and _is_reader(each)]


def _is_reader(process: str) -> bool:
    try:
        return b"workflow.reading.child" in Path(f"/proc/{process}/cmdline").read_bytes()
    except OSError:
        return False


LAUGHS = "".join(f'<!ENTITY l{n} "{more}">' for n in range(1, 10) for more in [f"&l{n - 1};" * 10])
MILLION_LAUGHS = f'<?xml version="1.0"?><!DOCTYPE w [<!ENTITY l0 "ha">{LAUGHS}]>'
RELS = "word/_rels/document.xml.rels"


def _nested() -> bytes:
    inner = packed({"a": bytes(500_000)})
    for _ in range(6):
        inner = packed({"a.zip": inner})
    return inner


HOSTILE = {
    "a small file that unpacks to gigabytes": (lambda: packed({"word/document.xml": bytes(80_000_000)}), {"bomb"}),
    "a main part that unpacks to fifty megabytes": (
        lambda: word(body("<w:p/>" * 9_000_000)), {"bomb"}),
    "a part that lies about its size": (
        lambda: raw_zip([("[Content_Types].xml", types().encode().ljust(900)), ("word/document.xml", b" " * 40_000_000)],
                        sizes=900), {"bomb"}),
    "thousands of members": (lambda: raw_zip([(f"word/{n}.xml", b"") for n in range(5_000)]), {"bomb"}),
    "zips within zips": (_nested, {"archive"}),
    "a million laughs": (
        lambda: word(MILLION_LAUGHS + body(paragraph("x").replace(">x<", ">&l9;<"))), {"dtd"}),
    "a file of the server": (
        lambda: word('<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
                     + body(paragraph("x").replace(">x<", ">&x;<"))), {"dtd"}),
    "an address of a stranger": (
        lambda: word('<!DOCTYPE a SYSTEM "http://127.0.0.1:9/a.dtd">' + body(paragraph(TEXT))), {"dtd"}),
    "a type hidden in UTF-16": (
        lambda: word(('\ufeff<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE a [<!ENTITY x "y">]>'
                      + body(paragraph(TEXT))).encode("utf-16-le")), {"dtd"}),
    "a name that climbs out": (
        lambda: raw_zip([("[Content_Types].xml", types().encode()), ("../../../../tmp/pwned", b"x"),
                         ("word/document.xml", body(paragraph(TEXT)).encode())]), {"unsafe_names"}),
    "a link to the passwords": (
        lambda: raw_zip([("word/document.xml", b"/etc/passwd")], attributes=0o120777 << 16), {"unsafe_names"}),
    "macros": (lambda: word(body(paragraph(TEXT)), **{"word/vbaProject.bin": b"\xd0\xcf\x11\xe0"}), {"macros"}),
    "macros only said": (
        lambda: word(body(paragraph(TEXT)), **{RELS: relations(("vbaProject", "media/a.png", ""))}), {"macros"}),
    "elements without end": (
        lambda: word(body("<w:p>" * 200_000 + "</w:p>" * 200_000)), {"damaged", "unsafe", "bomb"}),
    "tables within tables": (
        lambda: word(body("<w:tbl><w:tr><w:tc>" * 400 + "<w:p/>" + "</w:tc></w:tr></w:tbl>" * 400)),
        {"damaged", "unsafe", "bomb", "empty"}),
    "paragraphs without number": (
        lambda: word(body(*(f"<w:p><w:r><w:t>{n}</w:t></w:r></w:p>" for n in range(400_000)))),
        {"read", "unsafe", "bomb", "text_too_large"}),
    "attributes without number": (
        lambda: word(body(f"<w:p {' '.join(f'a{n}={chr(34)}{chr(34)}' for n in range(300_000))}/>")),
        {"empty", "unsafe", "damaged", "bomb"}),
    "styles that go round": (
        lambda: word(body(paragraph(TEXT, style="a")), **{
            RELS: relations(("styles", "styles.xml", "")),
            "word/styles.xml": f'<w:styles xmlns:w="{W}"><w:style w:type="paragraph" w:styleId="a"><w:basedOn w:val="b"/>'
            '</w:style><w:style w:type="paragraph" w:styleId="b"><w:basedOn w:val="a"/></w:style>'
            '<w:style w:type="paragraph" w:styleId="c"><w:rPr><w:rFonts w:ascii=".VnTime"/></w:rPr></w:style>'
            '</w:styles>'}), {"read"}),
    "relations that go round": (
        lambda: word(body(paragraph(TEXT)), **{
            RELS: relations(("header", "document.xml", ""), ("styles", "/word/document.xml", ""))}), {"read", "damaged"}),
    "a PDF that is its own page": (
        lambda: b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[2 0 R]/Count 99999999>>"
        b"endobj\ntrailer<</Root 1 0 R>>\n%%EOF", {"damaged", "unsafe", "too_many_pages", "empty"}),
    "a PDF whose stream unpacks to gigabytes": (lambda: _pdf_bomb(), {"scanned_pdf", "empty", "unsafe", "damaged"}),
    "a PDF with a script": (
        lambda: b"%PDF-1.4\n1 0 obj<</Type/Catalog/OpenAction<</S/JavaScript/JS(app.launchURL('http://127.0.0.1:9'))>>"
        b"/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF",
        {"damaged", "empty"}),
    "a program with the name of a plan": (lambda: b"MZ" + bytes(4_000), {"executable"}),
    "a file that is two": (lambda: own("s0.txt", "pdf") + own("s0.txt", "docx"), {"read", "damaged"}),
    "marks without end": (lambda: ("e" + "\u0301" * 900_000).encode(), {"read", "empty"}),
    "one line without end": (lambda: b"a" * 2_000_000, {"read"}),
}  # fmt: skip


def _pdf_bomb() -> bytes:
    import zlib

    packer = zlib.compressobj(9)
    page = b"".join(packer.compress(b"0 0 m 9 9 l S " * 70_000) for _ in range(300)) + packer.flush()
    stream = b"4 0 obj<</Length %d/Filter/FlateDecode>>stream\n" % len(page) + page + b"\nendstream endobj\n"
    return (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 500 500]/Contents 4 0 R>>endobj\n"
        + stream
        + b"trailer<</Root 1 0 R>>\n%%EOF"
    )


@pytest.mark.parametrize("name", HOSTILE)
def test_a_file_made_to_harm_comes_to_its_own_refusal(name):
    make, expected = HOSTILE[name]
    data = make()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start = time.monotonic()
    assert outcome(data) in expected
    assert time.monotonic() - start < SECONDS + 5
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < GROWTH
    assert not Path("/tmp/pwned").exists()
    assert not _children()


def test_nobody_is_called_by_a_file_that_names_an_address():
    import socket

    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.settimeout(0.2)
        port = listening.getsockname()[1]
        called = threading.Event()

        def answer() -> None:
            try:
                listening.accept()[0].close()
                called.set()
            except TimeoutError:
                return

        outside = relations(
            ("attachedTemplate", f"http://127.0.0.1:{port}/a.dotm", "External"),
            ("image", f"http://127.0.0.1:{port}/a.png", "External"),
        )
        assert outcome(word(body(paragraph(TEXT)), **{RELS: outside})) == "read"
        answer()
        assert not called.is_set()
