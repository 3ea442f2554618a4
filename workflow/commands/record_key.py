"""The key that signs the checkpoints: its public half kept with the record, and the act that hands over to another."""

from workflow import audit
from workflow.commands.installation import set_fact
from workflow.engine import Work
from workflow.errors import Fault, Invalid, NotYourStep
from workflow.log.key import PublicKey
from workflow.queries.installation import fact_of

FACT = "checkpoint_key"


def remember_key(w: Work) -> None:
    """With a checkpoint: what checks it stays at hand, should the private half be lost."""
    now = w.engine.key.to_check(w.db).public.text
    if fact_of(w, FACT) != now:
        set_fact(w, name=FACT, value=now)


def hand_over_key(w: Work, *, to: PublicKey, basis: str) -> str:
    """
    From this act on the record is signed with another key (decisions.md 28); the act itself is the first it signs.
    What was signed before is checked with the public half that the entry keeps, which is returned; empty where nobody
    kept it.

    Raises NotYourStep for all but the console; Invalid without a ground.
    """
    if not w.actor.is_system:
        raise NotYourStep("hand_over_key", ("admin",))
    if not basis.strip():
        raise Invalid([Fault("basis", "missing")])
    before = fact_of(w, FACT) or ""
    facts = {"key_before": before, "key_after": to.text, "basis": basis.strip()}
    audit.record(w, audit.About(action="hand_over_key", label="Thay khóa ký mốc", facts=facts))
    set_fact(w, name=FACT, value=to.text)
    w.want_checkpoint = True
    return before
