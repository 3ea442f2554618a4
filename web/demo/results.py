"""Invented results for the lines of a unit's report; the same line always gets the same words."""

import hashlib

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
    """Every line with a status and the words that it needs: a result, or why it was not begun."""
    return tuple(_filled(row, f"{unit}|{period}|{row.ref}|{at}") for at, row in enumerate(rows))


def _filled(row: Row, seed: str) -> Row:
    chance = hashlib.sha256(seed.encode()).digest()
    few = 2 + chance[2] % 4
    words = {"few": few, "many": 12 + chance[3] % 60, "more": few + 1 + chance[4] % 3}
    if chance[0] < 160:
        said = DONE[chance[1] % len(DONE)].format(**words)
        return Row(ref=row.ref, task=row.task, unit=row.unit, status="done", result=said)
    if chance[0] < 235:
        said = RUNNING[chance[1] % len(RUNNING)].format(**words)
        return Row(ref=row.ref, task=row.task, unit=row.unit, status="running", result=said)
    said = WAITING[chance[1] % len(WAITING)]
    return Row(ref=row.ref, task=row.task, unit=row.unit, status="not_started", reason=said)
