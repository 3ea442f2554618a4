"""Which pages a body as large as a file may be sent to, and by whom: the only place where the limit is raised."""

from flask import Blueprint, request
from flask_login import current_user

from web.config import LARGEST_UPLOAD


def take_files(bp: Blueprint, *views: str, fields: int | None = None) -> None:
    """
    Let these views of the blueprint receive a file. Before anything reads the form, and only for someone signed in:
    a form without files is all fields, and a stranger's body is not worth reading. `fields` is how many values the
    form may have, where that is more than elsewhere.
    """
    endpoints = frozenset(f"{bp.name}.{view}" for view in views)

    @bp.url_value_preprocessor
    def leave_room(endpoint: str | None, values: object) -> None:
        files = request.method == "POST" and request.mimetype == "multipart/form-data"
        if endpoint in endpoints and files:
            # Also of who has to sign in anew: what was typed is handed back.
            request.max_form_parts = fields or request.max_form_parts
            if current_user.is_authenticated:
                request.max_content_length = LARGEST_UPLOAD
