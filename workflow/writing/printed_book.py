"""The register of outgoing documents as it is printed and bound (NĐ 30/2020, Phụ lục IV): a cover, and ten columns."""

from dataclasses import dataclass


@dataclass(frozen=True)
class PrintedRow:
    """Its cells in the order of the columns; `void` strikes it through."""

    cells: tuple[str, ...]
    void: bool = False


@dataclass(frozen=True)
class PrintedBook:
    """
    `cover` are the lines under the title (name, value), `checked` the sentence on missing and void numbers.
    `dated` (ISO) is the date the file tells.
    """

    parent_name: str
    agency_name: str
    title: str
    name: str
    cover: tuple[tuple[str, str], ...]
    checked: str
    columns: tuple[str, ...]
    rows: tuple[PrintedRow, ...]
    closing: str
    footer: str
    dated: str
