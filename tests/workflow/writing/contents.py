"""
Contents as a drafter may write them, for tests of what comes back from a file: texts, lists, tasks, duties, tables.

Every typed field is set from a table of phrases, never by the reader. What is left out, and why:
- the field and the drafting unit stand on no page (of the unit only its sign, in the archive line, which comes back):
  whoever imports is asked for both, since who may sign follows from the field, and the unit must be his own;
- of an attachment only its name stands there and comes back, as that of a paper that goes along: the file itself and
  its digest are not on the page, and a Word file holds nothing that is not;
- a parent that is not the first numbered basis: the text does not say which of its bases it carries out;
- a part without a mark before the numbered ones of its parent: on paper it is the parent's own paragraph;
- a second paragraph of a dash: on paper it is one that follows the dashes;
- two levels of one kind of mark, unless both are headings: only their size tells them apart;
- words after a mark that begin with a sign which is a mark itself ("1. – …");
- a closing that does not begin as closings do ("Trên đây …"): on paper it is the last part's own paragraph;
- a task on a "+", or on a dash without a lead: no line under it could say whose it is;
- words that begin a duty ("… báo cáo …") outside the sentences made for duties: the reader would rightly find one.
"""

import calendar
from typing import Any

import msgspec
from hypothesis import strategies as st

from workflow.content import Attachment, Basis, Content, Missing, Node, Obligation, Recipient, Row, Task, Time
from workflow.writing.paper_words import TASK_LABELS

_WORDS = (
    "nâng cao", "chất lượng", "người dân", "nền tảng số", "dữ liệu", "hồ sơ", "mẫu biểu", "minh bạch", "đúng hạn",
    "3 hội nghị", "420 lượt", "A&B", "x*y", "<mẫu>", "&lt;", "_gạch_", "**đậm**", "C#", "“mới”", "(lần 2)", "a\\b",
    "50%", "¶", "a|b", "[1](2)", "giai đoạn 1", "cơ sở", "(*)", "liên thông", "sổ tay", "`mã`", "~", "Internet",
    "đồng bào", "thôn, bản", "y tế; văn hóa", "2.5 tỷ", "1/3", "_", "* * *", "\\*", "\\¶", "–", "§",
)  # fmt: skip
_UNITS = (
    "Văn phòng Sở", "Thanh tra Sở", "Phòng Kế hoạch - Tài chính", "Sở Nội vụ", "UBND các xã, phường",
    "Các phòng, đơn vị thuộc Sở", "Trung tâm Nghiên cứu, Chuyển giao công nghệ và Đổi mới sáng tạo",
    "Chi cục Tiêu chuẩn Đo lường Chất lượng", "Công an tỉnh", "Phòng Quản lý Chuyên ngành",
)  # fmt: skip
_LABELS: dict[str, tuple[str, ...]] = {
    "lead": ("Đơn vị chủ trì", "Cơ quan thực hiện", "Chủ trì", "Đơn vị thực hiện"),
    "coordinator": ("Đơn vị phối hợp", "Phối hợp", "Cơ quan phối hợp"),
    "method": ("Hình thức thực hiện", "Phương thức tổ chức", "Hình thức tuyên truyền"),
    "time": ("Thời gian thực hiện", "Thời gian"),
}
_TYPES = ("KH", "BC", "CTr", "TB", "PA", "CV")
_CHAINS = (
    ("roman", "digit", "letter", "dash", "plus"),
    ("roman", "digit", "dash", "plus"),
    ("roman", "letter", "dash"),
    ("digit", "letter", "dash"),
    ("digit", "multi2", "letter", "dash"),
    ("chapter", "article", "digit", "letter"),
    ("roman", "roman", "digit", "letter"),
)
_ROMANS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")
_TITLES = ("MỤC ĐÍCH, YÊU CẦU", "NỘI DUNG THỰC HIỆN", "TỔ CHỨC THỰC HIỆN", "KINH PHÍ", "Nhiệm vụ trọng tâm")
_DUTIES = "TỔ CHỨC THỰC HIỆN"


def _capital(text: str) -> str:
    return text[0].upper() + text[1:]


_plain = st.lists(st.sampled_from(_WORDS), min_size=1, max_size=14).map(" ".join)
phrases = _plain.map(_capital)
headed = phrases.filter(lambda text: text[0].isalnum() or text[0] in "“(<&")
endings = st.sampled_from((".", ";", "", ":", "...", ")", "!", "./."))
paragraphs = st.one_of(
    st.builds("{}{}".format, phrases, endings),
    st.builds(
        "{} {}{}".format,
        st.sampled_from(("-", "+", "1.", "a)", "II.", "1.2.", "•", ">", "#", "12/")),
        _plain,
        endings,
    ),
    _plain,  # begins as it likes, ends without a stop
    phrases.map(str.upper),
    st.sampled_from(("12", "Trang 3", "A", "- 5 -", "Số liệu như sau", "…")),
)
units = st.sampled_from(_UNITS)


