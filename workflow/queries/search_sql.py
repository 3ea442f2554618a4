"""Terms as the two databases are asked for them: FTS5's language, PostgreSQL's tsquery; nothing typed is code."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    ARRAY,
    BigInteger,
    ColumnElement,
    CompoundSelect,
    Integer,
    Select,
    Text,
    TextClause,
    bindparam,
    cast,
    column,
    exists,
    func,
    literal,
    literal_column,
    select,
    table,
    text,
    true,
    union_all,
)
from sqlalchemy.dialects.postgresql import TSQUERY
from sqlalchemy.dialects.postgresql.base import PGDialect
from sqlalchemy.dialects.sqlite.base import SQLiteDialect

from workflow.findable import BLOCK_SIZE
from workflow.models import Document, SearchText
from workflow.people import Actor
from workflow.queries.search_tiers import All, Tier, Token
from workflow.queries.visibility import visible_to
from workflow.search_words import block

NEWEST_BLOCKS, NEWEST_COUNTED = 2, 4
"""
PostgreSQL reads an index of words whole: it is asked about the newest documents first, then about the rest. A count
needs more of them than a page.
"""

Narrow = tuple[tuple[str, ...], ...]
"""Facets, all of them bare words: of each group the document has one."""

_MOST = bindparam("most", type_=Integer)
_FTS5 = table("search_index", column("rowid", Integer), column("search_index"))

HELD_BACK = select(
    func.set_config("enable_seqscan", "off", True),
    func.set_config("max_parallel_workers_per_gather", "0", True),
    func.set_config("plan_cache_mode", "force_generic_plan", True),
    select(func.coalesce(func.max(SearchText.document_id), 0)).scalar_subquery(),
)
"""
For a transaction on PostgreSQL: no walk through all bags, no second process, no planning anew; and the newest id.

