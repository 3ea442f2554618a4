"""Texts to begin a draft from, as files of the agency: `templates/drafts/*.yaml`; words only, no rule."""

from functools import cache
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from workflow.content import Content
from workflow.errors import DefinitionError
from workflow.yaml_file import read_yaml

BLANK = "[…]"
"""What the drafter still has to fill in."""


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


def _read(path: Path) -> Skeleton:
    raw: Any = read_yaml(path)
    try:
        made = msgspec.convert(raw, Skeleton)
    except msgspec.ValidationError as error:
        raise DefinitionError(f"{path.name}: {error}") from error
    if made.id != path.stem:
        raise DefinitionError(f"{path.name}: id: {made.id!r} is not the name of the file")
    return made
