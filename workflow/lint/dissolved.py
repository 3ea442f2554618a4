"""Well-known bodies that were dissolved or renamed, as the catalogue tells them, each with its source."""

from datetime import date
from functools import cache
from pathlib import Path

from msgspec import Struct

from workflow.settings import DEFINITIONS
from workflow.shape import refuse, shape
from workflow.yaml_file import read_yaml


class Body(Struct, frozen=True, forbid_unknown_fields=True):
    """`until` is its last day; `successor` the words for who does its work now, "" where that differs from place to
    place."""

    names: tuple[str, ...]
    until: date
    source: str
    successor: str = ""


class _Bodies(Struct, frozen=True, forbid_unknown_fields=True):
    bodies: tuple[Body, ...]


def load_bodies(path: Path) -> tuple[Body, ...]:
    """DefinitionError for a file that is wrong, or a name that stands twice."""
    bodies = shape(read_yaml(path), _Bodies, file=path.name).bodies
    names = [name for body in bodies for name in body.names]
    refuse(
        [f"bodies: {name!r} stands twice" for name in {n for n in names if names.count(n) > 1}],
        file=path.name,
    )
    return bodies


@cache
def dissolved_bodies() -> tuple[Body, ...]:
    """Those this product ships, read once."""
    return load_bodies(DEFINITIONS / "catalogue" / "dissolved_bodies.yaml")
