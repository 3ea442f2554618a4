"""Who the words of a step (`by: [unit_head]`) mean for one document today; it lets nobody act."""

from workflow.case import Case, DocumentFacts
from workflow.people import Actor, Person, Post

UNIT_HEADS = ("dept_head", "dept_deputy")


def stands_in(relation: str, case: Case, actor: Actor) -> bool:
    """Whether the actor is the `relation` of this document today. An administrator never is."""
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
        return stands_in(_returned_to(document), case, actor)
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
    """Who could act as this relation today, by name."""
    found: dict[int, Person] = {}
    for post, person_id in posts_of(relation, case):
        if person_id is not None:
            found.setdefault(person_id, case.directory.people[person_id])
        else:
            for person in case.directory.holders([post], case.today):
                found.setdefault(person.id, person)
    return list(found.values())


def _returned_to(document: DocumentFacts) -> str:
    return "unit_head" if document.returned_to == "dept_head" else "drafter"
