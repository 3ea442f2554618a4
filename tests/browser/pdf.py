"""Reads the text of a PDF that Chromium printed, page by page; of no use for any other PDF."""

import re
import zlib


def page_texts(data: bytes) -> list[str]:
    """The words of each page, one piece of text a line."""
    objects = {int(found[1]): found[2] for found in re.finditer(rb"(\d+) 0 obj\b(.*?)\bendobj", data, re.S)}
    pages = [body for body in objects.values() if re.search(rb"/Type\s*/Page\b", body)]
    return [_text(objects, page) for page in pages]


def _stream(body: bytes) -> str:
    raw = re.search(rb"stream\r?\n(.*?)\r?\nendstream", body, re.S)
    assert raw
    return (zlib.decompress(raw[1]) if b"FlateDecode" in body else raw[1]).decode("latin1")


def _letters(objects: dict[int, bytes], font: int) -> dict[int, str]:
    link = re.search(rb"/ToUnicode (\d+) 0 R", objects[font])
    if not link:
        return {}
    table, letters = _stream(objects[int(link[1])]), {}
    for block in re.findall(r"beginbfchar(.*?)endbfchar", table, re.S):
        for code, text in re.findall(r"<(\w+)>\s*<(\w+)>", block):
            letters[int(code, 16)] = bytes.fromhex(text).decode("utf-16-be")
    for block in re.findall(r"beginbfrange(.*?)endbfrange", table, re.S):
        for first, last, start in re.findall(r"<(\w+)>\s*<(\w+)>\s*<(\w+)>", block):
            for code in range(int(first, 16), int(last, 16) + 1):
                letters[code] = chr(int(start, 16) + code - int(first, 16))
    return letters


def _text(objects: dict[int, bytes], page: bytes) -> str:
    named = re.search(rb"/Font\s*<<(.*?)>>", page, re.S)
    fonts = {
        name.decode(): _letters(objects, int(number))
        for name, number in re.findall(rb"/(\w+) (\d+) 0 R", named[1] if named else b"")
    }
    content = re.search(rb"/Contents (\d+) 0 R", page)
    assert content
    letters: dict[int, str] = {}
    said = ""
    for font, codes, end in re.findall(
        r"/(\w+) [\d.]+ Tf|<([0-9A-Fa-f]+)>|(\bET\b)", _stream(objects[int(content[1])])
    ):
        if font:
            letters = fonts.get(font, {})
        said += "".join(letters.get(int(codes[at : at + 4], 16), "?") for at in range(0, len(codes), 4))
        said += "\n" if end else ""
    return said
