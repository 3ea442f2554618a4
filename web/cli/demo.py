"""`trinhky demo`: set the demonstration up, say how to get in, and serve it."""

from datetime import datetime
from pathlib import Path
from typing import Any

import click
from sqlalchemy.engine import make_url

from web import demo as scene
from web.cli.opening import open_engine
from web.cli.root import Refusal
from web.cli.saying import as_json, columns, say
from web.cli.serving import run
from web.demo.logins import Login, logins
from workflow.engine import Engine, Identity
from workflow.engine.schema import migrate
from workflow.settings import Settings, read_settings
from workflow.verification import verify

OTHERS = (
    "Chưa dựng bản trình diễn: cơ sở dữ liệu này đang chứa dữ liệu thật. "
    "Chọn thư mục khác với TRINHKY_INSTANCE rồi chạy lại."
)
SHARED = (
    "Chưa xóa: bản trình diễn trên PostgreSQL do người quản trị cơ sở dữ liệu xóa. "
    "Tạo cơ sở dữ liệu mới, chạy trinhky init rồi trinhky demo."
)
UNFINISHED = (
    "Chưa mở: lần dựng bản trình diễn trước chưa xong. "
    "Tạo cơ sở dữ liệu mới, chạy trinhky init rồi trinhky demo."
)


@click.command(help="Dựng bản trình diễn (ba cơ quan, nhân vật và số liệu giả định) rồi mở trang web.")
@click.option("--port", type=click.IntRange(1, 65535), help="Cổng của trang web.")
@click.option("--reset", is_flag=True, help="Xóa bản trình diễn cũ và dựng lại từ đầu.")
@click.option("--no-serve", is_flag=True, help="Chỉ dựng dữ liệu, không mở trang web.")
@as_json
def demo(port: int | None, reset: bool, no_serve: bool, as_json: bool) -> None:
    settings = read_settings()
    fresh = prepare(settings, reset=reset)
    engine = open_engine(settings)
    try:
        told = _told(engine, settings, port or settings.port, fresh=fresh)

        def ready() -> None:
            say(told, lambda: _lines(told, serving=not no_serve), json_wanted=as_json)

        if no_serve:
            ready()
        else:
            run(engine, ready=ready, port=port)
    finally:
        engine.close()


def prepare(settings: Settings, *, reset: bool = False, now: datetime | None = None) -> bool:
    """Make sure that the demonstration is there; returns whether it was set up just now. Refusal, WorkflowError."""
    if settings.is_sqlite or settings.owner_url:
        migrate(settings)
    engine = open_engine(settings)
    state = scene.state_of(engine)
    engine.close()
    if state == "other":
        raise Refusal(OTHERS)
    if state == "building" or (reset and state == "ready"):
        if not settings.is_sqlite:
            raise Refusal(SHARED if reset else UNFINISHED)
        _remove(settings)
        migrate(settings)
        state = "unused"
    if state == "unused":
        scene.set_up(settings, now=now)
        return True
    return False


def _remove(settings: Settings) -> None:
    """The files of a database that is marked as a demonstration, and nothing beside them."""
    path = make_url(settings.database_url).database or ""
    for suffix in ("", "-wal", "-shm", "-journal"):
        Path(path + suffix).unlink(missing_ok=True)


def _told(engine: Engine, settings: Settings, port: int, *, fresh: bool) -> dict[str, Any]:
    with engine.reading(Identity(rule="demo")) as w:
        report = verify(w)
        table = logins(w)
    entries = report.counts.get("entries")
    return {
        "address": f"http://{settings.host}:{port}",
        "fresh": fresh,
        "password": scene.PASSWORD,
        "log": {"holds": report.holds, "entries": str(entries) if entries else "0/0"},
        "logins": [item.as_json() for item in table],
    }


def _lines(told: dict[str, Any], *, serving: bool) -> list[str]:
    rows = [Login(**item) for item in told["logins"]]
    heading = ("Đăng nhập", "Họ tên", "Chức vụ", "Đang chờ")
    lines = ["Bản trình diễn mới được dựng." if told["fresh"] else "Bản trình diễn cũ được giữ nguyên."]
    for agency in dict.fromkeys(row.agency for row in rows):
        mine = [
            (row.login, row.name, row.title, ", ".join(row.waiting) or "–")
            for row in rows
            if row.agency == agency
        ]
        lines += ["", agency, *columns([heading, *mine])]
    whole = "nguyên vẹn" if told["log"]["holds"] else "KHÔNG nguyên vẹn"
    lines += [
        "",
        f"Mật khẩu chung của bản trình diễn: {told['password']}",
        f"Nhật ký {whole}: {told['log']['entries']}",
    ]
    if serving:
        lines += [f"Mở {told['address']} (không mã hóa, chỉ dùng để xem thử). Dừng bằng Ctrl+C."]
    return lines
