"""A post as somebody holds it on one day, and the seats of one who is away as his substitute sees them."""

from dataclasses import dataclass

from workflow.staff import Absence, Holding, Post, Unit


@dataclass(frozen=True)
class Seat:
    """A post as an actor holds it today."""

    post: Post
    unit: Unit
    holding: Holding

    def __hash__(self) -> int:
        """Statements are kept by the seats they were built for: hashing every field of a unit would cost more."""
        return hash((self.post.id, self.unit.id, self.holding.id))


@dataclass(frozen=True)
class StandIn:
    """Someone away today, with the seats he holds: what his substitute may do in his place, `relations` says."""

    absence: Absence
    name: str
    title: str
    seats: tuple[Seat, ...]

    @property
    def person_id(self) -> int:
        return self.absence.person_id
