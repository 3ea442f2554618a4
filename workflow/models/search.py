"""What documents are found by, derived from them and never the other way; and the searches people keep."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Text, UniqueConstraint
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.types import TypeDecorator, TypeEngine

from workflow.models.base import COUNTED, STRICT, Base


class Bag(TypeDecorator[tuple[str, ...]]):
    """
    Tokens without order or count: words parted by blanks, on PostgreSQL a tsvector without positions.

    A token is letters, digits and the signs of `workflow.search_words`, so it needs no escaping in either.
    """

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        if dialect.name == "postgresql":
            from sqlalchemy.dialects.postgresql import TSVECTOR  # loaded by then; SQLite never needs it

            return dialect.type_descriptor(TSVECTOR())
        return dialect.type_descriptor(Text())

    def process_bind_param(self, value: Sequence[str] | None, dialect: Dialect) -> str | None:
        if value is None:
            return None
        if dialect.name == "postgresql":
            return " ".join(f"'{token}'" for token in value)
        return " ".join(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> tuple[str, ...] | None:
        return None if value is None else tuple(sorted(token.strip("'") for token in value.split()))


class SearchText(Base):
    """
    One row a document, written anew in the transaction that changes its text, number, date or signer.

    `folded` holds all words in their order, `bag` every token once. Over `bag` lies the index `search_index`:
    FTS5 on SQLite, kept by `workflow.search_index`; GIN on PostgreSQL. Neither is a model; the migration makes both.
    """

    __tablename__ = "search_text"
    __table_args__ = (STRICT,)

    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"), primary_key=True, autoincrement=False)
    folded: Mapped[str]
    bag: Mapped[tuple[str, ...]] = mapped_column(Bag)


class SavedSearch(Base):
    """A search somebody gave a name, as the address of its page; his own comfort, and no part of the record."""

    __tablename__ = "saved_search"
    __table_args__ = (UniqueConstraint("person_id", "name"), COUNTED)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    name: Mapped[str]
    query: Mapped[str]
    created_at: Mapped[datetime]
