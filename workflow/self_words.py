"""What an agency calls itself, its leaders, its office and its units in running text, by its kind and its titles."""

import re
from collections.abc import Iterable, Mapping
from datetime import date

from workflow.folding import fold
from workflow.people import Agency, Unit

_KINDS = (
    "Ủy ban nhân dân tỉnh", "Ủy ban nhân dân thành phố", "Ủy ban nhân dân xã", "Ủy ban nhân dân phường",
    "Ủy ban nhân dân đặc khu", "Văn phòng", "Thanh tra", "Sở", "Chi cục", "Cục", "Ban", "Trung tâm", "Trường",
)  # fmt: skip
"""The first words of an agency's name by which its own texts call it."""

WORDS = frozenset({"agency", "head", "leaders", "office", "units", "Units"})
"""The names that `words_of` tells, as a skeleton writes them in braces."""


def words_of(agency: Agency, units: Iterable[Unit], *, on: date) -> Mapping[str, str]:
    """
    By name: the agency ("Sở"), its head ("Giám đốc Sở"), its leaders, the unit that collects reports, and all its
    units as one group, at the beginning of a sentence (Units) and within one (units).
    """
    standing = [unit for unit in units if unit.exists_on(on) and unit.kind != "outside"]
    own = called(agency.name)
    group = _all_units(agency, standing, own)
    return {
        "agency": own,
        "head": _of(_title(agency.head_title), own),
        "leaders": _leaders(agency, standing, own),
        "office": next(
            (unit.name for unit in standing if unit.code == agency.aggregator), f"Văn phòng {own}"
        ),
        "units": group,
        "Units": group[:1].upper() + group[1:],
    }


def called(name: str) -> str:
    """As "Sở" of "Sở Khoa học và Công nghệ"; a name of no known kind is said in full."""
    whole = re.sub(r"^UBND\b", "Ủy ban nhân dân", name)
    known = (kind for kind in _KINDS if re.match(rf"{kind}(?!\w)", whole, re.IGNORECASE))
    return next(known, whole)


def _leaders(agency: Agency, units: list[Unit], own: str) -> str:
    """The name its leadership goes by; of a collective, whose members have titles of their own, those titles."""
    if agency.regime == "collective":
        return _of(f"{_title(agency.head_title)}, các {_title(agency.deputy_title)}", own)
    names = (name for unit in units if unit.kind == "leadership" for name in (unit.name, *unit.aliases))
    return next((name for name in names if fold(name).startswith("lanh dao")), f"Lãnh đạo {own}")


def _all_units(agency: Agency, units: list[Unit], own: str) -> str:
    """The agency's own phrase for the group that means most of its units, the one that names the agency first."""
    groups = [group for group in agency.groups if not group.heads]
    widest = max(
        groups, key=lambda group: sum(bool(unit.tags & set(group.tags)) for unit in units), default=None
    )
    if widest is None:
        return f"các đơn vị thuộc {own}"
    return next((phrase for phrase in widest.phrases if phrase.endswith(f" {own}")), widest.phrases[0])


def _title(printed: str) -> str:
    """Out of capitals, as running text writes it: "Phó Giám đốc", "Chánh Văn phòng"."""
    words = printed.capitalize()
    for name in ("Giám đốc", "Chủ tịch", "Trưởng", "Chánh", "Văn phòng", "Hiệu trưởng", "Cục trưởng"):
        words = re.sub(rf"\b{name}\b", name, words, flags=re.IGNORECASE)
    return words


def _of(title: str, own: str) -> str:
    return title if fold(title).endswith(fold(own)) else f"{title} {own}"
