"""
May this person sign this document today, in which capacity, on what legal basis (NĐ 30/2020, Điều 13).

Answers from dated facts only; it is asked at the button, at the gate, and for the sentence who could.
"""

from dataclasses import dataclass
from datetime import date

from workflow.people import Agency, Authority, Directory, Person, Seat

ORDER = ("HEAD", "Q", "KT", "TL", "TL_KT", "TUQ", "TM", "TM_KT")
NEVER_PASSED_ON = {"TUQ"}


@dataclass(frozen=True)
class Capacity:
    """
    One lawful way to sign. `lines` is the signature block above the name, top line first; `basis` the
    decision or rule it rests on, in words that stand in the log for ever.
    """

    kind: str
    lines: tuple[str, ...]
    title: str
    basis: str
    authority_id: int | None = None
    valid_to: date | None = None

    @property
    def line(self) -> str:
        return self.lines[0]


@dataclass(frozen=True)
class Signable:
    """What of a document decides who may sign it."""

    id: int
    agency_id: int
    doc_type: str
    field: str


def capacities(directory: Directory, person_id: int, document: Signable, day: date) -> list[Capacity]:
    """Every capacity this person holds for this document on this day, the strongest first."""
    found = []
    agency = directory.agencies[document.agency_id]
    seats = [seat for seat in directory.seats_of(person_id, day) if seat.post.agency_id == agency.id]
    for seat in seats:
        if "director" in seat.post.roles:
            found.append(_as_head(agency, seat))
    for authority in directory.authorities_of(person_id):
        if authority.agency_id == agency.id and authority.on(day) and _covers(authority, document):
            seat_of = _seat_for(authority, seats)
            if seat_of is not None:
                found.append(_compose(agency, authority, seat_of))
    return sorted(found, key=lambda capacity: ORDER.index(capacity.kind))


def who_may_sign(directory: Directory, document: Signable, day: date) -> list[tuple[Person, Capacity]]:
    """Everyone who could sign this document on this day, each in the strongest capacity."""
    candidates = {item.person_id for item in directory.authorities if item.agency_id == document.agency_id}
    directors = directory.posts_with(document.agency_id, "director")
    candidates |= {person.id for person in directory.holders(directors, day)}
    found = []
    for person_id in sorted(candidates):
        if held := capacities(directory, person_id, document, day):
            found.append((directory.people[person_id], held[0]))
    return found


def why_not(directory: Directory, person_id: int, document: Signable, day: date) -> dict[str, str]:
    """The facts behind a refusal: `reason` is one of expired, not_yet, revoked, other_field, other_type, none."""
    mine = [item for item in directory.authorities_of(person_id) if item.agency_id == document.agency_id]
    for item in mine:
        if not _covers(item, document):
            continue
        facts = {"kind": item.kind, "base_document": item.base_document}
        if item.valid_to is not None and day > item.valid_to:
            return {"reason": "expired", "date": item.valid_to.isoformat(), **facts}
        if day < item.valid_from:
            return {"reason": "not_yet", "date": item.valid_from.isoformat(), **facts}
        if item.revoked_on is not None and day >= item.revoked_on:
            return {"reason": "revoked", "date": item.revoked_on.isoformat(), **facts}
    for item in mine:
        if item.on(day) and item.fields and document.field not in item.fields:
            field_name = directory.agencies[document.agency_id].fields.get(document.field, document.field)
            return {"reason": "other_field", "field": field_name, "base_document": item.base_document}
        if item.on(day) and item.doc_types and document.doc_type not in item.doc_types:
            return {"reason": "other_type", "doc_type": document.doc_type, "base_document": item.base_document}
    return {"reason": "none"}


def may_pass_on(directory: Directory, giver_id: int, kind: str, receiver_id: int, agency_id: int, day: date) -> bool:
    """
    Whether `giver` may give this right to `receiver`: the head gives all; a TL. holder only to the deputy
    of his own unit (Điều 13 khoản 4); a TUQ. holder nothing (Điều 13 khoản 3).
    """
    giver = [seat for seat in directory.seats_of(giver_id, day) if seat.post.agency_id == agency_id]
    if any("director" in seat.post.roles for seat in giver):
        return kind != "TL_KT"
    if kind != "TL_KT":
        return False
    has_order = any(a.kind == "TL" and a.agency_id == agency_id and a.on(day) for a in directory.authorities_of(giver_id))
    units = {seat.unit.id for seat in giver if "dept_head" in seat.post.roles}
    return has_order and any(
        seat.unit.id in units and "dept_deputy" in seat.post.roles for seat in directory.seats_of(receiver_id, day)
    )


def _covers(authority: Authority, document: Signable) -> bool:
    if authority.document_id is not None:
        return authority.document_id == document.id
    if authority.fields and document.field not in authority.fields:
        return False
    return not authority.doc_types or document.doc_type in authority.doc_types


def _seat_for(authority: Authority, seats: list[Seat]) -> Seat | None:
    wanted = {
        "KT": {"deputy_director"},
        "TM_KT": {"deputy_director"},
        "Q": {"deputy_director", "director", "dept_head"},
        "TL": {"dept_head", "chief_of_office"},
        "TL_KT": {"dept_deputy"},
        "TUQ": {"dept_head", "chief_of_office"},
    }.get(authority.kind, set())
    return next((seat for seat in seats if seat.post.roles & wanted), None)


def _as_head(agency: Agency, seat: Seat) -> Capacity:
    if agency.regime == "collective":
        lines = (f"TM. {agency.body.upper()}", agency.head_title.upper())
        return Capacity("TM", lines, seat.post.title, seat.holding.basis)
    return Capacity("HEAD", (agency.head_title.upper(),), seat.post.title, seat.holding.basis)


def _compose(agency: Agency, authority: Authority, seat: Seat) -> Capacity:
    head, own = agency.head_title.upper(), seat.post.title.upper()
    deputy = agency.deputy_title.upper()
    kind = authority.kind
    if kind == "KT" and agency.regime == "collective":
        kind = "TM_KT"
    lines = {
        "KT": (f"KT. {head}", deputy),
        "Q": (f"Q. {head}",),
        "TL": (f"TL. {head}", own),
        "TL_KT": (f"TL. {head}", f"KT. {_unit_head_title(own)}", own),
        "TUQ": (f"TUQ. {head}", own),
        "TM_KT": (f"TM. {agency.body.upper()}", f"KT. {head}", deputy),
    }[kind]
    return Capacity(kind, lines, seat.post.title, authority.base_document, authority.id, authority.valid_to)


def _unit_head_title(deputy_title: str) -> str:
    """A deputy ("PHÓ CHÁNH VĂN PHÒNG" signs for "CHÁNH VĂN PHÒNG")."""
    return deputy_title.removeprefix("PHÓ ")
