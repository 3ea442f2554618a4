"""The cards of a part coming and going, and what they share: one more name, the words before their lines."""

from collections.abc import Iterator

from web.drafting.held import Held, Operation, Pairs

_LABELS = ("tasks-0-label_", "tasks-0-labelled")


def _labels_of(row: Held) -> Pairs:
    return [pair for pair in row.values if pair[0].startswith(_LABELS)]


def _task(rows: list[Held], numbers: list[int], name: str) -> tuple[str, str]:
    """A card on the row; the words before its lines are those of the nearest card above, else below."""
    at = numbers[0]
    row = rows[at]
    if not any(key.startswith("tasks-0-") for key, _ in row.values):
        row.values.append(("tasks-0-kind", "unspecified"))
        near = (_labels_of(other) for other in (*rows[:at][::-1], *rows[at + 1 :]))
        row.values += next((labels for labels in near if labels), [])
    return f"{name}-{at}-tasks-0-leads-0", ""


def _same_labels(rows: list[Held], numbers: list[int], name: str) -> tuple[str, str]:
    """The words before the lines of one card for every card of the list."""
    labels = _labels_of(rows[numbers[0]])
    others = [row for row in rows if row is not rows[numbers[0]] and row.get("tasks-0-kind")]
    for row in others:
        for prefix in _LABELS:
            row.drop(prefix)
        row.values += labels
    said = f"Đã dùng cùng chữ in trước mỗi dòng cho {len(others) + 1} nhiệm vụ, chưa lưu."
    return f"{name}-{numbers[0]}-tasks-0-label_lead", said


def _one_more(kind: str) -> Operation:
    """The empty line that the page draws at the end of a list of names; it takes the focus."""

    def one_more(rows: list[Held], numbers: list[int], name: str) -> tuple[str, str]:
        start = f"tasks-0-{kind}-"
        row = rows[numbers[0]]
        held = set(_numbers(row, start))
        blank = bool(held) and not row.get(f"{start}{max(held)}").strip()
        return f"{name}-{numbers[0]}-{start}{len(held) - blank}", ""

    return one_more


def _numbers(row: Held, start: str) -> Iterator[int]:
    """The numbers that follow `start` in the names of its values."""
    for key, _ in row.values:
        number = key.removeprefix(start).partition("-")[0]
        if key.startswith(start) and number.isascii() and number.isdecimal() and len(number) < 6:
            yield int(number)


def _no_task(rows: list[Held], numbers: list[int], name: str) -> tuple[str, str]:
    rows[numbers[0]].drop("tasks-")
    return f"task-{name}-{numbers[0]}", ""


def _duty(rows: list[Held], numbers: list[int], name: str) -> tuple[str, str]:
    row = rows[numbers[0]]
    used = set(_numbers(row, "duties-"))
    row.values.append((f"duties-{max(used, default=-1) + 1}-recurrence", "yearly"))
    return f"{name}-{numbers[0]}-duties-{len(used)}-sender", ""


def _no_duty(rows: list[Held], numbers: list[int], name: str) -> tuple[str, str]:
    if len(numbers) > 1:
        rows[numbers[0]].drop(f"duties-{numbers[1]}-")
    return f"duty-{name}-{numbers[0]}", ""


OF_CARDS: dict[str, Operation] = {
    "task": _task,
    "untask": _no_task,
    "lead": _one_more("leads"),
    "with": _one_more("coordinators"),
    "labels": _same_labels,
    "duty": _duty,
    "unduty": _no_duty,
}
