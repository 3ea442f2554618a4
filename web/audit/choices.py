"""The filter of the history: its form, what it asks of the log, its chips, and the address that repeats it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import url_for
from werkzeug.datastructures import MultiDict
from wtforms import Form, HiddenField, SearchField, SelectField, SelectMultipleField
from wtforms.validators import Length, ValidationError

from web.audit.words import ACCESS, ACT_GROUPS, RIGHTS_GROUP
from web.fields import DayField
from web.filters import vi_date
from web.session import SignedIn
from web.words import CAPACITIES
from workflow.engine import Work
from workflow.queries.entry_visibility import sees_everyone, sees_rights
from workflow.queries.history import Wanted

TABLE = "bang"
ONE_MAN = ("HEAD", "Q", "KT", "TL", "TL_KT", "TUQ")
COLLECTIVE = ("TM", "TM_KT")
SHOWN = 40
"""Signs of what somebody typed that are said back to him."""


class Ticks(SelectMultipleField):
    """Ticks of an address that somebody may have typed: ValueError for what is no choice, or it would find everything."""

    def process_formdata(self, valuelist: list[str]) -> None:
        known = {choice[0] for choice in self.choices}
        self.data = [value for value in dict.fromkeys(valuelist) if value in known]
        if unknown := next((value for value in valuelist if value not in known), ""):
            raise ValueError(f"Không có lựa chọn “{unknown[:SHOWN]}” trong bộ lọc {self.label.text}")

    def pre_validate(self, form: Form) -> None:
        """Every value left is a choice."""


class FilterForm(Form):
    q = SearchField("Số, trích yếu hoặc người", [Length(max=200, message="Từ tìm dài quá 200 ký tự")])
    tu = DayField("Từ ngày")
    den = DayField("Đến ngày")
    hanh_dong = Ticks("Hành động")
    truy_cap = Ticks("Truy cập")
    tu_cach = Ticks("Tư cách ký")
    don_vi = SelectField("Đơn vị", validate_choice=False)
    van_ban = HiddenField()
    dang = HiddenField()

    def validate_den(self, field: DayField) -> None:
        if self.tu.data and field.data and field.data < self.tu.data:
            raise ValidationError("Đến ngày phải từ ngày bắt đầu trở đi")

    def validate_don_vi(self, field: SelectField) -> None:
        if field.data and field.data not in {value for value, _ in field.choices}:
            raise ValidationError(f"Không có đơn vị “{field.data[:SHOWN]}”")

    def validate_van_ban(self, field: HiddenField) -> None:
        if field.data and document_number(field.data) is None:
            field.data = ""  # nobody can mend what the page does not show
            raise ValidationError("Mã văn bản chỉ gồm chữ số, ví dụ 12")


@dataclass(frozen=True)
class Choice:
    """A filter as somebody set it: the form with its values, and the units of his agency by code."""

    form: FilterForm
    units: Mapping[str, int]

    @property
    def is_good(self) -> bool:
        return not self.form.errors

    @property
    def as_table(self) -> bool:
        return bool(self.form.dang.data == TABLE)

    @property
    def document_id(self) -> int | None:
        return document_number(self.form.van_ban.data or "")

    @property
    def wanted(self) -> Wanted:
        form, groups = self.form, {**ACT_GROUPS, **RIGHTS_GROUP}
        return Wanted(
            words=form.q.data or "",
            since=form.tu.data,
            until=form.den.data,
            acts=frozenset(act for slug in form.hanh_dong.data or () for act in groups[slug][1]),
            access=frozenset(ACCESS[slug][1] for slug in form.truy_cap.data or ()),
            capacities=frozenset(form.tu_cach.data or ()),
            unit_id=self.units.get(form.don_vi.data or ""),
            document_id=self.document_id,
        )

    @property
    def address(self) -> dict[str, Any]:
        """The values of the query string that repeat this filter; table view included, page left out."""
        return self.without()

    def without(self, name: str = "", value: str = "") -> dict[str, Any]:
        """The same but for one filter, or for one of its ticks."""
        form = self.form
        days = {"tu": vi_date(form.tu.data), "den": vi_date(form.den.data)}
        ticks = {one: list(form[one].data or ()) for one in ("hanh_dong", "truy_cap", "tu_cach")}
        unit = form.don_vi.data if form.don_vi.data in self.units else ""
        values: dict[str, Any] = {
            "q": form.q.data,
            **days,
            **ticks,
            "don_vi": unit,
            "van_ban": self.document_id,
        }
        if value:
            values[name] = [item for item in values[name] if item != value]
        elif name:
            values[name] = None
        return {key: item for key, item in values.items() if item} | (
            {"dang": TABLE} if self.as_table else {}
        )

    def chips(self) -> list[tuple[str, str]]:
        """(what is filtered, the address without it)."""
        form = self.form

        def off(name: str, value: str = "") -> str:
            return url_for("audit.history", **self.without(name, value))

        found = [(f"“{form.q.data}”", off("q"))] if form.q.data else []
        found += [(f"Từ {vi_date(form.tu.data)}", off("tu"))] if form.tu.data else []
        found += [(f"Đến {vi_date(form.den.data)}", off("den"))] if form.den.data else []
        for name in ("hanh_dong", "truy_cap", "tu_cach"):
            labels = dict(form[name].choices)
            found += [(labels[value], off(name, value)) for value in form[name].data or ()]
        if self.units.get(form.don_vi.data or ""):
            found.append((dict(form.don_vi.choices)[form.don_vi.data], off("don_vi")))
        if self.document_id is not None:
            found.append((f"Văn bản mã {self.document_id}", off("van_ban")))
        return found


def choice_of(w: Work, user: SignedIn, given: MultiDict[str, str]) -> Choice:
    """The filter in a query string; what it may offer depends on who asks."""
    form = FilterForm()
    groups = {**ACT_GROUPS, **(RIGHTS_GROUP if sees_rights(user.actor) else {})}
    form.hanh_dong.choices = _labels(groups)
    form.truy_cap.choices = _labels(ACCESS)
    if not sees_everyone(user.actor):
        form.truy_cap.label.text = "Truy cập của tôi"
    kinds = ONE_MAN if user.agency.regime != "collective" else ONE_MAN + COLLECTIVE
    form.tu_cach.choices = [(kind, CAPACITIES[kind]) for kind in kinds]
    units = w.directory.units_of(user.agency.id)
    form.don_vi.choices = [("", "Mọi đơn vị"), *((unit.code, unit.name) for unit in units)]
    form.process(given)
    form.validate()
    return Choice(form, {unit.code: unit.id for unit in units})


def document_number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else None


def _labels(groups: Mapping[str, tuple[str, Any]]) -> list[tuple[str, str]]:
    return [(slug, label) for slug, (label, _) in groups.items()]
