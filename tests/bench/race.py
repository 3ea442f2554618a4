"""Writers in processes of their own, so that neither side waits for the other's interpreter, each side by turns."""

import multiprocessing
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from typing import Any

Runner = Callable[[list[int]], Iterator[None]]
"""The steps of these documents, one at a time."""
Ready = Callable[..., Runner]
"""What a writer makes of its arguments before its first turn."""


class Side:
    """Writers of one kind; between turns they wait in the middle of whatever they were at."""

    def __init__(self, context: Any, ready: Ready, arguments: tuple[Any, ...], writers: int):
        self._doors: list[Connection] = []
        self._processes = []
        for _ in range(writers):
            ours, theirs = context.Pipe()
            process = context.Process(target=_write, args=(theirs, ready, arguments), daemon=True)
            process.start()
            self._doors.append(ours)
            self._processes.append(process)
        for door in self._doors:
            door.recv()

    def deal(self, documents: list[int]) -> None:
        """New work for all, in place of what is left of the old."""
        for place, door in enumerate(self._doors):
            door.send(documents[place :: len(self._doors)])
            door.recv()

    def turn(self, seconds: float) -> tuple[int, float]:
        """Steps that were done, and how long it took until the last of them was."""
        begin = time.time() + 0.02  # all are awake by then
        for door in self._doors:
            door.send((begin, begin + seconds))
        done = [door.recv() for door in self._doors]
        return sum(steps for steps, _ in done), max(end for _, end in done) - begin

    def close(self) -> None:
        for door, process in zip(self._doors, self._processes, strict=True):
            door.send(None)
            process.join()


@contextmanager
def side(ready: Ready, *arguments: Any, writers: int) -> Iterator[Side]:
    made = Side(multiprocessing.get_context("spawn"), ready, arguments, writers)
    yield made
    made.close()  # where a writer failed the others end with this process


def _write(door: Connection, ready: Ready, arguments: tuple[Any, ...]) -> None:
    run = ready(*arguments)
    steps: Iterator[None] = iter(())
    door.send("ready")
    while (told := door.recv()) is not None:
        if isinstance(told, list):
            steps = run(told)
            door.send("dealt")
            continue
        begin, until = told
        time.sleep(max(0.0, begin - time.time()))
        done = 0
        while time.time() < until:
            if next(steps, steps) is steps:
                raise RuntimeError("a writer ran out of documents before its time")
            done += 1
        door.send((done, time.time()))
