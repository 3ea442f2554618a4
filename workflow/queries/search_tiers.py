"""Tiers of tokens a document must hold, said with as few tokens as mean the same; no words, no database."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from workflow.search_words import IN_TITLE, MARKED, NUMERAL, PAIR, pair


class Token(NamedTuple):
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


def tiers_of(wanted: Iterable[All], bare: Mapping[str, str]) -> tuple[Tier, ...]:
    """
    A tier for each of `wanted`, without what an earlier one holds; one that has nothing of its own is left out.

    An index reads the list of every token it is asked for, those of common words from end to end: "_ke_hoach" need
    not be asked with "ke" and "hoach", which stand in every document it stands in. `bare` are the spellings with
    marks, to their words without.
    """
    sense = Sense(bare)
    tiers: list[Tier] = []
    earlier: list[All] = []
    for tokens in (tuple(dict.fromkeys(each)) for each in wanted):
        meant = sense.of(tokens)
        left = [tuple(token for token in other if not holds(meant, token)) for other in earlier]
        earlier.append(tokens)
        if all(left):
            tiers.append(Tier(sense.fewest(tokens), _loosest(left, meant, sense)))
    return tuple(tiers)


def _loosest(left: Sequence[All], meant: frozenset[Token], sense: "Sense") -> tuple[All, ...]:
    """What is to be left out: of two, of which one is held wherever the other is, the one."""
    kept: dict[All, frozenset[Token]] = {}
    for tokens in dict.fromkeys(sense.fewest(each) for each in left):
        whole = sense.of(tokens) | meant
        if any(all(holds(whole, token) for token in other) for other in kept):
            continue
        tighter = [other for other, held in kept.items() if all(holds(held, token) for token in tokens)]
        for other in tighter:
            del kept[other]
        kept[tokens] = whole
    return tuple(kept)


def holds(meant: frozenset[Token], token: Token) -> bool:
    """That a document which holds all of `meant` holds the token."""
    return token in meant or (token.starts and any(each.text.startswith(token.text) for each in meant))


class Sense:
    """What a token says besides itself (`workflow.findable.bag_of`); each is thought about once."""

    def __init__(self, bare: Mapping[str, str]) -> None:
        self._bare = bare
        self._known: dict[Token, frozenset[Token]] = {}

    def of(self, tokens: Iterable[Token]) -> frozenset[Token]:
        """The tokens, and all that a document which holds them holds as well."""
        return frozenset().union(*(self._of(token) for token in tokens))

    def fewest(self, tokens: Sequence[Token]) -> All:
        """Without those that the others imply; no two imply each other."""
        besides = frozenset().union(*(self._of(token) - {token} for token in tokens))
        return tuple(
            token
            for token in tokens
            if token not in besides
            and not (token.starts and holds(self.of(other for other in tokens if other != token), token))
        )

    def _of(self, token: Token) -> frozenset[Token]:
        if (known := self._known.get(token)) is None:
            known = self._known[token] = self.of(self._implied(token)) | {token}
        return known

    def _implied(self, token: Token) -> Iterator[Token]:
        kind, rest = token.text[:1], token.text[1:]
        if kind == IN_TITLE:
            within = Token(rest, token.starts)
            yield within
            yield from (Token(f"{IN_TITLE}{each.text}", each.starts) for each in self._implied(within))
        elif kind == MARKED and rest in self._bare:
            yield Token(self._bare[rest])
        elif kind == NUMERAL and PAIR in rest:
            number, second, third = rest.split(PAIR)
            yield Token(pair(number, second))
            yield Token(pair(second, third), token.starts)
        elif kind == NUMERAL:
            yield Token(f"{IN_TITLE}{rest}")
        elif kind == PAIR:
            first, second = rest.split(PAIR)
            yield Token(first)
            if not token.starts:
                yield Token(second)