@st.composite
def times(draw: st.DrawFn) -> Time:
    """A time with its words, and the kind and days those words mean."""
    year, month, day = draw(st.integers(2021, 2032)), draw(st.integers(1, 12)), draw(st.integers(2, 28))
    last = calendar.monthrange(year, month)[1]
    first, second = sorted((draw(st.integers(1, 4)), draw(st.integers(1, 4))))
    quarters = f"Quý {_ROMANS[first - 1]}, {_ROMANS[second - 1]} năm {year}"
    ends = calendar.monthrange(year, second * 3)[1]
    return draw(
        st.sampled_from(
            (
                Time(),
                Time(
                    "quarters", quarters, f"{year}-{first * 3 - 2:02d}-01", f"{year}-{second * 3:02d}-{ends}"
                ),
                Time("year", f"Năm {year}", f"{year}-01-01", f"{year}-12-31"),
                Time("year_onward", f"Năm {year} và các năm tiếp theo", f"{year}-01-01"),
                Time(
                    "month",
                    f"Tháng {month} năm {year}",
                    f"{year}-{month:02d}-01",
                    f"{year}-{month:02d}-{last}",
                ),
                Time(
                    "date_before",
                    f"Trước ngày {day:02d}/{month}/{year}",
                    None,
                    f"{year}-{month:02d}-{day - 1:02d}",
                ),
                Time(
                    "date_before",
                    f"Chậm nhất ngày {day}/{month}/{year}",
                    None,
                    f"{year}-{month:02d}-{day:02d}",
                ),
                Time(
                    "range",
                    f"Từ ngày {day}/{month}/{year} đến ngày 05/01/{year + 1}",
                    f"{year}-{month:02d}-{day:02d}",
                    f"{year + 1}-01-05",
                ),
                Time("yearly_before", f"Trước ngày {day}/{month} hằng năm"),
                Time("continuous", "Thường xuyên"),
                Time("event", "Sau khi có hướng dẫn của cấp có thẩm quyền"),
                Time("relative", "Trong vòng 30 ngày sau khi ban hành"),
                Time("periodic", "Định kỳ 6 tháng và khi có yêu cầu"),
                Time("unspecified", "Theo sắp xếp riêng"),
            )
        )
    )


@st.composite
def tasks(draw: st.DrawFn) -> Task:
    names = st.lists(units, unique=True, max_size=3).map(tuple)
    leads = draw(st.lists(units, unique=True, min_size=1, max_size=3).map(tuple))
    method = draw(
        st.none() | st.sampled_from(("Họp trực tuyến", "Đăng bài trên Cổng thông tin điện tử", "Văn bản"))
    )
    labels = {key: draw(st.sampled_from(choices)) for key, choices in _LABELS.items() if draw(st.booleans())}
    return Task(leads, draw(names), method, draw(times()), labels)


@st.composite
def duties(draw: st.DrawFn) -> tuple[str, Obligation]:
    """A sentence that obliges, and what it means."""
    sender, receiver = draw(st.permutations(("Văn phòng Sở", "Sở Nội vụ", "Phòng Quản lý Chuyên ngành")))[:2]
    day, month = draw(st.integers(2, 28)), draw(st.integers(1, 12))
    common: dict[str, Any] = {"from_": sender, "to": receiver}
    sentence, said = draw(
        st.sampled_from(
            (
                (
                    f"{sender} báo cáo {receiver} trước ngày {day}/{month} hằng năm.",
                    Obligation(recurrence="yearly", due_day=day, due_month=month),
                ),
                (
                    f"{sender} gửi báo cáo về {receiver} chậm nhất ngày {day} tháng {month} hằng năm.",
                    Obligation(recurrence="yearly", due_day=day, due_month=month, inclusive=True),
                ),
                (
                    f"{sender} định kỳ hằng quý báo cáo kết quả về {receiver}.",
                    Obligation(recurrence="quarterly"),
                ),
                (
                    f"{sender} báo cáo {receiver} trước ngày {day} hằng tháng.",
                    Obligation(recurrence="monthly", due_day=day),
                ),
            )
        )
    )
    return sentence, msgspec.structs.replace(said, raw=sentence, **common)


