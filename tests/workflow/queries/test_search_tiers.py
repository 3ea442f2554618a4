"""Tiers say the same with fewer tokens: read against bags of documents, one by one."""

import random
import re
from datetime import UTC, datetime

from hypothesis import example, given
from hypothesis import strategies as st

from tests.record import plan
from workflow.content import Node
from workflow.findable import BLOCK_SIZE, bag_of, findable
from workflow.queries.search_sql import Asked
from workflow.queries.search_terms import terms_of
from workflow.queries.search_tiers import All, Tier, Token, tiers_of
from workflow.search_words import IN_TITLE, tokens_of, word_of, words_of

WORDS = ("kế", "kê", "hoạch", "số", "so", "52", "7a")
ALL_TOKENS = sorted({token for first in WORDS for second in WORDS for third in WORDS
                     for token in tokens_of(words_of(f"{first} {second} {third}"))})  # fmt: skip
BARE = {word_of(word).spelt: word_of(word).bare for word in WORDS}


def _bags() -> list[frozenset[str]]:
    chance = random.Random(3)
    found = []
    for number in range(300):
        title, text = (" ".join(chance.choices(WORDS, k=chance.randint(1, 6))) for _ in range(2))
        document = findable(
            document_id=number,
            content=plan(subject=title, sections=(Node(title="x", paragraphs=(text,)),)),
            reference_no=f"{chance.choice(WORDS)}/KH-SO" if number % 3 else None,
            issued_on=None,
            created_at=datetime(2026, 4, 20, tzinfo=UTC),
            agency_id=1,
            unit_id=1,
            definition_id="ke_hoach",
            people=(),
        )
        found.append(frozenset(bag_of(document)))
    return found


BAGS = _bags()

tokens = st.sampled_from(
    [Token(f"{title}{text}") for text in ALL_TOKENS for title in ("", IN_TITLE)]
    + [Token("#52"), Token("#7a")]
)
beginnings = st.sampled_from(["h", "ho", "s", "5", "k"]).flatmap(
    lambda start: st.sampled_from(
        [Token(f"{title}{before}{start}", starts=True)
         for title in ("", IN_TITLE) for before in ("", "_ke_", "_52_", "#52_ke_", "#7a_so_")]
    )
)  # fmt: skip


def _holds(bag: frozenset[str], wanted: All) -> bool:
    return all(
        any(each.startswith(token.text) for each in bag) if token.starts else token.text in bag
        for token in wanted
    )


def _is_in(bag: frozenset[str], tier: Tier) -> bool:
    return _holds(bag, tier.all_of) and not any(_holds(bag, other) for other in tier.none_of)


@given(st.lists(st.lists(tokens | beginnings, min_size=1, max_size=4).map(tuple), min_size=1, max_size=5))
@example([(Token("_ke_hoach"),), (Token("ke"), Token("hoach")), (Token("_ke_ho", starts=True),)])
@example([(Token("#52"), Token(".#52_ke_so")), (Token(".#52_ke_so"),), (Token("_52_ke"),)])
def test_each_bag_lies_in_the_tier_of_the_first_that_it_holds_and_in_no_other(wanted: list[All]):
    found = tiers_of(wanted, BARE)
    tier_of: dict[int, int] = {}
    for bag in BAGS:
        first = next((at for at, each in enumerate(wanted) if _holds(bag, each)), None)
        held = [at for at, tier in enumerate(found) if _is_in(bag, tier)]
        if first is None:
            assert held == []
        else:
            assert len(held) == 1
            assert tier_of.setdefault(first, held[0]) == held[0]
    assert sorted(tier_of.items()) == sorted(zip(sorted(tier_of), sorted(tier_of.values()), strict=True))


def test_no_token_is_asked_for_that_another_one_implies():
    tiers = terms_of("kế hoạch").tiers
    assert tiers[0].all_of == (Token(".^kê4"), Token(".^hoach5"))
    assert tiers[4] == Tier(
        (Token("_ke_hoach"),),
        ((Token("^kê4"), Token("^hoach5")), (Token(".ke"), Token(".hoach"))),
    )
    assert [tier.all_of for tier in terms_of("52/KH-SKHCN").loosest] == [
        (Token("#52_kh_skhcn"),),
        (Token("#52_kh_skhcn", starts=True),),
    ]


@given(st.integers(1, BLOCK_SIZE * 50), st.integers(0, BLOCK_SIZE * 50), st.booleans())
def test_the_rows_for_postgresql_reach_from_the_newest_to_the_first(newest: int, before: int, counted: bool):
    """Each document below the start lies in one row of a tier, in the first of them if it is among the newest."""
    tiers = dict(enumerate(terms_of("kế hoạch").tiers[:3]))
    asked = Asked(tiers, (), before=before if 0 < before <= newest else None)
    rows = asked.on_postgresql(21, newest, counted=counted, few=False)
    for number in tiers:
        mine = [at for at, tier in enumerate(rows["tiers"]) if tier == number]
        starts = asked.before if number == 0 and asked.before else newest + 1
        assert rows["below"][mine[0]] == starts
        blocks = [int(name) for name in re.findall(r"'=(\d+)'", rows["asked"][mine[0]])]
        assert bool(blocks) == (len(mine) == 2)
        if blocks:
            assert (
                rows["below"][mine[1]] == min(blocks) * BLOCK_SIZE < starts <= (max(blocks) + 1) * BLOCK_SIZE
            )
            assert blocks == list(range(min(blocks), max(blocks) + 1))
        assert "'=" not in rows["asked"][mine[-1]]
