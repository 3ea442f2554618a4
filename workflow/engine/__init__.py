"""The front door: opens the record and hands out one `Work` at a time."""

from workflow.engine.doors import Engine
from workflow.engine.prepared import Prepared
from workflow.engine.work import Identity, Work

__all__ = ["Engine", "Identity", "Prepared", "Work"]
