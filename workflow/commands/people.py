"""People, their passwords and their dated rights. Every change of rights is an entry and counts at the next request."""

from collections.abc import Iterator
from datetime import date

from sqlalchemy import insert, select, update

from workflow import people
from workflow.authority import SEATED, may_pass_on
from workflow.catalogue import catalogue
from workflow.commands.governing import admin_only, reorder
from workflow.commands.setup import insert_person
from workflow.engine import Work
from workflow.errors import Fault, Invalid, NotFound, NotYourStep
from workflow.models import Authority, Document, Holding, Person, WebSession


def add_person(w: Work, *, agency_id: int, login: str, name: str) -> int:
    """A new person without post or password. Raises NotYourStep, Invalid if the login is taken, empty or no login."""
    admin_only(w, agency_id, "add_person")
    login, name = login.strip().lower(), " ".join(name.split())
    if not login or not name:
        raise Invalid([Fault("login" if not login else "name", "missing")])
    person_id = insert_person(w, agency_id=agency_id, login=login, name=name)
    reorder(
        w,
        "add_person",
        "Thêm người dùng",
        agency_id,
        {"login": login, "name": name},
        touched=(("person", person_id),),
    )
    return person_id


def set_password_hash(w: Work, *, person_id: int, password_hash: str) -> None:
    """Store an Argon2 hash, by the person or an administrator; every session of the person ends (P11)."""
    person = _person(w, person_id)
    if w.actor.person_id != person_id:
        admin_only(w, person.agency_id, "set_password")
    w.db.execute(update(Person).where(Person.id == person_id).values(password_hash=password_hash))
    _end_sessions(w, person_id)
    reorder(w, "set_password", "Đặt mật khẩu", person.agency_id, {"login": person.login})


def disable_person(w: Work, *, person_id: int) -> None:
    """Deactivate, never delete; what the person did stays as it is."""
    person = _person(w, person_id)
    admin_only(w, person.agency_id, "disable_person")
    w.db.execute(update(Person).where(Person.id == person_id).values(active=False))
    _end_sessions(w, person_id)
    facts = {"login": person.login, "name": person.name}
    reorder(w, "disable_person", "Ngừng tài khoản", person.agency_id, facts, touched=(("person", person_id),))


def hold_post(
    w: Work, *, person_id: int, post_id: int, valid_from: date, valid_to: date | None, basis: str
) -> int:
    """
    Seat a person on a post between two days; returns the holding's id.

    Raises NotFound, NotYourStep for all but an administrator and for one who would seat himself, Invalid.
    """
    post = w.directory.posts.get(post_id)
    if post is None:
        raise NotFound(f"post {post_id}")
    person = _person(w, person_id)
    admin_only(w, post.agency_id, "hold_post", about=person_id)
    if valid_to is not None and valid_to < valid_from:
        raise Invalid([Fault("valid_to", "before_start")])
    values = {"agency_id": post.agency_id, "person_id": person_id, "post_id": post_id, "basis": basis}
    values |= {"valid_from": valid_from, "valid_to": valid_to}
    holding_id: int = w.db.execute(insert(Holding).values(**values)).inserted_primary_key[0]  # type: ignore[index]
    facts = {"person": person.name, "post": post.title, "from": valid_from.isoformat(), "basis": basis}
    reorder(w, "hold_post", "Giữ chức vụ", post.agency_id, facts, touched=(("holding", holding_id),))
    return holding_id


def leave_post(w: Work, *, holding_id: int, last_day: date) -> None:
    """End a holding after `last_day`. Raises NotFound, NotYourStep, Invalid if it began later than that."""
    holding = next((item for item in w.directory.holdings if item.id == holding_id), None)
    if holding is None:
        raise NotFound(f"holding {holding_id}")
    post = w.directory.posts[holding.post_id]
    admin_only(w, post.agency_id, "leave_post", about=holding.person_id)
    if last_day < holding.valid_from:
        raise Invalid([Fault("valid_to", "before_start")])
    w.db.execute(update(Holding).where(Holding.id == holding_id).values(valid_to=last_day))
    name = w.directory.people[holding.person_id].name
    facts = {"person": name, "post": post.title, "to": last_day.isoformat()}
    reorder(w, "leave_post", "Thôi giữ chức vụ", post.agency_id, facts, touched=(("holding", holding_id),))


