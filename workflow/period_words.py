"""How a reporting period is said in Vietnamese, in a text as on a screen."""

from workflow.numerals import romans


def period_words(key: str, year: int) -> str:
    """2026 → "năm 2026", 2026-H1 → "6 tháng đầu năm 2026", 2026-Q3 → "quý III năm 2026", 2026-11 → "tháng 11 …"."""
    stem, _, part = key.partition("-")
    if not part:
        return f"năm {year if key == 'once' else stem}"
    if part[0] == "H":
        return f"6 tháng {'đầu' if part[1:] == '1' else 'cuối'} năm {stem}"
    if part[0] == "Q":
        return f"quý {romans(4)[int(part[1:]) - 1]} năm {stem}"
    return f"tháng {int(part)} năm {stem}"
