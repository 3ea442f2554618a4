"""The Vietnamese of what differs between two texts: names of places and fields, values, one sentence for a tag."""

from collections.abc import Mapping
from dataclasses import dataclass

from web.duties import due_words
from web.filters import vi_date
from web.words import DOC_TYPES_IN_LISTS, RESULT_STATUSES, TIME_KINDS, URGENCIES
from workflow.changes.between import Changes, Paragraph
from workflow.changes.blocks import Block
from workflow.changes.fields import DutyChange, FieldChange
from workflow.content import Obligation
from workflow.queries.plan_duties import stated

FIELDS: Mapping[str, str] = {
    "signer": "Người ký",
    "doc_type": "Loại văn bản",
    "field": "Lĩnh vực",
    "urgency": "Độ khẩn",
    "symbol": "Ký hiệu",
    "place": "Địa danh",
    "drafting_unit": "Đơn vị soạn thảo",
    "parent_reference": "Văn bản cấp trên",
    "archive_line": "Dòng lưu",
    "addressees": "Kính gửi",
    "recipients": "Nơi nhận",
    "attachments": "Tệp kèm theo",
    "missing_units": "Chưa có báo cáo của",
    "task": "Nhiệm vụ",
    "leads": "Chủ trì",
    "coordinators": "Phối hợp",
    "method": "Hình thức",
    "time": "Thời gian",
    "time_reading": "Cách đọc thời gian",
    "labels": "Nhãn trên giấy",
    "row": "Dòng kết quả",
    "row_task": "Nhiệm vụ trong bảng kết quả",
    "row_unit": "Đơn vị trong bảng kết quả",
    "row_status": "Tình trạng",
    "row_result": "Kết quả",
    "row_reason": "Lý do",
    "row_evidence": "Minh chứng",
}
DUTY = "Hạn báo cáo"
FIRST: Mapping[str, int] = {"signer": 0}

KINDS: Mapping[str, str] = {
    "subject": "Trích yếu",
    "basis": "Căn cứ",
    "opening": "Mở đầu",
    "annex": "Phụ lục",
}


@dataclass(frozen=True)
class FieldRow:
    """A field as it is shown: where, which, and its two values, or for a list what went and what came."""

    place: str
    name: str
    old: str
    new: str
    gone: tuple[str, ...] = ()
    came: tuple[str, ...] = ()

    @property
    def listed(self) -> bool:
        return bool(self.gone or self.came)


def place_of(block: Block) -> str:
    """As "Mục II.2", "Trích yếu", "Phụ lục 1"."""
    if block.kind == "annex":
        return f"Phụ lục {int(block.place.rpartition('/')[2]) + 1}"
    if block.kind in KINDS:
        return KINDS[block.kind]
    if block.place.startswith("closing/"):
        return "Kết thúc"
    return f"Mục {block.ref}" if block.ref else "Nội dung"


def moved_from(item: Paragraph) -> str:
    """As "Chuyển từ mục I.2"; where it kept its reference, that it changed its order there."""
    assert item.old is not None
    before = place_of(item.old)
    if before == place_of(item.block):
        return "Đổi thứ tự"
    return f"Chuyển từ {before[:1].lower()}{before[1:]}"


def field_rows(found: Changes, fields: Mapping[str, str]) -> tuple[FieldRow, ...]:
    """`fields` are the names of the agency's fields. Who signs, then what is to be done, reported and sent."""
    rows = [(FIRST.get(item.name, 1 if item.place else 3), _row(item, fields)) for item in found.fields]
    rows += [(2, _duty_row(item)) for item in found.duties]
    return tuple(row for _, row in sorted(rows, key=lambda one: one[0]))


def summary(found: Changes) -> str:
    """One sentence: what the single change was, else how many there are."""
    counts = found.counts
    fields = [(item.ref, FIELDS[item.name]) for item in found.fields] + [(d.ref, DUTY) for d in found.duties]
    if counts.places == len(fields) == 1:
        ref, name = fields[0]
        return f"Đã đổi {name.lower()}{f' của mục {ref}' if ref else ''}"
    if counts.places:
        return f"{counts.places} chỗ sửa"
    return "Chỉ đánh số lại mục" if counts.renumbered else "Lời văn không khác"


def _row(item: FieldChange, fields: Mapping[str, str]) -> FieldRow:
    place = f"Mục {item.ref}" if item.ref else "Nội dung" if item.place else ""
    if item.name.startswith("row"):
        place = f"Kết quả mục {item.ref}"
    old, new = (_value(item.name, value, fields) for value in (item.old, item.new))
    return FieldRow(place, FIELDS[item.name], old, new, item.gone, item.came)


def _value(name: str, value: str, fields: Mapping[str, str]) -> str:
    if name == "time_reading":
        kind, *days = value.split(" ")
        return ", ".join([TIME_KINDS[kind].rstrip("…"), *(_day(day) for day in days)])
    known: Mapping[str, Mapping[str, str]] = {
        "doc_type": DOC_TYPES_IN_LISTS,
        "field": fields,
        "urgency": URGENCIES,
        "row_status": RESULT_STATUSES,
    }
    return known[name].get(value, value) if name in known else value


def _day(text: str) -> str:
    try:
        return vi_date(text)
    except ValueError:
        return text


def _duty_row(item: DutyChange) -> FieldRow:
    place = f"Mục {item.ref}" if item.ref else ""
    old, new = _duty(item.ref, item.old), _duty(item.ref, item.new)
    if old == new and item.old and item.new:
        old, new = item.old.raw, item.new.raw
    return FieldRow(place, DUTY, old, new)


def _duty(ref: str, item: Obligation | None) -> str:
    if item is None:
        return ""
    duty = stated(ref, item)
    via = f", qua {duty.via}" if duty.via else ""
    return (
        f"{duty.reporter or 'chưa rõ ai'} gửi {duty.receiver or 'chưa rõ nơi nhận'}{via}: {due_words(duty)}"
    )
