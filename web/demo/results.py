"""Invented results for the lines of a unit's report; the same line always gets the same words."""

import hashlib

from msgspec.structs import replace

from workflow.content import Row

DONE = (
    "Đã hoàn thành đúng thời hạn; 100% công chức, viên chức của đơn vị tham gia.",
    "Đã tổ chức {few} buổi, {many} lượt người dự; tài liệu đã lưu hồ sơ.",
    "Đã ban hành văn bản triển khai và công khai trên trang nội bộ.",
    "Đã rà soát {many} nội dung, sửa {few} nội dung không còn phù hợp.",
)
RUNNING = (
    "Đang thực hiện theo kế hoạch; đã xong {few} trên {more} phần việc.",
    "Duy trì thường xuyên; từ đầu kỳ đã thực hiện {many} lượt.",
    "Đã có dự thảo, đang lấy ý kiến {few} đơn vị liên quan.",
)
WAITING = (
    "Chờ văn bản hướng dẫn của cấp trên.",
    "Chưa bố trí được kinh phí trong kỳ, chuyển sang kỳ sau.",
)


def filled(rows: tuple[Row, ...], *, unit: str, period: str) -> tuple[Row, ...]:
    """Every line with a status and the words that it needs; what was noted of its task stays as it was noted."""
    return tuple(
        row if row.result else _filled(row, f"{unit}|{period}|{row.ref}|{at}") for at, row in enumerate(rows)
    )


def few_words(state: str, chance: bytes) -> str:
    """What is said of a task that is running or done."""
    said = {"running": RUNNING, "done": DONE}[state]
    return said[chance[1] % len(said)].format(**_numbers(chance))


def _numbers(chance: bytes) -> dict[str, int]:
    few = 2 + chance[2] % 4
    return {"few": few, "many": 12 + chance[3] % 60, "more": few + 1 + chance[4] % 3}


def _filled(row: Row, seed: str) -> Row:
    chance = hashlib.sha256(seed.encode()).digest()
    words = _numbers(chance)
    if chance[0] < 160:
        said = DONE[chance[1] % len(DONE)].format(**words)
        return replace(row, status="done", result=said, reason="")
    if chance[0] < 235:
        said = RUNNING[chance[1] % len(RUNNING)].format(**words)
        return replace(row, status="running", result=said, reason="")
    said = WAITING[chance[1] % len(WAITING)]
    return replace(row, status="not_started", result="", reason=said)
