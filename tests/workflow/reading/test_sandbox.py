"""The child that parses a file may die, hang, shout or lie: its parent says one sentence and keeps nothing of it."""

import json
import resource
import socket
import subprocess
import sys
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.workflow.reading.files import own
from workflow.errors import Unreadable
from workflow.reading import sandbox, take_in
from workflow.reading.sandbox import parsed

ANSWER = json.dumps({"text": "chữ", "warnings": [], "fonts": ""})
HEAR = "import sys, os, time, json; data = sys.stdin.buffer.read(); "
CHILD = "import sys; sys.path.insert(0, sys.argv[1]); from workflow.reading.child import limit; "


def outcome(
    monkeypatch: pytest.MonkeyPatch, program: str, *, seconds: float = 20.0, data: bytes = b"x"
) -> str:
    """What a child with this program comes to: its words, or the reason and what is said of it."""
    monkeypatch.setattr(sandbox, "_START", program)
    try:
        return parsed("docx", data, seconds=seconds).text
    except Unreadable as refused:
        return f"{refused.reason} {refused.facts.get('what', '')}".strip()


def children() -> set[str]:
    listed = Path(f"/proc/self/task/{threading.get_native_id()}/children")
    return set(listed.read_text().split()) if listed.exists() else set()


@pytest.mark.parametrize(
    ("program", "said"),
    [
        ("import os; os.abort()", "unsafe exit -6"),
        ("import os, signal; os.kill(os.getpid(), signal.SIGSEGV)", "unsafe exit -11"),
        ("import os, signal; os.kill(os.getpid(), signal.SIGKILL)", "unsafe exit -9"),
        ("raise SystemExit(3)", "unsafe exit 3"),
        ("raise MemoryError", "unsafe exit 1"),
        ("pass", "unsafe answer"),
        (HEAR + "print('<xml>')", "unsafe answer"),
        (HEAR + "print('[]')", "unsafe answer"),
        (HEAR + "print('{\"text\": 5}')", "unsafe answer"),
        (HEAR + "print('[' * 100000)", "unsafe answer"),
        (HEAR + 'print(json.dumps({"refused": "chuyen_tien", "facts": {}}))', "unsafe answer"),
        (HEAR + 'print(json.dumps({"refused": "dtd", "facts": {"what": ["x"]}}))', "dtd"),
        (HEAR + f"print({ANSWER!r})", "chữ"),
    ],
)
def test_whatever_a_child_does_comes_to_words_or_to_one_refusal(monkeypatch, program, said):
    before = children()
    assert outcome(monkeypatch, program) == said
    assert children() == before


def test_a_child_that_hangs_is_killed_when_its_time_is_up(monkeypatch):
    before = children()
    start = time.monotonic()
    assert outcome(monkeypatch, HEAR + "time.sleep(60)", seconds=1) == "unsafe timeout"
    assert outcome(monkeypatch, "while True: pass", seconds=1, data=b"x" * 5_000_000) == "unsafe timeout"
    assert time.monotonic() - start < 10
    assert children() == before


def test_a_child_that_never_stops_talking_is_killed(monkeypatch):
    said = outcome(monkeypatch, "import sys\nwhile True: sys.stdout.buffer.write(b'x' * 65536)", seconds=20)
    assert said == "unsafe exit -9"


def test_a_child_that_does_not_listen_is_no_trouble(monkeypatch):
    assert outcome(monkeypatch, f"print({ANSWER!r})", data=b"x" * 20_000_000) == "chữ"


LIMITED = CHILD + "import json, os, socket, subprocess; limit(); "


@pytest.mark.parametrize(
    "act",
    [
        "open('/etc/passwd')",
        "open('/tmp/x', 'w')",
        "os.open('/etc/hostname', os.O_RDONLY)",
        "socket.socket()",
        "os.listdir('/')",
        "subprocess.Popen(['true'], stdin=0, stdout=1, stderr=2)",
        "bytearray(700_000_000)",
    ],
)
def test_once_limited_a_child_reaches_nothing(monkeypatch, act):
    monkeypatch.setattr(
        sandbox,
        "_START",
        LIMITED + f"\ntry:\n    {act}\nexcept (OSError, MemoryError) as no:\n    name = type(no).__name__\n"
        'else:\n    name = "reached"\n'
        "print(json.dumps({'text': name, 'warnings': [], 'fonts': ''}))",
    )
    assert parsed("docx", b"").text in ("OSError", "MemoryError")


