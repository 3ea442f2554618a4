"""Typst, entered so that whatever breaks inside it comes out as an error of ours and never as the end of a thread."""

from typing import Any

import typst


class Broke(Exception):
    """Typst gave up on a text (odd sequences of joiners and marks can do that); it has made nothing."""


def compiled(compiler: typst.Compiler, **how: Any) -> bytes:
    """One PDF. Raises typst.TypstError for what Typst says of the text, Broke where it fell over it."""
    try:
        made = compiler.compile(format="pdf", **how)
    except BaseException as error:
        # A panic of the library stands outside Exception, in a class that cannot be imported.
        if type(error).__name__ != "PanicException":
            raise
        raise Broke(str(error)) from None
    if not isinstance(made, bytes):
        raise TypeError("Typst gave no file")
    return made
