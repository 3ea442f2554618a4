"""Writes down that a document was shown to the person of this request, after it was read."""

from flask import current_app
from flask_login import current_user

from web.session import work
from workflow.commands.viewing import VIEWED, note_opening
from workflow.queries.documents import DocumentView
from workflow.queries.versions import Version

PRINTED = "Mở bản in"
DOWNLOADED = "Tải tệp PDF"


def record_in_list(view: DocumentView) -> None:
    """The text beside the list, which nobody asked for by name; see `web.glances`."""
    current_app.extensions["glances"].note(current_user.get_id(), view)


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
