"""One page for all who have something to do: the list on the left, the chosen document beside it."""

from collections.abc import Sequence
from datetime import datetime
from urllib.parse import urlencode

from flask import render_template, request
from flask.typing import ResponseReturnValue

from web.addresses import address
from web.inbox.rows import following, groups, heading, nothing, tagged
from web.linting import lint_of_view
from web.numbers import instant, whole
from web.openings import record_in_list, record_opening
from web.session import reading, signed_in
from web.since import digest_to_compare, since_then
from workflow.queries.documents import DocumentView, document_view, view_of
from workflow.queries.inbox import inbox
from workflow.queries.inbox_page import Place
from workflow.queries.plan_duties import duties_stated
from workflow.queries.versions import revision_with


def mine() -> ResponseReturnValue:
    """`chon` opens one document, on a phone as a page of its own; `tiep` only says which comes up next."""
    me, chosen, after = signed_in(), request.args.get("chon", type=whole), _place(request.args.get("sau", ""))
    wanted = request.args.get("tiep", type=whole)

    def opens(ids: Sequence[int]) -> int | None:
        return chosen or (wanted if wanted in ids else next(iter(ids), None))

    with reading() as w:
        box = inbox(w, after=after, opens=opens)
        found = groups(box)
        selected = opens([item.row.id for group in found for item in group.items])
        row = next((row for row in box.rows if row.id == selected), None)
        view = (
            view_of(w, box.case(row), row.seen) if row else document_view(w, selected) if selected else None
        )
        digest = digest_to_compare(view)
        older = revision_with(w, view.id, digest) if view and digest else None
        lint = lint_of_view(w, view) if view and view.document.state == "format_check" else None
    since = since_then(view, older) if view else None
    if since:
        found = tagged(found, selected, since.tag)
    coming, here = following(found, selected), address("inbox.mine")
    page = render_template(
        "inbox/mine.html",
        box=box,
        groups=found,
        heading=heading(box, me.actor.roles),
        nothing=nothing(box, me.actor.roles),
        total=max(me.waiting, len(box.rows)),
        oldest=min((row.since for row in box.rows), default=None),
        view=view,
        duties=duties_stated(view.content) if view else (),
        submitted=_submitted(view),
        since=since,
        lint_found=lint,
        one=chosen is not None,
        onward=f"{here}?tiep={coming}" if coming else here,
        next_url=f"{here}?{urlencode({'sau': _words(box.next)})}" if box.next else "",
        first_url=here if after else "",
    )
    if view:
        record_opening(view) if chosen else record_in_list(view)
    return page


def _submitted(view: DocumentView | None) -> datetime | None:
    lines = [line for line in view.trail if line.action in ("submit", "submit_own")] if view else []
    return lines[-1].at if lines else None


def _words(place: Place) -> str:
    rank, since, waiting_id = place
    return f"{rank}_{since.isoformat()}_{waiting_id}"


def _place(text: str) -> Place | None:
    """Where the page begins; a text that is no place begins at the beginning."""
    try:
        rank, since, waiting_id = text.split("_")
        return whole(rank), instant(since), whole(waiting_id)
    except ValueError:
        return None
