"""What a server does about its memory: one heap for all threads where the C library has it, and no harm elsewhere."""

import ctypes
import gc
import subprocess
import sys

import pytest

from web.memory import settle_memory, share_heap

HEAPS = """
import ctypes, sys, threading
from web.memory import share_heap
if sys.argv[1] == "shared":
    share_heap()
library = ctypes.CDLL(None)
library.malloc.restype = ctypes.c_void_p
gate = threading.Barrier(5)
def take():
    gate.wait()
    library.malloc(10_000)
    gate.wait()
threads = [threading.Thread(target=take) for _ in range(4)]
for thread in threads: thread.start()
gate.wait(); gate.wait()
for thread in threads: thread.join()
library.fopen.restype = ctypes.c_void_p
library.malloc_info.argtypes = [ctypes.c_int, ctypes.c_void_p]
library.fclose.argtypes = [ctypes.c_void_p]
file = library.fopen(sys.argv[2].encode(), b"w")
library.malloc_info(0, file)
library.fclose(file)
"""


def heaps(how, place) -> int:
    subprocess.run([sys.executable, "-c", HEAPS, how, str(place)], check=True)
    return place.read_text("ascii").count("<heap nr=")


@pytest.mark.skipif(not hasattr(ctypes.CDLL(None), "malloc_info"), reason="a C library other than glibc")
def test_threads_share_one_heap(tmp_path):
    assert heaps("as it comes", tmp_path / "plain.xml") > 1
    assert heaps("shared", tmp_path / "shared.xml") == 1


def test_a_c_library_that_knows_no_such_setting_is_left_as_it_is(monkeypatch):
    monkeypatch.setattr(ctypes, "CDLL", lambda name: object())
    share_heap()


def test_what_stands_once_all_is_loaded_is_not_looked_through_again():
    before = gc.get_freeze_count()
    settle_memory()
    try:
        assert gc.get_freeze_count() > before
        assert not gc.get_objects(generation=2)
    finally:
        gc.unfreeze()


@pytest.mark.parametrize("before", ["enable", "disable"])
def test_the_collector_rests_while_the_product_is_loaded_and_is_then_as_it_was(before: str):
    loading = f"import gc; gc.{before}(); import web; print(gc.isenabled(), gc.get_freeze_count() > 100_000)"
    done = subprocess.run([sys.executable, "-c", loading], capture_output=True, text=True, check=True)
    assert done.stdout.split() == [str(before == "enable"), "True"]
