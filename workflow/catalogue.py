"""The types of document and the capacities of signing, as the decree lists them; data, never rules."""

import re
from functools import cache
from pathlib import Path
from typing import Literal

from msgspec import Struct

from workflow.settings import DEFINITIONS
from workflow.shape import refuse, shape
from workflow.yaml_file import read_yaml

TITLES = ("HEAD", "OWN", "UNIT_HEAD", "BODY")

Stated = Literal["fields", "doc_types", "to", "base_document", "under"]


class DocumentType(Struct, frozen=True, forbid_unknown_fields=True):
    """One of the 29 types (NĐ 30/2020, Điều 7). Without `abbreviation` its symbol names the unit instead."""

    code: str
    name: str
    abbreviation: str | None
    capital: str | None


class Capacity(Struct, frozen=True, forbid_unknown_fields=True):
    """
    A capacity in which one signs (NĐ 30/2020, Điều 13) and the lines it prints above the name.

    `lines` may name the titles {HEAD} (of the agency), {OWN} (of the signer), {UNIT_HEAD} (of the head of the
    signer's unit) and {BODY} (of the collective). `states` is what an authority of this kind has to state;
    `passes_on` says whether the holder may let his own deputy sign.
    """

    code: str
    name: str
    lines: tuple[str, ...]
    article: str
    states: tuple[Stated, ...] = ()
    passes_on: bool = False


class Catalogue(Struct, frozen=True, forbid_unknown_fields=True):
    document_types: tuple[DocumentType, ...]
    capacities: tuple[Capacity, ...]

    def document_type(self, code: str) -> DocumentType:
        """KeyError if there is no such type."""
        return {item.code: item for item in self.document_types}[code]

    def capacity(self, code: str) -> Capacity:
        """KeyError if there is no such capacity."""
        return {item.code: item for item in self.capacities}[code]


class _Types(Struct, frozen=True, forbid_unknown_fields=True):
    document_types: tuple[DocumentType, ...]


class _Capacities(Struct, frozen=True, forbid_unknown_fields=True):
    capacities: tuple[Capacity, ...]


def load_catalogue(folder: Path) -> Catalogue:
    """Reads document_types.yaml and capacities.yaml; DefinitionError lists every fault of a file."""
    types = shape(read_yaml(folder / "document_types.yaml"), _Types, file="document_types.yaml")
    refuse(_type_faults(types.document_types), file="document_types.yaml")
    capacities = shape(read_yaml(folder / "capacities.yaml"), _Capacities, file="capacities.yaml")
    refuse(_capacity_faults(capacities.capacities), file="capacities.yaml")
    return Catalogue(types.document_types, capacities.capacities)


@cache
def catalogue() -> Catalogue:
    """The catalogue this product ships, read once."""
    return load_catalogue(DEFINITIONS / "catalogue")


@cache
def type_code(abbreviation: str) -> str:
    """The code of a document's type ("KH" is "ke_hoach"), in which agencies state what may be signed."""
    found = [item.code for item in catalogue().document_types if item.abbreviation == abbreviation]
    return found[0] if found else abbreviation


def signature_block(
    capacity: Capacity, *, head: str, own: str = "", unit_head: str = "", body: str = ""
) -> tuple[str, ...]:
    """
    The lines of quyền hạn and chức vụ, in capitals: ("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC").

    ValueError if a line needs a title that is not given.
    """
    titles = {"HEAD": head, "OWN": own, "UNIT_HEAD": unit_head, "BODY": body}
    for name in (name for line in capacity.lines for name in _names(line)):
        if not titles[name].strip():
            raise ValueError(f"capacity {capacity.code} prints {{{name}}}, and no such title was given")
    return tuple(line.format_map(titles).upper() for line in capacity.lines)


def symbol_of(document_type: DocumentType, *, agency: str, unit: str) -> str:
    """The symbol after the number: "KH-SKHCN"; for a công văn "SKHCN-VP" (NĐ 30/2020, Phụ lục I, III)."""
    if document_type.abbreviation is None:
        return f"{agency}-{unit}"
    return f"{document_type.abbreviation}-{agency}"


def twice(values: list[str]) -> list[str]:
    """The values that occur more than once, each once, in order of appearance."""
    return [value for value in dict.fromkeys(values) if values.count(value) > 1]


def _names(line: str) -> list[str]:
    return re.findall(r"\{([^}]*)\}", line)


def _type_faults(types: tuple[DocumentType, ...]) -> list[str]:
    faults = [f"document_types: code {code!r} stands twice" for code in twice([item.code for item in types])]
    marks = [item.abbreviation for item in types if item.abbreviation is not None]
    faults += [f"document_types: abbreviation {mark!r} stands twice" for mark in twice(marks)]
    for item in types:
        if item.capital is not None and item.capital != item.name.upper():
            faults.append(f"document_types {item.code}: {item.capital!r} is not {item.name!r} in capitals")
    return faults


def _capacity_faults(capacities: tuple[Capacity, ...]) -> list[str]:
    faults = [f"capacities: code {code!r} stands twice" for code in twice([item.code for item in capacities])]
    for item in capacities:
        if not item.lines:
            faults.append(f"capacities {item.code}: prints no line")
        for line in item.lines:
            unknown = [name for name in _names(line) if name not in TITLES]
            faults += [f"capacities {item.code}: unknown title {name!r}" for name in unknown]
            if set("{}") & set(re.sub(r"\{[^{}]*\}", "", line)):
                faults.append(f"capacities {item.code}: a brace is left open in {line!r}")
    return faults
