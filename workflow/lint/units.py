"""Bodies that no longer exist on the day, and names that are a slip of a known unit's."""

import re
from collections.abc import Iterator

from workflow.content import Node
from workflow.lint.dissolved import Body
from workflow.lint.facts import Ended
from workflow.lint.finding import Finding, Fix
from workflow.lint.places import Spot
from workflow.lint.spelling import mended
from workflow.lint.text import Text
from workflow.parties import party_key
from workflow.patterns import expression
from workflow.reading.slips import closest
from workflow.reading.words import UPPER, low

_PAST = expression(r"trước đây|nguyên là|\(cũ\)|\bcũ\b|tiền thân|hợp nhất|sáp nhập|giải thể|chấm dứt")


def assigned(text: Text) -> Iterator[Finding]:
    """Work, reports and copies go to bodies that stand: a task of a unit that ended is nobody's."""
    ended = {unit.code: unit for unit in text.agency.ended}
    for spot in text.spots:
        told: set[str] = set()
        for name in _names(text, spot):
            codes = [
                code for party in text.parties(name) if party.ended for code in party.codes
            ] if ended else []  # fmt: skip
            for code in codes:
                if code in ended and code not in told:
                    told.add(code)
                    unit = ended[code]
                    yield text.found("unit_ended", spot, name=unit.names[0], until=unit.until.isoformat(),
                                     successor=unit.successor)  # fmt: skip
            if codes:
                continue
            for body in text.agency.bodies:
                gone = next((gone for gone in body.names if gone in name and _within(gone, name)), None)
                if gone is not None and body.names[0] not in told:
                    told.add(body.names[0])
                    yield text.found("body_dissolved", spot, name=gone, until=body.until.isoformat(),
                                     successor=body.successor, source=body.source)  # fmt: skip


def mentioned(text: Text) -> Iterator[Finding]:
    """The same bodies in running text, once each; what a citation or the past speaks of is left alone."""
    if text.content.doc_type == "BC":
        return
    listed: list[tuple[str, Ended | Body]] = [
        (name, unit) for unit in text.agency.ended for name in unit.names[:2]
    ]
    gone = [(name, body) for body in text.agency.bodies for name in body.names]
    told: set[str] = set()
    own = {name for name, _ in listed}
    for name, what in [*listed, *((name, body) for name, body in gone if name not in own)]:
        key = what.names[0]
        if key in told or name not in text.whole:
            continue
        for spot in text.spots:
            if spot.root in ("bases", "recipients") or not any(
                _now(name, line, text) for line in _prose(spot)
            ):
                continue
            if any(_within(name, said) for said in _names(text, spot)):
                continue
            told.add(key)
            until, successor = what.until.isoformat(), what.successor
            if isinstance(what, Body):
                yield text.found(
                    "body_dissolved_mentioned",
                    spot,
                    name=name,
                    until=until,
                    successor=successor,
                    source=what.source,
                )
            else:
                yield text.found("unit_ended_mentioned", spot, name=name, until=until, successor=successor)
            break


def alike(text: Text) -> Iterator[Finding]:
    """
    A name one slip away from a unit's own: proposed, for the system finds units by their names. What the list of
    slips sets right already is told there.
    """
    known, on = text.agency.known, text.agency.on
    names = [name for unit in known.units if unit.stands(on) for name in unit.names[:1]]
    names += [body[1][0] for body in known.outside]
    by_key = {party_key(name): name for name in reversed(names)}
    kept: dict[str, str | None] = {}
    for spot in text.spots:
        for said in dict.fromkeys(_names(text, spot)):
            if said not in kept:
                kept[said] = by_key.get(party_key(said)) or _closest(said, names, text)
            meant = kept[said]
            if meant and _marks(meant) != _marks(said) and mended(said) != meant:
                yield text.found("unit_like", spot, fix=Fix(said, meant), name=said, meant=meant)


def assigned_names(text: Text) -> tuple[str, ...]:
    """Whoever is given work or a report in any part, as written, each once."""
    return tuple(dict.fromkeys(name for spot in text.parts if spot.node for name in _of_part(spot.node)))


def _closest(said: str, names: list[str], text: Text) -> str | None:
    """ "Bộ Tư pháp" is no slip of "Sở Tư pháp": what kind of body it is must be written right."""
    if any(party.kind != "unknown" for party in text.parties(said)):
        return None
    return closest(said, [name for name in names if _kind(name) == _kind(said)])


def _marks(name: str) -> str:
    """As it is compared when its marks count: "Đổi mói" is not "Đổi mới", but "Hoà" is "Hòa"."""
    return re.sub(r"\W+", " ", low(name)).strip()


def _names(text: Text, spot: Spot) -> tuple[str, ...]:
    """The bodies a place gives something to: leads, coordinators, senders and receivers of reports, recipients."""
    if spot.root == "recipients":
        return spot.texts
    return _of_part(spot.node) if spot.node is not None else ()


def _of_part(node: Node) -> tuple[str, ...]:
    found = [*node.task.leads, *node.task.coordinators] if node.task else []
    found += [name for duty in node.obligations for name in (duty.from_, duty.to, duty.via) if name]
    return tuple(found)


def _kind(name: str) -> str:
    return party_key(name).partition(" ")[0]


def _prose(spot: Spot) -> tuple[str, ...]:
    return spot.texts if spot.node is None else (spot.node.title, *spot.node.paragraphs)


def _now(name: str, line: str, text: Text) -> bool:
    """Whether a line speaks of the body as one of today."""
    # "Thanh tra Sở" alone is ours; "Thanh tra Sở Nội vụ" is another's, "Thanh tra Sở hữu …" none at all.
    alone = rf"(?!\s+(?:[{UPPER}]|hữu))" if name.endswith(" Sở") else ""
    for found in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w){alone}", line):
        around = line[max(0, found.start() - 30) : found.end() + 20]
        cited = any(name in item.citation.raw and item.citation.raw in line for item in text.citations)
        if not cited and not _PAST.search(around):
            return True
    return False


def _within(name: str, said: str) -> bool:
    return bool(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", said))


CHECKS = (assigned, mentioned, alike)
