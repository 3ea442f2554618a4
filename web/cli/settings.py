"""`trinhky settings`: what an agency has set, and changing it with its ground."""

import click
import msgspec

from web.cli.opening import acting, opened, operator
from web.cli.root import Refusal
from web.cli.saying import as_json, columns, say
from workflow.commands.agency_settings import change_settings
from workflow.engine import Work
from workflow.people import Agency

MEANINGS = {
    "number_scope": "sổ đăng ký: per_type (mỗi loại một sổ), grouped (theo nhóm), single (một sổ chung)",
    "format_check": "kiểm tra thể thức trước khi trình ký",
    "hold_minutes": "số phút chờ giữa ký và cấp số",
    "signing_mode": "ký trên giấy (paper) hay ký số (digital)",
    "signing_proof": "mật khẩu khi ký: recent (trong 15 phút), password (mỗi lần ký)",
    "sign_from_list": "ký ngay từ danh sách: seen_only (đã mở toàn văn), never, always",
    "report_opens_days": "mở kỳ báo cáo trước hạn bao nhiêu ngày",
    "escalate_head_hours": "quá thời hạn xử lý bao nhiêu giờ làm việc thì báo lên trưởng đơn vị",
    "escalate_deputy_hours": "sau đó bao nhiêu giờ làm việc thì báo lên Phó Giám đốc",
    "label_lead": "dự thảo mới: chữ in trước tên đơn vị chủ trì",
    "label_coordinator": "dự thảo mới: chữ in trước tên đơn vị phối hợp",
    "label_method": "dự thảo mới: chữ in trước hình thức",
    "label_time": "dự thảo mới: chữ in trước thời gian",
}


@click.command("settings", help="Xem thiết lập của cơ quan; với --set thì thay đổi và ghi vào nhật ký.")
@click.argument("agency", metavar="CODE")
@click.option("--set", "pairs", metavar="NAME=VALUE", multiple=True, help="Thiết lập mới; lặp lại được.")
@click.option("--basis", default="", help="Căn cứ của thay đổi, ví dụ số quyết định.")
@click.option("--as", "by", metavar="USER", help="Quản trị thực hiện; không nêu thì ghi là tại máy chủ.")
@as_json
def settings(agency: str, pairs: tuple[str, ...], basis: str, by: str | None, as_json: bool) -> None:
    changes = dict(_pair(text) for text in pairs)
    with opened() as engine:
        identity = acting(engine, by) if by else operator()
        if changes:
            with engine.work(identity) as w:
                now = change_settings(w, agency_id=_agency(w, agency).id, changes=changes, basis=basis)
        else:
            with engine.reading(identity) as w:
                now = _agency(w, agency).settings
    told = msgspec.to_builtins(now)
    rows = [("Thiết lập", "Giá trị", "Ý nghĩa")]
    rows += [(name, _written(value), MEANINGS[name]) for name, value in told.items()]
    said = [f"Đã thay đổi {', '.join(changes)}; có hiệu lực ngay."] if changes else []
    say(told, lambda: [*columns(rows), *said], json_wanted=as_json)


def _written(value: object) -> str:
    """As it is typed after "=": true, 5, Đơn vị chủ trì."""
    return str(value).lower() if isinstance(value, bool) else str(value)


def _pair(text: str) -> tuple[str, str]:
    name, given, value = text.partition("=")
    if not given or not name.strip():
        raise click.UsageError("Ghi --set theo dạng TÊN=GIÁ TRỊ, ví dụ --set signing_proof=password.")
    return name.strip(), value


def _agency(w: Work, code: str) -> Agency:
    found = w.directory.agency_by_code.get(code)
    if found is None:
        raise Refusal(
            f"Chưa thực hiện: không có cơ quan {code}. Đã có: {', '.join(w.directory.agency_by_code)}."
        )
    return found
