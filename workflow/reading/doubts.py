"""
What a person must look at because the words say something that no value here can carry.

Each warning holds those words as they stand.
"""

from collections.abc import Iterable

from workflow.patterns import expression
from workflow.reading.deadlines import nine_months_in
from workflow.reading.found import FoundTask
from workflow.reading.obligations import FoundObligation
from workflow.reading.proposal import Warn
from workflow.reading.units import is_unit
from workflow.reading.unreal import unreal_quarters
from workflow.reading.words import low, squeeze


def of_periods(obligations: Iterable[FoundObligation]) -> list[Warn]:
    """Reports of nine months, for which no recurrence has a name."""
    raws = dict.fromkeys(
        item.raw
        for item in obligations
        if item.recurrence in ("unspecified", "yearly") and nine_months_in(low(item.raw))
    )
    return [
        Warn(
            "nine_month_report",
            "Có báo cáo 9 tháng, không thuộc kỳ nào (tháng, quý, 6 tháng, năm); hãy kiểm tra kỳ và ngày đến hạn.",
            raw,
        )
        for raw in raws
    ]


_EXCEPTS = expression(
    r"(?<!\w)(?<!khấu )(?<!phòng )(?<!loại )(?<!diệt )(?:ngoại trừ|trừ|không bao gồm|không kể)\s+(?=\S)"
    r"|(?<!\w)riêng\s+(?=[^.;,]{3,80}?\s(?:không|thôi|được miễn)(?!\w))"
)


def of_exceptions(obligations: Iterable[FoundObligation]) -> list[Warn]:
    """Units taken out of a group that is obliged: an obligation names the group alone."""
    raws = dict.fromkeys(
        item.raw
        for item in obligations
        for found in _EXCEPTS.finditer(low(item.raw))
        if is_unit(item.raw, found.end())
    )
    return [
        Warn(
            "obligation_exception",
            "Câu này trừ ra một số đơn vị nhưng nghĩa vụ ghi cả nhóm; hãy bỏ các đơn vị không phải báo cáo.",
            raw,
        )
        for raw in raws
    ]


def of_denials(sentences: Iterable[str]) -> list[Warn]:
    """Sentences that take a duty to report away: nothing is proposed of them."""
    return [
        Warn(
            "obligation_denied",
            "Câu này bỏ hoặc miễn việc báo cáo nên không lập nghĩa vụ báo cáo nào; hãy kiểm tra lại nguyên văn.",
            sentence,
        )
        for sentence in dict.fromkeys(sentences)
    ]


def of_partings(sentences: Iterable[str]) -> list[Warn]:
    """Sentences that deny one report and ask for another: only the asked one is proposed."""
    return [
        Warn(
            "obligation_partly_denied",
            "Câu này vừa bỏ một báo cáo vừa yêu cầu một báo cáo khác; chỉ lập nghĩa vụ được yêu cầu, hãy kiểm tra lại"
            " nguyên văn.",
            sentence,
        )
        for sentence in dict.fromkeys(sentences)
    ]


def of_quarters(text: str) -> list[Warn]:
    """Quarters that no year has."""
    raws = dict.fromkeys(squeeze(raw) for raw in unreal_quarters(text))
    return [
        Warn("impossible_quarter", f"“{raw}”: một năm chỉ có bốn quý; hãy hỏi lại nơi soạn.", raw)
        for raw in list(raws)[:30]
    ]


def of_leads(shared: Iterable[tuple[FoundTask, str]]) -> list[Warn]:
    """Tasks whose label speaks of who leads and who helps at once, over several names."""
    return [
        Warn(
            "lead_unclear",
            f"Nhiệm vụ {task.ref}: đơn vị chủ trì và phối hợp ghi chung, không rõ ai chủ trì; hãy chọn lại.",
            words,
        )
        for task, words in shared
    ]
