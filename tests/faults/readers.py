"""
A child that has its parsers loaded and forks for every file: a thousand files in seconds, each behind the product's
own limits in a process of its own, and none of them reads another's leavings.

It runs by itself (`python -m tests.faults.readers`) and holds no threads; `Readers` is its other end.
"""

import contextlib
import os
import select
import signal
import struct
import subprocess
import sys
from pathlib import Path

from workflow.errors import Unreadable
from workflow.reading import child, sandbox
from workflow.reading.sandbox import SECONDS, Answer

_ASKED = struct.Struct("<4sL")
_TOLD = struct.Struct("<iLL")
_ROOT = Path(__file__).parents[2]


class Readers:
    """
    `parsed` as that of `workflow.reading.sandbox`, from a child that is already there.

    `memory` is the most that one file took, in kilobytes.
    """

    def __init__(self) -> None:
        self.memory = 0
        self._child = subprocess.Popen(
            [sys.executable, "-m", __name__], stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=_ROOT
        )

    def parsed(self, kind: str, data: bytes) -> Answer:
        """Unreadable as the child names it; "unsafe" where it died of the file."""
        assert self._child.stdin is not None
        assert self._child.stdout is not None
        self._child.stdin.write(_ASKED.pack(kind.encode(), len(data)) + data)
        self._child.stdin.flush()
        status, memory, length = _TOLD.unpack(self._child.stdout.read(_TOLD.size))
        self.memory = max(self.memory, memory)
        said = self._child.stdout.read(length)
        if status:
            raise Unreadable("unsafe", what=f"exit {status}")
        return sandbox._understood(said)

    def close(self) -> None:
        self._child.communicate()
        assert self._child.returncode == 0


def serve() -> None:
    """Answers until its input ends."""
    for kind in ("docx", "pdf"):
        child._parser(kind)
    while head := _read(0, _ASKED.size):
        kind, length = _ASKED.unpack(head)
        status, memory, said = _forked(kind.rstrip(b"\x00").decode(), _read(0, length))
        _write(1, _TOLD.pack(status, memory, len(said)) + said)


def _forked(kind: str, data: bytes) -> tuple[int, int, bytes]:
    hear, tell = os.pipe()
    answer, say = os.pipe()
    process = os.fork()
    if process == 0:
        os.dup2(hear, 0)
        os.dup2(say, 1)
        os.closerange(3, 64)
        try:
            child.main(kind)
        except BaseException:
            os._exit(1)
        os._exit(0)
    os.close(hear)
    os.close(say)
    # Where it ended before it heard all, how it ended says what that means.
    with contextlib.suppress(BrokenPipeError):
        _write(tell, data)
    os.close(tell)
    said = b""
    while ready := select.select([answer], [], [], SECONDS)[0]:
        if not (piece := os.read(answer, 1 << 20)):
            break
        said += piece
    if not ready:
        os.kill(process, signal.SIGKILL)
    os.close(answer)
    _, ended, used = os.wait4(process, 0)
    return os.waitstatus_to_exitcode(ended), used.ru_maxrss, said


def _read(pipe: int, length: int) -> bytes:
    found = b""
    while len(found) < length and (piece := os.read(pipe, length - len(found))):
        found += piece
    return found


def _write(pipe: int, data: bytes) -> None:
    left = memoryview(data)
    while left:
        left = left[os.write(pipe, left) :]


if __name__ == "__main__":
    serve()
