"""`trinhky lint`: the findings of a text in a file, and what was not judged; it needs no record and writes nothing."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import click

from web.cli.importing import agency_of_file, bytes_of, names_in, read_taken
from web.cli.root import Refusal
from web.cli.saying import as_json, say
from web.cli.usage import Day
from web.messages.lint_points import open_sentence
from web.messages.lint_sentence import lint_place, lint_sentence
from web.messages.unreadable import UNREADABLE
from workflow.agency import AgencyFile
from workflow.agency_file import load_agencies
from workflow.commands.importing import refuse_secret
from workflow.errors import Unreadable
from workflow.folding import fold
from workflow.lint import Finding, Outcome, day_of, facts_of_file, judge, of_the_party, paper_of
from workflow.reading import Intake, Proposal, take_in, to_content
from workflow.settings import Settings, read_settings
from workflow.workdays import in_figures, vn_date

TONES = {"error": "Lỗi", "warning": "Lưu ý"}


@click.command("lint", help="Kiểm tra thể thức một văn bản trong tệp; mã thoát 1 khi có lỗi.")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--agency", metavar="CODE", help="Mã cơ quan; mặc định đoán theo ký hiệu, tên cơ quan trên văn bản."
)
@click.option(
    "--on",
    "day",
    type=Day(),
    metavar="YYYY-MM-DD",
    help="Xét theo ngày này; mặc định là ngày ghi trên văn bản.",
)
@as_json
@click.pass_context
def lint(context: click.Context, file: Path, agency: str | None, day: datetime | None, as_json: bool) -> None:
    taken = _taken(file)
    settings = read_settings()
    known, proposal = _read(settings, taken, agency)
    if not proposal.is_document:
        raise Refusal("Chưa kiểm tra: nội dung không phải là văn bản hành chính. Kiểm tra lại tệp.")
    on = day.date() if day else day_of(proposal, vn_date(datetime.now(UTC)))
    outcome = judge(
        to_content(proposal, field="", drafting_unit=""),
        facts_of_file(known, on),
        paper_of(proposal, taken.text, upright=taken.upright),
    )
    found = outcome.findings
    errors = sum(one.severity == "error" for one in found)
    said = {
        "agency": known.code,
        "on": on.isoformat(),
        "errors": errors,
        "warnings": len(found) - errors,
        "findings": [_told(one) for one in found],
        "unjudged": [one.as_json() | {"message": open_sentence(one)} for one in outcome.unjudged],
    }
    say(said, lambda: _lines(outcome, errors, known, on), json_wanted=as_json)
    if errors:
        context.exit(1)


def _taken(file: Path) -> Intake:
    """The words of the file; Refusal for one that cannot be read, is secret, or is none of the decree's."""
    try:
        taken = take_in(bytes_of(file), file.name)
        refuse_secret(taken.text)
    except Unreadable as error:
        raise Refusal(f"Chưa kiểm tra: {UNREADABLE[error.reason](error.facts)}") from error
    if of_the_party(taken.text):
        raise Refusal(
            "Chưa kiểm tra: văn bản của Đảng trình bày theo quy định riêng, không theo Nghị định 30/2020."
        )
    return taken


def _read(settings: Settings, taken: Intake, code: str | None) -> tuple[AgencyFile, Proposal]:
    """With the names of the agency's units; without a code, of the agency whose symbol or name the text bears."""
    if code:
        known = agency_of_file(settings, code)
        return known, read_taken(taken, names_in(known))
    listed = load_agencies(settings.definitions / "agencies")
    first = read_taken(taken, [])
    symbols, name = (first.symbol or "").replace("/", "-").split("-"), fold(first.agency or "")
    for known in listed:
        if known.symbol in symbols or fold(known.name) == name:
            return known, read_taken(taken, names_in(known))
    codes = ", ".join(item.code for item in listed)
    raise Refusal(
        f"Chưa kiểm tra: ký hiệu và tên cơ quan trên văn bản không có trong danh sách. Ghi --agency: {codes}."
    )


def _told(one: Finding) -> dict[str, Any]:
    return one.as_json() | {"where": lint_place(one), "message": lint_sentence(one)}


def _lines(outcome: Outcome, errors: int, agency: AgencyFile, on: date) -> list[str]:
    about, found = f"{agency.name}, xét theo ngày {in_figures(on)}", outcome.findings
    if found:
        lines = [f"{errors} lỗi, {len(found) - errors} lưu ý ({about})."]
    else:
        lines = [f"Không thấy điểm nào trái thể thức trong các điểm đã xét ({about})."]
    for one in found:
        article = f" [{one.article}]" if one.article else ""
        lines.append(f"{TONES[one.severity]}: {lint_place(one)}. {lint_sentence(one)}.{article}")
    return [*lines, *(f"Chưa xét: {open_sentence(one)}." for one in outcome.unjudged)]
