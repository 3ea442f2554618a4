"""What an address of the search asks for, its chips, and the address that asks for the same."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from flask import url_for
from wtforms import Form, SearchField, SelectChoice, SelectField

from web.filters import vi_number
from workflow.engine import Work
from workflow.queries.lists import Choices, choices
from workflow.queries.search import Found, Place, Sought

NAMES = ("tim", "nam", "don_vi", "loai", "tinh_trang", "linh_vuc")
LONGEST = 200
QUOTES = str.maketrans(dict.fromkeys('"“”„«»', " "))


class SearchForm(Form):
    """The fields beside the results; a value that is no choice narrows to nothing rather than failing."""

    tim = SearchField("Từ cần tìm")
    nam = SelectField("Năm", validate_choice=False)
    don_vi = SelectField("Đơn vị soạn", validate_choice=False)
    loai = SelectField("Loại", validate_choice=False)
    tinh_trang = SelectField("Tình trạng", validate_choice=False)
    linh_vuc = SelectField("Lĩnh vực", validate_choice=False)


@dataclass(frozen=True)
class Asked:
    """A search as somebody set it; `given` are its parameters without the empty ones."""

    given: Mapping[str, str]
    offers: Choices
    fields: Mapping[str, str]

    @property
    def sought(self) -> Sought:
        return Sought(
            text=self.given.get("tim", ""),
            year=number(self.given.get("nam", ""), most=9998),
            unit_id=number(self.given.get("don_vi", "")),
            definition_id=self.given.get("loai", ""),
            state=self.given.get("tinh_trang", ""),
            field=self.given.get("linh_vuc", ""),
        )

    @property
    def query(self) -> str:
        return urlencode(self.given)

    def url(self, **changes: Any) -> str:
        changed = {**self.given, **changes}
        return url_for("search.results", **{name: value for name, value in changed.items() if value})

    @property
    def unfiltered_url(self) -> str:
        return self.url(**dict.fromkeys(NAMES[1:], ""))

    @property
    def unquoted_url(self) -> str:
        """The same words, each by itself; "" where nothing stands in quotes."""
        bare = " ".join(self.given.get("tim", "").translate(QUOTES).split())
        return self.url(tim=bare) if bare != self.given.get("tim", "") else ""

    def chips(self) -> list[tuple[str, str]]:
        units = {str(unit.id): unit.name for unit in self.offers.units}
        named = {
            "nam": lambda value: f"Năm {value}",
            "don_vi": lambda value: units.get(value, "Đơn vị khác"),
            "loai": lambda value: dict(self.offers.definitions).get(value, value),
            "tinh_trang": lambda value: dict(self.offers.states).get(value, value),
            "linh_vuc": lambda value: self.fields.get(value, value),
        }
        return [
            (named[name](value), self.url(**{name: ""}))
            for name, value in self.given.items()
            if name in named
        ]

    @property
    def name(self) -> str:
        """What the search would be called: its words and its filters."""
        words = [self.given["tim"]] if "tim" in self.given else []
        return ", ".join([*words, *(text for text, _ in self.chips())])

    def form(self) -> SearchForm:
        form = SearchForm(data=dict(self.given))
        for field, every, offered in (
            (form.nam, "Mọi năm", [(str(year), str(year)) for year in self.offers.years]),
            (form.don_vi, "Mọi đơn vị", [(str(unit.id), unit.name) for unit in self.offers.units]),
            (form.loai, "Mọi loại", self.offers.definitions),
            (form.tinh_trang, "Mọi tình trạng", self.offers.states),
            (form.linh_vuc, "Mọi lĩnh vực", sorted(self.fields.items(), key=lambda item: item[1])),
        ):
            field.choices = [SelectChoice(value, label) for value, label in [("", every), *offered]]
        return form


def asked(w: Work, args: Mapping[str, str]) -> Asked:
    """A mistyped value stays in the address and finds nothing; a mistyped number is as if it were not there."""
    fields: dict[str, str] = {}
    for agency_id in dict.fromkeys(seat.post.agency_id for seat in w.actor.seats):
        fields |= w.directory.agencies[agency_id].fields
    return Asked(given_in(args), choices(w, ""), fields)


def given_in(args: Mapping[str, str]) -> dict[str, str]:
    """Only our own parameters, each within its length, none empty."""
    typed = {name: args.get(name, "").replace("\0", " ") for name in NAMES}
    found = {name: typed[name].strip()[: LONGEST if name == "tim" else 60].strip() for name in NAMES}
    for name, most in (("nam", 9998), ("don_vi", 2**53)):
        if number(found[name], most=most) is None:
            found[name] = ""
    return {name: value for name, value in found.items() if value}


def number(text: str, *, most: int = 2**53) -> int | None:
    return (
        int(text) if text.isascii() and text.isdigit() and len(text) < 17 and 0 < int(text) <= most else None
    )


def place_of(text: str) -> Place | None:
    """ "3-1042" is the place after document 1042 in tier 3; anything else is the start."""
    tier, _, document = text.partition("-")
    if not (tier.isascii() and tier.isdigit() and len(tier) <= 2) or (found := number(document)) is None:
        return None
    return Place(int(tier), found)


def address_of(place: Place) -> str:
    """The place as an address or the command line names it."""
    return f"{place.tier}-{place.document_id}"


def said_total(found: Found) -> str:
    if found.total > found.counted_to:
        return f"Hơn {vi_number(found.counted_to)} văn bản"
    return f"{vi_number(found.total)} văn bản"
