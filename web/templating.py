"""The template engine, told that what all templates know is settled before the first page."""

from collections.abc import MutableMapping
from typing import Any

from flask import Flask
from flask.templating import Environment


class SettledEnvironment(Environment):
    """
    Globals as one plain dictionary.

    The engine's own lay a `ChainMap` over it, so that they may still change; it is copied and compared with every
    import of every page, which took a tenth of the page. Ours are all given by `init_app` functions.
    """

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """Of one template; the environment's own where it has none of its own."""
        return {**self.globals, **d} if d else self.globals


def init_app(app: Flask) -> None:
    """Before anything else asks for `app.jinja_env`, which is made once."""
    app.jinja_environment = SettledEnvironment
