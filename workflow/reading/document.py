"""
The reading itself: rows to header, body and tail, and those to a Proposal.
"""

from collections.abc import Sequence

from workflow.content import Node
from workflow.errors import Unreadable
from workflow.reading import checks, doubts
from workflow.reading.citations import Citation, bases_of, citations_in
from workflow.reading.cleaning import LIMIT, Row, broken, decode, is_flat, rows
from workflow.reading.content_of import nodes_of
from workflow.reading.denied_lists import denied_lists
from workflow.reading.duties import duties_of
from workflow.reading.found import Reading
from workflow.reading.frame import (
    agency_of,
    bases_and_opening,
    cased,
    effective_date,
    issuer_in,
    parted_letter,
    take_closing,
)
from workflow.reading.header import read_header
from workflow.reading.meaning import section_kind
from workflow.reading.number_line import Header
from workflow.reading.obligations import FoundObligation
from workflow.reading.outline import Part, build, walk
from workflow.reading.paragraphs import join, without_pages, wrapping
from workflow.reading.proposal import DateParts, Proposal, Warn
from workflow.reading.recipients import Receipt, read_recipients
from workflow.reading.results import take_enclosed, take_missing, take_results
from workflow.reading.signature import Signature, read_signature
from workflow.reading.tables import bar_gap_tables
from workflow.reading.tail import Tail, annex_table, split_tail
from workflow.reading.task_rows import read_annex
from workflow.reading.tasks import read_tasks
from workflow.reading.words import squeeze

MOST_ROWS = 30_000  # three times the longest plan known; past it a file is a load, not a document


def read(data: bytes, *, units: Sequence[str] = ()) -> Proposal:
    """The proposal of a file's bytes; Unreadable: empty, too_large (over 2 MB), binary, encoding."""
    return read_text(decode(data), units=units)


def read_text(text: str, *, units: Sequence[str] = ()) -> Proposal:
    """The proposal of a text. `units`: known names, used only to propose corrections. Unreadable: empty, too_large."""
    if len(text) > LIMIT:
        raise Unreadable("too_large", size=len(text), limit=LIMIT)
    flat = is_flat(text)
    if flat:
        text = broken(text)
    every = rows(text, most=MOST_ROWS + 1)
    if not every:
        raise Unreadable("empty")
    printed = without_pages(every[:MOST_ROWS])
    wrap = wrapping(printed)
    header = read_header(printed, wrap)
    tail = split_tail(printed, header.body)
    receipt, signature = _tail_parts(tail)
    over = next((place for place in range(header.body, len(printed)) if printed[place].closes), None)
    ends = min(tail.start if over is None else over, tail.start)
    paragraphs = join(bar_gap_tables(printed[header.body : ends]), wrap)
    closers = join(printed[ends : tail.start], wrap)
    report = header.doc_type == "BC"
    results = take_results(paragraphs) if report else ()
    missing = (take_missing(closers) or take_missing(paragraphs)) if report else ()
    enclosed = take_enclosed(closers) if over is not None else take_enclosed(paragraphs)
    before, parts = build(paragraphs)
    bases, opening = bases_and_opening(before)
    if header.subject_note:
        opening = [header.subject_note, *opening]
    if over is not None:
        closing = [paragraph.text for paragraph in closers]
    else:
        opening, closing = (opening, take_closing(parts)) if parts else parted_letter(opening)
    if not _is_document(header, signature, receipt, bases, opening, parts, printed, tail):
        return Proposal(warnings=(checks.NOT_A_DOCUMENT,))
    known = tuple(squeeze(unit) for unit in units if unit.strip())
    reading = read_tasks(parts, known, report=report)
    lists = denied_lists(parts, closing)
    reading.leave_out(lists.parts | lists.above)
    annexed = read_annex(reading, annex_table(printed, tail), known)
    duties = duties_of(parts, reading, opening, closing, header, lists, report=report)
    obligations = duties.found
    named = issuer_in(opening)
    agency = agency_of(header, named, [*opening, *closing])
    plain = "\n".join(row.flat for row in printed)
    flowing = "\n".join([header.subject or "", *bases, *opening, *_words(parts), *closing])
    cited = [item for line in flowing.split("\n") for item in citations_in(line[:20000])]
    carried = bases_of(bases, opening, header.subject or "")
    warnings = [
        *([checks.LINES_LOST] if flat else []),
        *([checks.TEXT_CUT] if len(every) > MOST_ROWS else []),
        *checks.of_header(header, signature, agency),
        *checks.of_dates("\n".join([header.date_line or "", flowing])),
        *doubts.of_quarters(flowing),
        *checks.of_issuer(header, named),
        *checks.of_citations(cited),
        *checks.of_tasks(reading.tasks),
        *doubts.of_leads(reading.shared),
        *([checks.in_annex(annexed)] if annexed else []),
        *checks.of_obligations(obligations),
        *doubts.of_periods(obligations),
        *doubts.of_exceptions(obligations),
        *doubts.of_denials(duties.denied),
        *doubts.of_partings(duties.parted),
        *(
            Warn(
                "table_unread",
                "Không tách được bảng này thành nhiệm vụ; hãy nhập tay các dòng của bảng.",
                line,
            )
            for line in reading.unread_tables[:10]
        ),
        *checks.of_words(plain[:400_000]),
        *checks.of_units(_names(reading, obligations, receipt), known),
    ]
    return Proposal(
        is_document=True,
        agency=agency,
        parent_agency=cased(header.parent_agency, [*opening, *closing]),
        doc_type=header.doc_type,
        number=header.number,
        symbol=header.symbol,
        place=header.place,
        date=header.date,
        date_parts=DateParts(header.day, header.month, header.year),
        subject=header.subject,
        bases=tuple(carried),
        tasks=tuple(reading.tasks),
        obligations=tuple(obligations),
        recipients=receipt.recipients,
        archive_line=receipt.archive_line or None,
        sections=nodes_of(parts, reading, duties.of),
        capacity=signature.capacity,
        capacity_line=signature.capacity_line,
        signer_title=signature.title,
        signer_name=signature.name,
        warnings=tuple(warnings),
        addressees=header.addressees,
        opening=tuple(opening),
        closing=tuple(
            _closing_node(line, duties.closing.get(place, [])) for place, line in enumerate(closing)
        ),
        cited=_distinct(cited),
        effective_date=effective_date([*closing, *opening]),
        urgency=header.urgency,  # type: ignore[arg-type]
        annexes=(*enclosed, *tail.annexes),
        results=results,
        missing_units=missing,
        found={
            key: value
            for key, value in (
                ("number_line", header.number_line),
                ("date_line", header.date_line),
                ("signature_lines", list(signature.lines)),
            )
            if value
        },
    )