# A parser that was taken over by its file: it does this, and tells whether it could.
TAKEN_OVER = """
import os, resource, socket, sys
sys.path.insert(0, sys.argv[1])
from workflow.reading import child
{before}
def parse(data):
    try:
        said = {act}
    except (OSError, MemoryError) as no:
        return "refused", [], ""
    return "reached " + str(said if isinstance(said, (int, str)) else ""), [], ""
child._parser = lambda kind: parse
child.main(sys.argv[2])
"""
ACTS = {
    "reads a file": "open('/etc/passwd').read()[:0]",
    "writes a file": "open('{path}', 'w').write('x')",
    "lists a folder": "len(os.listdir('/')) * 0 or ''",
    "calls an address": "socket.create_connection(('127.0.0.1', {port})).close()",
    "gives up its input for a file": "os.close(0) or open('/etc/passwd').read()[:0]",
    "gives up its input for an address": "os.close(0) or socket.create_connection(('127.0.0.1', {port})).close()",
    "doubles a pipe": "os.dup(1)",
    "takes 600 megabytes": "len(bytearray(600_000_000)) * 0 or ''",
    "writes to a file it was left": "os.write(child.left, b'x') and ''",
}


@pytest.mark.parametrize("name", ACTS)
def test_a_parser_taken_over_by_its_file_reaches_nothing(monkeypatch, tmp_path, name):
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.settimeout(0)
        act = ACTS[name].format(path=tmp_path / "made", port=listening.getsockname()[1])
        left = f"child.left = os.open('{tmp_path / 'left'}', os.O_CREAT | os.O_WRONLY)"
        assert outcome(monkeypatch, TAKEN_OVER.format(before=left, act=act)) == "refused"
        with pytest.raises(BlockingIOError):
            listening.accept()
        assert not (tmp_path / "made").exists()
        assert (tmp_path / "left").stat().st_size == 0
        free = f"{left}; child.limit = lambda: None"
        assert outcome(monkeypatch, TAKEN_OVER.format(before=free, act=act)).startswith("reached"), (
            "without the limits it would"
        )


def test_the_limits_are_those_that_were_promised(monkeypatch):
    names = ("AS", "CPU", "FSIZE", "CORE", "NPROC", "NOFILE")
    told = " + ' ' + ".join(f"str(resource.getrlimit(resource.RLIMIT_{name}))" for name in names)
    said = outcome(monkeypatch, TAKEN_OVER.format(before="", act=told))
    promised = (512 * 1024 * 1024, 10, 0, 0, 0, 0)
    assert said == "reached " + " ".join(f"({most}, {most})" for most in promised)
    assert sandbox.SECONDS <= 15


def test_a_child_that_spins_is_stopped_by_its_own_processor_limit(monkeypatch):
    program = TAKEN_OVER.format(before="child.PROCESSOR_SECONDS = 1", act="any(iter(int, 1))")
    start = time.monotonic()
    assert outcome(monkeypatch, program, seconds=30).startswith("unsafe exit -")
    assert time.monotonic() - start < 15


def test_a_child_knows_nothing_of_its_parent(monkeypatch):
    monkeypatch.setenv("TRINHKY_SECRET_KEY", "rất bí mật")
    monkeypatch.setenv("PYTHONPATH", "/nowhere")
    program = HEAR + "print(json.dumps({'text': ' '.join(sorted(os.environ)), 'warnings': [], 'fonts': ''}))"
    known = outcome(monkeypatch, program).split()
    assert set(known) <= {"LC_CTYPE", "SYSTEMROOT"}
    count = "print(json.dumps({'text': str(len(os.listdir('/proc/self/fd'))), 'warnings': [], 'fonts': ''}))"
    with tempfile.TemporaryFile():
        assert int(outcome(monkeypatch, HEAR + count)) <= 4


def test_no_file_is_left_and_no_memory_is_kept(monkeypatch, tmp_path):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    data = own("s0.txt", "docx")
    take_in(data)
    start = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for _ in range(5):
        take_in(data)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - start < 8_000
    assert not list(tmp_path.iterdir()), "the child can write nowhere, the parent did not"


def test_many_at_once_wait_for_one_another_and_then_are_refused(monkeypatch):
    monkeypatch.setattr(sandbox, "WAIT", 0.2)
    monkeypatch.setattr(sandbox, "_START", HEAR + f"time.sleep(2); print({ANSWER!r})")

    def one(_: int) -> str:
        try:
            return parsed("docx", b"x").text
        except Unreadable as refused:
            return refused.reason

    with ThreadPoolExecutor(6) as pool:
        said = list(pool.map(one, range(6)))
    assert sorted(said) == ["busy"] * 4 + ["chữ"] * 2


def test_the_child_starts_without_the_pipeline():
    program = (
        "import sys; sys.path.insert(0, sys.argv[1]); from workflow.reading import child; child._parser(sys.argv[2]); "
        "print(' '.join(name for name in sys.modules if name.split('.')[0] in ('msgspec', 'flask', 'sqlalchemy')))"
    )
    for kind in ("docx", "pdf"):
        done = subprocess.run(
            [sys.executable, "-I", "-c", program, str(Path(sandbox.__file__).parents[2]), kind],
            capture_output=True,
            check=True,
        )
        assert done.stdout.strip() == b""
