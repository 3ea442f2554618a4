"""
How the end of a document begins; apart, so that who only asks this loads nothing else of the pipeline.
"""

from workflow.patterns import expression
from workflow.reading.words import low

_CLOSES = expression(
    r"^(?:trên đây|trong quá trình|yêu cầu|đề nghị|kế hoạch này|giao |các nội dung|nhận được|căn cứ kế hoạch|quá "
    r"trình (?:triển khai|thực hiện)"
    r"|(?:ubnd|ủy ban|sở|văn phòng|trung tâm|phòng|chi cục|ban)[^.]{2,80}(?:yêu cầu|đề nghị|trân trọng|kính "
    r"(?:báo|trình|đề)|báo cáo))"
)


def closes(text: str) -> bool:
    """Whether a paragraph begins as the end of a document does: "Trên đây là …", "Đề nghị …"."""
    return bool(_CLOSES.match(low(text)))
