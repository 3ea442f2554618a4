"""The history of every decision, one event in full, the check of the whole log, and what may be taken away."""

from web.audit.routes import bp as bp
