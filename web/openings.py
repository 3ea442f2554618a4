"""Writes down that a document was shown to the person of this request, after it was read."""

from flask import session as cookie

from web.session import work
from workflow.commands.viewing import VIEWED, note_opening
from workflow.queries.documents import DocumentView
from workflow.queries.versions import Version

IN_LIST = "Hiện bên danh sách việc"
PRINTED = "Mở bản in"


def record_in_list(view: DocumentView) -> None:
    """
    The text beside the list, which nobody asked for by name: noted once a session as long as it stays the
    same, so that going back to the list is not an event.
    """
    shown = f"{view.document.id}:{view.document.digest}"
    if cookie.get("in_list") != shown:
        record_opening(view, label=IN_LIST, full_text=False)
        cookie["in_list"] = shown


def record_opening(
    view: DocumentView,
    *,
    action: str = "view",
    label: str = VIEWED,
    version: Version | None = None,
    full_text: bool = True,
) -> None:
    with work() as w:
        note_opening(
            w,
            document=view.document,
            action=action,
            label=label,
            revision_no=version.no if version else None,
            digest=version.digest if version else "",
            full_text=full_text,
        )
