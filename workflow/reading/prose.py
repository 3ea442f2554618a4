"""
Who does what in plain sentences: the unit spoken of, the one it is given to, those it works with, and how.
"""

import re

from workflow.content import Time
from workflow.patterns import expression
from workflow.reading.outline import Part
from workflow.reading.times import read_time, time_in_prose
from workflow.reading.units import is_unit, name_at, split_names
from workflow.reading.words import low, squeeze

_METHOD = expression(
    r"(?:lựa chọn|bằng(?: các)?|dưới|theo) (hình thức [^.;,:(]{2,80}?)(?= để | nhằm |\s*[.;,:(]|$)"
)


def free_method(part: Part) -> str | None:
    """ "… lựa chọn hình thức phù hợp để …": a method said without a label."""
    for line in [
        part.text,
        *part.paragraphs,
        *(child.text for child in part.children if child.style == "text"),
    ]:
        found = _METHOD.search(low(line[:3000]))
        if found:
            return squeeze(line[found.start(1) : found.end(1)])
    return None


_AFTER_UNIT = expression(
    r"[\s:.,;]*(?:có (?:trách nhiệm|nhiệm vụ)|chịu trách nhiệm|thực hiện(?: các nhiệm vụ(?: sau)?)?|chủ "
    r"trì)?[\s:.,;]*(?:sau|như sau)?[\s:.;]*"
)


def only_unit(text: str, name: str) -> bool:
    """Whether a heading is a unit and at most "có trách nhiệm:"."""
    at = text.find(name)
    if at < 0:
        return False
    rest = low(text[at + len(name) :])
    brackets = re.sub(r"\([^()]{0,80}\)", "", rest)
    return bool(_AFTER_UNIT.fullmatch(brackets)) and at < 25


def does(text: str, at: int) -> bool:
    return bool(
        re.match(
            r"\s*(?::|chủ trì|có trách nhiệm|chịu trách nhiệm|tham mưu|phối hợp|tổ chức|xây dựng|triển khai|thực "
            r"hiện|theo dõi"
            r"|hướng dẫn|tổng hợp|chủ động|căn cứ|báo cáo|rà soát|là cơ quan|làm đầu mối|đăng|bố trí|tiếp tục"
            r"|tăng cường)",
            low(text[at : at + 40]),
        )
    )


def after_unit(text: str, own: tuple[str, int] | None) -> str:
    rest = text[own[1] :].strip(" :,;") if own else text
    return re.sub(r"^\([^()]{0,80}\)\s*", "", rest)


_ASSIGNED = expression(r"(?:giao|phân công|giao cho)\s+")


_LEADS = expression(
    r"\s*(?:chủ trì|là (?:cơ quan|đơn vị) (?:chủ trì|đầu mối)|làm đầu mối|tham mưu|phối hợp|có trách nhiệm|thực hiện)"
)


def assigned(text: str) -> str | None:
    """ "… giao Phòng X chủ trì …" inside a sentence."""
    lowered = low(text[:3000])
    for found in _ASSIGNED.finditer(lowered):
        named = name_at(text, found.end(), several=True)
        if named and _LEADS.match(lowered, named[1]):
            return named[0]
    return None


_WITH = expression(r"phối hợp(?: chặt chẽ)?(?: với| cùng)(?: các)?\s+(?=\S)")


def coordinators_in(text: str, known: tuple[str, ...]) -> tuple[str, ...]:
    lowered = low(text[:3000])
    for found in _WITH.finditer(lowered):
        start = found.end()
        if lowered[:start].endswith(" các "):
            start -= 4
        if is_unit(text, start):
            named = name_at(text, start, several=True)
            if named:
                return split_names(named[0], known)
    return ()


_BRACKETS = expression(r"\s*\(([^()]{5,300})\)\s*[.;]?$")
_ROLE = expression(r"\s*(?:(?P<lead>chủ trì|thực hiện|chịu trách nhiệm|tham mưu)|(?P<with>phối hợp))")


def in_brackets(words: str, known: tuple[str, ...]) -> tuple[str | None, tuple[str, ...], str]:
    """ "… (Văn phòng chủ trì; các phòng phối hợp; …)": (who leads, who helps, the words as they are)."""
    found = _BRACKETS.search(words)
    if not found:
        return None, (), words
    lead: str | None = None
    helpers: tuple[str, ...] = ()
    for part in found[1].split(";"):
        said = part.strip()
        named = name_at(said, 0, several=True)
        role = _ROLE.match(low(said), named[1]) if named else None
        if named is None or role is None:
            continue
        if role["lead"]:
            lead = lead or named[0]
        else:
            helpers = helpers or split_names(named[0], known)
    return lead, helpers, words


_BY = expression(
    r"\s*(?:$|[.;(–-]|,\s(?=tháng|quý|trước|từ|hoàn thành|xong)|(?:thực hiện|chủ trì|phối hợp|chịu trách nhiệm)\b)"
)


def after_colon(words: str) -> tuple[str | None, str, Time | None]:
    """ "Tiếp nhận hồ sơ: Văn phòng Sở (từ ngày …)": (who, what, when); what stands as it is where nobody is named."""
    at = words.find(": ")
    if not 5 <= at <= 250 or not words[at + 2 : at + 3].isupper():
        return None, words, None
    named = name_at(words, at + 2, several=True)
    if named is None or not _BY.match(low(words), named[1]):
        return None, words, None
    rest = re.sub(r"^(?:thực hiện|chủ trì)\s", "", words[named[1] :].strip(" ,;.()–-"), flags=re.I)
    return named[0], words[:at], time_in_prose(rest) or (read_time(rest) if len(rest) < 80 else Time())
