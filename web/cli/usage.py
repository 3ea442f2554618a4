"""What is wrong with a command as it was typed, in Vietnamese; exit code 2, and nothing was done."""

from typing import Any

import click

from web.numbers import FIRST_YEAR, LARGEST, LAST_YEAR

ROW = click.IntRange(1, LARGEST)
"""The number of a document or a letter, as the record can hold it."""


class Day(click.DateTime):
    """A day as 2026-11-21, of a year that one can count on from."""

    def __init__(self) -> None:
        super().__init__(["%Y-%m-%d"])

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        found = super().convert(value, param, ctx)
        if not FIRST_YEAR <= found.year <= LAST_YEAR:
            self.fail("", param, ctx)
        return found


class Misused(click.UsageError):
    """One sentence, and where the help stands."""

    def show(self, file: Any = None) -> None:
        click.echo(f"Chưa thực hiện: {self.message}", err=True)
        command = self.ctx.command_path if self.ctx is not None else "trinhky"
        click.echo(f"Xem cách dùng: {command} --help", err=True)


def in_vietnamese(error: click.UsageError) -> click.UsageError:
    """The same fault as a sentence; sentences of our own are taken as they are."""
    if isinstance(error, Misused | click.exceptions.NoArgsIsHelpError):
        return error
    return Misused(_sentence(error), error.ctx)


def _sentence(error: click.UsageError) -> str:
    match error:
        case click.NoSuchOption():
            near = f"; có phải {', '.join(error.possibilities)}?" if error.possibilities else "."
            return f"không có tùy chọn {error.option_name}{near}"
        case click.exceptions.NoSuchCommand():
            return f"không có lệnh {error.command_name}."
        case click.MissingParameter():
            return f"thiếu {_name(error)}."
        case click.BadParameter():
            return f"{_name(error)} không đúng: {_reason(error)}"
        case click.BadOptionUsage():
            return f"tùy chọn {error.option_name} thiếu giá trị hoặc không nhận giá trị."
        case click.BadArgumentUsage():
            return f"các tham số không đúng: {error.message}"
    if error.message.startswith("Got unexpected extra argument"):
        return f"thừa tham số {error.message.partition('(')[2].partition(')')[0]}."
    return error.message


def _name(error: click.BadParameter) -> str:
    if error.param is None:
        return "tham số"
    return str(error.param.get_error_hint(error.ctx)).replace("'", "")  # type: ignore[arg-type]


def _reason(error: click.BadParameter) -> str:
    kind = error.param.type if error.param is not None else None
    match kind:
        case click.Choice():
            return f"chọn {', '.join(map(str, kind.choices))}."
        case click.IntRange() if kind is ROW:
            return "ghi một số nguyên."
        case click.IntRange():
            return (
                f"ghi một số nguyên từ {kind.min} đến {kind.max}." if kind.max is not None else "số quá nhỏ."
            )
        case click.types.IntParamType():
            return "ghi một số nguyên."
        case click.DateTime():
            return f"ghi ngày theo dạng 2026-11-21, năm từ {FIRST_YEAR} đến {LAST_YEAR}."
        case click.Path():
            return "không có tệp hoặc thư mục này, hoặc không đọc được."
    return error.message
