"""The lock of what was published: a version that documents may run on is never changed, only followed by the next."""

from collections.abc import Iterable
from pathlib import Path

from workflow.definition import Definition
from workflow.errors import DefinitionError
from workflow.loader import load_all

LOCK = "published.lock"


def load_published(folder: Path) -> list[Definition]:
    """
    The procedures of these definitions, as they were published. DefinitionError lists all faults of all files, and
    whatever breaks the lock: documents would run on by other rules than those that their log names.
    """
    definitions = load_all(folder / "procedures")
    try:
        text = (folder / LOCK).read_text("utf-8")
    except OSError as error:
        raise DefinitionError(f"{LOCK}: {error.strerror}") from error
    if faults := lock_faults(definitions, text):
        raise DefinitionError("\n".join(f"{LOCK}: {fault}" for fault in faults))
    return definitions


def lock_text(definitions: Iterable[Definition]) -> str:
    """definitions/published.lock: "<hash>  <id>/v<version>" a line, sorted by name; the hash documents are pinned to."""
    named = sorted((f"{item.id}/v{item.version}", item.hash) for item in definitions)
    return "".join(f"{pinned}  {name}\n" for name, pinned in named)


def lock_faults(definitions: Iterable[Definition], text: str) -> list[str]:
    """What of the definitions breaks the lock; empty if every published version stands as it was published."""
    lines = [line.split() for line in text.splitlines()]
    if any(len(line) != 2 for line in lines):
        return ["a line that is no hash and name"]
    published = {name: pinned for pinned, name in lines}
    present = {f"{item.id}/v{item.version}": item.hash for item in definitions}
    faults = []
    for name, pinned in published.items():
        if name not in present:
            faults.append(f"{name}: was published and is gone")
        elif present[name] != pinned:
            faults.append(f"{name}: was published and has changed; make the change a new version")
    faults += [
        f"{name}: is not in the lock yet; to publish it add the line “{pinned}  {name}”"
        for name, pinned in present.items()
        if name not in published
    ]
    return faults
