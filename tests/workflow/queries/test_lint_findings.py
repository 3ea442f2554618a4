"""The block that a text would be signed with, as far as it is known before anybody signs."""

from tests.record import Record, plan
from workflow.queries.lint_findings import judged_text, paper_to_sign


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
