"""Text that no spreadsheet reckons with, for files of rows."""

FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What makes a spreadsheet take a text for a formula; some fold the full-width signs to the plain ones."""


def inert(cell: int | str) -> int | str:
    """Text that a spreadsheet would reckon with gets an apostrophe before it; a number stays a number."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA_SIGNS) else cell
