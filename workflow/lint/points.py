"""What is checked, point by point: the twelve of the editor and three of any text; each code is in one of them."""

POINTS: dict[str, frozenset[str]] = {
    "motto": frozenset({"motto_form", "motto_missing"}),
    "agency": frozenset({"agency_missing", "agency_other"}),
    "symbol": frozenset({"symbol_missing", "symbol_form", "symbol_spacing", "number_zero", "number_in_text"}),
    "place_and_date": frozenset({"place_missing", "place_form", "date_zero"}),
    "subject": frozenset(
        {"type_unknown", "subject_missing", "subject_long", "subject_repeats_type", "subject_stop"}
    ),
    "bases": frozenset(
        {"basis_incomplete", "basis_issuer", "basis_lines", "basis_end", "basis_upright", "basis_disagrees",
         "basis_gone", "basis_order"}
    ),
    "outline": frozenset(
        {"sections_missing", "label_order", "label_alphabet", "label_depth", "heading_stop", "section_empty",
         "section_bare"}
    ),
    "tasks": frozenset({"task_without_lead", "task_without_time", "task_without_card", "task_date_elsewhere"}),
    "deadlines": frozenset({"day_unreal", "tiers_order", "due_not_in_text", "due_without_card"}),
    "ending": frozenset({"end_missing", "end_early"}),
    "recipients": frozenset(
        {"recipients_missing", "archive_missing", "archive_form", "archive_unit", "recipient_stop",
         "recipient_repeated"}
    ),
    "signature": frozenset(
        {"capacity_spacing", "capacity_form", "capacity_title", "capacity_case", "signer_missing", "signer_degree",
         "signer_case"}
    ),
    "citations": frozenset(
        {"cited_dates", "cited_issuers", "cited_numbers", "cited_year", "cited_future", "cited_known",
         "cited_known_number"}
    ),
    "units": frozenset(
        {"unit_ended", "unit_ended_mentioned", "body_dissolved", "body_dissolved_mentioned", "unit_like"}
    ),
    "spelling": frozenset(
        {"day_zero", "cited_zero", "not_nfc", "double_space", "space_before", "space_after", "repeated_word",
         "doubled_stop", "mixed_quotes", "tone_style", "scan_slip"}
    ),
}  # fmt: skip
