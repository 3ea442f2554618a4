"""One document: its page, its versions, its print, and the one route by which every step is taken."""

from web.documents import asking as asking
from web.documents import attachments as attachments
from web.documents import drafter as drafter
from web.documents import files as files
from web.documents import format as format
from web.documents import numbered as numbered
from web.documents import remarks as remarks
from web.documents import reminding as reminding
from web.documents import routes as routes
from web.documents import slips as slips
from web.documents import steps as steps
from web.documents.blueprint import bp as bp
