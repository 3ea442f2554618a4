"""An online copy of the record that is verified before it gets its name; a plain copy of the file loses acts."""

import os
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from sqlalchemy.engine import make_url

from web.cli.root import Refusal
from workflow.engine import Engine, Identity
from workflow.engine.private_file import private_file
from workflow.engine.schema import refuse_newer_schema
from workflow.settings import Settings
from workflow.verification import Report, verify


def back_up(settings: Settings, target: Path) -> tuple[Report, int]:
    """
    Copy the record to `target`, verify the copy; its report and its size in bytes.

    Refusal where `target` exists, on PostgreSQL, where there is no record, and where the copy does not verify:
    then no file is left at `target`.
    """
    if not settings.is_sqlite:
        raise Refusal(
            "Chưa sao lưu: cơ sở dữ liệu là PostgreSQL. "
            "Dùng pg_dump hoặc pg_basebackup, rồi chạy trinhky verify trên bản sao."
        )
    source = Path(make_url(settings.database_url).database or "")
    if not source.is_file():
        raise Refusal(f"Chưa sao lưu: không có cơ sở dữ liệu ở {source}.")
    if target.exists():
        raise Refusal(f"Chưa sao lưu: {target} đã có. Chọn tên tệp khác.")
    if not target.resolve().parent.is_dir():
        raise Refusal(f"Chưa sao lưu: không có thư mục {target.resolve().parent}.")
    partial = target.with_name(f"{target.name}.part")
    try:
        partial.unlink(missing_ok=True)
        private_file(partial)
        _copy(source, partial)
        report = _verified(settings, partial)
        _flush(partial)
        os.replace(partial, target)
    finally:
        for suffix in ("", "-journal", "-wal", "-shm"):
            partial.with_name(partial.name + suffix).unlink(missing_ok=True)
    return report, target.stat().st_size


def _copy(source: Path, partial: Path) -> None:
    """All pages in one go: page by page, each write of another process would start the copy anew."""
    address = f"{source.resolve().as_uri()}?mode=ro"
    with (
        closing(sqlite3.connect(address, uri=True, timeout=30)) as old,
        closing(sqlite3.connect(partial)) as new,
    ):
        old.execute("PRAGMA busy_timeout=30000")
        old.backup(new, pages=-1)
        # A copy of a WAL database says WAL in its header; alone in one file it is complete without.
        new.execute("PRAGMA journal_mode=DELETE")
        wrong = [row[0] for row in new.execute("PRAGMA integrity_check") if row[0] != "ok"]
    if wrong:
        raise Refusal(f"Chưa sao lưu: bản sao hỏng ({wrong[0]}). Kiểm tra ổ đĩa rồi chạy lại.")


def _verified(settings: Settings, partial: Path) -> Report:
    engine = Engine(replace(settings, database_url=f"sqlite:///{partial.resolve()}"))
    try:
        with engine.database.read.connect() as connection:
            refuse_newer_schema(connection)
        with engine.reading(Identity(rule="backup")) as w:
            report = verify(w)
    finally:
        engine.close()
    if not report.holds:
        first = report.broken[0]
        raise Refusal(
            f"Chưa sao lưu: bản sao không kiểm chứng được ({first.kind}, mục {first.entry_id}). Chạy trinhky verify."
        )
    return report


def _flush(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())
