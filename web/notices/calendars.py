"""Calendars of deadlines under secret addresses: made and revoked here, read by calendar programs without a session."""

import secrets
import threading
from collections import OrderedDict
from datetime import datetime, timedelta

from flask import Response, abort, current_app, flash, redirect, request, session, url_for
from flask.typing import ResponseReturnValue

from web.messages import fault_sentence
from web.notices.choices import NEW_ADDRESS
from web.notices.ics import calendar_text
from web.numbers import whole
from web.session import engine, token_hash, work
from workflow.commands.feeds import USED_EVERY, make_feed, note_used, revoke_feed
from workflow.engine import Identity
from workflow.errors import Invalid
from workflow.queries.feeds import calendar_of, feed_of

TOKEN = 43
"""Signs of a token of 256 bits; nothing else is even looked up."""

FRESH = timedelta(minutes=1)
KEPT = 256


class _Kept:
    """
    Texts of the last minute. Whether an address still stands is asked every time, one statement; the rest is
    worked out once a minute, however often a program asks.
    """

    def __init__(self) -> None:
        self._texts: OrderedDict[tuple[int, int], tuple[datetime, str]] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: tuple[int, int], now: datetime) -> str:
        with self._lock:
            at, text = self._texts.get(key, (now, ""))
            return text if now - at < FRESH else ""

    def put(self, key: tuple[int, int], now: datetime, text: str) -> None:
        with self._lock:
            self._texts[key] = (now, text)
            self._texts.move_to_end(key)
            if len(self._texts) > KEPT:
                self._texts.popitem(last=False)


def feed(token: str) -> ResponseReturnValue:
    """Open to whoever knows the address; everything that is wrong with one is the same 404."""
    if len(token) != TOKEN:
        abort(404)
    kept: _Kept = current_app.extensions.setdefault("calendars", _Kept())
    with engine().reading(Identity(rule="feed")) as w:
        found = feed_of(w, token_hash(token))
        if found is None:
            abort(404)
        key, now = (found.feed_id, w.directory.version), w.now
        text = kept.get(key, now)
        calendar = None if text else calendar_of(w, found)
    if calendar is not None:
        text = calendar_text(calendar, public_url=engine().settings.public_url)
        kept.put(key, now, text)
    if found.used_at is None or now - found.used_at > USED_EVERY:
        with engine().work(Identity(rule="feed")) as w:
            note_used(w, feed_id=found.feed_id)
    response = Response(text, mimetype="text/calendar")
    response.headers["Cache-Control"] = "private, max-age=900"
    response.headers["Content-Disposition"] = 'attachment; filename="han-bao-cao.ics"'
    response.headers["X-Robots-Tag"] = "noindex"
    response.add_etag()
    return response.make_conditional(request)


def make() -> ResponseReturnValue:
    """The address is shown once, on the next page; the record keeps only what recognises it."""
    token = secrets.token_urlsafe(32)
    unit_id = request.form.get("don_vi", type=whole)
    try:
        with work() as w:
            make_feed(w, token_hash=token_hash(token), unit_id=unit_id)
    except Invalid as error:
        flash(f"Chưa tạo lịch. {fault_sentence(error.faults[0])}.", "bad")
        return redirect(url_for(".choices"), 303)
    session[NEW_ADDRESS] = token
    return redirect(url_for(".choices") + "#lich", 303)


def revoke(feed_id: int) -> ResponseReturnValue:
    with work() as w:
        revoke_feed(w, feed_id=feed_id)
    flash("Đã thu hồi địa chỉ lịch. Chương trình lịch nào dùng địa chỉ đó không đọc được nữa.", "ok")
    return redirect(url_for(".choices") + "#lich", 303)
