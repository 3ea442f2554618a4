"""
One folder of pages: its addresses stand from the start, and a page's module is loaded when it is first asked for.

A server answers its first page a second sooner for it; `web.after_start` loads the rest before anybody asks.
"""

import threading
from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any

from flask import Blueprint

LOADING = threading.RLock()
"""Held by whoever loads a module of ours while requests are answered: never two at once that may want each other's."""


def load(module: str) -> Any:
    """A module of ours; ImportError where it is not there."""
    with LOADING:
        return import_module(module)


class Later:
    """A function of a module that is loaded with the first call. Templates and Flask take it for the function."""

    def __init__(self, place: str) -> None:
        """`place` is as "web.duties.due_words"."""
        self.__module__, _, self.__name__ = place.rpartition(".")
        self._function: Callable[..., Any] | None = None

    def load(self) -> Callable[..., Any]:
        """ImportError or AttributeError where it is not there; a test loads every one."""
        if self._function is None:
            self._function = getattr(load(self.__module__), self.__name__)
        return self._function

    def __call__(self, *args: Any, **values: Any) -> Any:
        return (self._function or self.load())(*args, **values)


class LaterModule:
    """A module that is loaded when a template first asks for something of it."""

    def __init__(self, place: str) -> None:
        self._place, self._module = place, None

    def __getattr__(self, name: str) -> Any:
        if self._module is None:
            self._module = load(self._place)
        return getattr(self._module, name)


class Job(Blueprint):
    """
    `Job("search", {"POST /tim/luu": "routes.keep"})`: each line of `pages` is an address with its methods, and the
    function of this folder that answers it; the function's name is the name of the endpoint.

    Filters, globals and words stand in the templates of all jobs; each is named by where it is found.
    """

    def __init__(self, name: str, pages: Mapping[str, str]) -> None:
        super().__init__(name, f"web.{name}")
        self.modules: list[str] = []
        """What is loaded later, in the order of the addresses; one may stand there more than once."""
        for line, place in pages.items():
            *methods, rule = line.split(" ")
            view = self._later(f"web.{name}.{place}")
            self.add_url_rule(rule, view.__name__, view, methods=methods)

    def filters(self, **places: str) -> None:
        for name, place in places.items():
            self.add_app_template_filter(self._later(place), name)

    def globals(self, **places: str) -> None:
        for name, place in places.items():
            self.add_app_template_global(self._later(place), name)

    def words(self, **places: str) -> None:
        """Modules, of which templates call what they need."""
        self.modules += places.values()
        modules = {name: LaterModule(place) for name, place in places.items()}
        self.record(lambda state: state.app.jinja_env.globals.update(modules))

    def _later(self, place: str) -> Later:
        later = Later(place)
        self.modules.append(later.__module__)
        return later
