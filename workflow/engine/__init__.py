"""The front door: opens the record and hands out one `Work` at a time."""

from workflow.engine.doors import Engine
from workflow.engine.prepared import NONE, Asking, Prepared, ask_ahead
from workflow.engine.work import Identity, Work

__all__ = ["NONE", "Asking", "Engine", "Identity", "Prepared", "Work", "ask_ahead"]
