"""The wire to a server, listened to: how often somebody spoke and then waited for the answer."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.engine import make_url


class Wire:
    """`trips` counts each time the client speaks after the server did."""

    def __init__(self, host: str, port: int):
        self.trips = 0
        self._server = (host, port)
        self._door = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._door.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        self._door.close()

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._door.accept()
            except OSError:
                return
            server = socket.create_connection(self._server)
            answered = threading.Event()
            answered.set()
            for source, target, speaks in ((client, server, True), (server, client, False)):
                threading.Thread(
                    target=self._carry, args=(source, target, answered, speaks), daemon=True
                ).start()

    def _carry(
        self, source: socket.socket, target: socket.socket, answered: threading.Event, speaks: bool
    ) -> None:
        try:
            while data := source.recv(65536):
                if not speaks:
                    answered.set()
                elif answered.is_set():
                    answered.clear()
                    self.trips += 1
                target.sendall(data)
        except OSError:
            pass
        finally:
            for end in (source, target):
                end.close()


@contextmanager
def wired(url: str) -> Iterator[tuple[Wire, str]]:
    """A wire to the server of this URL, and the URL by which it is reached."""
    given = make_url(url)
    wire = Wire(given.host or "127.0.0.1", given.port or 5432)
    try:
        there = given.set(host="127.0.0.1", port=wire.port)
        yield wire, there.render_as_string(hide_password=False)
    finally:
        wire.close()
