"""The sentences of a report that count something, units, rows or days: written, found again, and counted anew."""

from collections.abc import Callable, Sequence
from datetime import date

from msgspec.structs import replace

from workflow.content import Content, Node, Row
from workflow.patterns import expression

_DAYS = expression(r"số liệu từ ngày (\d\d/\d\d/\d{4}) đến ngày \d\d/\d\d/\d{4}")
IN_TABLE = "Chi tiết theo bảng kết quả."
_RECEIVED = expression(r"Đã nhận báo cáo của (\d+)/(\d+) đơn vị")
_RESULTS = expression(
    r"Trong \d+ kết quả được báo cáo: \d+ hoàn thành, \d+ đang thực hiện, \d+ chưa thực hiện\."
)


def counts(received: int, total: int, rows: Sequence[Row]) -> str:
    """How many units reported, where any owed a report, and how their tasks stand, where any is told of."""
    sentences = [
        f"Đã nhận báo cáo của {received}/{total} đơn vị." if total else "",
        _results(rows),
        IN_TABLE if rows else "",
    ]
    return " ".join(sentence for sentence in sentences if sentence)


def counted_days(since: date, until: date) -> str:
    return f"số liệu từ ngày {since:%d/%m/%Y} đến ngày {until:%d/%m/%Y}"


def redated(content: Content, since: date, until: date) -> Content:
    """With this last day wherever the text says that its figures are from `since` up to some day."""

    def renew(text: str) -> str:
        return _DAYS.sub(
            lambda match: counted_days(since, until) if match[1] == f"{since:%d/%m/%Y}" else match[0], text
        )

    return _reworded(content, renew)


def said_received(content: Content) -> list[tuple[int, int]]:
    """Every "Đã nhận báo cáo của 6/9 đơn vị" of the text, in whatever words it is wrapped by now."""
    found: list[tuple[int, int]] = []

    def look(text: str) -> str:
        found.extend((int(match[1]), int(match[2])) for match in _RECEIVED.finditer(text))
        return text

    _reworded(content, look)
    return found


def recounted(content: Content, received: int, total: int, *, before: Sequence[Row] = ()) -> Content:
    """
    With these numbers of units, and its tasks as the table has them now, wherever a sentence counts them. Where the
    table `before` had nothing to count, the sentence that counts it comes behind the one about the units.
    """
    results = _results(content.results)
    told = f"Đã nhận báo cáo của {received}/{total} đơn vị"
    text = _reworded(content, lambda text: _RECEIVED.sub(told, text))
    if not results:
        return text
    if _results(before):
        return _reworded(text, lambda text: _RESULTS.sub(results, text))
    return _reworded(text, lambda text: _told_of_table(text, results, f"{told}."))


def _told_of_table(text: str, results: str, told: str) -> str:
    if _RESULTS.search(text):
        return _RESULTS.sub(results, text)
    if IN_TABLE in text:
        return text.replace(IN_TABLE, f"{results} {IN_TABLE}", 1)
    return text.replace(told, f"{told} {results} {IN_TABLE}", 1)


def following(content: Content, before: Content) -> Content:
    """
    The sentence that counted the table of `before` counts the present table; one that said something else, because
    somebody put it otherwise, stays as it is.
    """
    old, new = _results(before.results), _results(content.results)
    if old == new:
        return content
    in_table = " ".join(filter(None, (new, IN_TABLE)))

    def follow(text: str) -> str:
        if not old:
            return text if _RESULTS.search(text) else text.replace(IN_TABLE, in_table, 1)
        text = text.replace(f"{old} {IN_TABLE}", in_table, 1)
        return text.replace(old, new, 1) if new else text

    return _reworded(content, follow)


def _results(rows: Sequence[Row]) -> str:
    """A row that nobody has said anything of counts nowhere."""
    done, running, waiting = (
        sum(row.status == state for row in rows) for state in ("done", "running", "not_started")
    )
    if not done + running + waiting:
        return ""
    return (
        f"Trong {done + running + waiting} kết quả được báo cáo: {done} hoàn thành, {running} đang thực hiện, "
        f"{waiting} chưa thực hiện."
    )


def _reworded(content: Content, put: Callable[[str], str]) -> Content:
    """The text with each paragraph as `put` gives it."""

    def of(node: Node) -> Node:
        paragraphs = tuple(put(text) for text in node.paragraphs)
        return replace(node, paragraphs=paragraphs, children=tuple(of(child) for child in node.children))

    return replace(
        content,
        opening=tuple(put(text) for text in content.opening),
        sections=tuple(of(node) for node in content.sections),
        closing=tuple(of(node) for node in content.closing),
    )
