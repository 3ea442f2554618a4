"""
A file's parser runs in a child process with limits: it can exhaust, crash or hang itself and nobody else.

What comes back is words or a named refusal; anything else is the refusal "unsafe". Nothing is written to disk.
"""

import json
import os
import subprocess
import sys
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from workflow.errors import Unreadable
from workflow.reading.proposal import Warn

SECONDS = 15.0
"""By the clock on the wall, from start to answer; the child's own limit is on the processor."""
AT_ONCE = 2
"""Children that may run at the same time in one process of the server; the next waits, then is refused."""
WAIT = 10.0
LARGEST_ANSWER = 16 * 1024 * 1024
MOST_LINES = 100

REFUSALS = frozenset(
    (
        "bomb", "damaged", "dtd", "empty", "encrypted_office", "encrypted_pdf", "macros", "pdf_letters",
        "pictures_only", "scanned_pdf", "secret", "text_too_large", "too_many_pages", "unsafe", "unsafe_names",
    )
)  # fmt: skip
"""What a child may say; one that was taken over could say anything."""

_ROOT = str(Path(__file__).parents[2])
# -I ignores the environment and the current folder, so the place of the package is said here, by us.
# It ends at once: tearing the interpreter down would cost as much time as a small file.
_START = (
    "import os, sys; sys.path.insert(0, sys.argv[1]); from workflow.reading.child import main; "
    "main(sys.argv[2]); os._exit(0)"
)
_places = threading.BoundedSemaphore(AT_ONCE)


@dataclass(frozen=True)
class Answer:
    """
    `fonts` is the old encoding that fonts named, where they did: "tcvn3" or "vni". `upright` are the căn cứ not set
    in italic type, None where the file does not tell.
    """

    text: str
    warnings: tuple[Warn, ...] = ()
    fonts: str = ""
    upright: tuple[str, ...] | None = None


def parsed(kind: str, data: bytes, *, seconds: float = SECONDS) -> Answer:
    """
    The words of a DOCX or PDF. Unreadable as the child names it; "unsafe" when it died, hung or spoke nonsense;
    "busy" when too many are being read already.
    """
    if not _places.acquire(timeout=WAIT):
        raise Unreadable("busy")
    try:
        said = _run(kind, data, seconds)
    finally:
        _places.release()
    return _understood(said)


def _run(kind: str, data: bytes, seconds: float) -> bytes:
    """What the child wrote. Both pipes are served by threads, so that neither side waits on a full one."""
    with subprocess.Popen(
        [sys.executable, "-I", "-X", "utf8", "-c", _START, _ROOT, kind],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=_environment(),
        close_fds=True,
    ) as child:
        assert child.stdin is not None
        assert child.stdout is not None
        answer: list[bytes] = []
        threads = (
            threading.Thread(target=_tell, args=(child.stdin, data), daemon=True),
            threading.Thread(target=_hear, args=(child, child.stdout, answer), daemon=True),
        )
        for thread in threads:
            thread.start()
        try:
            child.wait(timeout=seconds)
        except subprocess.TimeoutExpired as late:
            raise Unreadable("unsafe", what="timeout") from late
        finally:
            if child.poll() is None:
                child.kill()
            for thread in threads:
                thread.join(timeout=seconds)
        if child.returncode != 0:
            raise Unreadable("unsafe", what=f"exit {child.returncode}")
    return b"".join(answer)


def _tell(pipe: IO[bytes], data: bytes) -> None:
    try:
        pipe.write(data)
        pipe.close()
    except OSError:
        # The child ended before it heard all; how it ended says what that means.
        return


def _hear(child: "subprocess.Popen[bytes]", pipe: IO[bytes], answer: list[bytes]) -> None:
    heard = 0
    while piece := pipe.read(65_536):
        heard += len(piece)
        if heard > LARGEST_ANSWER:
            child.kill()
            return
        answer.append(piece)


def _environment() -> dict[str, str]:
    """Nothing of ours, secrets least of all. Windows cannot start a process without its own folder."""
    return {name: os.environ[name] for name in ("SYSTEMROOT",) if name in os.environ}


def _understood(said: bytes) -> Answer:
    try:
        told: Any = json.loads(said)
        if "refused" in told:
            if told["refused"] not in REFUSALS:
                raise ValueError(told["refused"])
            facts = {name: value for name, value in told["facts"].items() if isinstance(value, int | str)}
            refused = Unreadable(told["refused"], **facts)
        else:
            warnings = tuple(
                Warn(str(one["code"]), str(one["message"]), str(one["raw"])) for one in told["warnings"]
            )
            upright = tuple(map(str, told["upright"][:MOST_LINES])) if "upright" in told else None
            return Answer(str(told["text"]), warnings, str(told["fonts"]), upright)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as nonsense:
        raise Unreadable("unsafe", what="answer") from nonsense
    raise refused
