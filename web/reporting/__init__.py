"""Deadlines, the reports that units owe, and the report the office draws up from them."""

from web.reporting.blueprint import bp as bp
