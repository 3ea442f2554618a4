"""One document: its page, its versions, its print, and the one route by which every step is taken."""

from web.documents.blueprint import bp as bp
