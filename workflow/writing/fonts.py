"""
Which font the paper is set in: the first of a short list that carries every Vietnamese letter in all four cuts.

A family that is installed may still lack letters (older Liberation Serif has no ơ, ư, ạ …), and two releases
of one family may lie side by side; so each folder is tried by setting the letters with it.
"""

import threading
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import typst

from workflow.patterns import expression
from workflow.writing.compiling import Broke, compiled

BUILT_IN = "Libertinus Serif"
FAMILIES = ("Times New Roman", "Liberation Serif", "TeX Gyre Termes")
"""Times and what has its widths. The last resort lies inside Typst itself."""

CUTS = frozenset({("normal", 400), ("normal", 700), ("italic", 400), ("italic", 700)})

PLAIN = "".join(map(chr, range(0x20, 0x7F)))
VIETNAMESE = (
    "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ"
    "ÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬĐÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴ"
)
LETTERS = PLAIN + VIETNAMESE + "₫–—“”‘’…§°×²³½«»·•"

_LINE = b"""#set document(date: datetime(year: 2020, month: 1, day: 1))
#set text(font: sys.inputs.family, fallback: sys.inputs.fallback == "yes")
#sys.inputs.text #text(weight: "bold", sys.inputs.text) #text(style: "italic", sys.inputs.text) //
#text(weight: "bold", style: "italic", sys.inputs.text)
"""
CONTROL = expression("[\x00-\x1f\x7f-\x9f\ufeff\u2028\u2029]")
"""Signs that typing and pasting leave behind and no page shows: they are left out of it."""

JOINING = expression("[\u200c-\u200f\u2060-\u2064\u202a-\u202e\u2066-\u2069]")
"""Signs without a shape that join their neighbours or turn their order: no Vietnamese needs one, and none is printed."""

_NAMED = expression(r"`\"(.+?)\"`")
_ESCAPED = expression(r"\\+u\{([0-9a-f]+)\}")


@dataclass(frozen=True)
class Chosen:
    """
    `families` in the order the template asks for them; `held` are the files Typst may use, and no others.
    `folder` is where the first family was found, None inside Typst.
    """

    families: tuple[str, ...]
    held: typst.Fonts
    folder: Path | None = None


@cache
def chosen_fonts(folder: Path | None = None) -> Chosen:
    """Of the office's own `folder`, then of the machine, then the one inside Typst. Tried once a process."""
    places = [folder] if folder else []
    for place, family in _offered(places):
        held = typst.Fonts(include_system_fonts=False, font_paths=[str(place)])
        if _has_cuts(held, family) and missing(LETTERS, family, held) is None:
            return Chosen((family, BUILT_IN), held, place)
    return Chosen((BUILT_IN,), typst.Fonts(include_system_fonts=False))


def _offered(own: list[Path]) -> Iterator[tuple[Path, str]]:
    """Folders that hold one of the families, the office's own first."""
    for folder in own:
        found = typst.Fonts(include_system_fonts=False, font_paths=[str(folder)]).families()
        yield from ((folder, family) for family in FAMILIES if family in found)
    installed: dict[str, set[Path]] = {}
    for font in typst.Fonts(include_system_fonts=True).fonts():
        if font.path and font.family in FAMILIES:
            installed.setdefault(font.family, set()).add(Path(font.path).parent)
    for family in FAMILIES:
        yield from ((place, family) for place in sorted(installed.get(family, ())))


def _has_cuts(held: typst.Fonts, family: str) -> bool:
    return {(font.style, font.weight) for font in held.fonts() if font.family == family} >= CUTS


def missing(text: str, family: str, held: typst.Fonts, *, fallback: bool = False) -> str | None:
    """The first sign of `text` that the family (with `fallback`: any font held) cannot show; None if it shows all."""
    inputs = {"text": text, "family": family, "fallback": "yes" if fallback else "no"}
    try:
        compiled(typst.Compiler(font_paths=held), input=_LINE, pdf_standards="a-2a", sys_inputs=inputs)
    except typst.TypstError as error:
        return sign_in(error)
    return None


def sign_in(error: typst.TypstError) -> str:
    """The sign a failed rendering names; the error itself again where it is about anything else."""
    named = _NAMED.search(error.message)
    if named is None or not error.message.startswith("PDF/A"):
        raise error
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), named[1])[:1]


_PLAIN = frozenset(LETTERS)
_SHOWN = set(LETTERS)
_UNSHOWN: set[str] = set()
_LOCK = threading.Lock()

_MARKS = "\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f"
_MARKED = expression(f"[^\\s{_MARKS}][{_MARKS}]{{1,4}}")
"""A sign with marks of its own on it: the font may have each, and not the one above the other."""

AT_ONCE = 50
"""Of such signs in one text; whoever has more is not writing Vietnamese."""


def unprintable(text: str) -> tuple[str, ...]:
    """
    The signs of a text that no page of ours can show, in the order they come (emoji, other scripts, private use).

    Asked of the fonts inside Typst, which are on every machine; an office's own fonts can only add to them.
    """
    signs = set(text) - _PLAIN
    if not signs:
        return ()
    if new := sorted(sign for sign in signs - _SHOWN - _UNSHOWN if not CONTROL.match(sign)):
        with _LOCK:
            _learn("".join(new))
    bad = (signs & _UNSHOWN) | _marks_without_shape(text)
    return tuple(sign for sign in dict.fromkeys(text) if sign in bad)


def _marks_without_shape(text: str) -> set[str]:
    marked = sorted(sign for sign in set(_MARKED.findall(text)) if not set(sign) & _UNSHOWN)
    if not marked or not _breaks_or_lacks(" ".join(marked)):
        return set()
    bad = marked[AT_ONCE:] + [sign for sign in marked[:AT_ONCE] if _breaks_or_lacks(sign)]
    return {mark for sign in bad for mark in sign[1:]}


def _learn(signs: str) -> None:
    try:
        bad = _without_shape(signs)
    except Broke:
        # Together they were too much for Typst: each by itself, and what breaks it alone has no shape either.
        bad = {sign for sign in signs if _breaks_or_lacks(sign)}
    _UNSHOWN.update(bad)
    _SHOWN.update(set(signs) - bad)


def _breaks_or_lacks(sign: str) -> bool:
    try:
        return missing(sign, BUILT_IN, typst.Fonts(include_system_fonts=False), fallback=True) is not None
    except Broke:
        return True


def _without_shape(signs: str) -> set[str]:
    held, found = typst.Fonts(include_system_fonts=False), set()
    while signs and (sign := missing(signs, BUILT_IN, held, fallback=True)) is not None:
        # A sign that is shown as two is named by its first half: leave out one at least.
        bad = sign if sign in signs else signs[0]
        found.add(bad)
        signs = signs.replace(bad, "")
    return found
