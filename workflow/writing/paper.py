"""
A Content laid out for the page of NĐ 30/2020: marks, ids, lines in the order they are read.

Plain text only; the web's macro `paper` makes it HTML, and escapes it.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

from workflow.content import Content, Node, Row, Task
from workflow.reading.units import split_names
from workflow.writing.paper_words import PURPOSE_MARKS, RESULT_STATUSES, TASK_LABELS

BULLETS = frozenset("-–+*•")
DASHES = frozenset("-–")
OPENINGS = ("Căn cứ", "Thực hiện", "Theo ", "Xét ", "Tiếp theo", "Trên cơ sở")


@dataclass(frozen=True)
class Part:
    """A node ready to print: `mark` is its label with what follows it ("I.", "a)", "-")."""

    id: str
    mark: str
    title: str
    paragraphs: tuple[str, ...]
    lines: tuple[str, ...]
    level: int
    parts: tuple["Part", ...]


def anchor(ref: str) -> str:
    """The id of a reference: "II.1.a" → "muc-II-1-a"; ASCII only, so that links survive being pasted."""
    return "muc" + "".join(f"-{_ascii(label)}" for label in ref.split(".") if label)


def _ascii(label: str) -> str:
    plain = unicodedata.normalize("NFD", label.replace("đ", "dd").replace("Đ", "DD"))
    return re.sub(r"[^0-9A-Za-z]+", "-", plain.encode("ascii", "ignore").decode()).strip("-") or "x"


def label_mark(label: str) -> str:
    """I → "I.", 1 → "1.", a → "a)", - → "-"; a label that brings its own sign keeps it."""
    if not label or label in BULLETS or label[-1] in ".):/":
        return label
    return f"{label})" if len(label) == 1 and label.islower() else f"{label}."


def outline(content: Content, *, level: int = 3) -> tuple[tuple[Part, ...], tuple[Part, ...]]:
    """(sections, closing), every part with an id of its own; headings start at `level`."""
    used: set[str] = set()
    sections = _parts(content.sections, "muc", level, used)
    return sections, _parts(content.closing, "ket", level, used)


def _parts(nodes: tuple[Node, ...], prefix: str, level: int, used: set[str]) -> tuple[Part, ...]:
    found = []
    for place, node in enumerate(nodes, 1):
        own = _ascii(node.label) if node.label and node.label not in BULLETS else f"p{place}"
        name = base = f"{prefix}-{own}"
        again = 2
        while name in used:
            name, again = f"{base}-{again}", again + 1
        used.add(name)
        found.append(
            Part(
                id=name,
                mark=label_mark(node.label),
                title=node.title,
                paragraphs=node.paragraphs,
                lines=task_lines(node.task, bullet="+" if node.label in DASHES else "-") if node.task else (),
                level=min(level, 6),
                parts=_parts(node.children, name, level + 1 if node.title else level, used),
            )
        )
    return tuple(found)


def task_lines(task: Task, *, bullet: str = "-") -> tuple[str, ...]:
    """The lines a task writes under its paragraph, with the labels its agency uses; an empty label says that the
    paragraph already tells it. Under a dash they carry a plus, or nobody could tell whose lines they are."""
    said = (
        ("lead", _joined(task.leads)),
        ("coordinator", _joined(task.coordinators)),
        ("method", task.method or ""),
        ("time", task.time.raw),
    )
    return tuple(
        f"{bullet} {label}: {_stopped(text)}"
        for key, text in said
        if text and (label := task.labels.get(key, TASK_LABELS[key]))
    )


def _joined(names: tuple[str, ...]) -> str:
    """With commas where a reader would part the names at them and nowhere else, with semicolons otherwise."""
    plain = ", ".join(names)
    return plain if split_names(plain) == names else "; ".join(names)


def _stopped(text: str) -> str:
    text = text.strip()
    return text if text.endswith((".", ";", "…")) else f"{text}."


def basis_lines(content: Content) -> tuple[str, ...]:
    """Căn cứ, each ending ";", the last "." (Phụ lục I); one told in the opening is left out."""
    opening = " ".join(content.opening)
    told = [basis.raw.strip().rstrip(" ;.,") for basis in content.bases]
    lines = [
        raw if raw.startswith(OPENINGS) else f"Căn cứ {raw}" for raw in told if raw and raw not in opening
    ]
    return _ended(lines)


def recipient_lines(content: Content) -> tuple[str, ...]:
    """The lines under "Nơi nhận", each ending ";", the archive line last and ending "."."""
    lines = []
    for recipient in content.recipients:
        mark = PURPOSE_MARKS.get(recipient.purpose or "", "")
        lines.append(f"- {recipient.name}{f' ({mark})' if mark else ''}")
    archive = content.archive_line.strip().lstrip("-– ").rstrip(" .;")
    if archive:
        lines.append(f"- {archive if archive.lower().startswith('lưu') else f'Lưu: {archive}'}")
    return _ended(lines)


def enclosure_lines(content: Content) -> tuple[str, ...]:
    """What goes along as a file or a paper of its own; an annex with a text is printed after this one instead."""
    named = [text for text in content.annexes if "\n" not in text]
    return tuple(f"Kèm theo: {name}" for name in (*named, *(item.name for item in content.attachments)))


def result_words(row: Row) -> str:
    """The last cell of a report's table: how it stands, what came of it, why not, which files show it."""
    parts = [f"{RESULT_STATUSES[row.status]}." if row.status and (row.result or row.reason)
             else RESULT_STATUSES[row.status] if row.status else "", row.result,
             f"Lý do: {row.reason}" if row.reason else "",
             f"Minh chứng: {'; '.join(item.name for item in row.evidence)}." if row.evidence else ""]  # fmt: skip
    return " ".join(part for part in parts if part)


def missing_sentence(content: Content) -> str:
    """Whose report is not in, in a sentence of its own; "" where nobody's is missing."""
    if not content.missing_units:
        return ""
    named = [f"{item.unit} ({item.reason})" if item.reason else item.unit for item in content.missing_units]
    return f"Đến khi lập báo cáo này, chưa nhận được báo cáo của {'; '.join(named)}."


def long_date(day: date) -> str:
    """Ngày 05 tháng 02 năm 2026: a zero before days under 10 and months 1 and 2 (Phụ lục I)."""
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"


def _ended(lines: list[str]) -> tuple[str, ...]:
    return tuple(f"{line}{'.' if place == len(lines) else ';'}" for place, line in enumerate(lines, 1))


def doc_number(number: int | str) -> str:
    """07, 52, 131: numbers under ten get a leading zero (Phụ lục I)."""
    text = str(number).strip()
    return text.zfill(2) if text.isdigit() else text
