"""The screens. Turns requests into commands and answers into pages; decides nothing."""

# ruff: noqa: E402 - what follows is loaded while the collector rests
import gc

_collects = gc.isenabled()
gc.disable()

from collections.abc import Callable
from importlib import import_module
from typing import Any

from flask import Flask

from web import (
    addresses,
    config,
    cookie,
    filters,
    glances,
    kept,
    numbers,
    refusals,
    security,
    session,
    shell,
    templating,
    typed,
)
from workflow.engine import Engine

gc.freeze()  # modules, classes and tables stay: to look through them over and over took a tenth of every start
if _collects:
    gc.enable()

JOBS = (
    "auth",
    "help",
    "inbox",
    "search",
    "documents",
    "drafting",
    "registry",
    "reporting",
    "overview",
    "audit",
    "admin",
    "notices",
    "absence",
)
"""One folder a job, each with a blueprint `bp`."""


class Application(Flask):
    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        """No page of ours is a coroutine, so none is asked with every request whether it is."""
        return func


def create_app(engine: Engine, **overrides: object) -> Flask:
    """The application on an engine whose record is set up; `overrides` are Flask settings, for tests."""
    app = Application(__name__)
    templating.init_app(app)
    config.init_app(app, engine.settings, overrides)
    cookie.init_app(app)
    numbers.init_app(app)
    typed.init_app(app)
    app.extensions["engine"] = engine
    filters.init_app(app)
    addresses.init_app(app)
    kept.init_app(app)
    glances.init_app(app, engine)
    session.init_app(app)
    security.init_app(app)
    refusals.init_app(app)
    shell.init_app(app)
    for job in JOBS:
        app.register_blueprint(import_module(f"web.{job}").bp)
    return app
