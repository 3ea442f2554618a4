"""The lock of what was published: a version that documents may run on is never changed, only followed by the next."""

from collections.abc import Iterable

from workflow.definition import Definition


def lock_text(definitions: Iterable[Definition]) -> str:
    """definitions/published.lock: "<hash>  <id>/v<version>" a line, sorted by name; the hash documents are pinned to."""
    named = sorted((f"{item.id}/v{item.version}", item.hash) for item in definitions)
    return "".join(f"{pinned}  {name}\n" for name, pinned in named)


def lock_faults(definitions: Iterable[Definition], text: str) -> list[str]:
    """What of the definitions breaks the lock; empty if every published version stands as it was published."""
    published = {name: pinned for pinned, name in (line.split() for line in text.splitlines())}
    present = {f"{item.id}/v{item.version}": item.hash for item in definitions}
    faults = []
    for name, pinned in published.items():
        if name not in present:
            faults.append(f"{name}: was published and is gone")
        elif present[name] != pinned:
            faults.append(f"{name}: was published and has changed; make the change a new version")
    faults += [f"{name}: is not in the lock yet" for name in present if name not in published]
    return faults
