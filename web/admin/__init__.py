"""Who may do what, who the people are, which procedures run: all read only; the command line changes them."""

from web.job import Job

bp = Job(
    "admin",
    {
        "GET /quan-tri/uy-quyen": "routes.authorities",
        "GET /quan-tri/nguoi-dung": "routes.people",
        "GET /quan-tri/quy-trinh": "routes.procedures",
    },
)