def _label(style: str, place: int, parent: str) -> str:
    if style == "roman":
        return _ROMANS[place]
    if style == "letter":
        return "abcdđeghik"[place]
    if style == "multi2":
        return f"{parent}.{place + 1}"
    if style in ("chapter", "article"):
        return f"{'Chương' if style == 'chapter' else 'Điều'} {_ROMANS[place] if style == 'chapter' else place + 1}"
    return {"dash": "-", "plus": "+"}.get(style, str(place + 1))


@st.composite
def nodes(draw: st.DrawFn, chain: tuple[str, ...], depth: int, parent: str, duty: bool) -> tuple[Node, ...]:
    """Parts of one kind of mark below a parent, and theirs below them."""
    style = chain[depth]
    found = []
    for place in range(draw(st.integers(1, 2 if depth else 4))):
        label = _label(style, place, parent)
        titled = style not in ("dash", "plus") and (chain.count(style) > 1 or draw(st.booleans()))
        heading = draw(st.sampled_from(_TITLES)) if depth == 0 else draw(headed)
        under = duty or (depth == 0 and titled and heading == _DUTIES)
        said = tuple(draw(st.lists(paragraphs, min_size=not titled, max_size=3)))
        said = (draw(headed) + draw(endings), *said[1:]) if said and not titled else said
        obliged: tuple[Obligation, ...] = ()
        if under and depth and draw(st.booleans()):
            sentence, item = draw(duties())
            said, obliged = (*said, sentence), (item,)
        if style in ("dash", "plus"):
            said = said[-1:] if obliged else said[:1]
        task = draw(st.none() | tasks()) if style != "plus" and depth and not obliged else None
        children: tuple[Node, ...] = ()
        if depth + 1 < len(chain) and draw(st.booleans()):
            children = draw(nodes(chain, depth + 1, label, under))
            if chain[depth + 1] == "dash" and style != "dash" and draw(st.booleans()):
                children = (*children, Node(paragraphs=(draw(phrases) + ".",)))
        found.append(
            Node(
                label,
                heading if titled else "",
                said,
                task,
                obliged,
                children if not task else _bulleted(children),
            )
        )
    return tuple(found)


def _bulleted(children: tuple[Node, ...]) -> tuple[Node, ...]:
    """A task has no numbered parts of its own: then each of those would be the task."""
    return tuple(child for child in children if child.label in ("-", "+"))


@st.composite
def bases(draw: st.DrawFn) -> Basis:
    number, day, month, year = (
        draw(st.integers(1, 400)),
        draw(st.integers(1, 28)),
        draw(st.integers(1, 12)),
        2024,
    )
    code, name = draw(st.sampled_from((("KH", "Kế hoạch"), ("QĐ", "Quyết định"), ("NĐ", "Nghị định"))))
    symbol = "NĐ-CP" if code == "NĐ" else f"{code}-UBND"
    reference = f"{number:02d}/{'2024/' if code == 'NĐ' else ''}{symbol}"
    issuer = "Chính phủ" if code == "NĐ" else "UBND tỉnh Hòa An"
    raw = f"{draw(st.sampled_from(('Căn cứ ', '')))}{name} số {reference} ngày {day}/{month}/{year} của {issuer}"
    return Basis(raw, code, reference, f"{year}-{month:02d}-{day:02d}", issuer)


rows = st.builds(
    Row,
    st.sampled_from(("", "1", "I.2", "II.1.a")),
    phrases,
    units,
    st.sampled_from(("done", "running", "not_started", "")),
    phrases | st.just(""),
    phrases | st.just(""),
)
recipients = st.builds(
    Recipient,
    units,
    st.none()
    | st.sampled_from(("to_report", "in_lieu_of_report", "for_information", "to_coordinate", "to_implement")),
)
attachments = st.builds(
    Attachment,
    st.sampled_from(("Bảng số liệu.xlsx", "Phụ lục 2 (bản quét).pdf", "so_lieu_2026.csv")),
    st.sampled_from(("ab" * 32, "0c" * 32)),
    st.integers(1, 20_000_000),
)
subjects = _plain.map("Nâng cao {}".format).filter(
    lambda text: "|" not in text and not text.endswith(("”", "."))
)


