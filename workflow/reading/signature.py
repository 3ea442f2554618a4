"""
The signature block: capacity, titles, name, wherever it stands around "Nơi nhận".

A name is taken only from a line of its own; where two blocks stand, none is chosen.
"""

import re
from dataclasses import dataclass

from workflow.patterns import expression
from workflow.reading.vocabulary import SURNAMES
from workflow.reading.words import UPPER, bare, is_upper, squeeze

_CAPACITY = expression(rf"^(?:(TM|KT|TL|TUQ|TU|Q)\s?\.\s*|(T/M|K/T|T/L|T/UQ)[.\s]\s*)(?=[{UPPER}])")
_CODES = {
    "TM": "TM",
    "T/M": "TM",
    "KT": "KT",
    "K/T": "KT",
    "TL": "TL",
    "T/L": "TL",
    "TUQ": "TUQ",
    "TU": "TUQ",
    "T/UQ": "TUQ",
    "Q": "Q",
}
_TITLE = expression(
    r"^(?:q\. ?)?(?:pho (?:tong )?)?(?:giam doc|chu tich|bi thu|chanh (?:van phong|thanh tra)|truong (?:phong"
    r"|ban|khoa|tram|doan|dai dien|cong an|thon)"
    r"|hieu truong|cuc truong|chi cuc truong|tong cuc truong|vu truong|vien truong|bo truong|thu truong|thu "
    r"truong (?:don vi|co quan)"
    r"|hat truong|doi truong|tong giam doc|thu tuong|tong bien tap|chanh an|vien truong|tu lenh|chi huy truong"
    r"|tram truong|to truong"
    r"|benh vien truong|ke toan truong|nguoi dung dau|truong tieu ban|quyen giam doc|quyen chu tich|ham vu pho"
    r"|pho ban)(?!\w)"
)
_NOT_NAME = expression(
    r"noi nhan|luu|phu luc|da ky|ky ten|dong dau|chu ky|ky so|nguoi (?:lap|ky)|so:|ngay|kinh gui|./.|tren day|uy "
    r"ban|hoi dong|van phong"
)
# "BSCKII.", "BS.CK1", "PGS-TS", "Bác sĩ chuyên khoa II": as people write what they have studied before a name.
_DEGREE = expression(
    r"^(?:(?:PGS|GS|TSKH|TS|ThS|(?:BS|DS|ĐD|CN|KTV|YS)?\.?\s?CK\s?(?:II|I|[12])?|BSNT|BS|DS|KTS|KTV|KS|CNĐD|CN|ĐD|YS|LS"
    r"|NGƯT|NGND|TTND|TTƯT|NSƯT|NSND|AHLĐ|Dr|CVCC|CVC|Ông|Bà|Đ/c|Đồng chí|(?:Đại|Thượng|Trung|Thiếu) (?:tướng|tá|úy|uý)"
    r"|(?:Phó )?giáo sư|(?:Tiến|Thạc|Bác|Dược|Y) s[ĩỹ]|Cử nhân|Kỹ sư|Kiến trúc sư|Luật sư"
    r"|chuyên khoa (?:cấp )?(?:II|I|[12])|Nhà giáo (?:ưu tú|nhân dân)|Thầy thuốc (?:ưu tú|nhân dân))"
    r"(?:\s?[.,:/–-]\s{0,2}|\s{1,2})){1,6}",
    re.I,
)
_WORD = expression(rf"[{UPPER}][\w'’]*(?:-[{UPPER}][\w'’]*)?")


@dataclass(frozen=True)
class Signature:
    """The block as read; `lines` its rows as printed. `several`: more than one block stands there."""

    capacity: str | None = None
    capacity_line: str | None = None
    title: str | None = None
    name: str | None = None
    lines: tuple[str, ...] = ()
    several: bool = False


def is_capacity(line: str) -> bool:
    """ "KT. GIÁM ĐỐC", "TM. ỦY BAN NHÂN DÂN": an authority to sign, on a line of its own."""
    line = squeeze(line)
    return bool(_CAPACITY.match(line)) and len(line) <= 90 and not line.endswith((";", ":"))


