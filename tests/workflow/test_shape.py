from datetime import date

import pytest
from msgspec import Struct

from workflow.errors import DefinitionError
from workflow.shape import shape


class Leaf(Struct, frozen=True, forbid_unknown_fields=True, rename={"from_": "from"}):
    name: str
    from_: date
    size: int = 1


class Tree(Struct, frozen=True, forbid_unknown_fields=True):
    title: str
    leaves: tuple[Leaf, ...] = ()
    first: Leaf | None = None


def test_every_fault_of_shape_is_told_at_once_with_its_place():
    raw = {
        "leaves": [
            {"name": 5, "from": "2025-02-30"},
            {"name": "ok", "from": "2025-01-01"},
            {"from": "2025-01-01", "colour": "red", "size": "big"},
            "text",
        ],
        "titel": "x",
    }
    with pytest.raises(DefinitionError) as refused:
        shape(raw, Tree, file="t.yaml")
    lines = str(refused.value).splitlines()
    assert [line.split(": ")[1] for line in lines] == [
        "titel", "title", "leaves[0].name", "leaves[0].from", "leaves[2].colour", "leaves[2].name",
        "leaves[2].size", "leaves[3]",
    ]  # fmt: skip
    assert all(line.startswith("t.yaml: ") for line in lines)


def test_a_right_shape_becomes_frozen_values_with_real_dates():
    tree = shape({"title": "x", "leaves": [{"name": "a", "from": "2025-06-30"}]}, Tree, file="t.yaml")
    assert tree == Tree("x", (Leaf("a", date(2025, 6, 30)),))
    with pytest.raises(AttributeError):
        tree.title = "y"


@pytest.mark.parametrize("raw", [None, [], "text", 5])
def test_a_file_that_is_no_mapping_is_refused(raw):
    with pytest.raises(DefinitionError, match=r"t\.yaml: file: expected named values"):
        shape(raw, Tree, file="t.yaml")
