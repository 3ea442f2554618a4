"""One document: its page, its versions, its print, and the one route by which every step is taken."""

from web.documents import routes as routes
from web.documents import steps as steps
from web.documents.blueprint import bp as bp
