"""Terms as the two databases are asked for them: FTS5's language, PostgreSQL's tsquery; nothing typed is code."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Integer,
    Select,
    TextClause,
    bindparam,
    cast,
    column,
    exists,
    func,
    literal,
    select,
    table,
    text,
    union_all,
)
from sqlalchemy.dialects.postgresql import TSQUERY
from sqlalchemy.dialects.postgresql.base import PGDialect
from sqlalchemy.dialects.sqlite.base import SQLiteDialect

from workflow.findable import BLOCK_SIZE
from workflow.models import Document, SearchText
from workflow.people import Actor
from workflow.queries.search_terms import All, Tier, Token
from workflow.queries.visibility import visible_to
from workflow.search_words import BLOCK

NEWEST_BLOCKS = 2
"""PostgreSQL reads an index of words whole: it is asked about the newest documents first, then about the rest."""

Narrow = tuple[tuple[str, ...], ...]
"""Facets, all of them bare words: of each group the document has one."""

_FTS5 = table("search_index", column("rowid", Integer), column("search_index"))

HELD_BACK = select(
    func.set_config("enable_seqscan", "off", True),
    func.set_config("max_parallel_workers_per_gather", "0", True),
    select(func.coalesce(func.max(SearchText.document_id), 0)).scalar_subquery(),
)
"""
For a transaction on PostgreSQL: no walk through all bags, no second process; and the newest id.

