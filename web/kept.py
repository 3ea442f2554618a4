"""HTML that is a pure function of a few values, kept by them: a list shows the same fifty cards all morning."""

from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from flask import Flask
from markupsafe import Markup

from web.job import Later
from web.shell import Shell

if TYPE_CHECKING:
    from workflow.queries.documents import DocumentView

paper_facts = Later("workflow.queries.printed.paper_facts")


def init_app(app: Flask) -> None:
    """
    Give the templates `kept_cards` (rows of the inbox that carry no step, their page, the document that is open),
    `kept_paper` (of the document's present text) and `kept_header` (of the shell, but for how much waits).
    """
    card = lru_cache(maxsize=4096)(_macro(app, "_macros/inbox.html", "card"))

    def kept_cards(items: Iterable[Any], here: str, chosen: int | None) -> Markup:
        cards = (
            card(
                item.title,
                f"{here}?chon={item.row.id}",
                item.meta,
                item.tag,
                item.open_words,
                item.first,
                item.row.id == chosen,
            )
            for item in items
        )
        return Markup("\n".join(cards))  # noqa: S704 - the macro's own output

    app.jinja_env.globals["kept_cards"] = kept_cards
    app.jinja_env.globals["kept_header"] = _header(app)
    paper = _macro(app, "_macros/paper.html", "paper")
    papers: dict[Any, Markup] = {}

    def kept_paper(view: "DocumentView") -> Markup:
        facts = paper_facts(view)
        if not view.text_holds:  # the digest does not name these words
            return paper(view.content, facts)
        key = (view.document.digest, facts)
        found = papers.get(key)
        if found is None:
            if len(papers) >= MOST:
                papers.clear()
            found = papers[key] = paper(view.content, facts)
        return found

    app.jinja_env.globals["kept_paper"] = kept_paper


MOST = 64
"""Papers kept: some 10 kB each, and only those on somebody's desk this hour are asked for again."""


def _header(app: Flask) -> Callable[[Any], Markup]:
    draw, tally = _macro(app, "_macros/header.html", "bar"), _macro(app, "_macros/header.html", "tally")
    known: dict[Any, Markup] = {}

    def kept_header(shell: Any) -> Markup:
        token = app.jinja_env.globals["csrf_token"]() if getattr(shell, "person_name", "") else ""
        if not isinstance(shell, Shell):
            return draw(shell, token, tally(getattr(shell, "waiting", 0)))
        key = (shell._replace(now=None, waiting=0), token)
        found = known.get(key)
        if found is None:
            if len(known) >= HEADERS:
                known.clear()
            found = known[key] = draw(shell, token, HOLE)
        return found.replace(HOLE, tally(shell.waiting))

    return kept_header


HOLE = Markup("<!-- waiting -->")
"""Where the header says how much waits, which is another number after every step; no name can read like it."""

HEADERS = 512
"""One a session and page at most, of some 4 kB; what a busy hour asks for again."""


def _macro(app: Flask, template: str, name: str) -> Callable[..., Markup]:
    def call(*values: Any) -> Markup:
        found: Markup = getattr(app.jinja_env.get_template(template).module, name)(*values)
        return found

    return call
