"""Văn thư: what waits to be numbered, sealed and issued, and the register of what went out."""

from web.job import Job

bp = Job(
    "registry",
    {
        "GET /van-thu": "routes.queue",
        "GET /so-van-ban": "routes.register",
        "GET /so-van-ban/in": "routes.printed",
        "GET /so-van-ban.pdf": "routes.as_pdf",
        "GET /so-van-ban.xlsx": "routes.as_workbook",
        "GET /so-van-ban.csv": "routes.download",
    },
)
