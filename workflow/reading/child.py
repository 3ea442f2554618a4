"""
The child process that parses one hostile file: limits first, then bytes from stdin, then one JSON value to stdout.

It imports the parsers and no more of the product, and once limited it can open no file, no socket and no process.
"""

import codecs
import gc
import json
import sys
from typing import Any

from workflow.errors import Unreadable

MEMORY = 512 * 1024 * 1024
PROCESSOR_SECONDS = 10
# Python loads a codec from its file when it is first asked for, and later no file can be opened.
_CODECS = ("ascii", "cp437", "latin-1", "utf-8", "utf-16", "utf-16-le", "utf-16-be")
LARGEST_INPUT = 20 * 1024 * 1024


def main(kind: str) -> None:
    """Answers on stdout; a crash, a limit or a signal is an answer too, to whoever waits."""
    # One file and then the end: there is nothing worth looking for garbage.
    gc.disable()
    parse = _parser(kind)
    limit()
    data = sys.stdin.buffer.read(LARGEST_INPUT + 1)
    try:
        text, warnings, fonts, *upright = parse(data)
        answer: dict[str, Any] = {"text": text, "warnings": warnings, "fonts": fonts}
        # A PDF does not tell of a line whether it is slanted.
        if upright:
            answer["upright"] = upright[0]
    except Unreadable as refused:
        answer = {"refused": refused.reason, "facts": refused.facts}
    except (MemoryError, RecursionError):
        answer = {"refused": "unsafe", "facts": {"what": "memory"}}
    except Exception as error:
        # The libraries meet a broken file with errors of every kind; none of them is more to a user than "broken".
        answer = {"refused": "damaged", "facts": {"what": type(error).__name__}}
    sys.stdout.buffer.write(json.dumps(answer).encode("ascii"))
    sys.stdout.buffer.flush()


def limit() -> None:
    """Memory, processor, written bytes, core files, open files: by the system where it can (POSIX)."""
    try:
        import resource
    except ImportError:
        return
    wanted = {
        "RLIMIT_AS": MEMORY,
        "RLIMIT_CPU": PROCESSOR_SECONDS,
        "RLIMIT_FSIZE": 0,
        "RLIMIT_CORE": 0,
        "RLIMIT_NPROC": 0,
        # The pipes that are open stay so; nothing is opened after them, not even in the place of one that was closed.
        "RLIMIT_NOFILE": 0,
    }
    for name, most in wanted.items():
        which = getattr(resource, name, None)
        if which is None:
            continue
        try:
            resource.setrlimit(which, (most, most))
        except (ValueError, OSError):
            continue


def _parser(kind: str) -> Any:
    """The parser with everything it imports, before nothing can be opened any more."""
    for name in _CODECS:
        codecs.lookup(name)
    if kind == "pdf":
        from workflow.reading.pdf_text import read_pdf

        return read_pdf
    from workflow.reading.docx_package import read_docx

    return read_docx
