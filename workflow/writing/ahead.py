"""Papers typeset before the step that issues them: a few, each taken once; never a second truth beside the record."""

import threading
from pathlib import Path

from workflow.writing.sheet import Sheet
from workflow.writing.typeset import pdf

MOST = 8
"""Kept at once; the oldest gives way. A step that was refused never fetches its own."""

_READY: dict[tuple[Sheet, Path | None], bytes] = {}
_LOCK = threading.Lock()


def typeset_ahead(sheet: Sheet, *, font_dir: Path | None = None) -> None:
    """Raises Unprintable."""
    data = pdf(sheet, font_dir=font_dir)
    with _LOCK:
        _READY[sheet, font_dir] = data
        while len(_READY) > MOST:
            del _READY[next(iter(_READY))]


def typeset(sheet: Sheet, *, font_dir: Path | None = None) -> bytes:
    """What lies ready for exactly this sheet, else set now: equal sheets are equal bytes. Raises Unprintable."""
    with _LOCK:
        ready = _READY.pop((sheet, font_dir), None)
    return ready if ready is not None else pdf(sheet, font_dir=font_dir)
