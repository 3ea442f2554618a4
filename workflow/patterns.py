"""Patterns that are declared with their module and compiled when they are first asked; it matches nothing itself."""

import re
from typing import Any, AnyStr, cast

ASKED = ("search", "match", "fullmatch", "finditer", "findall", "split", "sub", "subn")
"""What is asked of a pattern over and over, and is therefore kept at hand once it is compiled."""

DECLARED: "list[Late]" = []
"""Every pattern of the modules that are loaded, so that all of them can be compiled in a quiet moment or by a test."""


class Late:
    """Stands for a compiled pattern and becomes as quick as one: after the first question its methods are its own."""

    def __init__(self, pattern: str | bytes, flags: int) -> None:
        self.pattern = pattern
        self._flags = flags

    def compile(self) -> "re.Pattern[Any]":
        """re.error where the pattern is wrong. Two threads that ask at once find the same and may both keep it."""
        compiled = re.compile(self.pattern, self._flags)
        for name in ASKED:
            vars(self)[name] = getattr(compiled, name)
        return compiled

    def __getattr__(self, name: str) -> Any:
        return getattr(self.compile(), name)


def expression(pattern: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """
    As `re.compile`, for a module's own patterns. There are some three hundred of them and compiling takes a tenth of
    a second, which every start would pay and most commands never need.
    """
    late = Late(pattern, flags)
    DECLARED.append(late)
    return cast("re.Pattern[AnyStr]", late)
