"""`trinhky units`: the units of an agency; a new one, one that ends. Every change is an entry of the log."""

from datetime import datetime

import click

from web.cli.opening import acting, opened, operator
from web.cli.root import Refusal
from web.cli.saying import as_json, columns, say
from web.cli.usage import Day
from web.filters import vi_date
from workflow.commands.units import KINDS, add_unit, end_unit
from workflow.engine import Engine, Identity, Work
from workflow.people import Unit

by_admin = click.option(
    "--as", "by", metavar="USER", help="Quản trị thực hiện; không nêu thì ghi là tại máy chủ."
)
based = click.option("--basis", required=True, help="Quyết định thành lập, sáp nhập hoặc giải thể.")


@click.group(help="Đơn vị của cơ quan.")
def units() -> None:
    """A group of verbs; help is in the decorator."""


@units.command("list", help="Danh sách đơn vị, cả những đơn vị đã kết thúc.")
@click.argument("agency", metavar="CODE")
@as_json
def list_units(agency: str, as_json: bool) -> None:
    with opened() as engine, engine.reading(operator()) as w:
        found = sorted(w.directory.units_of(_agency_id(w, agency)), key=lambda unit: unit.id)
        names = w.directory.units
    told = [
        {
            "code": unit.code,
            "name": unit.name,
            "symbol": unit.symbol,
            "from": unit.valid_from.isoformat(),
            "to": unit.valid_to.isoformat() if unit.valid_to else None,
            "successor": names[unit.successor_id].code if unit.successor_id else None,
        }
        for unit in found
    ]
    rows = [("Mã", "Tên", "Từ ngày", "Đến ngày", "Kế thừa")]
    rows += [
        (
            unit.code,
            unit.name,
            vi_date(unit.valid_from),
            vi_date(unit.valid_to) if unit.valid_to else "–",
            names[unit.successor_id].name if unit.successor_id else "–",
        )
        for unit in found
    ]
    say(told, lambda: columns(rows), json_wanted=as_json)


@units.command(help="Thêm một đơn vị.")
@click.argument("agency", metavar="AGENCY")
@click.argument("code")
@click.option("--name", required=True, help="Tên đầy đủ.")
@click.option("--short-name", default="", help="Tên gọi tắt.")
@click.option("--symbol", required=True, help="Ký hiệu ghi ở dòng Lưu, ví dụ QLKH.")
@click.option(
    "--kind", type=click.Choice(KINDS), default="department", show_default=True, help="Loại đơn vị."
)
@click.option("--tag", "tags", multiple=True, help="Nhóm mà đơn vị thuộc về; lặp lại được.")
@click.option("--field", "fields", multiple=True, help="Mã lĩnh vực; lặp lại được.")
@click.option("--from", "since", type=Day(), help="Từ ngày; mặc định hôm nay.")
@based
@by_admin
@as_json
def add(
    agency: str,
    code: str,
    name: str,
    short_name: str,
    symbol: str,
    kind: str,
    tags: tuple[str, ...],
    fields: tuple[str, ...],
    since: datetime | None,
    basis: str,
    by: str | None,
    as_json: bool,
) -> None:
    with opened() as engine, engine.work(_identity(engine, by)) as w:
        unit_id = add_unit(
            w,
            agency_id=_agency_id(w, agency),
            code=code,
            name=name,
            short_name=short_name,
            symbol=symbol,
            kind=kind,
            tags=tags,
            fields=fields,
            valid_from=since.date() if since else w.today,
            basis=basis,
        )
    say({"unit": unit_id, "code": code}, lambda: [f"Đã thêm {name} ({code})."], json_wanted=as_json)


@units.command(
    help="Kết thúc một đơn vị; nghĩa vụ báo cáo còn lại do Chánh Văn phòng bàn giao trên trang Tổng hợp."
)
@click.argument("agency", metavar="AGENCY")
@click.argument("code")
@click.option("--on", "last", type=Day(), required=True, help="Ngày hoạt động cuối cùng.")
@click.option("--successor", metavar="CODE", help="Đơn vị kế thừa.")
@based
@by_admin
@as_json
def end(
    agency: str, code: str, last: datetime, successor: str | None, basis: str, by: str | None, as_json: bool
) -> None:
    with opened() as engine, engine.work(_identity(engine, by)) as w:
        agency_id = _agency_id(w, agency)
        unit = _unit(w, agency_id, code)
        heir = _unit(w, agency_id, successor) if successor else None
        end_unit(
            w,
            unit_id=unit.id,
            last_day=last.date(),
            successor_id=heir.id if heir else None,
            basis=basis,
        )
    after = f" {heir.name} kế thừa." if heir else ""
    said = f"{unit.name} hoạt động đến hết ngày {vi_date(last.date())}.{after}"
    say({"code": code, "to": last.date().isoformat()}, lambda: [said], json_wanted=as_json)


def _identity(engine: Engine, login: str | None) -> Identity:
    return acting(engine, login) if login else operator()


def _agency_id(w: Work, code: str) -> int:
    found = w.directory.agency_by_code.get(code)
    if found is None:
        raise Refusal(
            f"Chưa thực hiện: không có cơ quan {code}. Đã có: {', '.join(w.directory.agency_by_code)}."
        )
    return found.id


def _unit(w: Work, agency_id: int, code: str) -> Unit:
    found = w.directory.unit_by_code(agency_id, code)
    if found is None:
        known = ", ".join(unit.code for unit in w.directory.units_of(agency_id))
        raise Refusal(f"Chưa thực hiện: không có đơn vị {code}. Đã có: {known}.")
    return found
