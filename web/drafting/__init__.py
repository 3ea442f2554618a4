"""Lists of plans and reports, the editing form, and reading a text into a draft."""

from web.drafting import editing, importing, keeping, kept, new_draft, starting
from web.drafting.routes import bp

__all__ = ["bp", "editing", "importing", "keeping", "kept", "new_draft", "starting"]
