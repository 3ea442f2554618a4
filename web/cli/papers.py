"""`trinhky pdf`: the paper of a document as a file on this machine."""

import hashlib
from pathlib import Path

import click

from web.cli.documents import as_person, viewer
from web.cli.fonts import font_advice
from web.cli.opening import opened
from web.cli.root import Refusal
from web.cli.saying import as_json, say
from web.cli.usage import ROW
from web.openings import DOWNLOADED
from workflow.commands.viewing import note_opening
from workflow.queries.documents import document_view
from workflow.queries.issued_files import PAPER, issued_file
from workflow.queries.printed import sheet_of_view
from workflow.writing.typeset import pdf as typeset


@click.command(help="Ghi văn bản ra tệp PDF: tệp đã phát hành, hoặc bản hiện tại có dấu dự thảo.")
@click.argument("document", type=ROW)
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), required=True, help="Tệp sẽ ghi.")
@click.option("--clean", is_flag=True, help="Bản sạch để ký và đóng dấu; chỉ trước khi phát hành.")
@as_person
@as_json
def pdf(document: int, out: Path, clean: bool, login: str | None, as_json: bool) -> None:
    with opened() as engine:
        identity = viewer(engine, login)
        with engine.reading(identity) as w:
            view = document_view(w, document)
            stored = issued_file(w, document, PAPER)
        if stored and not stored.holds:
            raise Refusal("Chưa ghi tệp: tệp lưu không khớp mã tệp phát hành. Báo quản trị và thanh tra.")
        if not stored and not view.text_holds:
            raise Refusal("Chưa ghi tệp: nội dung lưu không khớp mã đã duyệt. Báo quản trị và thanh tra.")
        if not stored and (advice := font_advice(engine.settings)):
            click.echo(advice, err=True)
        font_dir = engine.settings.font_dir
        data = stored.data if stored else typeset(sheet_of_view(view, clean=clean), font_dir=font_dir)
        with engine.work(identity) as w:
            note_opening(w, document=view.document, action="download", label=DOWNLOADED, full_text=False)
    try:
        out.write_bytes(data)
    except OSError as error:
        raise Refusal(f"Chưa ghi tệp: không ghi được vào {out}. Chọn nơi khác với --out.") from error
    told = {
        "document": document,
        "file": str(out),
        "size": len(data),
        "sha256": hashlib.sha256(data).hexdigest(),
        "issued": stored is not None,
    }
    kind = "tệp đã phát hành" if stored else "bản hiện tại, chưa phát hành"
    say(
        told,
        lambda: [f"Đã ghi {kind} vào {out} ({len(data)} byte).", f"SHA-256 {told['sha256']}"],
        json_wanted=as_json,
    )
