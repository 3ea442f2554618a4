"""One row of a list of the form as a browser sent it: names and texts, read as nothing."""

from collections.abc import Callable
from dataclasses import dataclass, field

Pairs = list[tuple[str, str]]


@dataclass(eq=False)
class Held:
    """One row of a list: its values by what follows its number in their names."""

    values: Pairs = field(default_factory=list)
    depth: int = 0

    def get(self, name: str) -> str:
        return next((value for key, value in self.values if key == name), "")

    def put(self, name: str, value: str) -> None:
        self.values = [(key, old) for key, old in self.values if key != name] + [(name, value)]

    def drop(self, prefix: str) -> None:
        self.values = [(key, value) for key, value in self.values if not key.startswith(prefix)]


Operation = Callable[[list[Held], list[int], str], tuple[str, str]]
"""Rows, the numbers in the button's value and the name of the list; the id to focus and a sentence, or ""."""
