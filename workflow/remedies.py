"""What would let a document that is going to stop go on: each proposal is tried out, and none is carried out."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from workflow.case import Case
from workflow.coverage import Obstacle, Outlook, Stall, outlook
from workflow.machine import Flow
from workflow.people import Absence, Authority, Directory, Person, Post
from workflow.relations import LEADERS, UNIT_HEADS, may_be_named

TRIED = 8
"""Colleagues tried for one absence."""
PROPOSED = 3
"""Of each kind; whoever decides knows his people."""


@dataclass(frozen=True)
class Remedy:
    """
    `kind`: substitute (`person` acts for `absent`), reassign (another signer), grant (giao ký of this one document),
    seat (somebody has to be given one of `posts`).
    """

    kind: str
    person: Person | None = None
    absent: Person | None = None
    posts: tuple[Post, ...] = ()


def remedies(flow: Flow, case: Case, found: Outlook) -> tuple[Remedy, ...]:
    """
    For the stall of this outlook, the lightest first. Anything but a seat was imagined done, and the document then
    went further than before.
    """
    stall = found.stall
    if stall is None:
        return ()
    proposed: list[Remedy] = []
    for obstacle in stall.obstacles:
        proposed += _first(_substitutes(flow, case, found, obstacle))
    if stall.step.signature or "signer_may_sign" in stall.step.needs:
        proposed += _first(_other_signers(flow, case, found))
        proposed += _first(_grants(flow, case, found))
    return tuple(proposed) or (Remedy("seat", posts=posts_wanted(stall)),)


def _first(tried: Iterator[Remedy]) -> list[Remedy]:
    return [remedy for remedy, _ in zip(tried, range(PROPOSED), strict=False)]


def _goes_further(flow: Flow, case: Case, before: Outlook) -> bool:
    after = outlook(flow, case)
    return after.stall is None or len(after.way) > len(before.way)


def _substitutes(flow: Flow, case: Case, found: Outlook, obstacle: Obstacle) -> Iterator[Remedy]:
    absent = obstacle.person
    if obstacle.reason != "away" or absent is None:
        return
    absence = next(item for item in case.directory.absences_of(absent.id) if item.id == obstacle.absence_id)
    for person in _colleagues(case, absent):
        named = replace(absence, substitute_id=person.id)
        directory = _with_absence(case.directory, named)
        if person.id != absence.substitute_id and _goes_further(
            flow, replace(case, directory=directory), found
        ):
            yield Remedy("substitute", person, absent)


def _colleagues(case: Case, absent: Person) -> list[Person]:
    """Who may be named for him: heads of his own unit first, then the agency's leaders, others of his unit last."""
    directory, today, document = case.directory, case.today, case.document
    units = {seat.unit.id for seat in directory.seats_of(absent.id, today)}
    beside = [post for post in directory.posts.values() if post.unit_id in units]
    posts = [
        *(post for post in beside if post.roles & set(UNIT_HEADS)),
        *directory.posts_with(document.agency_id, "deputy_director"),
        *directory.posts_with(document.agency_id, "director"),
        *beside,
    ]
    people = [person for person in directory.holders(posts, today) if person.id != absent.id]
    people.sort(key=lambda person: person.id == document.signer_id)  # he is wanted for the signature
    return [item for item in people if may_be_named(directory, absent.id, item.id, today)][:TRIED]


def _with_absence(directory: Directory, absence: Absence) -> Directory:
    others = tuple(absence if item.id == absence.id else item for item in directory.absences)
    return replace(directory, absences=others)


def _other_signers(flow: Flow, case: Case, found: Outlook) -> Iterator[Remedy]:
    """Before the format check is done its checker may name another by himself: then there is no stall."""
    if found.stall is None or found.stall.state.id != case.document.state:
        return
    for person in _leaders(case):
        if person.id != case.document.signer_id and _goes_further(flow, _signed_by(case, person), found):
            yield Remedy("reassign", person)


def _grants(flow: Flow, case: Case, found: Outlook) -> Iterator[Remedy]:
    document, directory = case.document, case.directory
    for person in _leaders(case):
        right = Authority(0, document.agency_id, "KT", person.id, (), (), document.id, "", case.today, None)
        given = replace(case, directory=replace(directory, authorities=(*directory.authorities, right)))
        had = _goes_further(flow, _signed_by(case, person), found)
        if not had and _goes_further(flow, _signed_by(given, person), found):
            yield Remedy("grant", person)


def _leaders(case: Case) -> list[Person]:
    posts = case.directory.posts_with(case.document.agency_id, *LEADERS)
    return case.directory.holders(posts, case.today)[:TRIED]


def _signed_by(case: Case, person: Person) -> Case:
    return replace(case, document=replace(case.document, signer_id=person.id))


def posts_wanted(stall: Stall) -> tuple[Post, ...]:
    """The seats whose holder could take the step: of the drafting unit where the step is its own."""
    document, directory = stall.case.document, stall.case.directory
    found: dict[int, Post] = {}
    for relation in stall.step.by:
        roles = {
            "unit_head": UNIT_HEADS, "returned_to": UNIT_HEADS, "drafter": ("drafter", "unit_reporter"),
            "signer": LEADERS,
        }.get(relation, (relation,))  # fmt: skip
        unit_id = document.unit_id if relation in ("unit_head", "returned_to", "drafter") else None
        for post in directory.posts_with(document.agency_id, *roles, unit_id=unit_id):
            found.setdefault(post.id, post)
    return tuple(found.values())
