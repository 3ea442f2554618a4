"""Which entries of the log an actor may see: the documents' own rule, and what lies beside the documents."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import msgspec
from sqlalchemy import ColumnElement, and_, or_, select

from workflow.engine import Work
from workflow.models import Entry, Person
from workflow.people import Actor
from workflow.queries.visibility import visible_to

SIGN_INS = frozenset({"sign_in", "sign_out", "prove", "sign_in_failed"})
REFUSALS = frozenset({"refused"})
CHECKS = frozenset({"verify"})


@dataclass(frozen=True)
class Branch:
    """A part of the log with an index of its own; `seen` is a condition on Entry beside the outer-joined Document."""

    agency_id: int | None
    stream: str
    seen: ColumnElement[bool]

    @property
    def condition(self) -> ColumnElement[bool]:
        agency = Entry.agency_id.is_(None) if self.agency_id is None else Entry.agency_id == self.agency_id
        return and_(agency, Entry.stream == self.stream, self.seen)


def document_open_to(actor: Actor) -> ColumnElement[bool]:
    """The documents' rule, but without the seats of an administrator: he sees rights, never content."""
    return visible_to(replace(actor, seats=tuple(s for s in actor.seats if s.post.roles != {"admin"})))


def branches(w: Work) -> list[Branch]:
    """
    The disjoint parts of the log this actor may see.

    Acts on documents: whoever sees the document. Acts on no document (set-up, rights): auditors and
    administrators of the agency. Access entries: one's own; all of the agency for its auditors as far as the
    document is theirs; sign-ins for its administrators.
    """
    return list(_branches(w))


def _branches(w: Work) -> Iterator[Branch]:
    actor = w.actor
    of_document = and_(Entry.document_id.is_not(None), document_open_to(actor))
    of_agency = Entry.document_id.is_(None)
    own = Entry.person_id == actor.person_id
    overseen = set()
    for agency_id in sorted({actor.agency_id, *(seat.post.agency_id for seat in actor.seats)}):
        acts, access = [of_document], [own]
        if actor.has("auditor", agency_id=agency_id):
            acts.append(of_agency)
            access += [of_document, of_agency]
            overseen.add(agency_id)
        if actor.has("admin", agency_id=agency_id):
            acts.append(of_agency)
            access.append(and_(of_agency, Entry.action.in_(SIGN_INS)))
            overseen.add(agency_id)
        yield Branch(agency_id, "act", or_(*acts))
        yield Branch(agency_id, "access", or_(*access))
    # Beside the agencies: verifications are of the whole record, a genesis was written before its agency had an id.
    colleagues = select(Person.id).where(Person.agency_id.in_(overseen))
    checks = and_(Entry.action.in_(CHECKS), Entry.person_id.in_(colleagues))
    yield Branch(None, "access", or_(own, checks) if overseen else own)
    if overseen and (
        genesis := _genesis(w, {w.directory.agencies[agency_id].code for agency_id in overseen})
    ):
        yield Branch(None, "act", Entry.id.in_(genesis))


def _genesis(w: Work, codes: set[str]) -> list[int]:
    statement = select(Entry.id, Entry.body).where(
        Entry.agency_id.is_(None), Entry.stream == "act", Entry.action == "install_agency"
    )
    return [row.id for row in w.db.execute(statement) if _code(row.body) in codes]


def _code(stored: bytes) -> str:
    try:
        return str(msgspec.json.decode(stored)["facts"]["agency"]["code"])
    except (msgspec.DecodeError, UnicodeDecodeError, KeyError, TypeError):
        return ""


def sees_everyone(actor: Actor) -> bool:
    """Whether other people's access entries are among what this actor sees."""
    return actor.has("auditor") is not None


def sees_rights(actor: Actor) -> bool:
    """Whether set-up and changes of rights are among what this actor sees."""
    return actor.has("auditor", "admin") is not None


def access_condition(kind: str) -> ColumnElement[bool]:
    """A kind of access entry: refused, use (view, print, download), sign_in, verify."""
    named = {"refused": REFUSALS, "sign_in": SIGN_INS, "verify": CHECKS}
    if kind in named:
        return Entry.action.in_(named[kind])
    return Entry.action.not_in(SIGN_INS | REFUSALS | CHECKS)
