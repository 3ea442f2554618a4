"""
The paragraphs around the numbered parts: căn cứ, opening, closing, and what they say of the agency and of force.
"""

import re

from workflow.patterns import expression
from workflow.reading.closings import closes
from workflow.reading.dates import days_in
from workflow.reading.number_line import Header
from workflow.reading.outline import Part
from workflow.reading.units import is_unit, name_at
from workflow.reading.words import low

_LISTED_BASIS = expression(r"(?:thực hiện|theo|tiếp theo|trên cơ sở|xét) ")
_BASIS_LINE = expression(r"(?:căn cứ\s?:?|xét (?:đề nghị|tờ trình)|theo đề nghị)\s")


def bases_and_opening(before: list[str]) -> tuple[list[str], list[str]]:
    bases, opening = [], []
    for text in before:
        lowered = low(text.lstrip("-+ "))
        if (
            _BASIS_LINE.match(lowered)
            and (text.rstrip().endswith((";", ".", ",")) or not _acts(lowered))
            and not _acts(lowered)
        ):
            bases.append(text.lstrip("-+ "))
        elif _LISTED_BASIS.match(lowered) and _is_listed(text, bases):
            bases.append(text)
        else:
            opening.append(text)
    return bases, opening


def _is_listed(text: str, bases: list[str]) -> bool:
    """ "Thực hiện Kế hoạch …;" stands in the list of căn cứ; the last line of the list ends with a full stop."""
    if text.endswith(";"):
        return text.count(";") == 1
    return (
        bool(bases)
        and bases[-1].endswith(";")
        and text.endswith(".")
        and text.count(". ") == 0
        and not _acts(low(text))
    )


def _acts(lowered: str) -> bool:
    """Whether a line that begins "Căn cứ" goes on to the agency's own act ("…, Sở Y tế ban hành Kế hoạch như sau:")."""
    return lowered.endswith((":", "sau.", "sau")) or bool(
        re.search(r"(?:như sau|cụ thể|với các nội dung)", lowered[-120:])
    )


def take_closing(parts: list[Part]) -> list[str]:
    """The last paragraphs without a mark, from "Trên đây là …" on; taken out of the part they stood under."""
    holder = parts[-1]
    chain = [holder]
    while holder.children and holder.children[-1].style != "text":
        holder = holder.children[-1]
        chain.append(holder)
    for part in reversed(chain):
        texts = [child for child in part.children if child.style == "text"]
        trailing: list[Part] = []
        while part.children and part.children[-1].style == "text":
            trailing.insert(0, part.children.pop())
        lines = [child.text for child in trailing] if texts else []
        source = "children" if trailing else "paragraphs"
        if not lines:
            lines = list(part.paragraphs)
        ends = [place for place, line in enumerate(lines) if closes(line)]
        ends = [place for place in ends if low(lines[place]).startswith("trên đây")] or ends
        at = next((place for place in ends if place >= len(lines) - 4), None)
        first_is_own = (
            source == "paragraphs"
            and at == 0
            and not low(lines[0]).startswith("trên đây")
            and not lines[-1].rstrip().endswith("/.")
        )
        if at is None or first_is_own or len(lines) - at > 4:
            part.children.extend(trailing)
            if trailing or lines:
                return []
            continue
        if source == "children":
            part.children.extend(trailing[:at])
        else:
            part.paragraphs[at:] = []
        return lines[at:]
    return []


def parted_letter(opening: list[str]) -> tuple[list[str], list[str]]:
    """A letter without numbered parts: its last paragraphs close it."""
    if len(opening) < 2:
        return opening, []
    at = next(
        (
            place
            for place in range(1, len(opening))
            if low(opening[place]).startswith(("trên đây", "đề nghị", "yêu cầu", "nhận được"))
        ),
        None,
    )
    return (opening[:at], opening[at:]) if at is not None else (opening, [])


_ISSUES = expression(
    r"\s+(?:xây dựng|ban hành|báo cáo|lập|đề ra|triển khai|tổ chức|thông báo|hướng dẫn|yêu cầu|đề nghị|kính|trân "
    r"trọng|quyết định|phê duyệt|nhận được|trình|có ý kiến)"
)


def issuer_in(opening: list[str]) -> str | None:
    """The agency that acts in the opening: "…, Sở Y tế ban hành Kế hoạch … như sau:"."""
    for paragraph in opening[:6]:
        text = paragraph[:3000]
        lowered = low(text)
        places = [0, *(match.end() for match in re.finditer(r"[,;.]\s+", lowered))]
        for place in places:
            if not text[place : place + 1].isupper() or not is_unit(text, place):
                continue
            named = name_at(text, place)
            if (
                named
                and _ISSUES.match(lowered, named[1])
                and not low(named[0]).startswith(("các ", "trưởng", "thủ trưởng", "đề nghị"))
            ):
                return named[0]
    return None


def agency_of(header: Header, named: str | None, lines: list[str]) -> str | None:
    if header.agency is None:
        return named
    return cased(header.agency, [*([named] if named else []), *lines])


def cased(name: str | None, lines: list[str]) -> str | None:
    """A name in capitals as the text itself writes it in small letters, where it does."""
    if name is None:
        return None
    wanted = low(name)
    for line in lines:
        at = low(line[:20000]).find(wanted)
        if at >= 0:
            found = line[at : at + len(wanted)]
            if not found.isupper() and found[0].isupper():
                return found
    return name


_EFFECTIVE = expression(r"(?:có )?hiệu lực(?: thi hành)?(?: kể)? từ\s+")


def effective_date(lines: list[str]) -> str | None:
    for line in lines:
        found = _EFFECTIVE.search(low(line))
        if found:
            days = days_in(line, found.end(), found.end() + 40)
            if days and days[0].start <= found.end() + 6:
                return days[0].iso
    return None
