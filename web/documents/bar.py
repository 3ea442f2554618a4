"""Which of the open steps stand on the bar of a document, and which are folded behind it."""

from typing import NamedTuple

from workflow.queries.turns import OpenStep, Turn


class Bar(NamedTuple):
    """
    `lead` carries the document on; `beside` stand next to it, `rest` behind. `back` says that it can be sent back,
    `other_way` that `lead` is one press and can also be taken another way, `crowded` that its words, or those that
    stand with a signature, leave no room beside for what decides nothing, `edit_first` that the text should be mended
    before `lead` is taken.
    """

    lead: OpenStep | None
    beside: list[OpenStep]
    rest: list[OpenStep]
    back: bool
    other_way: bool
    crowded: bool
    edit_first: bool


LONG = 24
"""Letters of a step that fill half of the bar beside a list."""


SUBMITS = ("submit", "submit_own")


def bar_of(turn: Turn, editor: bool, as_returned: bool = False) -> Bar:
    """
    Where nothing carries the document on, there is room for the two that may help. `as_returned`: the words are those
    that were sent back.
    """
    lead = turn.primary
    others = [step for step in turn.steps if not step.primary]
    backs = [step for step in others if step.id == "return"]
    plain = [step for step in others if step.id != "return" and not step.confirm]
    beside = (backs + plain)[: 1 if lead or editor else 2]
    return Bar(
        lead,
        beside,
        [step for step in others if step not in beside],
        bool(backs),
        lead is not None and not lead.form and (len(lead.capacities) > 1 or bool(lead.signers)),
        lead is not None and (lead.signature or len(lead.label) > LONG),
        editor and as_returned and lead is not None and lead.id in SUBMITS,
    )
