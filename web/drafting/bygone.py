"""On the confirm page: which cards name a body that no longer exists, in the words a person reads there."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from web.drafting.confirm_form import ConfirmForm
from web.filters import vi_date
from workflow.content import Content
from workflow.lint import AgencyFacts
from workflow.lint.bygone import bygone_mentions, bygone_names


@dataclass(frozen=True)
class Bygone:
    """`marks` by the id of a part of the page: what is said there; `notes` say it once for the whole text."""

    marks: Mapping[str, tuple[str, ...]]
    notes: tuple[str, ...]


def bygone_in(form: ConfirmForm, content: Content, agency: AgencyFacts) -> Bygone:
    """Of the names as they stand in the form, and of the running text as `content` has it by now."""
    marks: dict[str, tuple[str, ...]] = {}
    counts: dict[str, int] = {}
    for part, names in _named(form):
        if found := bygone_names(names, agency):
            marks[part] = tuple(_said(one.facts) for one in found)
            counts |= {line: counts.get(line, 0) + 1 for line in marks[part]}
    notes = [f"{line}: có ở {count} phần đề xuất, đã đánh dấu." for line, count in counts.items()]
    notes += [f"{_said(one.facts)}: được nhắc trong lời văn." for one in bygone_mentions(content, agency)]
    return Bygone(marks, tuple(notes))


def _named(form: ConfirmForm) -> Iterator[tuple[str, list[str]]]:
    """(id of the part, the names it holds) for Kính gửi and every card."""
    yield "addressees", _filled((form.addressees.data or "").splitlines())
    for place, row in enumerate(form.tasks):
        names = f"{row.form.leads.data or ''}\n{row.form.coordinators.data or ''}".splitlines()
        yield f"nhiem-vu-{place}", _filled(names)
    for place, row in enumerate(form.duties):
        yield f"bao-cao-{place}", _filled([row.form.sender.data, row.form.to.data, row.form.via.data])
    for place, row in enumerate(form.recipients):
        yield f"noi-nhan-{place}", _filled([row.form.name.data])


def _filled(names: list[Any]) -> list[str]:
    return [str(name).strip() for name in names if name and str(name).strip()]


def _said(facts: Mapping[str, Any]) -> str:
    successor = facts.get("successor")
    now = f"; việc đã chuyển về {successor}" if successor else ""
    return f"“{facts['name']}” đã kết thúc ngày {vi_date(facts['until'])}{now}"
