"""Every check by its code: how grave it is and the article it rests on; nothing is found that is not listed here."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Code:
    severity: Literal["error", "warning"]
    article: str


def _part(section: str) -> str:
    return f"NĐ 30/2020, Phụ lục I, Phần I, mục {section}"


STATE, AGENCY = _part("II.1"), _part("II.2")
NUMBER, PLACE_AND_DATE, TYPE, BODY = _part("II.3"), _part("II.4"), _part("II.5"), _part("II.6")
SIGNATURE, RECIPIENTS = _part("II.7"), _part("II.9")
FONT = _part("I.4")
ELEMENTS = "NĐ 30/2020, Điều 8"
TEMPLATE = "NĐ 30/2020, Phụ lục III, mẫu văn bản có tên loại"
REGISTER = "NĐ 30/2020, Điều 15"
METADATA = "NĐ 30/2020, Phụ lục VI"
OWN = ""
"""No article: the text contradicts itself, the calendar, or what is known."""


def _errors(article: str, *codes: str) -> dict[str, Code]:
    return {code: Code("error", article) for code in codes}


def _warnings(article: str, *codes: str) -> dict[str, Code]:
    return {code: Code("warning", article) for code in codes}


CODES: dict[str, Code] = {
    # letterhead
    **_errors(STATE, "motto_form"),
    **_warnings(STATE, "motto_missing"),
    **_warnings(AGENCY, "agency_missing", "agency_other"),
    # head
    **_errors(ELEMENTS, "type_unknown", "subject_missing", "sections_missing"),
    **_warnings(ELEMENTS, "symbol_missing", "place_missing"),
    **_errors(NUMBER, "symbol_form", "number_zero", "symbol_spacing"),
    **_errors(PLACE_AND_DATE, "place_form", "date_zero"),
    **_errors(TYPE, "subject_repeats_type"),
    **_warnings(TYPE, "subject_stop"),
    **_errors(METADATA, "subject_long"),
    **_warnings(REGISTER, "number_in_text"),
    # bases
    **_errors(BODY, "basis_incomplete", "basis_lines"),
    **_warnings(BODY, "basis_issuer", "basis_end", "basis_upright"),
    **_errors(OWN, "basis_disagrees"),
    **_warnings(OWN, "basis_order", "basis_gone"),
    # outline
    **_errors(BODY, "label_order", "section_empty"),
    **_warnings(BODY, "label_alphabet", "label_depth", "heading_stop", "section_bare"),
    **_errors(TEMPLATE, "end_missing"),
    **_warnings(TEMPLATE, "end_early"),
    # tasks and deadlines
    **_warnings(OWN, "task_without_lead", "task_without_time", "task_without_card",
                "task_date_elsewhere", "due_without_card"),
    **_errors(OWN, "day_unreal", "tiers_order", "due_not_in_text"),
    # recipients
    **_errors(RECIPIENTS, "recipients_missing", "archive_missing", "archive_form"),
    **_warnings(RECIPIENTS, "archive_unit", "recipient_stop", "recipient_repeated"),
    # signature
    **_errors(SIGNATURE, "capacity_form", "capacity_title"),
    **_warnings(SIGNATURE, "capacity_spacing", "capacity_case", "signer_missing", "signer_degree", "signer_case"),
    # spelling
    **_warnings(PLACE_AND_DATE, "day_zero"),
    **_warnings(NUMBER, "cited_zero"),
    **_warnings(FONT, "not_nfc"),
    **_warnings(
        OWN, "double_space", "space_before", "space_after", "repeated_word", "doubled_stop", "mixed_quotes",
        "tone_style", "scan_slip",
    ),
    # citations
    **_errors(OWN, "cited_dates", "cited_year", "cited_future", "cited_known", "cited_known_number"),
    **_warnings(OWN, "cited_issuers", "cited_numbers"),
    # units
    **_errors(OWN, "unit_ended", "body_dissolved"),
    **_warnings(OWN, "unit_ended_mentioned", "body_dissolved_mentioned", "unit_like"),
}  # fmt: skip
