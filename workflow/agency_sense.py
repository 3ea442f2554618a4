"""What a well-shaped agency file may still contradict: every fault with its place, none of them mended."""

import re
from collections.abc import Iterator
from datetime import date, timedelta

from workflow.agency import BOUNDS, AgencyFile, Authority, Person, Unit
from workflow.catalogue import Catalogue, twice
from workflow.labelling import is_label
from workflow.parties import party_key
from workflow.staffing import unstaffed


def faults_of(agency: AgencyFile, catalogue: Catalogue) -> list[str]:
    """
    "place: reason" for each contradiction; staffing is judged only where every reference resolves.

    Staffing is judged for `newest_day()`, since no clock is read here.
    """
    faults = [
        *_names(agency), *_head(agency), *_units(agency), *_posts(agency), *_people(agency),
        *_authorities(agency, catalogue), *_groups(agency),
    ]  # fmt: skip
    return faults or unstaffed(agency, agency.newest_day())


def _names(agency: AgencyFile) -> Iterator[str]:
    ids = {
        "units": [unit.code for unit in agency.units],
        "units' symbols": [unit.symbol for unit in agency.units],
        "posts": [post.id for post in agency.posts],
        "people": [person.login for person in agency.people],
        "authorities": [authority.id for authority in agency.authorities],
        "fields": [field.id for field in agency.fields],
        "outside": [body.code for body in agency.outside],
    }
    for place, values in ids.items():
        yield from (f"{place}: {value!r} stands twice" for value in twice(values))
    words = [agency.name, *agency.aliases, *(phrase for group in agency.groups for phrase in group.phrases)]
    for unit in agency.units:
        words += dict.fromkeys(map(party_key, (unit.name, unit.short_name, *unit.aliases)))
    for body in agency.outside:
        words += [body.name, *body.aliases]
    if party_key(agency.short_name) != party_key(agency.name):
        words.append(agency.short_name)
    yield from (f"names: {word!r} means two parties" for word in twice([party_key(word) for word in words]))
    for person in agency.people:
        if not re.fullmatch(r"[a-z][a-z0-9._-]*", person.login):
            yield f"people {person.login}.login: only a-z, 0-9, '.', '_' and '-'"


def _head(agency: AgencyFile) -> Iterator[str]:
    for name in ("printed_name", "printed_parent", "head_title", "deputy_title"):
        if getattr(agency, name) != getattr(agency, name).upper():
            yield f"{name}: is printed, so it stands in capitals"
    if (agency.regime == "collective") != (agency.body is not None):
        yield "body: is named by an agency of the collective regime and by no other"
    if agency.aggregator not in _codes(agency):
        yield f"aggregator: no unit {agency.aggregator!r}"
    for name, (least, most) in BOUNDS.items():
        value = getattr(agency.settings, name)
        if value < least:
            yield f"settings.{name}: " + (f"at least {least}" if least else "may not be negative")
        if value > most:
            yield f"settings.{name}: at most {most}"
    for key, label in agency.settings.task_labels.items():
        if not is_label(key, label):
            yield f"settings.label_{key}: {label!r} is no label that reading finds again"


def _units(agency: AgencyFile) -> Iterator[str]:
    fields = {field.id for field in agency.fields}
    units = {unit.code: unit for unit in agency.units}
    for unit in agency.units:
        place = f"units {unit.code}"
        if unit.valid_to is not None and unit.valid_to < unit.valid_from:
            yield f"{place}.valid_to: before valid_from"
        yield from (f"{place}.fields: no field {id!r}" for id in unit.fields if id not in fields)
        if unit.successor is None:
            continue
        if unit.successor not in units:
            yield f"{place}.successor: no unit {unit.successor!r}"
        elif unit.valid_to is None:
            yield f"{place}.successor: only a unit that ends has one"
        elif not units[unit.successor].stands(unit.valid_to + timedelta(days=1)):
            yield f"{place}.successor: {unit.successor} does not stand on the day after {unit.valid_to}"


def _posts(agency: AgencyFile) -> Iterator[str]:
    titles = {"director": agency.head_title, "deputy_director": agency.deputy_title}
    for post in agency.posts:
        place = f"posts {post.id}"
        if post.unit not in _codes(agency):
            yield f"{place}.unit: no unit {post.unit!r}"
        yield from (f"{place}.roles: {role!r} stands twice" for role in twice(list(post.roles)))
        for role in {"admin", "auditor"} & set(post.roles):
            if len(post.roles) > 1:
                yield f"{place}.roles: {role} goes with no other role"
        for role in set(titles) & set(post.roles):
            if post.title.upper() != titles[role]:
                yield f"{place}.title: a {role} here is printed {titles[role]!r}"