@st.composite
def contents(draw: st.DrawFn) -> Content:
    doc_type = draw(st.sampled_from(_TYPES))
    report = doc_type == "BC"
    chain = draw(st.sampled_from(_CHAINS))
    sections = draw(nodes(chain, 0, "", False))
    closing = draw(st.lists(phrases.map("Trên đây là {}./.".format), max_size=2))
    annexes = draw(
        st.lists(
            st.lists(phrases, min_size=1, max_size=3).map(lambda lines: "\n".join(("PHỤ LỤC", *lines))),
            max_size=2,
        )
    )
    named = tuple(draw(st.lists(bases(), unique_by=lambda basis: basis.reference_no, max_size=3)))
    return Content(
        doc_type=doc_type,
        subject=draw(subjects),
        field=draw(st.sampled_from(("khcn", "to_chuc_hanh_chinh"))),
        drafting_unit=draw(units),
        parent_reference=named[0].reference_no if named else None,
        symbol="SKHCN-VP" if doc_type == "CV" else f"{doc_type}-SKHCN",
        place=draw(st.sampled_from(("Hòa An", "Thành phố Hòa Bình"))),
        urgency=draw(st.sampled_from(("thuong", "thuong", "khan", "thuong_khan", "hoa_toc"))),
        addressees=tuple(draw(st.lists(units, unique=True, min_size=doc_type == "CV", max_size=3))),
        bases=named,
        opening=tuple(draw(st.lists(phrases.map("{} như sau:".format), min_size=1, max_size=2))),
        sections=sections,
        results=tuple(draw(st.lists(rows, max_size=4))) if report else (),
        missing_units=tuple(
            draw(
                st.lists(
                    st.builds(Missing, units, st.sampled_from(("", "chưa gửi", "đang sáp nhập"))),
                    unique_by=lambda item: item.unit,
                    max_size=2,
                )
            )
        )
        if report
        else (),
        closing=tuple(Node(paragraphs=(text,)) for text in closing),
        recipients=tuple(
            draw(st.lists(recipients, unique_by=lambda item: item.name, min_size=1, max_size=4))
        ),
        archive_line=draw(st.sampled_from(("Lưu: VT, VP", "Lưu: VT, KHTC"))),
        annexes=tuple(
            [
                *draw(
                    st.lists(st.sampled_from(("Dự toán kinh phí", "Biểu mẫu 01")), unique=True, max_size=2)
                ),
                *annexes,
            ]
        ),
        attachments=tuple(draw(st.lists(attachments, unique_by=lambda file: file.name, max_size=2))),
    )


def as_printed(content: Content) -> Content:
    """
    A content with everything said that its page says: the default labels of tasks, "Căn cứ" and no stop on a
    basis, leading paragraphs of a part in the part, attachments as the names of papers that go along.
    """
    named = [text for text in content.annexes if "\n" not in text]
    named += [attached.name for attached in content.attachments]
    return msgspec.structs.replace(
        content,
        annexes=(*named, *(text for text in content.annexes if "\n" in text)),
        attachments=(),
        bases=tuple(msgspec.structs.replace(basis, raw=_basis(basis.raw)) for basis in content.bases),
        sections=tuple(map(_as_printed, content.sections)),
        closing=tuple(map(_as_printed, content.closing)),
        archive_line=content.archive_line.rstrip(" ."),
    )


def _basis(raw: str) -> str:
    raw = raw.strip().rstrip(" ;.,")
    return raw if raw.startswith("Căn cứ") else f"Căn cứ {raw}"


def _as_printed(node: Node) -> Node:
    children = list(map(_as_printed, node.children))
    said, obliged = [*node.paragraphs], [*node.obligations]
    while children and not (children[0].label or children[0].title or children[0].children):
        first = children.pop(0)
        said += first.paragraphs
        obliged += first.obligations
    return Node(
        node.label,
        node.title.strip(),
        tuple(" ".join(text.split()) for text in said),
        _task(node.task) if node.task else None,
        tuple(obliged),
        tuple(children),
    )


def _task(task: Task) -> Task:
    said = {
        "lead": task.leads,
        "coordinator": task.coordinators,
        "method": task.method,
        "time": task.time.raw,
    }
    labels = {key: task.labels.get(key, TASK_LABELS[key]) for key, value in said.items() if value}
    return msgspec.structs.replace(task, labels=labels)


def without_proposals(read: Node, written: Node) -> Node:
    """
    What was read less the tasks the reader proposes for sentences that were written as no task: it finds them in
    the sentence itself, prints nothing for them, and asks a person.
    """
    task = read.task
    if written.task is None and task is not None and not any(task.labels.values()):
        task = None
    children = tuple(
        without_proposals(one, other) for one, other in zip(read.children, written.children, strict=False)
    )
    return msgspec.structs.replace(read, task=task, children=(*children, *read.children[len(children) :]))
