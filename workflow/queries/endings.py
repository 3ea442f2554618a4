"""A plan, for the page on which its signer or the director agrees that it ends."""

from workflow.ending import refusal_to_agree
from workflow.engine import Work
from workflow.loading import cases
from workflow.queries.documents import DocumentView, document_view


def to_agree(w: Work, document_id: int) -> DocumentView:
    """NotFound where the plan is out of sight; otherwise refused as `agree_to_end` is."""
    view = document_view(w, document_id)
    (case,) = cases(w, [view.document])
    if refusal := refusal_to_agree(case, w.actor):
        raise refusal
    return view
