"""One transaction, by one actor, at one moment."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy.engine import Connection

from workflow.people import Actor, Directory, system_actor

if TYPE_CHECKING:
    from workflow.engine.doors import Engine
    from workflow.machine import Flow


@dataclass(frozen=True)
class Identity:
    """
    Who knocks, before the record has said what he holds. `rule` names the system's own; `proof_at` is the
    last proof of identity, `proved_here` that it came with this very act, `channel` the door.
    """

    person_id: int = 0
    rule: str = ""
    proof_at: datetime | None = None
    proved_here: bool = False
    channel: str = "web"
    ip: str = ""
    user_agent: str = ""
    request_id: str = ""

    def actor(self, directory: Directory, day: date) -> Actor:
        """The rights are read here, inside the transaction that will use them. KeyError for nobody we know."""
        if self.rule:
            return system_actor(self.rule)
        return directory.actor(
            self.person_id,
            day,
            proof_at=self.proof_at,
            proved_here=self.proved_here,
            channel=self.channel,
            ip=self.ip,
            user_agent=self.user_agent,
            request_id=self.request_id,
        )


@dataclass
class Work:
    """
    What a command or query gets first. Time comes from `now` only; it never runs backwards, whatever the
    clock does (`clock` keeps the raw reading). Nobody but the engine commits.
    """

    db: Connection
    actor: Actor
    now: datetime
    today: date
    clock: datetime
    directory: Directory
    engine: "Engine"
    writing: bool
    to_seal: list[tuple[int | None, bytes]] = field(default_factory=list)
    """What was written, by id and hash; on PostgreSQL, where the server seals, nobody may have waited for the id."""
    claimed_key: tuple[int, str] | None = None
    directory_changed: bool = False
    want_checkpoint: bool = False
    cause: str | None = None
    memo: dict[str, Any] = field(default_factory=dict)

    def flow(self, definition_id: str, version: int) -> "Flow":
        return self.engine.flows[definition_id, version]

    def newest_flow(self, definition_id: str) -> "Flow":
        return self.engine.flows[max(key for key in self.engine.flows if key[0] == definition_id)]
