"""Văn thư's table, and the register of outgoing documents on the screen, on paper and as a file."""

from flask import Response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from web.numbers import instant, whole
from web.registry.bound import bound
from web.registry.queue import GROUP_OF, GROUPS, shown
from web.registry.sheet import HEADINGS, WIDTHS, book_name, cells, gap_line, spreadsheet
from web.session import engine, note_access, reading
from web.workbook import MEDIA_TYPE, workbook
from workflow.engine import Work
from workflow.errors import NotFound, NotYourStep
from workflow.people import Agency
from workflow.queries import register as registers
from workflow.queries.register import PAGE, Book, Line, page_of
from workflow.queries.registry import Place
from workflow.queries.registry import queue as waiting


def queue() -> ResponseReturnValue:
    only = GROUP_OF.get(request.args.get("nhom", ""))
    with reading() as w:
        seat = w.actor.has("clerk")
        if seat is None:
            posts = w.directory.posts_with(w.actor.agency_id, "clerk")
            names = [person.name for person in w.directory.holders(posts, w.today)]
            raise NotYourStep("queue", ("clerk",), names)
        agency_id = seat.post.agency_id
        piles = waiting(w, agency_id, only=only, after=_after(request.args.get("sau", "")))
        today, day = registers.lines_of_day(w, agency_id, w.today), w.today
    here = request.full_path if request.query_string else request.path
    return render_template(
        "registry/queue.html",
        piles=[shown(pile, back=here) for pile in piles],
        groups=GROUPS,
        only=only,
        lines=today,
        today=day,
    )


def register() -> ResponseReturnValue:
    before = request.args.get("truoc", type=whole)
    with reading() as w:
        books = registers.books(w, w.actor.agency_id)
        book = _chosen(books, w)
        found = registers.lines(w, book, before=before, limit=PAGE + 1) if book else []
        check = registers.check(w, book) if book else None
        opened = registers.opened(w, w.actor.agency_id, book) if book else None
    lines, further = page_of(found)
    return render_template(
        "registry/register.html",
        books=books,
        book=book,
        year=request.args.get("nam", type=whole) or (book.year if book else None),
        rows=[(line, cells(line)) for line in lines],
        headings=HEADINGS,
        name=book_name,
        gap_line=gap_line(check) if check else "",
        check=check,
        opened=opened,
        first_page=before is None,
        next_url=url_for(".register", nam=book.year, so=book.series, truoc=further)
        if book and further
        else "",
    )


def printed() -> ResponseReturnValue:
    """The whole book with its cover, to be printed and bound (NĐ 30/2020, Điều 16 khoản 2)."""
    book, lines, check, agency = _whole_book()
    note_access("print", "Mở bản in sổ đăng ký văn bản đi", facts=_what(book, lines))
    return render_template(
        "registry/printed.html",
        agency=agency,
        book=book,
        lines=lines,
        rows=[cells(line) for line in lines],
        headings=HEADINGS,
        name=book_name(book.series),
        gap_line=gap_line(check),
    )


def as_pdf() -> ResponseReturnValue:
    """The same book to be printed on both sides and bound; set after the read has ended."""
    book, lines, check, agency = _whole_book()
    data = bound(book, lines, check, agency, now=current_user.now, font_dir=engine().settings.font_dir)
    return _taken(book, lines, data, "pdf", "application/pdf")


def as_workbook() -> ResponseReturnValue:
    book, lines, _, _ = _whole_book()
    name = f"{book_name(book.series)} {book.year}"
    data = workbook(HEADINGS, map(cells, lines), name=name, widths=WIDTHS)
    return _taken(book, lines, data, "xlsx", MEDIA_TYPE)


def download() -> ResponseReturnValue:
    book, lines, _, _ = _whole_book()
    return _taken(book, lines, spreadsheet(lines), "csv", "text/csv")


def _taken(book: Book, lines: list[Line], data: bytes, kind: str, media: str) -> Response:
    """The file is whole before the entry that says it was taken."""
    note_access("download", "Tải sổ đăng ký văn bản đi", facts=_what(book, lines) | {"format": kind})
    series = "tat-ca" if book.series == "*" else book.series.replace("Đ", "D")
    name = f"so-van-ban-di-{book.year}-{series}.{kind}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(data, mimetype=media, headers=headers)


def _whole_book() -> tuple[Book, list[Line], registers.Check, Agency]:
    with reading() as w:
        book = _chosen(registers.books(w, w.actor.agency_id), w)
        if book is None:
            raise NotFound("no such book")
        agency = w.directory.agencies[w.actor.agency_id]
        return book, registers.lines(w, book), registers.check(w, book), agency


def _chosen(books: list[Book], w: Work) -> Book | None:
    """The book asked for; without a year the newest one that is open, without a series the first of the year."""
    year, series = request.args.get("nam", type=whole), request.args.get("so", "")
    if year is None:
        year = max((book.year for book in books if book.year <= w.today.year), default=None)
    this_year = [book for book in books if book.year == year]
    return next((book for book in this_year if book.series == series), None) or next(
        iter(this_year if not series else ()), None
    )


def _what(book: Book, lines: list[Line]) -> dict[str, object]:
    return {"register": {"year": book.year, "series": book.series}, "rows": len(lines)}


def _after(text: str) -> Place | None:
    """Where the page before ended, as the link says; nothing for a text that says nothing."""
    at, _, document_id = text.rpartition("~")
    try:
        return instant(at), whole(document_id)
    except ValueError:
        return None
