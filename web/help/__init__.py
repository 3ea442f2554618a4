"""Help, keys, and the health page an operator looks at."""

from web.job import Job

bp = Job(
    "help",
    {
        "GET /tro-giup": "routes.show",
        "GET /phim-tat": "routes.keys",
        "POST /phim-tat": "routes.switch_keys",
        "GET /suc-khoe": "routes.health",
    },
)
