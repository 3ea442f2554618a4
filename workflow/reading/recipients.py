"""
"Nơi nhận": who receives, for what if stated, and the line of the archive copy.
"""

import re
from dataclasses import dataclass

from workflow.content import Purpose, Recipient
from workflow.patterns import expression
from workflow.reading.words import bare, bare_end, low, squeeze

_HEAD = expression(r"^\W{0,4}noi nhan\s?[:;.]?")
_PURPOSES: tuple[tuple[Purpose, str], ...] = (
    ("in_lieu_of_report", r"(?:để )?thay (?:cho )?(?:báo cáo|b/?c(?:áo)?)"),
    ("to_report", r"(?:để )?(?:báo cáo|b/?\s?c(?:áo)?|bc)"),
    ("to_coordinate", r"(?:để )?(?:phối hợp|p/?\s?h(?:ợp)?|ph)(?: thực hiện| chỉ đạo)?"),
    ("to_implement", r"(?:để )?(?:thực hiện|t/?\s?h(?:iện)?|th|thi hành|triển khai(?: thực hiện)?)"),
    ("for_information", r"(?:để )?(?:biết|đ/?\s?b|theo dõi|t/?\s?d)"),
)
_PATTERNS = tuple((purpose, expression(words)) for purpose, words in _PURPOSES)
_BRACKET = expression(r"\s*[(\[]\s*([^()\[\]]{1,40}?)\s*[)\]]")
_BARE_PURPOSE = expression(r"\s*[-–,]?\s*(để (?:báo cáo|b/c|biết|phối hợp|thực hiện))$")
_ARCHIVE = expression(r"(?:^|(?<=[;.,\s]))(?:lưu)\s?(?::|tại|vt|\s)\s*", re.I)


@dataclass(frozen=True)
class Receipt:
    """Recipients in order and "Lưu: VT, VP" as printed, without its last stop."""

    recipients: tuple[Recipient, ...] = ()
    archive_line: str = ""


def is_head(line: str) -> bool:
    """Whether a row is "Nơi nhận:"; a sentence that only begins so is not."""
    folded = bare(squeeze(line))
    found = _HEAD.match(folded)
    return bool(found) and (folded[found.end() - 1] in ":;." or len(folded) <= found.end() + 1)  # type: ignore[union-attr]


def after_head(line: str) -> str:
    """What stands on the row of "Nơi nhận:" itself."""
    found = _HEAD.match(bare(line))
    return line[found.end() :].strip() if found else line


def read_recipients(lines: list[str]) -> Receipt:
    """From the rows between "Nơi nhận" and the line of the archive copy."""
    items: list[str] = []
    archive = ""
    for line in lines:
        text = squeeze(line)
        bullet = text.startswith(("-", "+", "•"))
        text = text.lstrip("-+• ").strip()
        if not text:
            continue
        if low(text).startswith("lưu") and _ARCHIVE.match(text):
            archive = text
            continue
        if archive:
            continue
        if (
            items
            and not bullet
            and not items[-1].endswith((";", "."))
            and not _BRACKET.search(items[-1][-14:])
        ):
            items[-1] = f"{items[-1]} {text}"
            continue
        items.append(text)
    parted = [part for item in items for part in re.split(r"\s*;\s*-?\s*", item) if part.strip(" .-")]
    kept: list[Recipient] = []
    for part in parted:
        if low(part).startswith("lưu") and _ARCHIVE.match(part):
            archive = archive or part
            continue
        recipient = _recipient(part)
        if recipient.name:
            kept.append(recipient)
    return Receipt(tuple(kept), bare_end(re.sub(r"^(lưu)\s?:\s*", r"\1: ", archive, flags=re.I)))


def _recipient(text: str) -> Recipient:
    purpose: Purpose | None = None
    for found in _BRACKET.finditer(text):
        said = _purpose(found[1])
        if said:
            purpose = purpose or said
            text = text.replace(found[0], " ", 1)
    tail = _BARE_PURPOSE.search(low(text))
    if tail and purpose is None:
        purpose = _purpose(tail[1])
        text = text[: tail.start()]
    return Recipient(bare_end(text), purpose)


def _purpose(words: str) -> Purpose | None:
    said = low(squeeze(words)).strip(" .;:")
    for purpose, pattern in _PATTERNS:
        if pattern.fullmatch(said):
            return purpose
    # "để b/c và phối hợp": the first of several counts.
    first = re.split(r"\s*(?:,|và|;)\s*", said)[0]
    return next(
        (purpose for purpose, pattern in _PATTERNS if first != said and pattern.fullmatch(first)), None
    )
