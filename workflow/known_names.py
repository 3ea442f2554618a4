"""What the texts of one agency can name, out of its units, groups and the bodies around it; `parties` resolves it."""

from collections.abc import Iterable

from workflow.parties import Known, KnownGroup, KnownUnit
from workflow.staff import Agency, Unit


def known_names(agency: Agency, units: Iterable[Unit]) -> Known:
    """`units` are all of the agency, ended ones too: a text keeps naming them."""
    return Known(
        units=tuple(
            KnownUnit(u.code, (u.name, u.short_name, *u.aliases), u.tags, u.valid_from, u.valid_to)
            for u in units
        ),
        groups=tuple(
            KnownGroup(group.phrases, frozenset(group.tags), group.heads) for group in agency.groups
        ),
        agency=(agency.name, agency.short_name, *agency.aliases),
        outside=tuple((body.code, (body.name, *body.aliases)) for body in agency.outside),
        aggregator=agency.aggregator,
    )
