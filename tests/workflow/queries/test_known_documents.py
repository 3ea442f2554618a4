"""The documents of this system that a text cites, as far as the asker may see them; on both databases."""

from datetime import date

from msgspec.structs import replace

from tests.record import Record
from tests.web.statements import statements
from tests.workflow.lint.texts import good
from workflow.content import Node
from workflow.lint import Asked
from workflow.queries.known_documents import known_documents
from workflow.queries.lint_findings import lint_findings

CITES = "Thực hiện Kế hoạch số 01/KH-SKHCN ngày {} của Sở Khoa học và Công nghệ về dân chủ./."


def numbered(*numbers: tuple[str, int]) -> Asked:
    return Asked(frozenset(numbers))


def test_a_signed_document_is_known_to_its_agency_by_number_and_year(record: Record):
    document_id = record.draft()
    record.bring_to(document_id, "assign_number")
    with record.engine.reading(record.who("nhung")) as w:
        (known,) = known_documents(w, numbered(("01/KH-SKHCN", 2026), ("02/KH-SKHCN", 2026)))
        assert (known.reference_no, known.dated, known.state) == (
            "01/KH-SKHCN",
            date(2026, 4, 20),
            "numbered",
        )
        assert known_documents(w, numbered(("01/KH-SKHCN", 2025))) == ()
        assert known_documents(w, Asked()) == ()
        (same,) = known_documents(w, Asked(days=frozenset({date(2026, 4, 20), date(2026, 4, 21)})))
        assert same == known
        assert known_documents(w, Asked(days=frozenset({date(2026, 4, 21)}))) == ()


def test_what_another_agency_issued_is_not_told(record: Record):
    document_id = record.draft()
    record.bring_to(document_id, "assign_number")
    stranger = next(
        person.login
        for person in record.directory.people.values()
        if record.directory.agencies[person.agency_id].code == "so_y_te"
    )
    with record.engine.reading(record.who(stranger)) as w:
        assert known_documents(w, numbered(("01/KH-SKHCN", 2026))) == ()
        assert known_documents(w, Asked(days=frozenset({date(2026, 4, 20)}))) == ()


def test_a_citation_with_another_day_than_the_records_is_found(record: Record):
    document_id = record.draft()
    record.bring_to(document_id, "assign_number")
    agency_id = record.directory.agency_by_code["so_khcn"].id
    for day, wanted in (("10/4/2026", ["cited_known"]), ("20/4/2026", [])):
        content = replace(
            good(), closing=(), sections=(Node("I", "VIỆC CẦN LÀM", (CITES.format(day),)),), bases=()
        )
        with record.engine.reading(record.who("lan")) as w, statements(record.engine) as sent:
            found = lint_findings(w, content, agency_id=agency_id)
        assert [one.code for one in found] == wanted
        assert len(sent) == 1


def test_a_citation_with_another_number_than_the_records_is_found(record: Record):
    document_id = record.draft()
    record.bring_to(document_id, "assign_number")
    agency_id = record.directory.agency_by_code["so_khcn"].id
    said = "Thực hiện Kế hoạch số {}/KH-SKHCN ngày 20/4/2026 của Sở Khoa học và Công nghệ về {}./."
    for number, title, wanted in (
        ("03", "thực hiện dân chủ trong cơ quan", ["cited_known_number"]),
        ("01", "thực hiện dân chủ trong cơ quan", []),
        ("03", "tiết kiệm điện trong cơ quan Sở", []),
    ):
        part = Node("I", "VIỆC CẦN LÀM", (said.format(number, title),))
        content = replace(good(), closing=(), sections=(part,), bases=())
        with record.engine.reading(record.who("lan")) as w, statements(record.engine) as sent:
            found = lint_findings(w, content, agency_id=agency_id)
        assert [one.code for one in found] == wanted
        assert len(sent) == 1
