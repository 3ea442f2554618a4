"""Which points could not be judged, for want of something in the text or around it: nothing is praised unchecked."""

from collections.abc import Callable, Iterable, Iterator

from workflow.lint.bases import printed
from workflow.lint.deadlines import stated, tiers_in, told
from workflow.lint.finding import Finding
from workflow.lint.letterhead import OF_THE_AGENCY
from workflow.lint.outcome import Unjudged
from workflow.lint.outline import ends_with_table
from workflow.lint.points import POINTS
from workflow.lint.tasks import asked_tasks, cards
from workflow.lint.text import Text
from workflow.lint.units import assigned_names

WHYS = frozenset(
    {
        "capacity_open", "depth_read", "ends_with_table", "letterhead_unseen", "no_bases", "no_duties", "no_tasks",
        "one_tier", "other_agency", "record_not_asked", "signer_open", "tiers_parties", "tiers_rhythm",
        "tiers_undated", "type_unseen", "units_unknown",
    }
)  # fmt: skip
"""Every reason there is; each has its words on the screen."""
NAMED = 6
"""More names than this are counted, not told."""


def unjudged(text: Text, found: Iterable[Finding]) -> tuple[Unjudged, ...]:
    """In the order of the points; each reason once for a point."""
    said = [one for look in _LOOKS for one in look(text)]
    if any(finding.code == "agency_other" for finding in found):
        # Whom this agency's list does not know is no wonder then.
        said = [one for one in said if one.why != "units_unknown"]
        said += [_because(point, "other_agency") for point, codes in POINTS.items() if codes & OF_THE_AGENCY]
    order = list(POINTS)
    return tuple(sorted(said, key=lambda one: order.index(one.point)))


def _letterhead(text: Text) -> Iterator[Unjudged]:
    """Our own paper prints it; of a finished one it was not looked at."""
    if text.paper.as_printed and text.paper.letterhead is None:
        yield _because("motto", "letterhead_unseen")
        yield _because("agency", "letterhead_unseen")


def _bases(text: Text) -> Iterator[Unjudged]:
    if not any(basis.raw.strip() for basis in text.content.bases):
        yield _because("bases", "no_bases")
    elif text.paper.as_printed and text.paper.upright is None and printed(text):
        yield _because("bases", "type_unseen")


def _outline(text: Text) -> Iterator[Unjudged]:
    if text.paper.as_printed and text.content.sections:
        yield _because("outline", "depth_read")


def _tasks(text: Text) -> Iterator[Unjudged]:
    if next(asked_tasks(text), None) is None and next(cards(text), None) is None:
        yield _because("tasks", "no_tasks")


def _deadlines(text: Text) -> Iterator[Unjudged]:
    listed, tiers = stated(text), tiers_in(text)
    if not tiers.compared and not tiers.unclear:
        yield _because("deadlines", "one_tier" if listed else "no_duties")
    for one in tiers.unclear[:NAMED]:
        yield Unjudged(
            "deadlines",
            f"tiers_{one.why}",
            {"lower": told(listed[one.lower][1]), "upper": told(listed[one.upper][1])},
        )


def _ending(text: Text) -> Iterator[Unjudged]:
    if ends_with_table(text.content):
        yield _because("ending", "ends_with_table")


def _signature(text: Text) -> Iterator[Unjudged]:
    """The block is made of who signs, in which capacity; before that is known there is nothing to look at."""
    if text.paper.signature_lines:
        return
    if text.paper.signer_name or text.paper.as_printed:
        yield Unjudged("signature", "capacity_open", {"name": text.paper.signer_name})
    else:
        yield _because("signature", "signer_open")


def _citations(text: Text) -> Iterator[Unjudged]:
    if text.paper.known is None and any(cited.citation.date for cited in text.citations):
        yield _because("citations", "record_not_asked")


def _units(text: Text) -> Iterator[Unjudged]:
    """Of whom no list speaks, nobody knows whether he still stands."""
    gone = [name for body in text.agency.bodies for name in body.names]
    names = dict.fromkeys(
        party.text for name in assigned_names(text) for party in text.parties(name)
        if party.kind == "unknown" and not any(one in name for one in gone)
    )  # fmt: skip
    if names:
        yield Unjudged("units", "units_unknown", {"names": list(names)[:NAMED], "count": len(names)})


def _because(point: str, why: str) -> Unjudged:
    return Unjudged(point, why)


_LOOKS: tuple[Callable[[Text], Iterator[Unjudged]], ...] = (
    _letterhead, _bases, _outline, _tasks, _deadlines, _ending, _signature, _citations, _units,
)  # fmt: skip
