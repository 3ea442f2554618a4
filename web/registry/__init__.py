"""Văn thư: what waits to be numbered, sealed and issued, and the register of what went out."""

from web.registry.routes import bp as bp
