"""
May this person sign this document today, in which capacity, on what legal basis (NĐ 30/2020, Điều 13).

Answers from dated facts only; it is asked at the button, at the gate, and for the sentence who could.
"""

from dataclasses import dataclass
from datetime import date

from workflow.catalogue import catalogue, signature_block, type_code
from workflow.people import Agency, Authority, Directory, Person, Seat

ORDER = ("HEAD", "Q", "KT", "TL", "TL_KT", "TUQ", "TM", "TM_KT")
"""Among several, the first is taken unless the signer names another."""

SEATED = {
    "KT": frozenset({"deputy_director"}),
    "Q": frozenset({"deputy_director", "director", "dept_head"}),
    "TL": frozenset({"dept_head", "chief_of_office"}),
    "TL_KT": frozenset({"dept_deputy"}),
    "TUQ": frozenset({"dept_head", "chief_of_office"}),
}
"""On which seats a right of each kind can rest (NĐ 30/2020, Điều 13)."""


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
            seat_of = _seat_for(directory, authority, document, seats, day)
            if seat_of is not None:
                found.append(_compose(directory, agency, authority, seat_of))
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
    held = [item for item in directory.authorities_of(person_id) if item.agency_id == document.agency_id]
    mine = sorted(held, key=lambda item: item.valid_from, reverse=True)
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
        if item.on(day) and item.doc_types and type_code(document.doc_type) not in item.doc_types:
            return {
                "reason": "other_type",
                "doc_type": document.doc_type,
                "base_document": item.base_document,
            }
    return {"reason": "none"}


def may_pass_on(
    directory: Directory, giver_id: int, kind: str, receiver_id: int, agency_id: int, day: date
) -> bool:
    """
    Whether `giver` may give this right to `receiver`: the head (or who acts as head under a Q.) gives all but
    what is a department head's to give; a TL. holder gives it to the deputy of his own unit (Điều 13 khoản 4);
    a TUQ. holder gives nothing (khoản 3). Nobody gives himself anything.
    """
    giver = [seat for seat in directory.seats_of(giver_id, day) if seat.post.agency_id == agency_id]
    if giver_id == receiver_id or any("admin" in seat.post.roles for seat in giver):
        return False
    held = {a.kind for a in directory.authorities_of(giver_id) if a.agency_id == agency_id and a.on(day)}
    if kind != "TL_KT":
        acts_as_head = "Q" in held and any(seat.post.roles & SEATED["Q"] for seat in giver)
        return acts_as_head or any("director" in seat.post.roles for seat in giver)
    units = {seat.unit.id for seat in giver if "dept_head" in seat.post.roles}
    below = [seat for seat in directory.seats_of(receiver_id, day) if "dept_deputy" in seat.post.roles]
    return "TL" in held and any(seat.unit.id in units for seat in below)


def _covers(authority: Authority, document: Signable) -> bool:
    if authority.document_id is not None:
        return authority.document_id == document.id
    if authority.fields and document.field not in authority.fields:
        return False
    return not authority.doc_types or type_code(document.doc_type) in authority.doc_types


def _seat_for(
    directory: Directory, authority: Authority, document: Signable, seats: list[Seat], day: date
) -> Seat | None:
    """The seat this right rests on; a deputy's TL. only while the head of his unit has it for this document."""
    fit = (seat for seat in seats if seat.post.roles & SEATED[authority.kind])
    if authority.kind == "TL_KT":
        fit = (seat for seat in fit if _head_may(directory, seat, document, day))
    return next(fit, None)


def _head_may(directory: Directory, seat: Seat, document: Signable, day: date) -> bool:
    heads = directory.holders(
        directory.posts_with(seat.post.agency_id, "dept_head", unit_id=seat.unit.id), day
    )
    given = [item for head in heads for item in directory.authorities_of(head.id) if item.kind == "TL"]
    return any(item.on(day) and _covers(item, document) for item in given)


def _as_head(agency: Agency, seat: Seat) -> Capacity:
    kind = "TM" if agency.regime == "collective" else "HEAD"
    return Capacity(kind, _block(kind, agency, seat), seat.post.title, seat.holding.basis)


def _compose(directory: Directory, agency: Agency, authority: Authority, seat: Seat) -> Capacity:
    kind = "TM_KT" if authority.kind == "KT" and agency.regime == "collective" else authority.kind
    heads = directory.posts_with(agency.id, "dept_head", unit_id=seat.unit.id)
    lines = _block(kind, agency, seat, unit_head=heads[0].title if heads else "")
    return Capacity(kind, lines, seat.post.title, authority.base_document, authority.id, authority.valid_to)


def _block(kind: str, agency: Agency, seat: Seat, *, unit_head: str = "") -> tuple[str, ...]:
    return signature_block(
        catalogue().capacity(kind),
        head=agency.head_title,
        own=seat.post.title,
        unit_head=unit_head,
        body=agency.body,
    )
