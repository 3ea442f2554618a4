"""Deadlines, the reports that units owe, and the report the office draws up from them."""

from web.reporting import collecting, deadlines, duties
from web.reporting.blueprint import bp as bp

PAGES = (deadlines, duties, collecting)
"""Their routes hang on `bp`."""
