"""A draft begun from another text: once per form, said in its entry, and only from what one may see."""

import pytest

from tests.record import Record, plan
from tests.workflow.acts import count, history, looking, text, working
from workflow.commands.beginning import begin_draft
from workflow.content import Content
from workflow.errors import KeyReused, NotFound
from workflow.models import Document
from workflow.queries.beginnings import begun_from, text_to_begin_from


def begin(record: Record, login: str = "lan", *, unit: str = "VP", key: str = "k", content: Content | None = None,
          source: int | None = None) -> int:  # fmt: skip
    with working(record, login) as w:
        agency = w.actor.agency_id
        found = next(
            one for one in w.directory.units.values() if one.symbol == unit and one.agency_id == agency
        )
        return begin_draft(
            w, key=key, definition_id="ke_hoach", unit_id=found.id, content=content or plan(), signer_id=None,
            begun_from=source,
        )  # fmt: skip


def test_the_same_form_sent_twice_makes_one_draft_and_with_other_words_none(record: Record):
    first = begin(record)
    assert begin(record) == first
    with pytest.raises(KeyReused):
        begin(record, content=plan(subject="Khác"))
    assert count(record, Document) == 1
    assert begin(record, key="other") != first


def test_the_entry_says_which_plan_it_was_begun_from(record: Record):
    old = record.draft()
    new = begin(record, source=old)
    assert history(record, new)[0]["facts"]["source_reference"] == {"begun_from": old}
    with looking(record, "lan") as w:
        source = begun_from(w, new)
        assert source is not None
        assert (source.id, source.content) == (old, text(record, old))
        assert begun_from(w, old) is None


def test_nothing_is_begun_from_a_text_out_of_sight(record: Record):
    old = record.draft()
    with pytest.raises(NotFound):
        begin(record, "duong", unit=_unit_of(record, "duong"), source=old)
    assert count(record, Document) == 1


def test_the_year_of_a_text_is_that_of_its_issue_in_vietnam(record: Record):
    old = record.draft()
    record.bring_to(old, "issue")
    with looking(record, "lan") as w:
        found = text_to_begin_from(w, old)
    assert found.year == 2026
    assert found.reference is not None
    assert found.issued_on is not None


def _unit_of(record: Record, login: str) -> str:
    with looking(record, login) as w:
        seat = next(iter(w.actor.seats))
        return w.directory.units[seat.post.unit_id].symbol