def _people(agency: AgencyFile) -> Iterator[str]:
    posts = {post.id: post for post in agency.posts}
    units = {unit.code: unit for unit in agency.units}
    for person in agency.people:
        for at, holding in enumerate(person.holdings):
            place = f"people {person.login}.holdings[{at}]"
            if holding.to is not None and holding.to < holding.from_:
                yield f"{place}.to: before from"
            if holding.post not in posts:
                yield f"{place}.post: no post {holding.post!r}"
                continue
            unit = units.get(posts[holding.post].unit)
            if unit is not None and not (unit.stands(holding.from_) and unit.stands(holding.to or date.max)):
                yield f"{place}: unit {unit.code} does not stand all that time"
            if "auditor" in posts[holding.post].roles:
                yield from (
                    f"{place}.{name}: an auditor's holding states it"
                    for name in ("basis", "to", "covers_from", "covers_to")
                    if getattr(holding, name) is None
                )
            if holding.covers_from and holding.covers_to and holding.covers_to < holding.covers_from:
                yield f"{place}.covers_to: before covers_from"
        yield from _overlaps(person, {id for id, post in posts.items() if "admin" in post.roles})


def _overlaps(person: Person, admin_posts: set[str]) -> Iterator[str]:
    for at, one in enumerate(person.holdings):
        for other in person.holdings[at + 1 :]:
            if max(one.from_, other.from_) > min(one.to or date.max, other.to or date.max):
                continue
            if one.post == other.post:
                yield f"people {person.login}.holdings: holds {one.post} twice at once"
            elif (one.post in admin_posts) != (other.post in admin_posts):
                yield f"people {person.login}.holdings: an admin holds no other post at the same time"


def _authorities(agency: AgencyFile, catalogue: Catalogue) -> Iterator[str]:
    fields = {field.id for field in agency.fields}
    types = {item.code for item in catalogue.document_types}
    capacities = {item.code: item for item in catalogue.capacities if item.code != "HEAD"}
    known = {person.login for person in agency.people}
    resolvable = {post.id for post in agency.posts}
    for authority in agency.authorities:
        place = f"authorities {authority.id}"
        if authority.to is not None and authority.to < authority.from_:
            yield f"{place}.to: before from"
        yield from (f"{place}.fields: no field {id!r}" for id in authority.fields if id not in fields)
        yield from (f"{place}.doc_types: no type {id!r}" for id in authority.doc_types if id not in types)
        if authority.kind not in capacities:
            yield f"{place}.kind: no capacity {authority.kind!r} that is given by a decision"
            continue
        for name in capacities[authority.kind].states:
            if not getattr(authority, name):
                yield f"{place}.{name}: {authority.kind} has to state it"
        if authority.kind == "TUQ" and not (authority.fields or authority.doc_types):
            yield f"{place}: TUQ is limited in content: state fields or doc_types"
        if authority.person not in known:
            yield f"{place}.person: no person {authority.person!r}"
        elif all(holding.post in resolvable for person in agency.people for holding in person.holdings):
            yield from _holder(agency, authority, place)


def _holder(agency: AgencyFile, authority: Authority, place: str) -> Iterator[str]:
    """Whether the holder sits, on the first day, where Điều 13 lets this capacity be given."""
    wanted = {
        "KT": "deputy_director", "TM_KT": "deputy_director", "TL": "dept_head", "TUQ": "dept_head",
        "TL_KT": "dept_deputy", "TM": "director",
    }.get(authority.kind)  # fmt: skip
    on = authority.from_
    if wanted and authority.person not in agency.holders(wanted, on):
        yield f"{place}.person: {authority.person} is no {wanted} on {on}"
    if authority.kind == "TL_KT" and authority.under:
        rule = {item.id: item for item in agency.authorities if item.kind == "TL"}.get(authority.under)
        if rule is None:
            yield f"{place}.under: no TL {authority.under!r}"
        elif not _seats(agency, authority.person, "dept_deputy", on) & _seats(
            agency, rule.person, "dept_head", on
        ):
            yield f"{place}.under: {rule.person} heads no unit in which {authority.person} is deputy"


def _seats(agency: AgencyFile, login: str, role: str, on: date) -> set[str]:
    return {post.unit for person, post, _ in agency.seats(on) if person.login == login and role in post.roles}


def _groups(agency: AgencyFile) -> Iterator[str]:
    carried = {tag for unit in agency.units for tag in unit.tags}
    for at, group in enumerate(agency.groups):
        if not group.phrases or not group.tags:
            yield f"groups[{at}]: needs phrases and tags"
        yield from (f"groups[{at}].tags: no unit carries {tag!r}" for tag in group.tags if tag not in carried)


def _codes(agency: AgencyFile) -> dict[str, Unit]:
    return {unit.code: unit for unit in agency.units}
