"""`trinhky import`: a text becomes a proposal that is shown, or a draft by a person."""

from pathlib import Path
from typing import Any

import click
import msgspec

from web.cli.opening import acting, opened, person_named
from web.cli.root import Refusal
from web.cli.saying import as_json, say
from workflow.agency import AgencyFile
from workflow.agency_file import load_agencies, load_agency
from workflow.commands.drafting import MAY_DRAFT, create_document
from workflow.commands.importing import other_issuer, referred, refuse_secret
from workflow.engine import Work
from workflow.errors import Unreadable
from workflow.labelling import with_labels
from workflow.people import Unit
from workflow.queries.drafts import signer_in_capacity
from workflow.reading import Intake, Proposal, read_text, take_in, to_content
from workflow.reading.intake import LARGEST_FILE
from workflow.settings import Settings, read_settings

PROCEDURES = {"KH": "ke_hoach", "BC": "bao_cao"}


@click.command(
    "import", help="Nhập một văn bản (docx, pdf, txt, md) thành dự thảo; với --dry-run chỉ in đề xuất."
)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--agency", required=True, metavar="CODE", help="Mã cơ quan, ví dụ so_khcn.")
@click.option("--as", "login", metavar="USER", help="Tên đăng nhập của người soạn.")
@click.option("--dry-run", is_flag=True, help="Chỉ đọc và in đề xuất, không lưu gì.")
@click.option("--unit", metavar="CODE", help="Mã đơn vị soạn thảo; mặc định là đơn vị của người soạn.")
@click.option("--field", metavar="ID", help="Lĩnh vực; mặc định là lĩnh vực đầu tiên của đơn vị.")
@click.option(
    "--signer",
    metavar="LOGIN",
    help="Người ký; mặc định là người duy nhất ký theo tư cách ghi trong văn bản.",
)
@as_json
def import_text(
    file: Path,
    agency: str,
    login: str | None,
    dry_run: bool,
    unit: str | None,
    field: str | None,
    signer: str | None,
    as_json: bool,
) -> None:
    if not dry_run and not login:
        raise click.UsageError("Thiếu --as USER (hoặc dùng --dry-run để chỉ xem đề xuất).")
    taken = take_in(bytes_of(file), file.name)
    settings = read_settings()
    refuse_secret(taken.text)
    if dry_run:
        proposal = read_taken(taken, names_in(agency_of_file(settings, agency)))
        say(proposal.as_json(), lambda: _summary(proposal), json_wanted=as_json)
        return
    with opened(settings) as engine:
        signer_id = person_named(engine, signer).id if signer else None
        with engine.work(acting(engine, login or "")) as w:
            told = _import(w, taken, agency, unit, field, signer_id)
    said = f"Đã nhập thành dự thảo số {told['document']}: {told['subject']}"
    signs = f"Người ký: {told['signer'] or 'chưa chọn; chọn trên trang soạn thảo trước khi trình'}"
    say(
        told,
        lambda: [said, signs, *(f"Cần xem: {item['message']}" for item in told["warnings"])],
        json_wanted=as_json,
    )


