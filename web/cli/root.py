"""The root of the command line: what it calls itself, and how it says no (exit 1, one sentence on stderr)."""

import logging
import secrets
import sys
from importlib import import_module
from logging.handlers import RotatingFileHandler
from typing import Any

import click

from web.cli.usage import in_vietnamese
from web.messages import sentence
from workflow.errors import SettingsError, WorkflowError
from workflow.settings import read_settings

log = logging.getLogger("trinhky.cli")


class Refusal(click.ClickException):
    """The answer is no: exit 1, the Vietnamese sentence on stderr, nothing else."""

    exit_code = 1

    def show(self, file: Any = None) -> None:
        click.echo(self.message, err=True)


COMMANDS = {
    "demo": ("demo", "demo"),
    "init": ("setting_up", "init"),
    "serve": ("serving", "serve"),
    "settings": ("settings", "settings"),
    "units": ("units", "units"),
    "check": ("checking", "check"),
    "import": ("importing", "import_text"),
    "lint": ("linting", "lint"),
    "step": ("documents", "step"),
    "show": ("documents", "show"),
    "history": ("documents", "history"),
    "find": ("finding", "find"),
    "pdf": ("papers", "pdf"),
    "verify": ("operations", "verify_all"),
    "tick": ("operations", "tick_now"),
    "key": ("keys", "key"),
    "notices": ("notices", "notices"),
    "backup": ("operations", "backup"),
    "users": ("users", "users"),
}
"""What can be said after `trinhky`: the module of each and its name there."""


class Root(click.Group):
    """
    Turns whatever a command raises into a sentence; never a traceback. A command is imported when it is asked for:
    `serve` begins sooner and stays smaller without the rest.
    """

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module, name = COMMANDS[cmd_name]
        command: click.Command = getattr(import_module(f"web.cli.{module}"), name)
        return command

    def make_context(self, *given: Any, **how: Any) -> click.Context:
        try:
            return super().make_context(*given, **how)
        except click.UsageError as error:
            raise in_vietnamese(error) from None

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except click.UsageError as error:
            raise in_vietnamese(error) from None
        except WorkflowError as error:
            raise Refusal(sentence(error)[1]) from error
        except (click.ClickException, click.Abort, click.exceptions.Exit, BrokenPipeError):
            raise
        except Exception as error:
            raise Refusal(unexpected()) from error


def unexpected() -> str:
    """Log the exception being handled under a fresh id; the sentence that names the id."""
    error_id = secrets.token_hex(4)
    handler = _to_file()
    log.addHandler(handler)
    log.propagate = False
    try:
        log.exception("error %s in %s", error_id, " ".join(sys.argv[1:2]))
    finally:
        log.removeHandler(handler)
        handler.close()
    where = "trong tệp trinhky.log của thư mục instance"
    return f"Hệ thống gặp lỗi, thao tác chưa được ghi. Mã tra cứu: {error_id} ({where})."


def _to_file() -> logging.Handler:
    """The trace goes to the instance's own log file; where there is none to write, nowhere."""
    try:
        place = read_settings().instance / "trinhky.log"
        handler: logging.Handler = RotatingFileHandler(
            place, maxBytes=2_000_000, backupCount=3, encoding="utf-8"
        )
    except (OSError, SettingsError):
        return logging.NullHandler()
    handler.setFormatter(logging.Formatter("%(asctime)s %(name)s %(levelname)s %(message)s"))
    return handler


@click.group(
    cls=Root,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="Trình ký: kế hoạch và báo cáo của cơ quan cấp tỉnh, từ dự thảo đến báo cáo.",
)
@click.version_option(package_name="trinhky", prog_name="trinhky")
def main() -> None:
    """Vietnamese help is in the decorator: click shows it; this is for the reader of the code."""
