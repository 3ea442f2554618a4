"""
What a server does once it listens: the pages that nobody has asked for yet are loaded, and its memory is settled.

So neither its start nor an officer's first click waits for them. It answers nothing itself.
"""

from threading import Event

from flask import Flask

from web.job import Job, load
from web.memory import settle_memory
from workflow.patterns import DECLARED

HEAD_START = 1.0
"""Seconds in which the server belongs to whoever was waiting for it; a page that is asked for meanwhile is loaded."""

PAUSE = 0.005
"""Seconds between two modules, in which whoever waits for a page comes first."""


def load_the_rest(app: Flask, stop: Event, *, head_start: float = HEAD_START) -> None:
    """Everything that is loaded with its first use, and then `settle_memory`; returns at once when `stop` is set."""
    if stop.wait(head_start):
        return
    jobs = [job for job in app.blueprints.values() if isinstance(job, Job)]
    for module in dict.fromkeys(module for job in jobs for module in job.modules):
        load(module)
        if stop.wait(PAUSE):
            return
    for late in tuple(DECLARED):
        late.compile()
    settle_memory()
