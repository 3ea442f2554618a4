"""`trinhky serve`: the web server, and what time brings about beside it."""

import logging
import signal
import threading
from collections.abc import Callable

import click
import waitress
from flask import Flask

from web import create_app
from web.after_start import load_the_rest
from web.cli.opening import open_engine, refuse_wrong_key
from web.cli.root import Refusal, unexpected
from web.cli.saying import as_json, say
from web.config import LARGEST_UPLOAD
from web.job import Later
from web.memory import share_heap
from workflow.engine import Engine
from workflow.settings import Settings, read_settings

TICK_SECONDS = 15 * 60
POST_SECONDS = 60
ROOM = 64 * 1024
"""Beside the largest body: what wraps it, so that Flask, which can say why, is the one to refuse it."""

TICK, POST = Later("workflow.commands.tick.tick"), Later("web.cli.notices.post_letters")
FONT_ADVICE = Later("web.cli.fonts.font_advice")
"""With all that writes, posts and typesets: loaded once the server listens."""

log = logging.getLogger("trinhky.serve")


@click.command(help="Mở trang web.")
@click.option("--host", help="Địa chỉ nghe.")
@click.option("--port", type=click.IntRange(1, 65535), help="Cổng.")
@click.option("--threads", type=click.IntRange(1, 256), help="Số luồng.")
@as_json
def serve(host: str | None, port: int | None, threads: int | None, as_json: bool) -> None:
    settings = read_settings()
    engine = open_engine(settings)
    try:
        refuse_wrong_key(engine)
        address = f"http://{host or settings.host}:{port or settings.port}"

        def ready() -> None:
            say({"address": address}, lambda: [f"Mở {address}. Dừng bằng Ctrl+C."], json_wanted=as_json)

        run(engine, ready=ready, host=host, port=port, threads=threads)
    finally:
        engine.close()


def keep_log() -> None:
    """What a server has to say goes to stderr; of the machine behind each step only what is wrong."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(name)s %(levelname)s %(message)s")
    logging.getLogger("transitions").setLevel(logging.WARNING)


def run(
    engine: Engine,
    *,
    ready: Callable[[], None],
    host: str | None = None,
    port: int | None = None,
    threads: int | None = None,
) -> None:
    """Serve until stopped (Ctrl+C or SIGTERM); `ready` is called once the address is ours. Refusal where it is taken."""
    settings = engine.settings
    keep_log()
    proxy = {
        "trusted_proxy": settings.trusted_proxy or None,
        "trusted_proxy_headers": {"x-forwarded-for", "x-forwarded-proto", "x-forwarded-host"},
        "trusted_proxy_count": 1,
    }
    app = create_app(engine)
    stop = threading.Event()
    ticker = threading.Thread(target=_keep_time, args=(app, engine, stop), name="tick", daemon=True)
    share_heap()
    try:
        server = waitress.create_server(
            app,
            host=host or settings.host,
            port=port or settings.port,
            threads=threads or settings.threads,
            ident=None,
            max_request_body_size=LARGEST_UPLOAD + ROOM,
            max_request_header_size=32 * 1024,
            channel_timeout=60,
            clear_untrusted_proxy_headers=True,
            url_scheme="https" if settings.https else "http",
            **(proxy if settings.trusted_proxy else {}),
        )
    except OSError as error:
        raise Refusal(
            f"Chưa mở trang web: cổng {port or settings.port} đang bận hoặc không được phép dùng. "
            "Chọn cổng khác với --port."
        ) from error
    signal.signal(signal.SIGTERM, _stop)
    ready()
    ticker.start()
    app.extensions["glances"].start()
    try:
        server.run()
    finally:
        stop.set()
        server.close()
        ticker.join(timeout=5)
        app.extensions["glances"].stop()


def _stop(number: int, frame: object) -> None:
    """The server ends what it has begun, then its loop."""
    raise SystemExit(0)


def _try_fonts(settings: Settings) -> None:
    """So that the first paper does not wait for it; what is wrong is said once, and nothing is refused."""
    if advice := FONT_ADVICE(settings):
        log.warning(advice)


def _keep_time(app: Flask, engine: Engine, stop: threading.Event) -> None:
    """
    What waits until the server listens; then what time brings about, at once and every quarter of an hour, and every
    minute the letters that are due. A failed run is logged and tried again.
    """
    _logged(lambda: load_the_rest(app, stop))
    if stop.is_set():
        return
    threading.Thread(target=_try_fonts, args=(engine.settings,), name="fonts", daemon=True).start()
    while True:
        for minute in range(TICK_SECONDS // POST_SECONDS):
            for job in (POST,) if minute else (TICK, POST):
                _logged(lambda job=job: job(engine))
            if stop.wait(POST_SECONDS):
                return


def _logged(job: Callable[[], object]) -> None:
    try:
        job()
    except Exception:
        log.error(unexpected())
