"""Deadlines, the reports that units owe, and the report the office draws up from them."""

from web.reporting import collecting, deadlines, duties, handing_over, tasks
from web.reporting.blueprint import bp as bp

PAGES = (deadlines, duties, collecting, handing_over, tasks)
"""Their routes hang on `bp`."""
