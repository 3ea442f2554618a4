"""The history and its check. Read only, but for running the check, which leaves an entry."""

import json
from collections.abc import Callable
from typing import Any, cast

from flask import Response, render_template, request, url_for
from flask import redirect as to
from flask.typing import ResponseReturnValue
from flask_login import current_user

from web.audit import export, lines
from web.audit.choices import TABLE, Choice, choice_of
from web.audit.faults import fault
from web.audit.words import FACTS, told_facts
from web.filters import vi_datetime, vi_number
from web.numbers import whole
from web.session import SignedIn, engine, identity, note_access, reading
from workflow.commands.verification import verify_record
from workflow.engine import Work
from workflow.queries.checkpoints import checkpoints, newest_checkpoint, public_key
from workflow.queries.entry_visibility import sees_rights
from workflow.queries.history import MOST, count, every_event
from workflow.queries.history import history as history_of
from workflow.queries.one_event import event_numbered, receipt_of
from workflow.queries.procedures import NEED_WORDS
from workflow.queries.verdict import last_verification
from workflow.queries.verification import may_verify

BAD_FILTER = "Bộ lọc có chỗ sai nên chưa tải gì. Mở lại trang Lịch sử, sửa bộ lọc rồi tải lại."
TOO_MANY = (
    "Chưa tải: kết quả có hơn {most} sự kiện, quá số dòng của một tệp. "
    "Thu hẹp theo ngày, hành động hoặc đơn vị rồi tải từng phần."
)
NO_RECEIPT = (
    "Chưa lập được biên nhận: chưa có mốc ký nào gồm sự kiện này. "
    "Mốc mới có sau lần ký duyệt tiếp theo, hoặc sau một lần kiểm tra chuỗi."
)
NO_CHECKPOINT = (
    "Chưa có mốc ký nào. Mốc đầu tiên có sau lần ký duyệt đầu tiên, hoặc sau một lần kiểm tra chuỗi."
)


def _user() -> SignedIn:
    return cast(SignedIn, current_user)


def history() -> ResponseReturnValue:
    before = request.args.get("truoc", type=whole)
    with reading() as w:
        choice = choice_of(w, _user(), request.args)
        page = history_of(w, choice.wanted, before=before) if choice.is_good else None
        verdict = last_verification(w)
    address = choice.address
    other = {key: value for key, value in address.items() if key != "dang"}
    shown = render_template(
        "audit/history.html",
        form=choice.form,
        errors=_errors(choice),
        chips=choice.chips() if choice.is_good else [],
        page=page,
        days=lines.by_day(page.events) if page else [],
        rows=[lines.line(event) for event in page.events] if page else [],
        torn=[event.number for event in page.events if not event.intact] if page else [],
        as_table=choice.as_table,
        other_view=url_for(".history", **(other if choice.as_table else {**other, "dang": TABLE})),
        older=url_for(".history", **address, truoc=page.older) if page and page.older else "",
        first=url_for(".history", **address) if before else "",
        csv_url=url_for(".as_csv", **other),
        json_url=url_for(".as_json", **other),
        verdict=verdict,
        may_verify=may_verify(_user().actor),
        most=MOST,
    )
    return shown, 200 if choice.is_good else 422


def event(number: int) -> ResponseReturnValue:
    with reading() as w:
        whole = event_numbered(w, number)
        key = public_key(w) if whole.proof else ""
    event = whole.event
    return render_template(
        "audit/event.html",
        whole=whole,
        event=event,
        line=lines.line(event),
        facts=told_facts(event.facts, NEED_WORDS),
        after=told_facts({k: v for k, v in whole.after.items() if k != "digest"}, NEED_WORDS),
        names=FACTS,
        note_words=lines.note_words,
        stored=event.stored.decode(errors="replace"),
        pretty=json.dumps(event.body, ensure_ascii=False, indent=2) if event.readable else "",
        public_key=key,
        shows_traces=sees_rights(_user().actor),
    )


def receipt(number: int) -> ResponseReturnValue:
    """What proves this event against the newest checkpoint, without its text."""
    with reading() as w:
        found = receipt_of(w, number)
    if found is None:
        return render_template("refused.html", sentence=NO_RECEIPT, status=404), 404
    note_access("download", f"Tải biên nhận sự kiện #{number}", facts={"number": number})
    return _file(found.to_bytes(), "application/json", f"bien-nhan-{number}.json")


def check() -> ResponseReturnValue:
    before = request.args.get("truoc", type=whole)
    with reading() as w:
        verdict = last_verification(w)
        sealed, older = checkpoints(w, before=before)
        key = public_key(w) if sealed else ""
    return render_template(
        "audit/check.html",
        verdict=verdict,
        faults=[fault(item) for item in verdict.broken] if verdict else [],
        may_verify=may_verify(_user().actor),
        sealed=sealed,
        older=url_for(".check", truoc=older) if older else "",
        first=url_for(".check") if before else "",
        public_key=key,
    )


def check_again() -> ResponseReturnValue:
    verify_record(engine(), identity())
    return to(url_for(".check"), 303)


def checkpoint() -> ResponseReturnValue:
    """The newest signed note, to be kept where nobody of this system can reach it."""
    with reading() as w:
        newest = newest_checkpoint(w)
    if newest is None:
        return render_template("refused.html", sentence=NO_CHECKPOINT, status=404), 404
    note_access("download", "Tải mốc ký mới nhất", facts={"size": newest.size})
    return _file(newest.note.encode(), "text/plain; charset=utf-8", f"moc-{newest.size}.txt")


def as_csv() -> ResponseReturnValue:
    def made(w: Work, choice: Choice) -> tuple[bytes, int]:
        return export.as_csv(every_event(w, choice.wanted))

    return _export(made, "csv", "text/csv; charset=utf-8")


def as_json() -> ResponseReturnValue:
    def made(w: Work, choice: Choice) -> tuple[bytes, int]:
        newest = newest_checkpoint(w)
        note, key = (newest.note, public_key(w)) if newest else ("", "")
        made_at = vi_datetime(w.now, seconds=True)
        return export.as_json(every_event(w, choice.wanted), made_at=made_at, note=note, public_key=key)

    return _export(made, "json", "application/json")


def _export(make: Callable[[Work, Choice], tuple[bytes, int]], kind: str, media: str) -> ResponseReturnValue:
    """The file is whole before the entry that says it was taken; a file that fails leaves no such entry."""
    with reading() as w:
        choice = choice_of(w, _user(), request.args)
        many = count(w, choice.wanted) if choice.is_good else 0
        data, rows = make(w, choice) if choice.is_good and many <= MOST else (b"", 0)
    if not choice.is_good:
        return render_template("refused.html", sentence=BAD_FILTER, status=422), 422
    if many > MOST:
        words = TOO_MANY.format(most=vi_number(MOST))
        return render_template("refused.html", sentence=words, status=422), 422
    filters = {name: str(value) for name, value in choice.address.items()}
    note_access("download", "Tải lịch sử", facts={"format": kind, "rows": rows, "filters": filters})
    return _file(data, media, f"lich-su.{kind}")


def _file(data: bytes, media: str, name: str) -> Response:
    answer = Response(data, content_type=media)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _errors(choice: Choice) -> list[tuple[str, Any]]:
    return [
        (choice.form[name].id if name != "van_ban" else "", text)
        for name, texts in choice.form.errors.items()
        if name
        for text in texts
    ]
