"""Who is away and who acts meanwhile; which documents will stop for want of a person, and what would help."""

from web.absence import away, coverage, granting
from web.absence.blueprint import bp as bp

PAGES = (away, coverage, granting)
"""Their routes hang on `bp`."""
