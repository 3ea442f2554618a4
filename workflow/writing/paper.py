"""
A Content laid out for the page of NĐ 30/2020: marks, ids, lines in the order they are read.

Plain text only; the web's macro `paper` makes it HTML, and escapes it.
"""

import re
import unicodedata
from dataclasses import dataclass

from workflow.content import Content, Node, Task
from workflow.writing.paper_words import PURPOSE_MARKS, TASK_LABELS

BULLETS = frozenset("-–+*•")
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
                lines=task_lines(node.task) if node.task else (),
                level=min(level, 6),
                parts=_parts(node.children, name, level + 1 if node.title else level, used),
            )
        )
    return tuple(found)


def task_lines(task: Task) -> tuple[str, ...]:
    """The lines a task writes under its paragraph, with the labels its agency uses; an empty label says that the
    paragraph already tells it."""
    said = (
        ("lead", _joined(task.leads)),
        ("coordinator", _joined(task.coordinators)),
        ("method", task.method or ""),
        ("time", task.time.raw),
    )
    return tuple(
        f"- {label}: {_stopped(text)}"
        for key, text in said
        if text and (label := task.labels.get(key, TASK_LABELS[key]))
    )


def _joined(names: tuple[str, ...]) -> str:
    return ("; " if any("," in name for name in names) else ", ").join(names)


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


def _ended(lines: list[str]) -> tuple[str, ...]:
    return tuple(f"{line}{'.' if place == len(lines) else ';'}" for place, line in enumerate(lines, 1))


def doc_number(number: int | str) -> str:
    """07, 52, 131: numbers under ten get a leading zero (Phụ lục I)."""
    text = str(number).strip()
    return text.zfill(2) if text.isdigit() else text
