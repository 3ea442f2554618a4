"""A text that was read from a finished paper: what stood around it there, and the day by which it is to be judged."""

from calendar import monthrange
from datetime import date

from workflow.lint.facts import PaperFacts
from workflow.lint.letterhead import letterhead_of
from workflow.reading.proposal import Proposal


def paper_of(
    proposal: Proposal, text: str | None = None, *, upright: tuple[str, ...] | None = None
) -> PaperFacts:
    """
    Number line, date line and signature block as printed; blanks stay blank. With the words of the file its
    letterhead is judged too, with its `upright` lines the type of its căn cứ.
    """
    name = proposal.signer_name or ""
    rows = (str(line) for line in proposal.found.get("signature_lines", ()))
    return PaperFacts(
        signature_lines=tuple(line for line in rows if not name or name not in line),
        signer_name=name,
        number_line=str(proposal.found.get("number_line", "")),
        number=proposal.number or "",
        date_line=str(proposal.found.get("date_line", "")),
        as_printed=True,
        letterhead=None if text is None else letterhead_of(text),
        agency_line=proposal.agency or "",
        upright=upright,
    )


def day_of(proposal: Proposal, today: date) -> date:
    """The day the paper bears, as far as it says one; never after today: a text is judged by what stood on its day."""
    said = proposal.date_parts
    if said.year is None or said.year > today.year:
        return today
    month = said.month or 12
    last = monthrange(said.year, month)[1] if 1 <= month <= 12 else 31
    try:
        return min(today, date(said.year, month, min(said.day or last, last)))
    except ValueError:
        return today
