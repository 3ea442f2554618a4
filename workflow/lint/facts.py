"""What the checks are told beside the text: the agency on a day, and the paper around the text; values only."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from workflow.agency import AgencyFile
from workflow.agency import Unit as UnitOfFile
from workflow.lint.dissolved import Body, dissolved_bodies
from workflow.parties import Known, known_in
from workflow.people import Agency, Directory, Unit


@dataclass(frozen=True)
class Ended:
    """A unit that no longer stands on the day: its names, its last day, who took its work over."""

    code: str
    names: tuple[str, ...]
    until: date
    successor: str = ""


@dataclass(frozen=True)
class AgencyFacts:
    """An agency as its texts must name it on `on`. `unit_symbols` by name; `bodies` are gone on that day."""

    on: date
    symbol: str
    place: str
    head_title: str
    deputy_title: str
    known: Known
    unit_symbols: Mapping[str, str] = field(default_factory=dict)
    ended: tuple[Ended, ...] = ()
    bodies: tuple[Body, ...] = ()
    name: str = ""


@dataclass(frozen=True)
class KnownDocument:
    """A document of this system: number and symbol, the day it bears, and its state as its procedure names it."""

    reference_no: str
    dated: date
    subject: str = ""
    state: str = ""

    @property
    def key(self) -> str:
        """What its number is compared by."""
        return number_key(self.reference_no)


def number_key(number: str) -> str:
    """ "07/KH-SKHCN" and "7/ KH-SKHCN" are one number."""
    return number.replace(" ", "").lstrip("0").upper()


@dataclass(frozen=True)
class Asked:
    """Documents to look up: (number and symbol as the register writes it, year), and the days that are cited."""

    numbers: frozenset[tuple[str, int]] = frozenset()
    days: frozenset[date] = frozenset()


@dataclass(frozen=True)
class PaperFacts:
    """
    What stands around the text. `signature_lines` as printed above the name; `number_line`, `number` and
    `date_line` only where the text came from a paper that bears them. `known` are the documents of this system whose
    numbers the text cites, None where no record was asked. `as_printed`: the text was read from a finished paper,
    whose signs are its own. `letterhead` is what a file has above its title, None where that is not asked: our own
    paper prints it. `upright` are the căn cứ of a file that are not in italic type, None where it does not tell.
    """

    signature_lines: tuple[str, ...] = ()
    signer_name: str = ""
    number_line: str = ""
    number: str = ""
    date_line: str = ""
    known: tuple[KnownDocument, ...] | None = None
    as_printed: bool = False
    letterhead: tuple[str, ...] | None = None
    agency_line: str = ""
    upright: tuple[str, ...] | None = None


def facts_of_file(agency: AgencyFile, on: date) -> AgencyFacts:
    """Out of an agency's file, where there is no record."""
    names = {unit.code: unit.name for unit in agency.units}
    successors = {unit.code: names.get(unit.successor or "", "") for unit in agency.units}
    return _facts(agency, agency.units, successors, known_in(agency), on)


def facts_of_record(directory: Directory, agency_id: int, on: date) -> AgencyFacts:
    """Out of the record."""
    units = directory.units_of(agency_id)
    successors = {
        unit.code: directory.units[unit.successor_id].name if unit.successor_id else "" for unit in units
    }
    return _facts(directory.agencies[agency_id], units, successors, directory.known_in(agency_id), on)


def _facts(
    agency: AgencyFile | Agency,
    units: Sequence[UnitOfFile | Unit],
    successors: Mapping[str, str],
    known: Known,
    on: date,
) -> AgencyFacts:
    return AgencyFacts(
        on=on,
        symbol=agency.symbol,
        place=agency.place,
        head_title=agency.head_title,
        deputy_title=agency.deputy_title,
        known=known,
        unit_symbols={unit.name: unit.symbol for unit in units},
        ended=tuple(
            Ended(
                unit.code, (unit.name, unit.short_name, *unit.aliases), unit.valid_to, successors[unit.code]
            )
            for unit in units
            if unit.valid_to is not None and unit.valid_to < on
        ),
        bodies=gone(on),
        name=agency.name,
    )


def gone(on: date, bodies: Iterable[Body] | None = None) -> tuple[Body, ...]:
    """The well-known bodies that no longer stand on this day."""
    return tuple(body for body in (dissolved_bodies() if bodies is None else bodies) if body.until < on)
