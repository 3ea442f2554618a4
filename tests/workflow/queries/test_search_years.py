"""Up to which id the documents of a past year lie; on both databases."""

from datetime import timedelta

import pytest

from tests.record import Record
from tests.workflow.acts import looking
from workflow.queries import search_years
from workflow.queries.search import Sought, search
from workflow.queries.search_years import last_of


@pytest.fixture
def years(record: Record) -> dict[int, list[int]]:
    """Some begun in each of four years, one of which has none; by their year."""
    made: dict[int, list[int]] = {}
    for year, count in ((2026, 3), (2027, 1), (2029, 4)):
        record.clock.now = record.clock.now.replace(year=year)
        made[year] = []
        for _ in range(count):
            record.clock.now += timedelta(hours=1)
            made[year].append(record.draft())
    return made


def test_a_past_year_ends_with_the_last_document_begun_in_it(record: Record, years, monkeypatch):
    monkeypatch.setattr(search_years, "BESIDE", 0)
    newest = years[2029][-1]
    with looking(record, "lan") as w:
        found = {year: last_of(w, year, newest) for year in range(2025, 2031)}
    assert found == {
        2025: 0, 2026: years[2026][-1], 2027: years[2027][-1], 2028: years[2027][-1], 2029: newest, 2030: newest
    }  # fmt: skip


def test_it_is_looked_for_once_and_some_ids_beyond_are_taken_along(record: Record, years, monkeypatch):
    with looking(record, "lan") as w:
        assert last_of(w, 2026, 10_000) == years[2026][-1] + search_years.BESIDE
        monkeypatch.setattr(search_years, "_halved", None)
        assert last_of(w, 2026, 10_000) == years[2026][-1] + search_years.BESIDE


def test_a_search_of_a_past_year_finds_all_of_it_and_nothing_else(record: Record, years, monkeypatch):
    monkeypatch.setattr(search_years, "BESIDE", 0)
    for year, made in years.items():
        with looking(record, "lan") as w:
            hits = search(w, Sought(text="kế hoạch", year=year)).hits
        assert sorted(hit.id for hit in hits) == made


def test_a_year_that_a_wrong_clock_took_for_past_does_not_end_there(record: Record, years, monkeypatch):
    """The clock ran ahead for a moment, and somebody searched; more were begun in that year once it was set right."""
    monkeypatch.setattr(search_years, "BESIDE", 0)
    right = record.clock.now
    record.clock.now = right.replace(year=2030)
    with looking(record, "lan") as w:
        assert last_of(w, 2029, years[2029][-1]) == years[2029][-1]
    record.clock.now = right
    later = record.draft()
    record.clock.now = right.replace(year=2031)
    newest = record.draft()
    with looking(record, "lan") as w:
        assert last_of(w, 2029, newest) == later
