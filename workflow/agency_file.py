"""From the YAML of an agency to an `AgencyFile` that contradicts itself nowhere: shape first, then sense."""

from pathlib import Path

from workflow.agency import AgencyFile
from workflow.agency_sense import faults_of
from workflow.catalogue import Catalogue, load_catalogue
from workflow.errors import DefinitionError
from workflow.shape import refuse, shape
from workflow.yaml_file import read_yaml

__all__ = ["AgencyFile", "load_agencies", "load_agency"]


def load_agency(path: Path, *, catalogue: Catalogue | None = None) -> AgencyFile:
    """
    The agency of one file. Without `catalogue` the folder "catalogue" beside the agencies' folder is read.

    DefinitionError lists every fault as "file: place: reason"; sense is judged once the shape is right.
    """
    agency = shape(read_yaml(path), AgencyFile, file=path.name)
    known = catalogue or load_catalogue(path.parent.parent / "catalogue")
    refuse(faults_of(agency, known), file=path.name)
    return agency


def load_agencies(folder: Path) -> tuple[AgencyFile, ...]:
    """Every agency of the folder by file name; codes, symbols and logins are unique over all of them."""
    catalogue = load_catalogue(folder.parent / "catalogue")
    agencies = tuple(load_agency(path, catalogue=catalogue) for path in sorted(folder.glob("*.yaml")))
    if not agencies:
        raise DefinitionError(f"{folder.name}: no agency file in this folder")
    seen: dict[tuple[str, str], str] = {}
    faults: list[str] = []
    for agency in agencies:
        claims = [("code", agency.code), ("symbol", agency.symbol)]
        for claim in [*claims, *(("login", person.login) for person in agency.people)]:
            if claim in seen:
                faults.append(f"{agency.code}: {claim[0]} {claim[1]!r} is also that of {seen[claim]}")
            seen.setdefault(claim, agency.code)
    refuse(faults, file=folder.name)
    return agencies