def _import(
    w: Work, taken: Intake, code: str, unit_code: str | None, field: str | None, signer_id: int | None
) -> dict[str, Any]:
    agency = w.directory.agency_by_code.get(code)
    if agency is None:
        raise Refusal(f"Chưa nhập: không có cơ quan “{code}”. Xem danh sách với trinhky users list.")
    unit = _unit(w, agency.id, unit_code)
    names = [name for item in w.directory.units_of(agency.id) for name in (item.name, *item.aliases)]
    proposal = read_taken(taken, names)
    if not proposal.is_document:
        raise Refusal("Chưa nhập: nội dung không phải là văn bản hành chính. Kiểm tra lại tệp.")
    chosen = field or (unit.fields[0] if unit.fields else "")
    if chosen not in agency.fields:
        raise Refusal(f"Chưa nhập: lĩnh vực “{chosen}” không có ở cơ quan này. Chọn với --field.")
    read = to_content(proposal, field=chosen, drafting_unit=unit.name)
    content = with_labels(read, agency.settings.task_labels)
    signer_id = signer_id or signer_in_capacity(
        w,
        proposal.capacity,
        agency_id=agency.id,
        doc_type=content.doc_type,
        field=chosen,
        drafter_id=w.actor.person_id,
    )
    document_id = create_document(
        w,
        definition_id=PROCEDURES.get(content.doc_type, "ke_hoach"),
        unit_id=unit.id,
        content=content,
        signer_id=signer_id,
        source_reference=referred(proposal, taken),
        action="import",
    )
    warnings = [{"code": item.code, "message": item.message} for item in proposal.warnings]
    if elsewhere := other_issuer(proposal, agency):
        warnings.insert(0, {"code": "other_issuer", "message": _of_another(elsewhere, agency.name)})
    return {
        "document": document_id,
        "subject": content.subject,
        "unit": unit.code,
        "signer": w.directory.people[signer_id].name if signer_id else None,
        "warnings": warnings,
    }


def _of_another(said: str, own: str) -> str:
    return f"Văn bản ghi cơ quan ban hành là {said}; dự thảo này là của {own}, tên và ký hiệu in theo cơ quan đó."


def read_taken(taken: Intake, names: list[str]) -> Proposal:
    """The proposal, with what the file itself gave to look at."""
    proposal = read_text(taken.text, units=names)
    return msgspec.structs.replace(proposal, warnings=(*taken.warnings, *proposal.warnings))


def _unit(w: Work, agency_id: int, code: str | None) -> Unit:
    if code:
        unit = w.directory.unit_by_code(agency_id, code)
        if unit is None:
            raise Refusal(f"Chưa nhập: cơ quan này không có đơn vị “{code}”. Kiểm tra lại --unit.")
        return unit
    seat = w.actor.has(*MAY_DRAFT, agency_id=agency_id)
    if seat is None:
        raise Refusal(
            "Chưa nhập: tài khoản này không soạn thảo ở cơ quan đã chọn. Chọn người soạn khác với --as."
        )
    return seat.unit


def bytes_of(file: Path) -> bytes:
    """A file that is too large is refused before it is in memory."""
    if file.stat().st_size > LARGEST_FILE:
        raise Unreadable("too_large", size=file.stat().st_size, limit=LARGEST_FILE)
    return file.read_bytes()


def agency_of_file(settings: Settings, code: str) -> AgencyFile:
    """From the definitions alone: a dry run works where nothing is set up."""
    folder = settings.definitions / "agencies"
    path = folder / f"{code}.yaml"
    if code.isidentifier() and path.is_file():
        return load_agency(path)
    known = {item.code: item for item in load_agencies(folder)}
    if code not in known:
        raise Refusal(f"Chưa đọc: không có cơ quan “{code}”. Các cơ quan có: {', '.join(known)}.")
    return known[code]


def names_in(agency: AgencyFile) -> list[str]:
    return [name for unit in agency.units for name in (unit.name, *unit.aliases)]


def _summary(proposal: Proposal) -> list[str]:
    if not proposal.is_document:
        return ["Không phải văn bản hành chính.", *(item.message for item in proposal.warnings)]
    lines = [
        f"Loại: {proposal.doc_type or '?'}   Ký hiệu: {proposal.symbol or '?'}   Số: {proposal.number or 'để trống'}",
        f"Trích yếu: {proposal.subject or '?'}",
        f"Người ký trong văn bản: {proposal.capacity_line or '?'} {proposal.signer_name or ''}".rstrip(),
        f"{len(proposal.bases)} căn cứ, {len(proposal.tasks)} nhiệm vụ, {len(proposal.obligations)} nghĩa vụ báo cáo, "
        f"{len(proposal.recipients)} nơi nhận.",
    ]
    return [*lines, *(f"Cần xem: {item.message}" for item in proposal.warnings)]
