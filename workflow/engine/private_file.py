"""A file for a record or a copy of one: it holds the hashes of passwords and the words of drafts."""

import os
from pathlib import Path


def private_file(path: Path) -> None:
    """A new and empty file that its owner alone may read. Raises FileExistsError."""
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