def is_title(line: str) -> bool:
    """ "PHÓ GIÁM ĐỐC", "CHỦ TỊCH": a post in capitals, on a line of its own."""
    line = squeeze(line)
    return (
        len(line) <= 80
        and is_upper(line)
        and bool(_TITLE.match(bare(line)))
        and not line.endswith((":", ";"))
    )


def person_in(line: str, *, sure: bool = False) -> str | None:
    """The name of a person on a line of its own. `sure`: only with a known family name."""
    whole = squeeze(line).strip(" .")
    text = _DEGREE.sub("", whole).strip()
    if _is_family(whole) and not _is_family(text):
        # "Ông Ích Khiêm": Ông is a family name too.
        text = whole
    words = text.split(" ")
    if not 2 <= len(words) <= 6 or len(text) > 45 or any(char.isdigit() for char in text):
        return None
    if not all(_WORD.fullmatch(word) for word in words) or _NOT_NAME.search(bare(text)):
        return None
    if _TITLE.match(bare(text)) or is_capacity(text):
        return None
    known = _is_family(text)
    if is_upper(words[0]) and not is_upper(text) and not known:
        # "QBX Lò Thị Mận": letters before a name that are not a family name in capitals.
        return None
    if is_upper(text) or sure:
        return text if known else None
    return text if known or len(words) <= 5 else None


def _is_family(name: str) -> bool:
    """Whether a name begins with a known family name; "H'Hen" counts by its H."""
    return re.split(r"['’]", bare(name.split(" ")[0]))[0] in SURNAMES


def read_signature(lines: list[str]) -> Signature:
    """From the rows of the tail, recipients' lines left out."""
    blocks: list[list[int]] = []
    for place, line in enumerate(lines):
        if (
            is_capacity(line)
            or is_title(line)
            or (_mixed_title(line) and blocks and blocks[-1][-1] == place - 1)
        ):
            if blocks and place - blocks[-1][-1] <= 1:
                blocks[-1].append(place)
            else:
                blocks.append([place])
    if not blocks:
        return Signature()
    block = blocks[0]
    later = [item for item in blocks[1:] if any(is_capacity(lines[place]) for place in item)]
    if later or len(blocks) > 2:
        return Signature(
            lines=tuple(squeeze(lines[place]) for item in blocks for place in item), several=True
        )
    printed = [squeeze(lines[place]) for place in block]
    last = block[-1] + 1
    while (
        last < len(lines)
        and is_upper(lines[last])
        and not person_in(lines[last], sure=True)
        and len(lines[last]) < 60
    ):
        if not re.match(
            r"(?:so|ubnd|uy ban|tinh|huyen|xa|phuong|thi tran|thanh pho|van phong|trung tam|phong|ban|chi cuc"
            r"|thuong truc|kiem)",
            bare(lines[last]),
        ):
            break
        printed[-1] = f"{printed[-1]} {squeeze(lines[last])}"
        last += 1
    codes, authority, titles = [], [], []
    for line in printed:
        found = _CAPACITY.match(line)
        if found:
            code = found[1] or found[2]
            codes.append(_CODES[code])
            authority.append(f"{code}{'' if found[2] else '.'} {squeeze(line[found.end() :])}")
        else:
            titles.append(line)
    names = [(place, person_in(lines[place], sure=place > last + 1)) for place in range(last, len(lines))]
    name = next(((place, person) for place, person in names if person), None)
    capacity = "_".join(dict.fromkeys(codes)) or ("HEAD" if titles else None)
    own = titles[-1] if titles else (_own(authority) if capacity == "Q" else None)
    return Signature(
        capacity,
        " / ".join(authority) or (titles[0] if titles else None),
        own,
        name[1] if name else None,
        (*printed, *((squeeze(lines[name[0]]),) if name else ())),
    )


def _own(authority: list[str]) -> str | None:
    """ "Q. GIÁM ĐỐC" is the signer's own title."""
    return authority[-1] if authority else None


def _mixed_title(line: str) -> bool:
    text = squeeze(line)
    return (
        len(text) <= 60
        and bool(_TITLE.match(bare(text)))
        and text[:1].isupper()
        and not text.endswith((";", ",", ":", "."))
    )
