"""`trinhky check`: are the procedures, the agencies and the catalogue free of faults; each procedure as a table."""

from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from web.cli.saying import as_json, say
from workflow.agency_file import load_agencies
from workflow.catalogue import load_catalogue
from workflow.procedure_table import as_text, table
from workflow.published import load_published
from workflow.settings import read_settings


@click.command(help="Kiểm tra quy trình, cơ quan và danh mục; in mỗi quy trình thành bảng.")
@click.option(
    "--definitions",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Thư mục định nghĩa; mặc định là của bản cài đặt.",
)
@as_json
def check(definitions: Path | None, as_json: bool) -> None:
    folder = definitions or read_settings().definitions
    procedures = load_published(folder)
    catalogue = load_catalogue(folder / "catalogue")
    agencies = load_agencies(folder / "agencies")
    told: dict[str, Any] = {
        "procedures": [
            {
                "id": item.id,
                "version": item.version,
                "hash": item.hash,
                "steps": [asdict(row) for row in table(item)],
            }
            for item in procedures
        ],
        "agencies": [item.code for item in agencies],
        "document_types": len(catalogue.document_types),
    }

    def lines() -> list[str]:
        said = [as_text(item) for item in procedures]
        return [
            *said,
            f"Cơ quan: {', '.join(item.code for item in agencies)}. "
            f"Danh mục: {len(catalogue.document_types)} loại văn bản.",
            "Không có lỗi.",
        ]

    say(told, lines, json_wanted=as_json)
