"""What a server does about its memory before it begins to answer."""

import ctypes
import gc

ARENAS = -8
"""M_ARENA_MAX of glibc's mallopt(3)."""


def settle_memory() -> None:
    """
    Before the first thread begins: what stands by now need not be looked through with every collection, and all
    threads share one heap. A heap for each, glibc's way to spare threads each other's locks, only keeps more memory
    here, since the interpreter lets one of them run at a time. Other C libraries are left as they are.
    """
    gc.freeze()
    try:
        ctypes.CDLL(None).mallopt(ARENAS, 1)
    except (OSError, AttributeError):
        return