def _closing_node(line: str, found: list[FoundObligation]) -> Node:
    part = Part("text", text=line)
    return nodes_of([part], Reading(), {id(part): found})[0]


def _tail_parts(tail: Tail) -> tuple[Receipt, Signature]:
    return read_recipients(list(tail.recipients)), read_signature(list(tail.signature))


def _is_document(
    header: Header,
    signature: Signature,
    receipt: Receipt,
    bases: list[str],
    opening: list[str],
    parts: list[Part],
    printed: list[Row],
    tail: Tail,
) -> bool:
    """At least three of the marks of an administrative document (NĐ 30/2020, Điều 8), one of them its type or symbol."""
    named = header.titled or header.symbol is not None or header.doc_type == "CV"
    based = bool(bases) or any(
        item.reference_no for line in opening[:4] for item in citations_in(line[:3000])
    )
    headed = any(section_kind(part, (part,)) for part in parts if part.text)
    closed = any(row.flat.rstrip().endswith("./.") for row in printed[-40:])
    marks = (
        header.titled,
        header.symbol is not None,
        header.motto,
        header.date_line is not None,
        header.agency is not None,
        bool(header.addressees),
        bool(receipt.recipients) or tail.headed,
        signature.capacity is not None,
        based,
        headed,
        closed,
    )
    return named and sum(marks) >= 3


def _words(parts: list[Part]) -> list[str]:
    return [line for part, _ in walk(parts) for line in (part.text, *part.paragraphs, *part.table) if line]


def _names(reading: Reading, obligations: list[FoundObligation], receipt: Receipt) -> list[str]:
    names = [name for task in reading.tasks for name in (*task.leads, *task.coordinators)]
    for item in obligations:
        names += [name for name in (item.from_, item.to, item.via) if name]
    return [*names, *(recipient.name for recipient in receipt.recipients)]


def _distinct(cited: list[Citation]) -> tuple[Citation, ...]:
    return tuple(dict.fromkeys(cited))