def grant_authority(
    w: Work,
    *,
    agency_id: int,
    kind: str,
    person_id: int,
    base_document: str,
    valid_from: date,
    valid_to: date | None,
    fields: tuple[str, ...] = (),
    doc_types: tuple[str, ...] = (),
    document_id: int | None = None,
) -> int:
    """
    Give a right to sign; returns its id. The head gives; a TL. holder only to the deputy of his own unit; a
    TUQ. holder nothing (G17). `doc_types` are codes of the catalogue ("bao_cao"), `document_id` makes it a
    giao ký for that one document.

    Raises NotYourStep; Invalid lists a TUQ. without end or limit, dates out of order, a missing basis, and
    names that are unknown in this agency.
    """
    if not may_pass_on(w.directory, w.actor.person_id, kind, person_id, agency_id, w.today):
        raise NotYourStep("grant_authority", ("director",))
    faults = []
    if kind == "TUQ" and valid_to is None:
        faults.append(Fault("valid_to", "tuq_must_end"))
    if kind in ("TL", "TUQ") and not (fields or doc_types or document_id):
        faults.append(Fault("doc_types", "must_be_limited"))
    if valid_to is not None and valid_to < valid_from:
        faults.append(Fault("valid_to", "before_start"))
    if not base_document.strip():
        faults.append(Fault("base_document", "missing"))
    if faults := faults + list(_unknown(w, agency_id, kind, person_id, fields, doc_types, document_id)):
        raise Invalid(faults)
    values = {
        "agency_id": agency_id,
        "kind": kind,
        "person_id": person_id,
        "fields": list(fields),
        "doc_types": list(doc_types),
        "document_id": document_id,
        "base_document": base_document,
        "valid_from": valid_from,
        "valid_to": valid_to,
        "revoked_on": None,
        "granted_by": w.actor.person_id,
    }
    authority_id: int = w.db.execute(insert(Authority).values(**values)).inserted_primary_key[0]  # type: ignore[index]
    facts = {
        "kind": kind,
        "person": w.directory.people[person_id].name,
        "basis": base_document,
        "fields": list(fields),
        "doc_types": list(doc_types),
        "for_document": document_id,
        "from": valid_from.isoformat(),
        "to": valid_to.isoformat() if valid_to else None,
    }
    reorder(w, "grant_authority", "Giao quyền ký", agency_id, facts, touched=(("authority", authority_id),))
    return authority_id


def revoke_authority(w: Work, *, authority_id: int) -> None:
    """End a right to sign from today on; what was signed under it stays signed (G18)."""
    authority = next((item for item in w.directory.authorities if item.id == authority_id), None)
    if authority is None:
        raise NotFound(f"authority {authority_id}")
    if w.actor.has("director", agency_id=authority.agency_id) is None:
        raise NotYourStep("revoke_authority", ("director",))
    w.db.execute(update(Authority).where(Authority.id == authority_id).values(revoked_on=w.today))
    facts = {"kind": authority.kind, "person": w.directory.people[authority.person_id].name}
    touched = (("authority", authority_id),)
    reorder(w, "revoke_authority", "Thu hồi quyền ký", authority.agency_id, facts, touched=touched)


def _unknown(
    w: Work,
    agency_id: int,
    kind: str,
    person_id: int,
    fields: tuple[str, ...],
    doc_types: tuple[str, ...],
    document_id: int | None,
) -> Iterator[Fault]:
    seats = [seat for seat in w.directory.seats_of(person_id, w.today) if seat.post.agency_id == agency_id]
    if not any(seat.post.roles & SEATED[kind] for seat in seats):
        yield Fault("person", "no_seat_for_this", {"kind": kind})
    known = {item.code for item in catalogue().document_types}
    yield from (Fault("doc_types", "unknown", {"value": item}) for item in doc_types if item not in known)
    ours = w.directory.agencies[agency_id].fields
    yield from (Fault("fields", "unknown", {"value": item}) for item in fields if item not in ours)
    if document_id is not None:
        place = (Document.id == document_id) & (Document.agency_id == agency_id)
        if w.db.scalar(select(Document.id).where(place)) is None:
            yield Fault("document", "unknown")


def _person(w: Work, person_id: int) -> people.Person:
    person = w.directory.people.get(person_id)
    if person is None:
        raise NotFound(f"person {person_id}")
    return person


def _end_sessions(w: Work, person_id: int) -> None:
    open_ = (WebSession.person_id == person_id) & WebSession.ended_at.is_(None)
    w.db.execute(update(WebSession).where(open_).values(ended_at=w.now))
