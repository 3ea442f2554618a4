"""Where the findings of the lint lead to in the editing form, and where they stand there; it judges nothing."""

from web.drafting.content_form import Said
from web.drafting.draft_form import DraftForm

LINT_COUNTS = "dem-the-thuc"
"""The id of the line in which the script tells how many findings the words being typed have."""
LINT_BUTTON = "kiem-the-thuc"
"""The id of the button under the findings: it takes the focus once they are drawn anew."""


def rows_of(form: DraftForm, said: Said) -> dict[str, list[str]]:
    """The rows of each list that made it into the text: an empty one is in the form alone."""
    filled = {
        name: [row.name for row in form[name] if (row.form[field].data or "").strip()]
        for name, field in (("bases", "raw"), ("recipients", "name"))
    }
    parts = {name: [row for row in said.nodes if row.startswith(f"{name}-")] for name in ("parts", "ends")}
    return filled | parts | {"annexes": [row.name for row in form.annexes if (row.data or "").strip()]}
