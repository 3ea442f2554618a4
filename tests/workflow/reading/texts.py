"""The fixture texts, all written for these tests, and the four originals where TRINHKY_SEEDS names their folder."""

import os
from pathlib import Path

from workflow.reading import Proposal, read

FOLDER = Path(__file__).parents[2] / "fixtures" / "texts"
ALL = sorted(path.name for path in FOLDER.iterdir())
NOT_DOCUMENTS = ("cong_thuc.txt", "tin_bao.txt")
DOCUMENTS = tuple(name for name in ALL if name not in NOT_DOCUMENTS)


def raw(name: str) -> bytes:
    return (FOLDER / name).read_bytes()


def proposal(name: str, units: tuple[str, ...] = ()) -> Proposal:
    return read(raw(name), units=units)


def seed_texts(number: str, own: str) -> list[tuple[str, bytes]]:
    """(name, bytes) of our text with the facts of a seed, and of the seed itself where it is at hand."""
    found = [(own, raw(own))]
    folder = os.environ.get("TRINHKY_SEEDS")
    if folder:
        found += [(path.name, path.read_bytes()) for path in sorted(Path(folder).glob(f"{number}*.txt"))]
    return found
