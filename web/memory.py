"""What a server does about its memory: one heap for its threads, and nothing that stays looked through again."""

import ctypes
import gc

ARENAS = -8
"""M_ARENA_MAX of glibc's mallopt(3)."""


def share_heap() -> None:
    """
    Before the first thread begins: all threads share one heap. A heap for each, glibc's way to spare threads each
    other's locks, only keeps more memory here, since the interpreter lets one of them run at a time. Other C
    libraries are left as they are.
    """
    try:
        ctypes.CDLL(None).mallopt(ARENAS, 1)
    except (OSError, AttributeError):
        return


def settle_memory() -> None:
    """Once all that stays is loaded: it need not be looked through with every collection."""
    gc.freeze()
