"""`/bao-phu`: the documents that will stop for want of a person, each with what would help and where to do it."""

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from web.absence.blueprint import user
from web.session import reading
from workflow.queries.coverage import Threatened, coverage
from workflow.relations import may_tell_absence
from workflow.remedies import Remedy


def show() -> ResponseReturnValue:
    with reading() as w:
        found = coverage(w)
        directory, today = w.directory, w.today
    actor = user().actor

    def way(item: Threatened, remedy: Remedy) -> str:
        """Where the one who looks at the page can do it; nothing where it is another's to do."""
        if remedy.kind == "substitute" and remedy.absent:
            his = may_tell_absence(actor, directory, remedy.absent.id, today)
            return url_for(".mine", nguoi=remedy.absent.id) if his else ""
        if remedy.kind == "reassign":
            can = actor.has("director") is not None
            return (
                url_for("documents.step_form", document_id=item.document.id, slug="chuyen-nguoi-ky")
                if can
                else ""
            )
        if remedy.kind == "grant" and remedy.person:
            can = actor.has("director") is not None
            return url_for(".grant", document_id=item.document.id, person_id=remedy.person.id) if can else ""
        return url_for("admin.authorities")

    return render_template("absence/coverage.html", found=found, way=way)
