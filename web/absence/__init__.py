"""Who is away and who acts meanwhile; which documents will stop for want of a person, and what would help."""

from web.absence.blueprint import bp as bp
