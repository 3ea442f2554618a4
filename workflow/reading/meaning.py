"""
What the sections of a document are for, told from their titles: aims, work, who carries it out, reports, money.
"""

from workflow.patterns import expression
from workflow.reading.outline import Part
from workflow.reading.words import bare, is_upper

# The first that a title names counts: "KẾT QUẢ THỰC HIỆN NHIỆM VỤ" is a result, not work.
_KINDS = (
    (
        "implement",
        r"to chuc thuc hien|phan cong|trach nhiem (?:thuc hien|cua|thi hanh)|trach nhiem$|to chuc trien khai",
    ),
    (
        "report",
        r"che do (?:thong tin|bao cao)|thong tin,? bao cao|cong tac bao cao|(?:ve )?bao cao$|thoi han bao cao",
    ),
    ("funds", r"kinh phi|nguon luc|du toan|nguon von"),
    (
        "aims",
        r"muc dich|yeu cau|quan diem|chi tieu|pham vi|doi tuong|nguyen tac|can cu|dia diem|thanh phan|dac diem|tinh hinh"
        r"|ket qua|danh gia|ton tai|han che|nguyen nhan|bai hoc|kho khan|thuan loi|su can thiet|khai quat|uu "
        r"diem|kien nghi"
        r"|de xuat|^thoi gian",
    ),
    (
        "work",
        r"noi dung|nhiem vu|giai phap|hoat dong|bien phap|cong viec|phuong huong|trong tam|cac buoc|quy trinh "
        r"thuc hien|tien do|lo trinh",
    ),
    ("aims", r"muc tieu"),
)
_PATTERNS = tuple((kind, expression(pattern)) for kind, pattern in _KINDS)


def kind_of(title: str) -> str | None:
    """aims, work, implement, report, funds, or None where a title says none of them."""
    folded = bare(title[:200]).strip(" :.")
    found = [(match.start(), kind) for kind, pattern in _PATTERNS if (match := pattern.search(folded))]
    kinds = {kind for _, kind in found}
    if "work" in kinds and ("implement" in kinds or folded.startswith("muc tieu")):
        return "work"
    return "implement" if "implement" in kinds else min(found)[1] if found else None


def section_kind(part: Part, above: tuple[Part, ...]) -> str | None:
    """The kind of the nearest section that holds a part and has a title; long titles of work say nothing."""
    for holder in reversed(above):
        short = len(holder.text.split()) <= 9 or is_upper(holder.text)
        if holder.text and short and not holder.bullet:
            kind = kind_of(holder.text)
            if kind is not None:
                return kind
    return None
