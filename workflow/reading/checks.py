"""
What a person must look at in a proposal: blanks, contradictions, days that do not exist, tiers out of order.

Each warning says in one Vietnamese sentence what is wrong and what to do.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable

from workflow.reading.citations import Citation, disagreements
from workflow.reading.found import FoundTask
from workflow.reading.number_line import Header
from workflow.reading.obligations import FoundObligation
from workflow.reading.proposal import Warn
from workflow.reading.signature import Signature
from workflow.reading.slips import closest, suspects
from workflow.reading.unreal import unreal_days
from workflow.reading.words import bare, squeeze

NOT_A_DOCUMENT = Warn(
    "not_a_document",
    "Văn bản này không có dấu hiệu của văn bản hành chính (tên loại, số ký hiệu, căn cứ, nơi nhận, chữ ký);"
    " hãy kiểm tra lại tệp đã chọn.",
)

LINES_LOST = Warn(
    "lines_lost",
    "Văn bản đã mất các chỗ xuống dòng nên chỉ đoán được bố cục; hãy dán lại từ bản gốc hoặc kiểm tra từng mục.",
)
TEXT_CUT = Warn("text_cut", "Văn bản quá dài, chỉ đọc phần đầu; hãy tách tệp rồi nhập lại.")


def of_header(header: Header, signature: Signature, agency: str | None) -> list[Warn]:
    """Blanks of the header and the signature block."""
    found: list[Warn] = []
    if header.number is None:
        said = f" (ký hiệu {header.symbol})" if header.symbol else ""
        found.append(
            Warn(
                "number_missing",
                f"Không thấy số văn bản{said}; để trống, văn thư cấp số sau khi ký.",
                header.number_line or "",
            )
        )
    if header.symbol is None:
        found.append(
            Warn(
                "symbol_missing",
                "Văn bản không ghi ký hiệu; hệ thống sẽ đặt theo loại văn bản và ký hiệu của cơ quan.",
            )
        )
    if header.date_line is None:
        found.append(
            Warn("date_missing", "Không thấy địa danh, ngày tháng năm; để trống, ngày được ghi khi cấp số.")
        )
    elif header.day is None:
        found.append(
            Warn(
                "day_blank",
                "Ngày ban hành còn để trống; không tự điền, ngày được ghi khi cấp số.",
                header.date_line,
            )
        )
    if agency is None:
        found.append(
            Warn("agency_missing", "Không thấy tên cơ quan ban hành trong văn bản; hãy chọn cơ quan.")
        )
    if header.doc_type is None:
        found.append(Warn("doc_type_missing", "Không thấy tên loại văn bản; hãy chọn tên loại."))
    if header.subject is None:
        found.append(Warn("subject_missing", "Không thấy trích yếu; hãy nhập trích yếu nội dung."))
    if signature.several:
        found.append(
            Warn(
                "several_signatures",
                "Có nhiều khối chữ ký; không chọn khối nào, hãy nhập người ký.",
                "\n".join(signature.lines),
            )
        )
    elif signature.name is None:
        found.append(
            Warn(
                "signer_missing",
                "Không thấy họ tên người ký; hãy chọn người ký khi trình.",
                signature.capacity_line or "",
            )
        )
    return found


def of_dates(text: str) -> list[Warn]:
    """Days that do not exist, in full dates and in deadlines without a year."""
    raws = dict.fromkeys(squeeze(raw) for raw in unreal_days(text))
    return [
        Warn(
            "impossible_date", f"“{raw}” là ngày không có thật; hãy hỏi lại nơi soạn và nhập ngày đúng.", raw
        )
        for raw in list(raws)[:30]
    ]


LACKING: dict[str, tuple[Callable[[FoundTask], bool], str]] = {
    "task_without_lead": (lambda task: not task.leads, "chưa ghi đơn vị chủ trì"),
    "task_without_time": (
        lambda task: task.time.kind == "unspecified",
        "chưa ghi thời gian thực hiện rõ ràng",
    ),
}
"""By the code of the warning: of which tasks it speaks, and what they lack."""
MOST_NAMED = 40
"""Tasks that one warning names."""


def around_names(code: str, count: int) -> tuple[str, str]:
    """What such a warning says of so many tasks, before it names them and after."""
    _, what = LACKING[code]
    return f"{count} nhiệm vụ {what}: ", "; hãy bổ sung hoặc xác nhận để trống."


def of_tasks(tasks: Iterable[FoundTask]) -> list[Warn]:
    """Tasks without a lead, and without a time: one warning for each kind, with the references."""
    found = []
    listed = list(tasks)
    for code, (lacks, _) in LACKING.items():
        if lacking := [task for task in listed if lacks(task)]:
            refs = list(dict.fromkeys(task.ref or task.title[:40] for task in lacking))
            before, after = around_names(code, len(lacking))
            found.append(Warn(code, f"{before}{', '.join(refs[:MOST_NAMED])}{after}", "; ".join(refs)))
    return found


def in_annex(tasks: list[FoundTask]) -> Warn:
    """Tasks that stand in an annex: proposed, but no part of the body."""
    refs = ", ".join(task.ref for task in tasks[:40])
    return Warn(
        "tasks_in_annex",
        f"{len(tasks)} nhiệm vụ nằm trong phụ lục ({refs}); hãy đính kèm phụ lục và đối chiếu.",
        refs,
    )


def of_obligations(obligations: list[FoundObligation]) -> list[Warn]:
    """Reports without a day, and tiers in which the one above is due before the one below."""
    found = []
    for item in obligations:
        who = f"{item.from_ or 'chưa rõ đơn vị'} báo cáo {item.to or 'chưa rõ nơi nhận'}"
        who = who[0].upper() + who[1:]
        if item.due_day is None and item.recurrence != "ad_hoc":
            where = "ghi theo văn bản khác" if item.by_reference else "chưa ghi thời hạn"
            found.append(Warn("obligation_without_date", f"{who}: {where}; hãy nhập ngày đến hạn.", item.raw))
        if item.from_ is None:
            found.append(
                Warn(
                    "obligation_without_sender",
                    f"{who}: không rõ ai phải báo cáo; hãy chọn đơn vị.",
                    item.raw,
                )
            )
    senders: dict[str, list[FoundObligation]] = defaultdict(list)
    for item in obligations:
        if item.from_ is not None and isinstance(item.due_month, int):
            senders[bare(item.from_)].append(item)
    for lower in obligations[:500]:
        receivers = {bare(name) for name in (lower.to, lower.via) if name}
        uppers = [item for name in sorted(receivers) for item in senders[name][:50] if item is not lower]
        uppers = [upper for upper in uppers if _comparable(lower, upper)]
        # Of two reports a year the June one is late for nobody whose December one is due later.
        for upper in [] if any(_in_order(lower, upper) for upper in uppers) else uppers[:1]:
            if upper is not lower:
                found.append(
                    Warn(
                        "deadline_order",
                        f"Hạn của {lower.from_} gửi {lower.to} ({_day(lower)}) không sớm hơn hạn của {upper.from_} gửi"
                        f" {upper.to} ({_day(upper)}); hãy kiểm tra lại hai hạn.",
                        f"{lower.raw}\n{upper.raw}" if lower.raw != upper.raw else lower.raw,
                    )
                )
    return found


def _comparable(lower: FoundObligation, upper: FoundObligation) -> bool:
    same = lower.recurrence == upper.recurrence and lower.due_year == upper.due_year
    return same and isinstance(lower.due_month, int)


def _in_order(lower: FoundObligation, upper: FoundObligation) -> bool:
    return not (lower.last_on_time and upper.last_on_time) or lower.last_on_time[0] < upper.last_on_time[0]


def _day(item: FoundObligation) -> str:
    return f"{item.due_day}/{item.due_month}"


def of_citations(cited: list[Citation]) -> list[Warn]:
    """One document cited with two dates or two issuers."""
    return [
        Warn(
            "citation_mismatch",
            f"Cùng một văn bản được viện dẫn khác nhau ({what}): {' | '.join(raws[:4])}; hãy đối chiếu bản gốc.",
            " | ".join(raws),
        )
        for what, raws in disagreements(cited)
    ]


def of_issuer(header: Header, named: str | None) -> list[Warn]:
    """The header and the opening sentence name two different agencies."""
    if header.agency is None or named is None:
        return []
    above, below = bare(header.agency), bare(named)
    for long, short in (
        ("uy ban nhan dan", "ubnd"),
        ("&", "va"),
        ("khoa hoc va cong nghe", "kh va cn"),
        ("  ", " "),
    ):
        above, below = above.replace(long, short), below.replace(long, short)
    if (
        below in above
        or above in below
        or above.split()[0] != below.split()[0]
        or _initials(above) == _initials(below)
    ):
        return []
    return [
        Warn(
            "citation_mismatch",
            f"Tên cơ quan ở đầu văn bản ({header.agency}) khác tên trong phần mở đầu ({named}); hãy kiểm tra tên "
            f"cơ quan ban hành.",
            f"{header.agency} | {named}",
        )
    ]


def _initials(name: str) -> str:
    return "".join(word[0] for word in name.split() if word not in ("va", "tinh"))


def of_words(text: str) -> list[Warn]:
    """Words that look damaged by a scan."""
    return [
        Warn("ocr_suspect", f"“{printed}” có thể là “{meant}”; hãy sửa nếu đúng là lỗi nhận dạng.", printed)
        for printed, meant in suspects(text)
    ]


def of_units(names: Iterable[str], units: tuple[str, ...]) -> list[Warn]:
    """Names close to a unit of the directory, with the name proposed."""
    found = []
    for name in list(dict.fromkeys(names))[:400]:
        meant = closest(name, units)
        if meant:
            found.append(
                Warn(
                    "unit_suggestion", f"“{name}” không có trong danh mục đơn vị; có phải là “{meant}”?", name
                )
            )
    return found
