"""An agency as its file describes it: units, posts, people, authorities, names; values, not rows."""

from collections.abc import Iterator
from datetime import date
from typing import Literal, get_args

from msgspec import Struct

from workflow.content import TASK_LABELS

Role = Literal[
    "drafter", "dept_head", "dept_deputy", "format_checker", "deputy_director", "director", "clerk",
    "chief_of_office", "unit_reporter", "auditor", "admin",
]  # fmt: skip
ROLES: tuple[str, ...] = get_args(Role)
UnitKind = Literal["leadership", "office", "department", "affiliated", "outside"]


class Dated(Struct, frozen=True, forbid_unknown_fields=True, rename={"from_": "from"}, kw_only=True):
    """Something that holds from one day to another, both included; without `to`, until further notice."""

    from_: date
    to: date | None = None

    def holds(self, on: date) -> bool:
        return self.from_ <= on and (self.to is None or on <= self.to)


class AgencySettings(Struct, frozen=True, forbid_unknown_fields=True):
    """
    Each with its default. `hold_minutes` lie between signing and numbering; `signing_proof` asks for the
    password with every signature, or where the last one is old (decisions.md 19). `escalate_*_hours` are working
    hours, eight a day: until the head hears of a step whose time is over, and from then until the deputy director.
    The labels are printed before what the tasks of new drafts say; a text that stands keeps its own.
    """

    number_scope: Literal["per_type", "grouped", "single"] = "per_type"
    format_check: bool = True
    hold_minutes: int = 2
    signing_mode: Literal["paper", "digital"] = "paper"
    signing_proof: Literal["recent", "password"] = "recent"
    sign_from_list: Literal["seen_only", "never", "always"] = "seen_only"
    report_opens_days: int = 30
    escalate_head_hours: int = 8
    escalate_deputy_hours: int = 16
    label_lead: str = TASK_LABELS["lead"]
    label_coordinator: str = TASK_LABELS["coordinator"]
    label_method: str = TASK_LABELS["method"]
    label_time: str = TASK_LABELS["time"]

    @property
    def task_labels(self) -> dict[str, str]:
        """By what the label stands before: lead, coordinator, method, time."""
        return {key: str(getattr(self, f"label_{key}")) for key in TASK_LABELS}


BOUNDS = {
    "hold_minutes": (0, 7 * 24 * 60),
    "report_opens_days": (1, 366),
    "escalate_head_hours": (1, 2_000),
    "escalate_deputy_hours": (1, 2_000),
}
"""
The least and the most of a setting: a week, a year, the working hours of a year. Beyond what a calendar holds every
step would fail.
"""


class Field(Struct, frozen=True, forbid_unknown_fields=True):
    """A lĩnh vực: what a deputy's authority to sign is cut by."""

    id: str
    name: str


class Unit(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """
    A part of the agency, or (kind outside) a body whose people hold posts here, such as inspectors.

    `symbol` is written in "Lưu: VT, …"; `tags` place it in groups; `fields` are those its drafts fall in,
    the usual one first. `successor` takes over what is open when the unit ends.
    """

    code: str
    name: str
    short_name: str
    symbol: str
    kind: UnitKind
    valid_from: date
    valid_to: date | None = None
    successor: str | None = None
    tags: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()

    def stands(self, on: date) -> bool:
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)


class Post(Struct, frozen=True, forbid_unknown_fields=True):
    """A seat in a unit; roles hang on it, people come and go."""

    id: str
    unit: str
    title: str
    roles: tuple[Role, ...]


class Holding(Dated, frozen=True, forbid_unknown_fields=True, rename={"from_": "from"}, kw_only=True):
    """A person on a post. `basis` is the decision; an auditor's names the issue dates of what it may see."""

    post: str
    basis: str | None = None
    covers_from: date | None = None
    covers_to: date | None = None


class Person(Struct, frozen=True, forbid_unknown_fields=True):
    login: str
    name: str
    holdings: tuple[Holding, ...]


class Authority(Dated, frozen=True, forbid_unknown_fields=True, rename={"from_": "from"}, kw_only=True):
    """
    That a person may sign in a capacity (NĐ 30/2020, Điều 13), on the strength of `base_document`.

    Empty `fields` or `doc_types` mean any, where the capacity does not demand that they be stated. `under`
    names the authority of the unit's head that his deputy signs under (TL_KT).
    """

    id: str
    kind: str
    person: str
    base_document: str = ""
    fields: tuple[str, ...] = ()
    doc_types: tuple[str, ...] = ()
    under: str | None = None


class Group(Struct, frozen=True, forbid_unknown_fields=True):
    """
    Phrases that mean several units at once, and the tags of the units meant.

    `heads` says that the phrase speaks of the heads ("trưởng các phòng") rather than of the units.
    """

    phrases: tuple[str, ...]
    tags: tuple[str, ...]
    heads: bool = False


class Outside(Struct, frozen=True, forbid_unknown_fields=True):
    """A body that texts name as receiver or source and that is no unit of the agency."""

    code: str
    name: str
    aliases: tuple[str, ...] = ()


class AgencyFile(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """
    A whole agency. `printed_*` and the two titles stand in capitals, as on the paper.

    `aggregator` is the code of the unit that collects reports and is left out when a group is expanded;
    `body` is the collective that heads print after "TM.", for agencies of the collective regime only.
    """

    code: str
    name: str
    short_name: str
    printed_name: str
    parent_name: str
    printed_parent: str
    symbol: str
    place: str
    regime: Literal["head", "collective"]
    head_title: str
    deputy_title: str
    aggregator: str
    units: tuple[Unit, ...]
    posts: tuple[Post, ...]
    people: tuple[Person, ...]
    body: str | None = None
    organ_id: str | None = None
    aliases: tuple[str, ...] = ()
    settings: AgencySettings = AgencySettings()
    fields: tuple[Field, ...] = ()
    authorities: tuple[Authority, ...] = ()
    groups: tuple[Group, ...] = ()
    outside: tuple[Outside, ...] = ()

    def unit(self, code: str) -> Unit:
        """KeyError if there is no such unit."""
        return {unit.code: unit for unit in self.units}[code]

    def seats(self, on: date) -> Iterator[tuple[Person, Post, Holding]]:
        """Who sits where that day, in the order of the file."""
        posts = {post.id: post for post in self.posts}
        for person in self.people:
            for holding in person.holdings:
                if holding.holds(on):
                    yield person, posts[holding.post], holding

    def holders(self, role: str, on: date, *, unit: str | None = None) -> tuple[str, ...]:
        """Logins of those who hold the role that day, in the unit or, without one, anywhere in the agency."""
        held = [
            person.login
            for person, post, _ in self.seats(on)
            if role in post.roles and unit in (None, post.unit)
        ]
        return tuple(dict.fromkeys(held))

    def newest_day(self) -> date:
        """The last day on which something begins in this file: the newest state it describes."""
        days = [unit.valid_from for unit in self.units]
        days += [holding.from_ for person in self.people for holding in person.holdings]
        return max([*days, *(authority.from_ for authority in self.authorities)], default=date.min)
