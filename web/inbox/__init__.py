"""What waits for the person signed in, whatever his role: /viec."""

from web.inbox.routes import bp as bp
