"""The way from a list to a step of the document's procedure: one press where nothing is asked, else its page."""

import secrets
from dataclasses import dataclass

from flask import url_for

from workflow.case import DocumentFacts
from workflow.definition import Step


@dataclass(frozen=True)
class StepWay:
    """`url` takes the step by POST with `fields`; where `asks`, `form_url` is the page that asks first."""

    step: Step
    url: str
    form_url: str
    asks: bool
    fields: dict[str, str]


def step_way(document: DocumentFacts, step: Step, *, back: str) -> StepWay:
    """`back` is the local path to come back to; the key is good for one sending of this rendered form."""
    where = {"document_id": document.id, "slug": step.slug}
    return StepWay(
        step=step,
        url=url_for("documents.step", **where),
        form_url=url_for("documents.step_form", **where, ve=back),
        asks=step.note == "required" or bool(step.confirm) or bool(step.asks),
        fields={
            "seen_version": str(document.version),
            "seen_digest": document.digest,
            "capacity": "",
            "key": secrets.token_urlsafe(18),
            "ve": back,
        },
    )
