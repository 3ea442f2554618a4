"""`trinhky find`: documents found by their words, as the box on every page finds them; it writes nothing."""

from collections.abc import Sequence
from typing import Any

import click

from web.cli.documents import as_person, viewer
from web.cli.opening import opened
from web.cli.root import Refusal
from web.cli.saying import as_json, say
from web.filters import vi_date
from web.search.asked import LONGEST, address_of, place_of, said_total
from workflow.engine import Work
from workflow.queries.excerpts import Stretch
from workflow.queries.search import Found, Hit, Sought, search

HELP = "Tìm văn bản theo số, trích yếu, nội dung, người, đơn vị. Đối số có dấu cách là một cụm từ."


@click.command("find", help=HELP)
@click.argument("words", nargs=-1)
@click.option("--year", type=click.IntRange(1, 9998), help="Năm ban hành; chưa ban hành thì năm soạn.")
@click.option("--unit", metavar="CODE", help="Mã đơn vị soạn.")
@click.option("--type", "kind", default="", metavar="ID", help="Loại: ke_hoach, bao_cao …")
@click.option("--state", default="", help="Mã trạng thái: draft, issued …")
@click.option("--field", default="", metavar="ID", help="Mã lĩnh vực.")
@click.option("--after", default="", metavar="PLACE", help="Trang sau: chỗ mà trang trước in ra.")
@as_person
@as_json
def find(
    words: tuple[str, ...],
    year: int | None,
    unit: str | None,
    kind: str,
    state: str,
    field: str,
    after: str,
    login: str | None,
    as_json: bool,
) -> None:
    place = place_of(after)
    if after and place is None:
        raise click.UsageError("Ghi --after đúng như trang trước in ra, ví dụ 3-1042.")
    with opened() as engine, engine.reading(viewer(engine, login)) as w:
        unit_id = _unit(w, unit) if unit else None
        sought = Sought(_typed(words), year, unit_id, kind, state, field)
        if sought.is_empty:
            raise Refusal("Chưa tìm: ghi ít nhất một từ có chữ hoặc số, hay một bộ lọc.")
        found = search(w, sought, after=place)
    say(_told(found), lambda: _lines(found), json_wanted=as_json)


def _typed(words: Sequence[str]) -> str:
    """A shell takes the quotes away, so what reaches us as one argument of several words is a phrase."""
    text = " ".join(f'"{one}"' if " " in one.strip() and '"' not in one else one for one in words)
    return text.replace("\0", " ")[: LONGEST + 1]


def _unit(w: Work, code: str) -> int:
    """Of the person's agencies; whoever keeps the machine sees all of them, where a code may stand twice."""
    agencies = {seat.post.agency_id for seat in w.actor.seats}
    if w.actor.is_system:
        agencies = set(w.directory.agencies)
    found = [one for agency_id in agencies if (one := w.directory.unit_by_code(agency_id, code))]
    if not found:
        raise Refusal(f"Chưa tìm: không có đơn vị mang mã “{code}”.")
    if len(found) > 1:
        raise Refusal(f"Chưa tìm: nhiều cơ quan có đơn vị mang mã “{code}”. Thêm --as để chọn cơ quan.")
    return found[0].id


def _told(found: Found) -> dict[str, Any]:
    return {
        "total": min(found.total, found.counted_to),
        "more_than_total": found.total > found.counted_to,
        "documents": [
            {
                "document": hit.id,
                "reference_no": _plain(hit.number) or None,
                "issued_on": hit.issued_on,
                "title": _plain(hit.title) or None,
                "state": hit.state.id,
                "state_label": hit.state.label,
                "unit": hit.unit.code,
                "drafter": hit.drafter,
                "excerpt": _plain(hit.excerpt) or None,
                "found_words": list(dict.fromkeys(each.text for each in hit.excerpt if each.found)),
            }
            for hit in found.hits
        ],
        "words_cut": found.cut,
        "next": address_of(found.next_after) if found.next_after else None,
    }


def _lines(found: Found) -> list[str]:
    lines = [said_total(found)]
    if found.cut:
        lines.append("Chỉ tìm theo 16 từ và 200 ký tự đầu.")
    for hit in found.hits:
        lines += _of_hit(hit)
    if found.next_after:
        lines.append(f"Trang sau: --after {address_of(found.next_after)}")
    return lines


def _of_hit(hit: Hit) -> list[str]:
    number = _plain(hit.number) or "chưa có số"
    issued = f", {vi_date(hit.issued_on)}" if hit.issued_on else ""
    lines = [
        f"{hit.id}  {_plain(hit.title) or '(chưa có trích yếu)'}",
        f"    {number}{issued}; {hit.unit.short_name}; {hit.drafter}; {hit.state.label}",
    ]
    if hit.excerpt:
        lines.append(f"    {_marked(hit.excerpt)}")
    return lines


def _plain(stretches: Sequence[Stretch]) -> str:
    return "".join(each.text for each in stretches)


def _marked(stretches: Sequence[Stretch]) -> str:
    """What was looked for stands in brackets, on a terminal that shows no colours too."""
    return "".join(f"[{each.text}]" if each.found else each.text for each in stretches)
