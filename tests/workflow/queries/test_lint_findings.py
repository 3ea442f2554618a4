"""The block that a text would be signed with, as far as it is known before anybody signs."""

from datetime import timedelta
from typing import Any, ClassVar

import pytest

from tests.record import Record, plan
from workflow.lint import PaperFacts, Text, facts_of_record
from workflow.queries.lint_findings import judged_text, lint_findings, paper_to_sign


def test_the_block_is_that_of_the_chosen_signer_today(record: Record):
    agency_id = record.directory.agency_by_code["so_khcn"].id
    mai, son = record.person("mai"), record.person("son")
    with record.engine.reading(record.who("lan")) as w:
        by = {
            who: paper_to_sign(w, plan(), agency_id=agency_id, signer_id=who)
            for who in (mai, son, None, 10**9)
        }
    assert (by[mai].signature_lines, by[mai].signer_name) == (
        ("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"),
        "Trần Thị Ngọc Mai",
    )
    assert (by[son].signature_lines, by[son].signer_name) == ((), "Đỗ Thanh Sơn")
    assert by[None] == by[10**9]
    assert (by[None].signature_lines, by[None].signer_name) == ((), "")


def test_with_a_record_citations_are_compared_with_it(record: Record):
    agency_id = record.directory.agency_by_code["so_khcn"].id
    with record.engine.reading(record.who("lan")) as w:
        outcome = judged_text(w, plan(), agency_id=agency_id)
    assert "citations" in outcome.passed
    assert [one.why for one in outcome.unjudged if one.point == "signature"] == ["signer_open"]


@pytest.fixture
def judged(monkeypatch) -> list[Text]:
    """The texts that were judged, each as often as it was."""
    from workflow.queries import lint_findings as module

    found: list[Text] = []
    real = module.findings_in
    monkeypatch.setattr(module, "findings_in", lambda text: found.append(text) or real(text))
    return found


def test_what_the_page_found_in_these_words_is_not_looked_for_again(record: Record, judged):
    agency_id, digest = record.directory.agency_by_code["so_khcn"].id, "d" * 64
    with record.engine.reading(record.who("thu")) as w:
        paper = paper_to_sign(w, plan(), agency_id=agency_id, signer_id=record.person("mai"))
        outcome = judged_text(w, plan(), agency_id=agency_id, paper=paper, digest=digest)
    with record.engine.work(record.who("thu")) as w:
        paper = paper_to_sign(w, plan(), agency_id=agency_id, signer_id=record.person("mai"))
        found = lint_findings(w, plan(), agency_id=agency_id, paper=paper, digest=digest)
    assert found == outcome.findings
    assert len(judged) == 1


def test_it_is_looked_for_again_with_other_words_another_signer_and_on_another_day(record: Record, judged):
    agency_id = record.directory.agency_by_code["so_khcn"].id

    def look(digest: str, signer: str) -> None:
        with record.engine.reading(record.who("thu")) as w:
            paper = paper_to_sign(w, plan(), agency_id=agency_id, signer_id=record.person(signer))
            lint_findings(w, plan(), agency_id=agency_id, paper=paper, digest=digest)

    look("d" * 64, "mai")
    look("e" * 64, "mai")
    look("e" * 64, "son")
    record.clock.now += timedelta(days=1)
    look("e" * 64, "son")
    assert len(judged) == 4
    look("", "son")
    look("", "son")
    assert len(judged) == 6


class Contended:
    """A text for which somebody else puts what he was told after every look and every word of ours."""

    others: ClassVar[Any] = None

    def __init__(self, text: Text) -> None:
        self.text, self._last = text, self.others

    @property
    def last(self) -> Any:
        found, self._last = self._last, self.others
        return found

    @last.setter
    def last(self, ours: Any) -> None:
        self._last = self.others


def test_who_is_told_what_it_means_for_him_whatever_another_is_told_at_the_same_moment(
    record: Record, monkeypatch
):
    """Two who see different documents that the text cites: what is kept is one of the two, each gets his own."""
    from workflow.queries import lint_findings as module

    agency_id = record.directory.agency_by_code["so_khcn"].id
    with record.engine.reading(record.who("thu")) as w:
        paper = paper_to_sign(w, plan(), agency_id=agency_id, signer_id=record.person("mai"))
        expected = lint_findings(w, plan(), agency_id=agency_id, paper=paper)
        assert expected
        theirs = Text(plan(), facts_of_record(w.directory, agency_id, w.today), PaperFacts())
        monkeypatch.setattr(Contended, "others", (theirs, ()))
        monkeypatch.setattr(module, "_Looked", Contended)
        for _ in range(2):
            found = lint_findings(w, plan(), agency_id=agency_id, paper=paper, digest="d" * 64)
            assert found == expected
