"""Who the words of a step (`by: [unit_head]`) mean for one document today, whoever acts for the absent included."""

from datetime import date

from workflow.authority import capacities
from workflow.case import Case, DocumentFacts
from workflow.people import Actor, Directory, Person, Post, Seat, StandIn

UNIT_HEADS = ("dept_head", "dept_deputy")
LEADERS = ("director", "deputy_director")
DRAFTERS = ("drafter", "unit_reporter")


def stands_in(relation: str, case: Case, actor: Actor) -> bool:
    """Whether the actor is the `relation` of this document today, or acts for an absent one who is."""
    return is_himself(relation, case, actor) or in_place_of(relation, case, actor) is not None


def in_place_of(relation: str, case: Case, actor: Actor) -> StandIn | None:
    """
    The absent person for whom the actor may take this part of the document today; None where he has it himself.

    The substitute must be fit for it by his own posts and rights, and nobody acts for someone's substitute: what
    is passed on once goes no further.
    """
    stand = waiting_with(relation, case, actor)
    return stand if stand is not None and _is_fit(relation, case, actor, stand) else None


def waiting_with(relation: str, case: Case, actor: Actor) -> StandIn | None:
    """The absent person whose part this is today and who named the actor, fit for it or not."""
    barred = actor.is_system or actor.has("admin", agency_id=case.document.agency_id) is not None
    if not actor.stands_for or barred or is_himself(relation, case, actor):
        return None
    for stand in actor.stands_for:
        if is_himself(relation, case, case.directory.actor(stand.person_id, case.today)):
            return stand
    return None


def is_himself(relation: str, case: Case, actor: Actor) -> bool:
    """Whether the actor is the `relation` by his own posts. An administrator never is."""
    document = case.document
    if relation == "system":
        return actor.is_system
    if actor.is_system or actor.has("admin", agency_id=document.agency_id):
        return False
    if relation == "drafter":
        return actor.person_id == document.drafter_id and document.unit_id in actor.unit_ids
    if relation == "unit_head":
        return actor.has(*UNIT_HEADS, unit_id=document.unit_id) is not None
    if relation == "signer":
        here = any(seat.post.agency_id == document.agency_id for seat in actor.seats)
        return here and actor.person_id == document.signer_id
    if relation == "returned_to":
        return is_himself(_returned_to(document), case, actor)
    return actor.has(relation, agency_id=document.agency_id) is not None


def posts_of(relation: str, case: Case) -> list[tuple[Post, int | None]]:
    """The posts a document waits for, each with a person where the step names one (decisions.md 14)."""
    document, directory = case.document, case.directory
    if relation in ("drafter", "signer"):
        person_id = document.drafter_id if relation == "drafter" else document.signer_id
        if person_id is None:
            return []
        posts = [seat.post for seat in directory.seats_of(person_id, case.today)]
        mine = [post for post in posts if post.agency_id == document.agency_id]
        if relation == "drafter":
            mine = [post for post in mine if post.unit_id == document.unit_id]
        return [(post, person_id) for post in mine[:1]]
    if relation == "unit_head":
        heads = directory.posts_with(document.agency_id, *UNIT_HEADS, unit_id=document.unit_id)
        return [(post, None) for post in heads]
    if relation == "returned_to":
        return posts_of(_returned_to(document), case)
    if relation == "system":
        return []
    return [(post, None) for post in directory.posts_with(document.agency_id, relation)]


def people_of(relation: str, case: Case) -> list[Person]:
    """Who could act as this relation today, by name: those who are it, and whoever acts for one who is away."""
    found: dict[int, Person] = {}
    for post, person_id in posts_of(relation, case):
        if person_id is not None:
            found.setdefault(person_id, case.directory.people[person_id])
        else:
            for person in case.directory.holders([post], case.today):
                found.setdefault(person.id, person)
    for absent_id in list(found):
        absence = case.directory.absence_of(absent_id, case.today)
        if absence is None or absence.substitute_id is None or absence.substitute_id in found:
            continue
        substitute = case.directory.actor(absence.substitute_id, case.today)
        if in_place_of(relation, case, substitute):
            found[absence.substitute_id] = case.directory.people[absence.substitute_id]
    return list(found.values())


def may_be_named(directory: Directory, person_id: int, substitute_id: int, day: date) -> bool:
    """
    Whether this substitute could take at least one part of the person's work, by the posts of that day.

    A head of unit is replaced from his unit or by the agency's leaders, a leader by a leader, a drafter by a
    drafter of his unit. A clerk's seat is never passed so: number and seal belong to whoever was given them
    (NĐ 30/2020, Điều 32).
    """
    substitute = directory.actor(substitute_id, day)
    return any(
        fits(role, seat.post.agency_id, seat.unit.id, substitute)
        for seat in directory.seats_of(person_id, day)
        for role in seat.post.roles
        if substitute.has("admin", agency_id=seat.post.agency_id) is None
    )


def works_on_documents(actor: Actor) -> bool:
    """Whether anything can wait for this person: he holds more than the offices that only look or look after."""
    return bool(actor.roles - {"auditor", "admin"})


def may_tell_absence(actor: Actor, directory: Directory, person_id: int, day: date) -> bool:
    """
    Whether the actor may say that this person is away: each of himself, Chánh Văn phòng also of the leaders.
    For auditors and administrators no document waits, so there is nothing to stand in for.
    """
    if actor.is_system or not works_on_documents(actor):
        return False
    return actor.person_id == person_id or any(
        seat.post.roles & set(LEADERS) and actor.has("chief_of_office", agency_id=seat.post.agency_id)
        for seat in directory.seats_of(person_id, day)
    )


def fits(role: str, agency_id: int, unit_id: int, substitute: Actor) -> bool:
    """Whether who holds these seats may act for an absent holder of this role in this unit; a right to sign apart."""
    if role in LEADERS:
        return substitute.has(*LEADERS, agency_id=agency_id) is not None
    if role in DRAFTERS:
        drafts = substitute.has(*DRAFTERS, unit_id=unit_id) is not None
        return drafts and substitute.has(*UNIT_HEADS, unit_id=unit_id) is None
    if role in ("format_checker", "chief_of_office", *UNIT_HEADS):
        leads = role != "format_checker" and substitute.has(*LEADERS, agency_id=agency_id) is not None
        return leads or any(_works_in(seat, unit_id) for seat in substitute.seats)
    return False


def _is_fit(relation: str, case: Case, actor: Actor, stand: StandIn) -> bool:
    document = case.document
    if relation == "returned_to":
        relation = _returned_to(document)
    if relation == "signer":  # absence gives nobody a right to sign: he has one of his own for this document
        return bool(capacities(case.directory, actor.person_id, document.signable, case.today))
    if relation in ("unit_head", "drafter"):
        role = "dept_head" if relation == "unit_head" else "drafter"
        return fits(role, document.agency_id, document.unit_id, actor)
    units = {seat.unit.id for seat in stand.seats if relation in seat.post.roles}
    return any(fits(relation, document.agency_id, unit_id, actor) for unit_id in units)


def _works_in(seat: Seat, unit_id: int) -> bool:
    return seat.unit.id == unit_id and "auditor" not in seat.post.roles


def _returned_to(document: DocumentFacts) -> str:
    return "unit_head" if document.returned_to == "dept_head" else "drafter"
