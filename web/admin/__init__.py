"""Who may do what, who the people are, which procedures run: all read only; the command line changes them."""

from web.admin.routes import bp as bp
