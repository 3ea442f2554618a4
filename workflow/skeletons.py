"""Texts to begin a draft from, as files: `templates/drafts/*.yaml`; words only, no rule."""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from workflow.content import Content
from workflow.errors import DefinitionError
from workflow.self_words import WORDS
from workflow.yaml_file import read_yaml

BLANK = "[…]"
"""What the drafter still has to fill in."""
_NAMED = re.compile(r"\{(\w*)\}")
"""What each agency calls otherwise, by a name of `workflow.self_words`: "{leaders}"."""


class Skeleton(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """`agencies` are the codes of those that are offered it; empty means all."""

    id: str
    name: str
    hint: str = ""
    agencies: tuple[str, ...] = ()
    content: Content


@cache
def load_skeletons(folder: Path) -> tuple[Skeleton, ...]:
    """All files of the folder by name, plans first; DefinitionError naming the file and what is wrong in it."""
    found = [_read(path) for path in sorted(folder.glob("*.yaml"))]
    return tuple(sorted(found, key=lambda one: (one.content.doc_type != "KH", one.name)))


def fitted(content: Content, words: Mapping[str, str]) -> Content:
    """The text as one agency writes it; `words` are those of `self_words.words_of`."""

    def fit(value: Any) -> Any:
        if isinstance(value, str):
            return _NAMED.sub(lambda found: words[found[1]], value)
        if isinstance(value, dict):
            return {name: fit(item) for name, item in value.items()}
        return [fit(item) for item in value] if isinstance(value, list | tuple) else value

    return msgspec.convert(fit(msgspec.to_builtins(content)), Content)


def _read(path: Path) -> Skeleton:
    raw: Any = read_yaml(path)
    try:
        made = msgspec.convert(raw, Skeleton)
    except msgspec.ValidationError as error:
        raise DefinitionError(f"{path.name}: {error}") from error
    if made.id != path.stem:
        raise DefinitionError(f"{path.name}: id: {made.id!r} is not the name of the file")
    if unknown := sorted(set(_names_in(msgspec.to_builtins(made.content))) - WORDS):
        raise DefinitionError(f"{path.name}: content: no agency has words for {{{unknown[0]}}}")
    return made


def _names_in(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield from _NAMED.findall(value)
    elif isinstance(value, dict | list | tuple):
        for item in value.values() if isinstance(value, dict) else value:
            yield from _names_in(item)
