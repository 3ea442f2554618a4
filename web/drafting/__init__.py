"""Lists of plans and reports, the editing form, and reading a text into a draft."""

from web.drafting import kept as kept
from web.drafting.blueprint import bp as bp
