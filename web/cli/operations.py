"""`trinhky verify`, `tick`, `backup`: what keeps a record whole."""

from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from web.cli.backing_up import back_up
from web.cli.notices import post_letters, posted_words
from web.cli.opening import opened, operator, refuse_wrong_key
from web.cli.root import Refusal
from web.cli.saying import as_json, say
from workflow.commands.tick import tick
from workflow.settings import read_settings
from workflow.verification import Broken, Report, rebuild, verify

NAMES = {
    "entries": "mục nhật ký",
    "documents": "chuỗi văn bản",
    "revisions": "bản nội dung",
    "approvals": "phê duyệt",
    "numbers": "số văn bản",
    "withdrawals": "chữ ký đã rút",
    "deliveries": "nơi nhận đã gửi",
    "attachments": "tệp kèm theo",
    "issued_files": "tệp phát hành",
    "remarks": "góp ý",
    "settled": "góp ý đã giải quyết",
    "progress": "tiến độ nhiệm vụ",
    "numbered": "báo cáo đơn vị có số",
    "files": "tệp lưu",
    "notes": "ý kiến",
    "leaves": "lá của cây",
    "checkpoints": "mốc đã ký",
    "heads": "đầu cây",
    "books": "sổ đăng ký",
    "roster": "đơn vị, người, chức vụ, quyền ký",
    "standings": "tình trạng báo cáo",
}


@click.command("verify", help="Tính lại toàn bộ chuỗi, cây và mốc; nói rõ mục nào sai.")
@as_json
def verify_all(as_json: bool) -> None:
    with opened() as engine, engine.reading_long(operator()) as w:
        report = verify(w)
        differing = rebuild(w)
    told = _told(report) | {"rebuilt": [asdict(item) for item in differing]}
    say(told, lambda: report_lines(report, len(differing)), json_wanted=as_json)
    if not report.holds or differing:
        raise Refusal(
            "Nhật ký không nguyên vẹn. Giữ nguyên dữ liệu, đối chiếu với mốc lưu bên ngoài và bản sao lưu."
        )


@click.command("tick", help="Làm những việc đến hạn theo thời gian; chạy lại ngay thì không làm gì thêm.")
@as_json
def tick_now(as_json: bool) -> None:
    with opened() as engine:
        refuse_wrong_key(engine)
        done = tick(engine)
        posted = post_letters(engine)
    said = (
        f"Mở kỳ mới: {len(done.reopened)} kế hoạch. Ghi nhận đã báo cáo: {len(done.reported)}. "
        f"Thêm {done.periods} kỳ báo cáo, {done.tasks} nhiệm vụ. Nhắc {done.reminded} kỳ báo cáo. "
        f"Báo lên cấp trên {done.escalated} việc quá thời hạn. "
        f"Báo trước {done.foreseen} văn bản sẽ dừng. Bỏ {done.keys_forgotten} khóa cũ."
    )
    say(asdict(done) | {"mail": asdict(posted)}, lambda: [said, posted_words(posted)], json_wanted=as_json)
    if done.left:
        names = ", ".join(map(str, done.left))
        raise Refusal(
            f"Chưa làm được phần của kế hoạch {names}; các kế hoạch khác đã xong. "
            "Xem nhật ký lỗi, rồi chạy “trinhky verify”."
        )


@click.command(help="Sao lưu khi đang chạy và kiểm chứng bản sao (SQLite).")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@as_json
def backup(file: Path, as_json: bool) -> None:
    report, size = back_up(read_settings(), file)
    told = {"file": str(file), "bytes": size} | _told(report)
    said = [
        f"Đã sao lưu vào {file} ({size // 1024} KB) và kiểm chứng: {report.counts['entries']} mục nhật ký.",
        "Khóa ký mốc (checkpoint.key) không nằm trong bản sao; cất riêng ở nơi an toàn.",
    ]
    say(told, lambda: said, json_wanted=as_json)


def report_lines(report: Report, differing: int = 0) -> list[str]:
    """The counts, then each thing that is wrong with the entry it is about."""
    whole = report.holds and not differing
    entries = report.counts.get("entries", "0/0")
    lines = [f"Nhật ký {'nguyên vẹn' if whole else 'KHÔNG nguyên vẹn'}: {entries}"]
    lines += [
        f"  {NAMES.get(name, name)}: {count}" for name, count in report.counts.items() if name != "entries"
    ]
    lines += [f"  kích thước cây {report.size}, gốc {report.root}"]
    lines += [_broken(item) for item in report.broken]
    checkpoints = report.counts.get("checkpoints")
    if checkpoints and not checkpoints.good:
        lines.append(
            "Không mốc nào do khóa của máy này ký: kiểm tra TRINHKY_CHECKPOINT_KEY hoặc tệp checkpoint.key trước, "
            "có thể máy này đặt nhầm khóa."
        )
    return lines + ([f"{differing} văn bản khác với nhật ký khi dựng lại."] if differing else [])


def _broken(item: Broken) -> str:
    place = [
        f"mục {item.entry_id}" if item.entry_id else "",
        f"văn bản {item.document_id}" if item.document_id else "",
    ]
    said = f"Sai: {item.kind} ở {', '.join(part for part in place if part) or 'cây nhật ký'}"
    if item.where:
        said += f" ({item.where})"
    return f"{said}: ghi {item.recorded or 'không có'}, tính ra {item.computed or 'không có'}"


def _told(report: Report) -> dict[str, Any]:
    return {
        "holds": report.holds,
        "counts": {name: str(count) for name, count in report.counts.items()},
        "size": report.size,
        "root": report.root,
        "broken": [asdict(item) for item in report.broken],
        "broken_total": report.broken_total,
    }