The planner takes a bag for cheap to open; it lies outside its row, compressed. To plan all tiers takes longer than to
run them, and comes out the same whatever is asked.
"""


@dataclass(frozen=True)
class Shape:
    """
    All that one statement depends on but its values. On SQLite `tiers` are numbers, and `resumed` continues the first
    of them; PostgreSQL is given as many tiers as there are.
    """

    on_sqlite: bool
    actor: Actor
    tiers: tuple[int, ...] = ()
    counted: bool = False
    resumed: bool = False
    phrases: int = 0
    by_state: bool = False


@lru_cache(maxsize=256)
def statement(shape: Shape) -> TextClause:
    """
    The newest documents of each tier as (tier, id), tier after tier and no further than `most`; or their count.

    Its values are those of `Asked` and `phrase_values`. Made once: putting it together takes longer than running it.
    """
    found = (_on_sqlite if shape.on_sqlite else _on_postgresql)(shape).limit(_MOST).subquery()
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


@dataclass(frozen=True)
class Asked:
    """Tiers by their numbers, within what they are narrowed to; of the first of them only ids below `before`."""

    tiers: Mapping[int, Tier]
    narrow: Narrow
    before: int | None = None

    def on_sqlite(self, most: int) -> dict[str, Any]:
        found: dict[str, Any] = {"most": most} | ({} if self.before is None else {"before": self.before})
        return found | {f"asked{number}": fts5(tier, self.narrow) for number, tier in self.tiers.items()}

    def on_postgresql(self, most: int, newest: int, *, counted: bool, few: bool) -> dict[str, Any]:
        """
        A tier in two rows, the second of which is run only if the first does not give enough; `newest` is the last
        id that can be meant. Of `few` documents nothing is gained by looking among the newest first, nor of words that
        begin so: what a beginning stands for is gathered from the whole index each time anew.
        """
        size = NEWEST_COUNTED if counted else NEWEST_BLOCKS
        rows: list[tuple[int, str, int]] = []
        below = newest + 1 if self.before is None else self.before
        for number, tier in self.tiers.items():
            first = (below - 1) // BLOCK_SIZE + 1 - size
            if first > 0 and not (few or any(token.starts for token in tier.all_of)):
                blocks = tuple(block(first + at) for at in range(size))
                rows.append((number, tsquery(tier, (*self.narrow, blocks)), below))
                below = first * BLOCK_SIZE
            rows.append((number, tsquery(tier, self.narrow), below))
            below = newest + 1
        numbers, asked, limits = zip(*rows, strict=True)
        return {"most": most, "tiers": list(numbers), "asked": list(asked), "below": list(limits)}


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


def _on_sqlite(shape: Shape) -> CompoundSelect[Any]:
    """
    FTS5 gives the newest first, and is read no further than the limit.

    "+ 0" keeps the planner from going through the documents and asking FTS5 about each.
    """
    joined = _FTS5.join(Document.__table__, Document.id == _FTS5.c.rowid + 0)
    held = select(SearchText.document_id).where(SearchText.document_id == Document.id).correlate(Document)
    conditions = [*_conditions(shape), *(exists(held.where(each)) for each in _phrases(shape))]
    parts = []
    for at, number in enumerate(shape.tiers):
        tier = select(literal(number).label("tier"), Document.id.label("id")).select_from(joined)
        match = _FTS5.c.search_index.op("MATCH")(bindparam(f"asked{number}"))
        tier = tier.where(match, *conditions).limit(_MOST)
        if at == 0 and shape.resumed:
            tier = tier.where(Document.id < bindparam("before", type_=Integer))
        if not shape.counted:
            tier = tier.order_by(_FTS5.c.rowid.desc())
        parts.append(select(tier.subquery()))
    return union_all(*parts)


def _on_postgresql(shape: Shape) -> Select[Any]:
    """
    Row after row of what is asked; a plan for one of them is a plan for all, and soon made.

    Ordered before the documents are looked at, and by "+ 0": else the planner would look at all of them, or walk
    them by their ids and open the bag of each. A count has no order, and ends when it has enough; there an OFFSET
    keeps the two apart.
    """
    given = (("tiers", Integer), ("asked", Text), ("below", BigInteger))
    rows = func.unnest(*(cast(bindparam(name), ARRAY(kind)) for name, kind in given))
    asked = rows.table_valued("tier", "asked", column("below", BigInteger), name="given").render_derived()
    place = (SearchText.document_id + 0).label("place")
    matches = SearchText.bag.op("@@")(cast(asked.c.asked, TSQUERY))
    texts = select(SearchText.document_id, place).where(matches, place < asked.c.below, *_phrases(shape))
    texts = texts.offset(literal_column("0")) if shape.counted else texts.order_by(place.desc())
    held = texts.correlate(asked).subquery()
    found = select(Document.id.label("id")).join(held, held.c.document_id == Document.id)
    found = found.where(*_conditions(shape)).limit(_MOST)
    each = (found if shape.counted else found.order_by(held.c.place.desc())).correlate(asked).lateral()
    return select(asked.c.tier, each.c.id).select_from(asked.join(each, true()))


def _conditions(shape: Shape) -> list[ColumnElement[bool]]:
    by_state = [Document.state == bindparam("in_state")] if shape.by_state else []
    return [visible_to(shape.actor), *by_state]


def _phrases(shape: Shape) -> list[ColumnElement[bool]]:
    """
    The words of each phrase stand in the document in this order, in one part of its text.

    SQLite is asked twice: it looks at every place where the first letter of a pattern stands, and at a blank that is
    every word. So the words are sought first as if they could begin inside another.
    """
    found: list[ColumnElement[bool]] = []
    for at in range(shape.phrases):
        phrase = bindparam(f"phrase{at}", type_=Text)
        if shape.on_sqlite:
            found.append(SearchText.folded.like("%" + func.substr(phrase, 2) + "%"))
            found.append(SearchText.folded.like("%" + phrase + "%"))
        else:
            found.append(func.strpos(SearchText.folded, phrase) > 0)
    return found


def phrase_values(phrases: Sequence[str]) -> dict[str, str]:
    """Letters, digits and blanks only, so that for LIKE too there is nothing to escape."""
    return {f"phrase{at}": f" {phrase} " for at, phrase in enumerate(phrases)}


def _and(tokens: All) -> str:
    return " AND ".join(map(_string, tokens))


def _string(token: Token) -> str:
    return f'"{token.text}"' + ("*" if token.starts else "")


def _lexeme(token: Token) -> str:
    return f"'{token.text}'" + (":*" if token.starts else "")
