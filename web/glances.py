"""
Writes down which texts stood beside a list, a few at a time: nobody asked for them by name, so nobody waits for it.

What somebody opens, downloads, prints or is refused is written before he is answered; only these may be lost with
a process that is killed, and at most those of the last half second.
"""

import logging
import threading
from collections import OrderedDict
from typing import TYPE_CHECKING

from flask import Flask

from web.session import identity
from workflow.commands.viewing import Display, note_displays
from workflow.engine import Engine, Identity
from workflow.errors import WorkflowError

if TYPE_CHECKING:
    from workflow.queries.documents import DocumentView

IN_LIST = "Hiện bên danh sách việc"
EVERY = 0.5
"""Seconds between two writings, where there is anything to write."""
REMEMBERED = 10_000
"""Sessions whose last glance is known, so that going back to the list is not an event."""
ENOUGH = 200
"""That many waiting are written at once, whoever comes with the next."""

log = logging.getLogger("trinhky.glances")


def init_app(app: Flask, engine: Engine) -> None:
    app.extensions["glances"] = Glances(engine)


class Glances:
    """Until `start` every glance is written at once; from then on by a thread of its own, until `stop`."""

    def __init__(self, engine: Engine):
        self._engine = engine
        self._waiting: list[Display] = []
        self._last: OrderedDict[str, tuple[int, str]] = OrderedDict()
        self._lock = threading.Lock()
        self._some = threading.Event()
        self._ended = threading.Event()
        self._thread: threading.Thread | None = None

    def note(self, session: str, view: "DocumentView") -> None:
        """Once a session, as long as the same text stands there."""
        shown = (view.document.id, view.document.digest)
        with self._lock:
            if self._last.get(session) == shown:
                return
            self._last[session] = shown
            self._last.move_to_end(session)
            if len(self._last) > REMEMBERED:
                self._last.popitem(last=False)
            self._waiting.append(Display(identity(), view.document, IN_LIST))
            many = len(self._waiting) >= ENOUGH
        if self._thread is None or many:
            self.write()
        else:
            self._some.set()

    def write(self) -> None:
        """All that wait, in one Work; kept for the next time where the record is busy."""
        with self._lock:
            batch, self._waiting = self._waiting, []
        if not batch:
            return
        try:
            with self._engine.work(Identity(rule="display")) as w:
                note_displays(w, batch)
        except WorkflowError:
            with self._lock:
                self._waiting = batch + self._waiting
            log.warning("%d displays wait to be written", len(batch))

    def start(self) -> None:
        self._thread = threading.Thread(target=self._keep_writing, name="glances", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Write what waits, and end."""
        self._ended.set()
        self._some.set()
        if self._thread is not None:
            self._thread.join(timeout=5)
        self.write()

    def _keep_writing(self) -> None:
        while self._some.wait() and not self._ended.wait(EVERY):
            self._some.clear()
            try:
                self.write()
            except Exception:
                log.exception("displays were not written")
