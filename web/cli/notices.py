"""`trinhky notices`: how many letters wait, left or failed; sending what is due; sending one again by one's own word."""

from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from web.cli.opening import opened, operator
from web.cli.root import Refusal
from web.cli.saying import as_json, columns, say
from web.cli.usage import ROW
from web.filters import vi_datetime
from workflow.commands.mailing import send_again
from workflow.engine import Engine
from workflow.queries.mail import mail_counts, stuck

if TYPE_CHECKING:
    from workflow.commands.posting import Posted

SILENT = "Hệ thống này chưa gửi thư: chưa đặt smtp_host. Thông báo chỉ hiện trong hệ thống."


@click.command("notices", help="Thư báo: đang chờ, đã gửi, không gửi được; --send gửi những thư đến lượt.")
@click.option("--send", is_flag=True, help="Gửi ngay những thư đến lượt.")
@click.option(
    "--again", type=ROW, metavar="ID", help="Gửi lại một thư hỏng hoặc không rõ; thư sẽ ghi là gửi lại."
)
@as_json
def notices(send: bool, again: int | None, as_json: bool) -> None:
    with opened() as engine:
        if again is not None:
            _queue(engine, again)
        posted = post_letters(engine) if send else None
        with engine.reading(operator()) as w:
            counts, lines = mail_counts(w), stuck(w)
        silent = not engine.settings.smtp_host
    told = {
        "sending": not silent,
        "letters": counts,
        "stuck": [asdict(item) | {"created_at": item.created_at.isoformat()} for item in lines],
        "posted": asdict(posted) if posted else None,
    }

    def words() -> list[str]:
        from web.notices.wording import STATUSES, error_words

        said = [SILENT] if silent else []
        said += [f"Đã đưa thư {again} vào hàng chờ; thư sẽ ghi là gửi lại."] if again is not None else []
        said += [posted_words(posted)] if posted else []
        said += columns([("Tình trạng", "Số thư"), *((STATUSES[k], str(n)) for k, n in counts.items())])
        rows = [
            (str(i.mail_id), i.login, STATUSES[i.status], vi_datetime(i.created_at), error_words(i.error))
            for i in lines
        ]
        return said + (
            ["", *columns([("Mã", "Người nhận", "Tình trạng", "Lập lúc", "Lý do"), *rows])] if rows else []
        )

    say(told, words, json_wanted=as_json)


def post_letters(engine: Engine) -> "Posted":
    """Send what is due, written as people read it; nothing without a mail server, nothing from a demonstration."""
    # Here, because what writes and sends mail costs a fifth of a start, and most starts send none.
    from web.notices.letters import writer
    from workflow.commands.posting import post

    return post(engine, write=writer(engine.settings))


def posted_words(done: "Posted") -> str:
    return (
        f"Lập {done.made} thư. Đã gửi {done.sent}, sẽ thử lại {done.queued}, không gửi được {done.failed}, "
        f"không rõ {done.unknown}."
    )


def _queue(engine: Engine, mail_id: int) -> None:
    with engine.work(operator()) as w:
        done = send_again(w, mail_id=mail_id)
    if not done:
        raise Refusal(f"Chưa gửi lại: không có thư {mail_id}, hoặc thư đó không hỏng và không phải không rõ.")
