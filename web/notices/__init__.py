"""What one person was told, how he wants to be told, the calendars he may subscribe to, and the letters that left."""

from web.notices.blueprint import bp as bp
