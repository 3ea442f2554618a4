"""What arrives with a request, without the one sign that no database keeps as text."""

from collections.abc import Iterable, Mapping
from typing import Any

from flask import Flask, Request
from werkzeug.datastructures import ImmutableMultiDict, iter_multi_items

NUL = "\0"


class Typed(ImmutableMultiDict[str, Any]):
    """Values of an address or a form; a U+0000 in one, which PostgreSQL refuses, is a blank."""

    def __init__(self, mapping: Mapping[str, Any] | Iterable[tuple[str, Any]] | None = None) -> None:
        pairs = () if mapping is None else iter_multi_items(mapping)  # type: ignore[type-var]
        super().__init__([(_kept(name), _kept(value)) for name, value in pairs])


class TypedRequest(Request):
    parameter_storage_class = Typed


def init_app(app: Flask) -> None:
    app.request_class = TypedRequest


def _kept(value: Any) -> Any:
    return value.replace(NUL, " ") if isinstance(value, str) else value
