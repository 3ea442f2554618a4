"""What was done with documents until now, as rules see it: what was approved, who did what, which remarks are open."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, CompoundSelect, case, cast, literal, null, select, union_all

from workflow.by_ids import ByIds
from workflow.case import ApprovalFacts, RemarkFacts
from workflow.engine import Asking, Prepared, Work
from workflow.models import Approval, Entry, Remark, RemarkSettled, Withdrawal
from workflow.models.base import Id

_MUST, _MAY = "remark, must settle", "remark"


def _history(these: Callable[[Any], ColumnElement[bool]]) -> CompoundSelect[Any]:
    """What was approved, who did what and which remarks are open, in one round trip: rows without an id are acts."""
    approved = (
        select(
            Approval.document_id,
            Approval.id,
            Approval.kind,
            Approval.step,
            Approval.round,
            Approval.digest,
            Approval.person_id,
            Approval.person_name,
            Approval.title,
            Approval.capacity,
            Approval.lines,
            Approval.basis,
            Approval.at,
        )
        .outerjoin(Withdrawal, Withdrawal.approval_id == Approval.id)
        .where(these(Approval.document_id), Withdrawal.approval_id.is_(None))
    )
    acted = (
        select(
            Entry.document_id,
            cast(null(), Id).label("id"),
            null().label("kind"),
            Entry.action,
            cast(null(), Id).label("round"),
            null().label("digest"),
            Entry.person_id,
            *(null().label(name) for name in ("person_name", "title", "capacity", "lines", "basis", "at")),
        )
        .where(these(Entry.document_id), Entry.stream == "act", Entry.person_id.is_not(None))
        .distinct()
    )
    remarked = (
        select(
            Remark.document_id,
            Remark.id,
            case((Remark.must_settle == 1, literal(_MUST)), else_=literal(_MAY)).label("kind"),
            Remark.place,
            Remark.revision_no,
            Remark.quote,
            Remark.author_id,
            *(null().label(name) for name in ("person_name", "title", "capacity", "lines", "basis", "at")),
        )
        .outerjoin(RemarkSettled, RemarkSettled.remark_id == Remark.id)
        .where(these(Remark.document_id), Remark.answers_id.is_(None), RemarkSettled.remark_id.is_(None))
    )
    return union_all(approved, acted, remarked)


_HISTORY = ByIds(_history)

KEPT = 4_000
_kept: dict[tuple[tuple[Any, ...], ...], "Past"] = {}


@dataclass(frozen=True, eq=False)
class Past:
    """Of one document. The same object for the same rows, as long as it is kept: whoever keeps more may go by it."""

    approvals: tuple[ApprovalFacts, ...] = ()
    acts: frozenset[tuple[str, int]] = frozenset()
    remarks: tuple[RemarkFacts, ...] = ()


NOTHING = Past()


def pasts(w: Work, document_ids: Sequence[int]) -> dict[int, Past]:
    """One statement for any number of documents; every one of them is in the answer."""
    if not document_ids:
        return {}
    found: dict[int, list[tuple[Any, ...]]] = {}
    prepared, values = pasts_asked(w, document_ids)
    for row in prepared.raw(w.db, values):
        found.setdefault(row[0], []).append(row)
    return {
        number: _past(w, prepared, tuple(sorted(found[number], key=_order))) if number in found else NOTHING
        for number in document_ids
    }


def pasts_asked(w: Work, document_ids: Sequence[int]) -> Asking:
    """What `pasts` asks of these, which are not none."""
    return _HISTORY.of(w, document_ids)


def past_asked(document_id: int) -> Asking:
    """What `pasts` asks of one document."""
    return _HISTORY.of_one(document_id)


def _order(row: tuple[Any, ...]) -> tuple[int, str, int]:
    """Acts first, then by number: the database is free to answer in any order, and mostly does not."""
    return (row[1] or 0, row[3] or "", row[6] or 0)


def _past(w: Work, prepared: Prepared, rows: tuple[tuple[Any, ...], ...]) -> Past:
    """Kept by the very values of the rows: a list shows the same documents again and again."""
    found = _kept.get(rows)
    if found is None:
        if len(_kept) >= KEPT:
            _kept.clear()
        found = _kept[rows] = _read([prepared.read(w.db, row) for row in rows])
    return found


def _read(rows: Sequence[tuple[Any, ...]]) -> Past:
    approvals, acts, remarks = [], set(), []
    for _, number, kind, step, *rest in rows:
        if number is None:
            acts.add((step, rest[2]))
        elif kind in (_MUST, _MAY):
            revision_no, quote, author_id = rest[:3]
            remarks.append(RemarkFacts(number, author_id, revision_no, step, quote, kind == _MUST))
        else:
            round_, digest, person_id, name, title, capacity, lines, basis, at = rest
            approvals.append(
                ApprovalFacts(
                    id=number,
                    kind=kind,
                    step=step,
                    round=round_,
                    digest=digest,
                    person_id=person_id,
                    person_name=name,
                    title=title,
                    capacity=capacity,
                    lines=tuple(lines),
                    basis=basis,
                    at=at,
                )
            )
    return Past(tuple(approvals), frozenset(acts), tuple(remarks))
