"""Bringing an agency into the record from its file, as entries of the log: the genesis of everything after."""

import re
from typing import Any

import msgspec
from sqlalchemy import insert, select, update

from workflow import agency as files
from workflow import audit
from workflow.engine import Work
from workflow.errors import Fault, Invalid
from workflow.models import Agency, Authority, DirectoryVersion, Holding, NumberBook, Person, Post, Unit
from workflow.roster import digests_of_agency

LOGIN = re.compile("[a-z0-9]+(?:[._@-]+[a-z0-9]+)*")
"""What a person signs in with: typed on any keyboard, and read in one way only."""


def install_agency(w: Work, *, file: files.AgencyFile) -> int:
    """
    Record an agency with its units, posts, people and authorities; returns its id.

    People get no password here. Raises Invalid "exists" if the code or a login is taken.
    """
    if w.db.scalar(select(Agency.id).where(Agency.code == file.code)) is not None:
        raise Invalid([Fault("code", "exists", {"code": file.code})])
    agency_id = _insert(w, Agency, _agency_row(file))
    units = {unit.code: _insert(w, Unit, _unit_row(agency_id, unit)) for unit in file.units}
    for unit in file.units:
        if unit.successor:
            w.db.execute(
                update(Unit).where(Unit.id == units[unit.code]).values(successor_id=units[unit.successor])
            )
    posts = {
        post.id: _insert(
            w,
            Post,
            {
                "agency_id": agency_id,
                "unit_id": units[post.unit],
                "code": post.id,
                "title": post.title,
                "roles": sorted(post.roles),
            },
        )
        for post in file.posts
    }
    people = {
        person.login: insert_person(w, agency_id=agency_id, login=person.login, name=person.name)
        for person in file.people
    }
    for person in file.people:
        for holding in person.holdings:
            _insert(
                w,
                Holding,
                {
                    "agency_id": agency_id,
                    "person_id": people[person.login],
                    "post_id": posts[holding.post],
                    "valid_from": holding.from_,
                    "valid_to": holding.to,
                    "basis": holding.basis or "",
                    "covers_from": holding.covers_from,
                    "covers_to": holding.covers_to,
                },
            )
    for item in file.authorities:
        if item.kind not in ("HEAD", "TM"):
            _insert(w, Authority, _authority_row(agency_id, people[item.person], item))
    w.db.execute(update(DirectoryVersion).values(version=DirectoryVersion.version + 1))
    w.directory_changed = True
    facts = {
        "agency": {"code": file.code, "name": file.name},
        "units": len(units),
        "posts": len(posts),
        "people": len(people),
        "authorities": len(file.authorities),
        "settings": msgspec.to_builtins(file.settings),
        "roster": digests_of_agency(w.db, agency_id),
    }
    audit.record(w, audit.About(action="install_agency", label="Thiết lập cơ quan", facts=facts))
    return agency_id


def set_first_number(w: Work, *, agency_id: int, year: int, series: str, first_number: int) -> None:
    """The first number of a book at go-live, logged; Invalid once the book is open (decisions.md 20)."""
    opened = select(NumberBook.id).where(
        NumberBook.agency_id == agency_id, NumberBook.year == year, NumberBook.series == series
    )
    if first_number < 1 or w.db.scalar(opened) is not None:
        raise Invalid([Fault("first_number", "book_open", {"series": series, "year": year})])
    w.db.execute(
        insert(NumberBook).values(
            agency_id=agency_id,
            year=year,
            series=series,
            first_number=first_number,
            last_number=first_number - 1,
            last_date=None,
        )
    )
    facts = {"year": year, "series": series, "first_number": first_number}
    about = audit.About(
        action="set_first_number", label="Mở sổ với số bắt đầu", agency_id=agency_id, facts=facts
    )
    audit.record(w, about)


def insert_person(w: Work, *, agency_id: int, login: str, name: str) -> int:
    """A person without a password; Invalid "form" for a login nobody could type, "exists" if it is taken."""
    if not LOGIN.fullmatch(login):
        raise Invalid([Fault("login", "form", {"login": login})])
    if w.db.scalar(select(Person.id).where(Person.login == login)) is not None:
        raise Invalid([Fault("login", "exists", {"login": login})])
    values = {"agency_id": agency_id, "name": name, "login": login, "password_hash": "", "active": True}
    return _insert(w, Person, values | {"created_at": w.now})


def _agency_row(file: files.AgencyFile) -> dict[str, Any]:
    return {
        "code": file.code,
        "name": file.name,
        "short_name": file.short_name,
        "printed_name": file.printed_name,
        "parent_name": file.parent_name,
        "printed_parent": file.printed_parent,
        "symbol": file.symbol,
        "place": file.place,
        "regime": file.regime,
        "head_title": file.head_title,
        "deputy_title": file.deputy_title,
        "body": file.body or "",
        "aggregator": file.aggregator,
        "aliases": list(file.aliases),
        "settings": msgspec.to_builtins(file.settings),
        "fields": {field.id: field.name for field in file.fields},
        "groups": msgspec.to_builtins(file.groups),
        "outside": msgspec.to_builtins(file.outside),
    }


def _unit_row(agency_id: int, unit: files.Unit) -> dict[str, Any]:
    return {
        "agency_id": agency_id,
        "code": unit.code,
        "name": unit.name,
        "short_name": unit.short_name,
        "symbol": unit.symbol,
        "kind": unit.kind,
        "tags": sorted(unit.tags),
        "fields": list(unit.fields),
        "aliases": list(unit.aliases),
        "valid_from": unit.valid_from,
        "valid_to": unit.valid_to,
        "successor_id": None,
    }


def _authority_row(agency_id: int, person_id: int, item: files.Authority) -> dict[str, Any]:
    return {
        "agency_id": agency_id,
        "kind": "KT" if item.kind == "TM_KT" else item.kind,  # the regime says the rest
        "person_id": person_id,
        "fields": list(item.fields),
        "doc_types": list(item.doc_types),
        "document_id": None,
        "base_document": item.base_document,
        "valid_from": item.from_,
        "valid_to": item.to,
        "revoked_on": None,
        "granted_by": None,
    }


def _insert(w: Work, model: Any, values: dict[str, Any]) -> int:
    result = w.db.execute(insert(model).values(**values))
    new_id: int = result.inserted_primary_key[0]  # type: ignore[index]
    return new_id
