"""YAML as our definition files use it: nothing is guessed, nothing is overwritten, nothing is executed."""

import re
import unicodedata
from collections.abc import Hashable
from pathlib import Path
from typing import Any

import yaml

from workflow.errors import DefinitionError


class _Loader(yaml.CSafeLoader):
    """
    Only true/false, whole numbers and null are resolved; `no`, `1:30`, `07` and dates stay the text they are.

    Anchors and aliases work; merge keys (`<<`) do not, since a merge is a silent overwriting.
    """

    yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}  # noqa: RUF012 — PyYAML's own hook

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        mapping: dict[Hashable, Any] = {}
        for key_node, value_node in node.value:
            key = self.construct_object(key_node, deep=True)
            if not isinstance(key, str | int):
                raise _fault("a key must be a word", key_node)
            if key in mapping:
                raise _fault(f"key {key!r} stands twice", key_node)
            mapping[key] = self.construct_object(value_node, deep=deep)
        return mapping


for _tag, _pattern, _first in (
    ("bool", r"true|false", "tf"),
    ("int", r"-?(?:0|[1-9][0-9]*)", "-0123456789"),
    ("null", r"null|~|", ("n", "~", "")),
):
    _Loader.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(rf"(?:{_pattern})\Z"), list(_first))


def _fault(reason: str, node: yaml.Node) -> yaml.MarkedYAMLError:
    return yaml.MarkedYAMLError(problem=reason, problem_mark=node.start_mark)


def read_text(path: Path) -> str:
    """The text of a file in NFC; DefinitionError "file: reason" if it cannot be read or is not UTF-8."""
    try:
        return unicodedata.normalize("NFC", path.read_text("utf-8-sig"))
    except OSError as error:
        raise DefinitionError(f"{path.name}: cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise DefinitionError(f"{path.name}: not UTF-8 at byte {error.start}") from error


def read_yaml(path: Path) -> Any:
    """
    The one document of the file, its text in NFC; null for an empty file.

    DefinitionError "file:line: reason" if it cannot be read, is not UTF-8 or not YAML, or has a key twice.
    """
    try:
        return yaml.load(read_text(path), Loader=_Loader)  # noqa: S506 — a subclass of the safe loader
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = f":{mark.line + 1}" if mark else ""
        raise DefinitionError(f"{path.name}{line}: {error.problem or error.context}") from error
    except yaml.YAMLError as error:
        raise DefinitionError(f"{path.name}: {error}") from error
