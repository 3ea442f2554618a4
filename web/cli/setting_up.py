"""`trinhky init`: the record's schema and its agencies."""

from pathlib import Path

import click

from web.cli.opening import opened, operator, refuse_wrong_key
from web.cli.saying import as_json, say
from workflow.agency_file import load_agencies
from workflow.commands.setup import install_agency
from workflow.engine.schema import migrate
from workflow.queries.installation import agency_codes
from workflow.settings import read_settings


@click.command(help="Tạo hoặc nâng cấp cơ sở dữ liệu; với --agencies thì đưa các cơ quan vào.")
@click.option(
    "--agencies",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Thư mục chứa tệp cơ quan (YAML); cơ quan đã có thì bỏ qua.",
)
@as_json
def init(agencies: Path | None, as_json: bool) -> None:
    settings = read_settings()
    files = load_agencies(agencies) if agencies else ()
    migrate(settings)
    added = []
    with opened(settings, new=True) as engine:
        refuse_wrong_key(engine)
        for file in files:
            with engine.work(operator()) as w:
                if file.code not in agency_codes(w):
                    install_agency(w, file=file)
                    added.append(file.code)
    told = {"database": "sqlite" if settings.is_sqlite else "postgresql", "agencies": added}
    say(
        told,
        lambda: ["Cơ sở dữ liệu đã sẵn sàng.", *(f"Đã thêm cơ quan {code}." for code in added)],
        json_wanted=as_json,
    )
