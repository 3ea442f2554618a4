"""The search: one box on every page, one page of results, and the searches a person keeps."""

from web.search.routes import bp as bp
