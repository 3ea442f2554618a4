"""
Sentences that take a duty to report away: "không phải báo cáo", "bãi bỏ quy định …", "dừng báo cáo".

A condition takes nothing away ("nếu không phát sinh thì không phải báo cáo"), nor does what follows the duty itself
("… báo cáo Sở Y tế trước ngày 15/11 hằng năm, không gửi báo cáo giấy").
"""

from workflow.patterns import expression
from workflow.reading.deadlines import dues_in, repeats_in
from workflow.reading.words import low

_REPORT = r"(?:(?:việc|tiếp tục|định kỳ|thực hiện|gửi|nộp|lập|làm|duy trì|các|chế độ|thông tin|và)\s+){0,4}báo cáo(?!\w)"
_NOT = (
    r"(?:không|chưa|miễn|khỏi)\s+(?:còn\s+)?(?:phải|cần|yêu cầu|bắt buộc)"
    r"|không|thôi|dừng|tạm dừng|ngừng|ngưng|miễn|chấm dứt|bỏ|bãi bỏ|hủy bỏ"
)
_REGULATED = (
    r"(?:bãi bỏ|hủy bỏ|bỏ)\s+(?:(?:các|toàn bộ)\s+)?(?:việc|quy định|nội dung|chế độ|yêu cầu)\s"
    r"[^;.,]{0,80}?báo cáo(?!\w)"
)
_NEGATED = expression(rf"(?<!\w)(?:(?:{_NOT})\s+{_REPORT}|{_REGULATED})")
_SUPPOSED = expression(r"(?<!\w)(?:nếu|trường hợp|nào|(?<!từ )(?<!sau )khi|hành vi|đề xuất|kiến nghị)(?!\w)")


def negated(sentence: str) -> bool:
    """Whether a sentence says that a report is no longer, or not, to be made."""
    text = low(sentence)
    found = _NEGATED.search(text)
    if found is None:
        return False
    before = text[: found.start()]
    clause = before[before.rfind(";") + 1 :]
    said = "báo cáo" in before and (dues_in(before) or repeats_in(before))
    return not said and not _SUPPOSED.search(clause)
