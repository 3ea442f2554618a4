"""The trail of a document as the entries of a timeline; words only, no judgement."""

from collections.abc import Sequence
from typing import Any

from flask import url_for

from web.words import rule_words
from workflow.queries.trail import Line

MARKS: dict[str, tuple[str, str]] = {
    "create": ("plus", ""),
    "import": ("plus", ""),
    "edit": ("pen", ""),
    "remark": ("chat", ""),
    "settle_remark": ("check", ""),
    "ask": ("chat", ""),
    "submit": ("send", ""),
    "submit_own": ("send", ""),
    "withdraw": ("back", "warn"),
    "forward": ("send", ""),
    "return": ("back", "warn"),
    "approve_content": ("check", "ok"),
    "check_format": ("check", "ok"),
    "sign": ("pen", "brand"),
    "unsign": ("back", "warn"),
    "reject": ("cross", "bad"),
    "reassign": ("user", ""),
    "assign_number": ("hash", "ok"),
    "seal": ("stamp", "ok"),
    "issue": ("send", "ok"),
    "hang_scan": ("stamp", ""),
    "accept": ("check", "ok"),
    "request_void": ("warn", "warn"),
    "keep_number": ("check", "ok"),
    "void": ("cross", "bad"),
    "cancel": ("cross", "bad"),
    "escalate": ("warn", "warn"),
    "remind": ("send", ""),
}
"""(icon, tone) by action; anything else gets a plain tick."""

ELSEWHERE = ("note_progress", "open_task")
"""What units say of the tasks of a plan: it has a page of its own, and would bury who approved what."""

ASIDE = ("remark", "settle_remark", "ask")
"""What a reader said of the text and no decision on it: its words stay on the screen."""
ERASED = "Nội dung ý kiến đã được xóa theo quy định; dấu vết của nó trong nhật ký vẫn còn."


def timeline(document_id: int, trail: Sequence[Line]) -> list[dict[str, Any]]:
    """Newest first, for the macro of the same name."""
    submitted = 0
    told = []
    for line in trail:
        submitted += line.action in ("submit", "submit_own")
        if line.action not in ELSEWHERE:
            told.append(_told(document_id, line, submitted))
    return told[::-1]


def _told(document_id: int, line: Line, submitted: int) -> dict[str, Any]:
    icon, tone = MARKS.get(line.action, ("check", ""))
    title = ", ".join(part for part in (line.title, f"theo {line.basis}" if line.basis else "") if part)
    told = {
        "title": _title(line, submitted),
        "icon": icon,
        "tone": tone,
        "who": line.name,
        "line": title or (f"quy tắc: {rule_words(line.rule)}" if line.rule else ""),
        "at": line.at,
        "digest": line.digest,
        "note": ERASED if line.note_erased else line.note,
        "aside": line.action in ASIDE,
    }
    if line.revision is not None:
        url = url_for("documents.version", document_id=document_id, no=line.revision)
        told["link"] = {"url": url, "label": f"Xem bản {line.revision}", "suffix": f"lượt {line.version}"}
    return told


def _title(line: Line, submitted: int) -> str:
    if line.action == "ask" and line.facts.get("asked"):
        return f"{line.label} {line.facts['asked']['name']}"
    if line.action == "remind" and line.facts.get("reminded"):
        return f"Nhắc {'; '.join(line.facts['reminded'])}"
    if line.action == "escalate" and line.facts.get("told"):
        return f"Đã báo lên {'; '.join(line.facts['told'])}"
    if line.capacity_lines:
        return f"{line.label}, {line.capacity_lines[0]}"
    if line.action == "assign_number" and line.facts.get("reference_no"):
        return f"{line.label} {line.facts['reference_no']}"
    if line.action == "issue" and line.facts.get("recipients"):
        return f"{line.label} đến {len(line.facts['recipients'])} nơi nhận"
    if errors := (line.facts.get("format_findings") or {}).get("errors"):
        return f"{line.label}, còn {sum(errors.values())} lỗi thể thức"
    if line.action in ("submit", "submit_own") and submitted > 1:
        return f"{line.label}, lần {submitted}"
    return line.label
