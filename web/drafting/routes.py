"""The lists of plans and of reports."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from flask import render_template, request, url_for

from web.drafting.forms import FilterForm, offered
from web.drafting.unit_filter import OFFERED, Named, named
from web.filters import vi_number
from web.session import reading
from workflow.people import Unit
from workflow.queries.drafts import drafting_units
from workflow.queries.lists import COUNTED_TO, Choices, Listed, Wanted, choices, documents

KINDS = {"plans": ("Kế hoạch", "kế hoạch"), "reports": ("Báo cáo", "báo cáo")}


def plans() -> str:
    return _list("plans")


def reports() -> str:
    return _list("reports")


def _list(kind: str) -> str:
    wanted = _wanted(kind)
    with reading() as w:
        offers = choices(w, kind)
        typed = named(offers.units, request.args.get("ten_don_vi", "").strip()[:200])
        wanted = replace(wanted, unit_ids=typed.ids)
        listed = documents(w, wanted, after=_number("sau"))
        may_draft = kind == "plans" and bool(drafting_units(w))
    form = FilterForm(request.args)
    form.nam.choices = offered([("", "Mọi năm"), *((str(year), str(year)) for year in offers.years)])
    many_units = len(offers.units) > OFFERED
    if many_units and not typed.typed:
        form.ten_don_vi.data = _name_of(offers.units, wanted.unit_id)
    elif not many_units:
        form.don_vi.choices = offered(
            [("", "Mọi đơn vị"), *((str(unit.id), unit.name) for unit in offers.units)]
        )
    form.tinh_trang.choices = offered([("", "Mọi tình trạng"), *offers.states])
    form.loai.choices = offered([("", "Mọi loại"), *offers.definitions])
    title, noun = KINDS[kind]
    chips = _chips(wanted, offers, typed)
    return render_template(
        "drafting/list.html",
        kind=kind,
        title=title,
        listed=listed,
        said=_said(listed, noun, filtered=bool(chips)),
        form=form,
        several_kinds=len(offers.definitions) > 1,
        many_units=many_units,
        chips=chips,
        may_draft=may_draft,
        next_url=_url(sau=listed.next_after) if listed.next_after else "",
        first_url=_url(sau=None) if request.args.get("sau") else "",
    )


def _wanted(kind: str) -> Wanted:
    return Wanted(
        kind=kind,
        year=_number("nam", most=9998),
        unit_id=_number("don_vi"),
        state=request.args.get("tinh_trang", "")[:40],
        definition_id=request.args.get("loai", "")[:40],
        text=request.args.get("tim", "").strip()[:200],
    )


def _number(name: str, *, most: int = 2**53) -> int | None:
    """A number of the address, or None for anything else: a mistyped address shows the whole list."""
    text = request.args.get(name, "")
    return (
        int(text) if text.isascii() and text.isdigit() and len(text) < 17 and 0 < int(text) <= most else None
    )


def _name_of(units: Sequence[Unit], unit_id: int | None) -> str:
    return next((unit.name for unit in units if unit.id == unit_id), "")


def _chips(wanted: Wanted, offers: Choices, typed: Named) -> list[tuple[str, str]]:
    said = [
        ("tim", f"“{wanted.text}”" if wanted.text else ""),
        ("nam", f"Năm {wanted.year}" if wanted.year else ""),
        ("don_vi", (_name_of(offers.units, wanted.unit_id) or "Đơn vị khác") if wanted.unit_id else ""),
        ("ten_don_vi", typed.chip),
        ("tinh_trang", dict(offers.states).get(wanted.state, wanted.state)),
        ("loai", dict(offers.definitions).get(wanted.definition_id, wanted.definition_id)),
    ]
    return [(words, _url(**{name: None, "sau": None})) for name, words in said if words]


def _url(**changes: Any) -> str:
    kept = {name: value for name, value in request.args.items() if value}
    return url_for(request.endpoint or "", **{k: v for k, v in {**kept, **changes}.items() if v is not None})


def _said(listed: Listed, noun: str, *, filtered: bool) -> str:
    if listed.total > COUNTED_TO:
        return f"Hơn {vi_number(COUNTED_TO)} {noun}, mới nhất ở trên"
    matching = " khớp bộ lọc" if filtered else ""
    return f"{vi_number(listed.total)} {noun}{matching}{', mới nhất ở trên' if listed.total > 1 else ''}"
