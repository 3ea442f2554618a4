"""Quốc hiệu, tiêu ngữ and the agency above a paper that came as a file (mục II.1, II.2); our own paper prints them."""

from collections.abc import Iterator

from workflow.folding import fold
from workflow.lint.finding import Finding
from workflow.lint.text import Text
from workflow.patterns import expression
from workflow.reading.cleaning import GAP, rows
from workflow.reading.kinds import title_of
from workflow.reading.words import low

LONGEST = 40
"""A letterhead has fewer lines."""

OF_THE_AGENCY = frozenset(
    {"symbol_form", "symbol_missing", "place_form", "place_missing", "archive_unit", "capacity_title", "unit_ended",
     "unit_ended_mentioned", "unit_like"}
)  # fmt: skip
"""What is measured by the names of the agency a text is judged by."""

STATE = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
_CELLS = expression(rf"{GAP}|\|")
_STATE = expression(r"cong hoa xa hoi chu nghia viet nam")
_MOTTO = expression(r"doc lap\s?[-–—.,_]?\s?tu do\s?[-–—.,_]?\s?hanh phuc")
_MOTTO_RIGHT = expression(r"Độc lập [-–] Tự do [-–] Hạnh phúc")


def letterhead_of(text: str) -> tuple[str, ...]:
    """The cells above the name of the type or "Kính gửi", in reading order, without the marks of their dress."""
    found: list[str] = []
    for row in rows("\n".join(text.splitlines()[:LONGEST])):
        cells = [" ".join(cell.strip(" _-–—").split()) for cell in _CELLS.split(row.text)]
        if any(title_of(cell) or low(cell).startswith("kính gửi") for cell in cells):
            break
        found += [cell for cell in cells if cell]
    return tuple(found)


def of_the_party(text: str) -> bool:
    """A paper of the Party is set by its own rules, not by NĐ 30/2020."""
    return any("dang cong san viet nam" in fold(cell) for cell in letterhead_of(text))


def state(text: Text) -> Iterator[Finding]:
    """Both lines are there, letter by letter; a conversion often loses them, so their lack is a warning."""
    cells = text.paper.letterhead
    if cells is None:
        return
    whole = fold(" ".join(cells))
    if "cong hoa xa hoi" not in whole and "hanh phuc" not in whole:
        yield text.found("motto_missing", "head")
    for cell in cells:
        folded = fold(cell)
        if _STATE.fullmatch(folded) and cell.replace("HOÀ", "HÒA") != STATE:
            yield text.found("motto_form", "head", before=cell, after=STATE)
        elif _MOTTO.fullmatch(folded) and not _MOTTO_RIGHT.fullmatch(cell):
            yield text.found("motto_form", "head", before=cell, after=MOTTO)


def issuer(text: Text) -> Iterator[Finding]:
    """The agency that issues is named above the number, and is the one by which the text is judged."""
    if text.paper.letterhead is None:
        return
    said, meant = text.paper.agency_line, text.agency.name
    if not said:
        yield text.found("agency_missing", "head", meant=meant)
    elif not (fold(meant) in fold(said) or fold(said) in fold(meant)):
        yield text.found("agency_other", "head", said=said, meant=meant)
    elif _elsewhere(text):
        yield text.found(
            "agency_other",
            "head",
            said=f"{said} ({text.content.place})",
            meant=f"{meant} ({text.agency.place})",
        )


def _elsewhere(text: Text) -> bool:
    """The same name in another province: the place is another one, and the text speaks of that province."""
    place = fold(text.content.place)
    if not place or place == fold(text.agency.place):
        return False
    return f"tinh {place}" in fold(text.whole) or f"thanh pho {place}" in fold(text.whole)


def judged(found: list[Finding]) -> list[Finding]:
    """What may be said: of a paper of another agency nothing that is measured by this agency's own names."""
    if not any(finding.code == "agency_other" for finding in found):
        return found
    return [finding for finding in found if finding.code not in OF_THE_AGENCY]


CHECKS = (state, issuer)