The planner takes a bag for cheap to open; it lies outside its row, compressed.
"""


@dataclass(frozen=True)
class Shape:
    """All that one statement depends on but its values: `tiers` are numbers, `resumed` continues the first of them."""

    on_sqlite: bool
    actor: Actor
    tiers: tuple[int, ...]
    most: int
    counted: bool = False
    resumed: bool = False
    phrases: int = 0
    by_state: bool = False


@lru_cache(maxsize=256)
def statement(shape: Shape) -> TextClause:
    """
    The newest `most` documents of each tier as (tier, id), tier after tier and no further than needed; or their
    count. Its values are those of `values`. Made once: putting it together takes longer than running it.
    """
    parts = [part for at, number in enumerate(shape.tiers) for part in _tier(shape, number, resumed=at == 0)]
    found = union_all(*parts).limit(shape.most).subquery()
    whole: Select[Any] = select(func.count()).select_from(found) if shape.counted else select(found)
    # PostgreSQL's own dialect, without a driver's: that one says "::" of types behind the names of values.
    dialect = (SQLiteDialect if shape.on_sqlite else PGDialect)(paramstyle="named")
    compiled = whole.compile(dialect=dialect, compile_kwargs={"render_postcompile": True})
    # The ids of rights and limits stand in it; an IN of several has a name for each, and no type of its own.
    fixed = [
        bindparam(name, value, type_=compiled.binds[name].type if name in compiled.binds else None)
        for name, value in compiled.params.items()
        if value is not None
    ]
    return text(compiled.string).bindparams(*fixed)


def values(
    shape: Shape, tiers: dict[int, Tier], narrow: Narrow, *, newest: int, before: int
) -> dict[str, Any]:
    """What was asked, for `statement`; `newest` is the last id there is, `before` the one to go on from."""
    found: dict[str, Any] = {"before": before} if shape.resumed else {}
    for at, number in enumerate(shape.tiers):
        if shape.on_sqlite:
            found[f"asked{number}"] = fts5(tiers[number], narrow)
            continue
        last = (before - 1 if shape.resumed and at == 0 else newest) // BLOCK_SIZE
        first = max(last - NEWEST_BLOCKS + 1, 0)
        blocks = tuple(f"{BLOCK}{block}" for block in range(first, last + 1)) or (f"{BLOCK}0",)
        found[f"asked{number}"] = tsquery(tiers[number], (*narrow, blocks))
        found[f"rest{number}"] = tsquery(tiers[number], narrow)
        found[f"older{number}"] = first * BLOCK_SIZE
    return found


def fts5(tier: Tier, narrow: Narrow) -> str:
    """A MATCH of FTS5; every token a quoted string, so that only our own words are operators."""
    wanted = [f"({' OR '.join(_string(Token(facet)) for facet in group)})" for group in narrow]
    wanted += [_string(token) for token in tier.all_of]
    asked = " AND ".join(wanted)
    if tier.none_of:
        asked = f"({asked}) NOT ({' OR '.join(f'({_and(tokens)})' for tokens in tier.none_of)})"
    return asked


def tsquery(tier: Tier, narrow: Narrow) -> str:
    """The same for PostgreSQL; a lexeme in quotes is taken as it is."""
    wanted = [f"({' | '.join(_lexeme(Token(facet)) for facet in group)})" for group in narrow]
    wanted += [_lexeme(token) for token in tier.all_of]
    wanted += [f"!({' & '.join(map(_lexeme, tokens))})" for tokens in tier.none_of]
    return " & ".join(wanted)


def _tier(shape: Shape, number: int, *, resumed: bool) -> list[Select[Any]]:
    conditions = [visible_to(shape.actor)]
    if resumed and shape.resumed:
        conditions.append(Document.id < bindparam("before", type_=Integer))
    if shape.by_state:
        conditions.append(Document.state == bindparam("in_state"))
    phrases = [f"phrase{at}" for at in range(shape.phrases)]
    wanted = (
        select(literal(number).label("tier"), Document.id.label("id")).where(*conditions).limit(shape.most)
    )
    return (_on_sqlite if shape.on_sqlite else _on_postgresql)(wanted, number, phrases, counted=shape.counted)


def _on_sqlite(wanted: Any, number: int, phrases: Sequence[str], *, counted: bool) -> list[Select[Any]]:
    """
    FTS5 gives the newest first, and is read no further than the limit.

    "+ 0" keeps the planner from going through the documents and asking FTS5 about each.
    """
    match = _FTS5.c.search_index.op("MATCH")(bindparam(f"asked{number}"))
    joined = _FTS5.join(Document.__table__, Document.id == _FTS5.c.rowid + 0)
    held = select(SearchText.document_id).where(SearchText.document_id == Document.id).correlate(Document)
    whole = [exists(held.where(_holds_phrase(name))) for name in phrases]
    found = wanted.select_from(joined).where(match, *whole)
    return [select((found if counted else found.order_by(_FTS5.c.rowid.desc())).subquery())]


def _on_postgresql(wanted: Any, number: int, phrases: Sequence[str], *, counted: bool) -> list[Select[Any]]:
    """
    In two parts, of which the second is run only if the first does not give enough.

    Ordered before the documents are looked at, and by "+ 0": else the planner would look at all of them, or walk
    them by their ids and open the bag of each. A count has no order, and ends when it has enough.
    """
    place = (SearchText.document_id + 0).label("place")
    texts = select(SearchText.document_id, place).where(*map(_holds_phrase, phrases))
    older = SearchText.document_id + 0 < bindparam(f"older{number}", type_=Integer)
    parts = []
    for part in (texts.where(_asked(f"asked{number}")), texts.where(_asked(f"rest{number}"), older)):
        held = (part if counted else part.order_by(place.desc())).subquery()
        found = wanted.join(held, held.c.document_id == Document.id)
        parts.append(select((found if counted else found.order_by(held.c.place.desc())).subquery()))
    return parts


def _asked(name: str) -> ColumnElement[bool]:
    return SearchText.bag.op("@@")(cast(bindparam(name), TSQUERY))


def _holds_phrase(name: str) -> ColumnElement[bool]:
    """The words of `phrase_pattern` stand in the document in this order, in one part of its text."""
    return SearchText.folded.like(bindparam(name))


def phrase_pattern(phrase: str) -> str:
    """For LIKE; letters and digits only, so there is nothing to escape."""
    return f"% {phrase} %"


def _and(tokens: All) -> str:
    return " AND ".join(map(_string, tokens))


def _string(token: Token) -> str:
    return f'"{token.text}"' + ("*" if token.starts else "")


def _lexeme(token: Token) -> str:
    return f"'{token.text}'" + (":*" if token.starts else "")
