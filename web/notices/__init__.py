"""What one person was told, how he wants to be told, the calendars he may subscribe to, and the letters that left."""

from web.notices import calendars, choices, lists, sent
from web.notices.blueprint import bp as bp

PAGES = (lists, choices, calendars, sent)
"""Their routes hang on `bp`."""
