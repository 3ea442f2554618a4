"""The page of results, and keeping a search."""

from urllib.parse import parse_qsl

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from web.search.asked import address_of, asked, given_in, number, place_of, said_total
from web.session import reading, work
from workflow.commands.saved_searches import LONGEST_NAME, LONGEST_QUERY, MOST, forget_search, save_search
from workflow.queries.saved_searches import saved_searches
from workflow.queries.search import search


def results() -> ResponseReturnValue:
    after = place_of(request.args.get("sau", ""))
    with reading() as w:
        wanted = asked(w, request.args)
        found = search(w, wanted.sought, after=after)
        kept = saved_searches(w)
    return render_template(
        "search/results.html",
        asked=wanted,
        form=wanted.form(),
        chips=wanted.chips(),
        found=found,
        said_total=said_total(found),
        resting=wanted.sought.is_empty,
        kept=kept,
        this_is_kept=next((item for item in kept if item.query == wanted.query), None),
        next_url=wanted.url(sau=address_of(found.next_after)) if found.next_after else "",
        first_url=wanted.url() if after else "",
        unfiltered_url=wanted.unfiltered_url,
        unquoted_url=wanted.unquoted_url,
        longest_name=LONGEST_NAME,
    )


def keep() -> ResponseReturnValue:
    given = given_in(dict(parse_qsl(request.form.get("query", "")[:LONGEST_QUERY])))
    with work() as w:
        wanted = asked(w, given)
        name = _name(request.form.get("name", "")) or _name(wanted.name)
        empty = wanted.sought.is_empty
        kept = not empty and save_search(w, name=name, query=wanted.query)
    if kept:
        flash(f"Đã lưu tìm kiếm “{name}”.", "ok")
    elif empty:
        flash("Chưa lưu: tìm kiếm còn trống. Gõ từ cần tìm hoặc chọn bộ lọc trước.", "warn")
    else:
        flash(f"Chưa lưu: đã có {MOST} tìm kiếm được lưu. Bỏ một tìm kiếm cũ rồi lưu lại.", "warn")
    return redirect(wanted.url(), 303)


def forget() -> ResponseReturnValue:
    saved_id = number(request.form.get("id", ""))
    with work() as w:
        if saved_id is not None:
            forget_search(w, saved_id=saved_id)
    flash("Đã bỏ tìm kiếm đã lưu. Văn bản không thay đổi.", "ok")
    return redirect(url_for("search.results"), 303)


def _name(text: str) -> str:
    """As it is kept: single spaces, and no character that a database refuses."""
    return " ".join(text.replace("\0", " ").split())[:LONGEST_NAME].strip()
