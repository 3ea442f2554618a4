"""What was typed, as tokens a document must hold, in tiers from the best match to the loosest; no database."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from workflow.queries.search_tiers import All, Tier, Token, tiers_of
from workflow.search_words import IN_TITLE, MARKED, NUMERAL, Word, is_number, numbered, pair, words_of

MOST_LETTERS = 200
MOST_WORDS = 16
SHORTEST_START = 3
"""A single word of fewer letters is taken as whole: what begins with "k" is everything."""

_PIECES = re.compile(r'"([^"]*)"?|([^\s"]+)')
_QUOTES = str.maketrans(dict.fromkeys("“”„«»", '"'))


@dataclass(frozen=True)
class Terms:
    """
    What is looked for. `tiers` share no document; `loosest` are as few of them as hold all the same documents.

    `words` stand in the order typed, `pairs` are the neighbours among them. `phrases` are those of three words and
    more that their tokens alone do not prove to stand there whole. `cut`: more was typed than is looked for.
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
    bare = {word.spelt: word.bare for word in words}
    return Terms(
        words=words,
        pairs=tuple(_neighbours(pieces)),
        phrases=tuple(
            " ".join(word.bare for word in piece.words)
            for piece in pieces[: len(pieces) - open_end]
            if not _proven(piece.words)
        ),
        tiers=tiers_of(_wanted(pieces, words, held, beginning), bare),
        loosest=tiers_of([held, *([beginning] if beginning else [])], bare),
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


def _wanted(pieces: Sequence[_Piece], words: Sequence[Word], held: All, beginning: All | None) -> list[All]:
    """
    A number that was typed before all else; spelt as typed before spelt otherwise; in the title before in the
    text; side by side before scattered; and last, what only begins like the last word.
    """
    neighbours = _neighbours(pieces)
    paired = {word for both in neighbours for word in both}
    near = (
        *_tokens([*(pair(*both) for both in neighbours), *(w.bare for w in words if w.bare not in paired)]),
        *held,
    )
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
    return wanted


def _base(pieces: Sequence[_Piece]) -> list[str]:
    """A phrase by its pairs and numbers, which hold its words; a single word by itself."""
    return [token for piece in pieces for token in _of_piece(piece.words)]


def _of_piece(words: Sequence[Word]) -> list[str]:
    if len(words) == 1:
        return [words[0].bare]
    return [*(pair(a.bare, b.bare) for a, b in pairwise(words)), *_numbers(words)]


def _numbers(words: Sequence[Word]) -> list[str]:
    each = zip(words, words[1:], words[2:], strict=False)
    return [numbered(a.bare, b.bare, c.bare) for a, b, c in each if is_number(a.bare)]


def _proven(words: Sequence[Word]) -> bool:
    """That the tokens of `_of_piece` stand in no document but where the words stand side by side."""
    return len(words) < 3 or (len(words) == 3 and is_number(words[0].bare))


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
    held = _base(earlier) + _of_piece(last.words[:-1]) if len(last.words) > 1 else _base(earlier)
    typed = last.words[-1].bare
    if len(last.words) > 2 and is_number(number := last.words[-3].bare):
        return (*_tokens(held), Token(numbered(number, last.words[-2].bare, typed), starts=True))
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
