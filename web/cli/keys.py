"""`trinhky key`: the key that signs the checkpoints of this record, and handing over to another."""

import click

from web.cli.opening import opened, operator
from web.cli.root import Refusal
from web.cli.saying import as_json, say
from workflow.commands.record_key import hand_over_key
from workflow.queries.checkpoints import public_key


@click.group(help="Khóa ký mốc kiểm chứng.")
def key() -> None:
    """A group of verbs; help is in the decorator."""


@key.command(help="In khóa công khai, để ai giữ mốc cũng kiểm được chữ ký.")
@as_json
def show(as_json: bool) -> None:
    with opened() as engine, engine.reading(operator()) as w:
        line = public_key(w)
    say({"public": line}, lambda: [line], json_wanted=as_json)


@key.command(
    "hand-over",
    help="Từ nay ký bằng khóa khác: khóa đặt ở TRINHKY_CHECKPOINT_KEY, hoặc khóa mới khi tệp checkpoint.key đã cất đi. "
    "Dừng mọi máy đang chạy trước.",
)
@click.option("--basis", required=True, help="Căn cứ, lý do thay khóa.")
@as_json
def hand_over(basis: str, as_json: bool) -> None:
    if not basis.strip():  # before a key is made that would belong to nothing
        raise Refusal("Chưa thay khóa: ghi căn cứ, lý do vào --basis.")
    with opened() as engine:
        with engine.reading(operator()) as w:
            taken = engine.key.successor(w.db)
        if taken is None:
            raise Refusal(
                "Chưa thay khóa: khóa của máy này đang là khóa của dữ liệu. Cất tệp checkpoint.key sang nơi khác, "
                "hoặc đặt khóa mới ở TRINHKY_CHECKPOINT_KEY, rồi chạy lại."
            )
        with engine.work(operator()) as w:
            before = hand_over_key(w, to=taken.public, basis=basis)
    said = [f"Từ nay mốc được ký bằng khóa {taken.public.text}."]
    if not before:
        said.append("Không còn khóa công khai trước: các mốc cũ chỉ kiểm được bằng bản giữ ở bên ngoài.")
    told = {"public": taken.public.text, "before": before or None}
    say(told, lambda: said, json_wanted=as_json)
