"""Sign-in, sign-out, one's own password."""

from web.auth.routes import bp as bp
