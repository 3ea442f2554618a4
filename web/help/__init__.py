"""Help, keys, and the health page an operator looks at."""

from web.help.routes import bp as bp
