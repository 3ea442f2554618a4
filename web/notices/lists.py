"""`/thong-bao`: what one was told, and putting it away."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from web.notices.wording import line_of
from web.numbers import whole
from web.paths import local_path
from web.session import reading, work
from workflow.commands.reading_notices import mark_all_seen, mark_seen
from workflow.queries.notices import notices_of


def mine() -> ResponseReturnValue:
    before = request.args.get("truoc", type=whole)
    with reading() as w:
        page, today = notices_of(w, before=before), w.today
    return render_template(
        "notices/mine.html",
        lines=[line_of(told, today) for told in page.items],
        unread=page.unread,
        newest=page.items[0].id if page.items else 0,
        next_url=url_for(".mine", truoc=page.next) if page.next else "",
        first_url=url_for(".mine") if before is not None else "",
        here=request.full_path.rstrip("?"),
    )


def seen(notice_id: int) -> ResponseReturnValue:
    with work() as w:
        mark_seen(w, notice_id=notice_id)
    return redirect(_back(), 303)


def all_seen() -> ResponseReturnValue:
    upto = request.form.get("den", 0, type=whole)
    with work() as w:
        count = mark_all_seen(w, upto=upto)
    flash(f"Đã đánh dấu {count} thông báo là đã xem." if count else "Không có thông báo nào chưa xem.", "ok")
    return redirect(_back(), 303)


def _back() -> str:
    return local_path(request.form.get("ve")) or url_for(".mine")
