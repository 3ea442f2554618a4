"""What was typed, as tokens a document must hold, in tiers from the best match to the loosest; no database."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from workflow.search_words import IN_TITLE, MARKED, NUMERAL, Word, pair, words_of

MOST_LETTERS = 200
MOST_WORDS = 16
SHORTEST_START = 3
"""A single word of fewer letters is taken as whole: what begins with "k" is everything."""

_PIECES = re.compile(r'"([^"]*)"?|([^\s"]+)')
_QUOTES = str.maketrans(dict.fromkeys("“”„«»", '"'))


@dataclass(frozen=True)
class Token:
    """One token, or with `starts` every token that begins so."""

    text: str
    starts: bool = False


All = tuple[Token, ...]
"""Tokens a document must hold together."""


@dataclass(frozen=True)
class Tier:
    """Documents that hold `all_of`, and none of the others whole."""

    all_of: All
    none_of: tuple[All, ...] = ()


@dataclass(frozen=True)
class Terms:
    """
    What is looked for. `tiers` share no document; `loosest` are as few of them as hold all the same documents.

    `words` stand in the order typed, `pairs` are the neighbours among them. `phrases` have three words and more,
    of which the pairs alone do not prove that they stand there whole. `cut`: more was typed than is looked for.
    """

    words: tuple[Word, ...] = ()
    pairs: tuple[tuple[str, str], ...] = ()
    phrases: tuple[str, ...] = ()
    tiers: tuple[Tier, ...] = ()
    loosest: tuple[Tier, ...] = ()
    open_end: bool = False
    cut: bool = False


@dataclass(frozen=True)
class _Piece:
    words: tuple[Word, ...]
    quoted: bool


def terms_of(text: str) -> Terms:
    """
    Any text has terms, perhaps none: "…" is a phrase, and so are words joined by a sign ("52/KH-SKHCN", "x:y");
    no sign is an operator. The last word may be the beginning of one.
    """
    pieces, cut = _pieces(text.translate(_QUOTES))
    if not pieces:
        return Terms(cut=cut)
    words = tuple(word for piece in pieces for word in piece.words)
    open_end = not pieces[-1].quoted
    held = _tokens(_base(pieces))
    beginning = _beginning(pieces) if open_end else None
    return Terms(
        words=words,
        pairs=tuple(_neighbours(pieces)),
        phrases=tuple(
            " ".join(word.bare for word in piece.words)
            for piece in pieces[: len(pieces) - open_end]
            if len(piece.words) > 2
        ),
        tiers=_tiers(pieces, words, held, beginning),
        loosest=(Tier(held), *([Tier(beginning, (held,))] if beginning else [])),
        open_end=open_end,
        cut=cut,
    )


def _pieces(text: str) -> tuple[list[_Piece], bool]:
    found: list[_Piece] = []
    left, cut = MOST_WORDS, len(text) > MOST_LETTERS
    for match in _PIECES.finditer(text[:MOST_LETTERS]):
        quoted = match[2] is None
        words = words_of(match[1] if quoted else match[2])
        cut = cut or len(words) > left
        if words := words[:left]:
            found.append(_Piece(tuple(words), quoted))
            left -= len(words)
    return found, cut


def _tiers(
    pieces: Sequence[_Piece], words: Sequence[Word], held: All, beginning: All | None
) -> tuple[Tier, ...]:
    """
    A number that was typed before all else; spelt as typed before spelt otherwise; in the title before in the
    text; side by side before scattered; and last, what only begins like the last word.
    """
    neighbours = _neighbours(pieces)
    paired = {word for both in neighbours for word in both}
    near = _tokens([*(pair(*both) for both in neighbours), *(w.bare for w in words if w.bare not in paired)])
    marks = _tokens(f"{MARKED}{word.spelt}" for word in words if word.has_marks)
    title = _in_title(held)
    wanted: list[All] = []
    numeral = _tokens([f"{NUMERAL}{words[0].bare}"] if len(pieces) == 1 and words[0].bare.isdigit() else [])
    if numeral:
        wanted.append((*numeral, *title))
    if marks:
        wanted += [(*title, *_in_title(marks)), (*near, *marks), (*held, *marks)]
    wanted += [title, near, held]
    if beginning:
        wanted += [(*numeral, *_in_title(beginning)), _in_title(beginning), beginning]
    different = list(dict.fromkeys(wanted))
    return tuple(Tier(tokens, tuple(different[:at])) for at, tokens in enumerate(different))


def _base(pieces: Sequence[_Piece]) -> list[str]:
    """A phrase by its pairs, which hold its words; a single word by itself."""
    return [token for piece in pieces for token in _of_piece(piece.words)]


def _of_piece(words: Sequence[Word]) -> list[str]:
    if len(words) == 1:
        return [words[0].bare]
    return [pair(a.bare, b.bare) for a, b in pairwise(words)]


def _neighbours(pieces: Sequence[_Piece]) -> list[tuple[str, str]]:
    """Every two words typed side by side, but for the seam of a quoted phrase."""
    found = []
    before: _Piece | None = None
    for piece in pieces:
        if before is not None and not before.quoted and not piece.quoted:
            found.append((before.words[-1].bare, piece.words[0].bare))
        found += [(a.bare, b.bare) for a, b in pairwise(piece.words)]
        before = piece
    return list(dict.fromkeys(found))


def _beginning(pieces: Sequence[_Piece]) -> All | None:
    """The same with the last word as a beginning: of a neighbour where one was typed before it."""
    *earlier, last = pieces
    held = _base(earlier) + _of_piece(last.words)[:-1]
    typed = last.words[-1].bare
    if len(last.words) > 1:
        return (*_tokens(held), Token(pair(last.words[-2].bare, typed), starts=True))
    if earlier and not earlier[-1].quoted:
        return (*_tokens(held), Token(pair(earlier[-1].words[-1].bare, typed), starts=True))
    if len(typed) >= SHORTEST_START and not typed.isdigit():
        return (*_tokens(held), Token(typed, starts=True))
    return None


def _tokens(texts: Iterable[str]) -> All:
    return tuple(Token(text) for text in dict.fromkeys(texts))


def _in_title(tokens: Sequence[Token]) -> All:
    return tuple(Token(f"{IN_TITLE}{token.text}", token.starts) for token in tokens)
