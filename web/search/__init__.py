"""The search: one box on every page, one page of results, and the searches a person keeps."""

from web.job import Job

bp = Job(
    "search",
    {
        "GET /tim": "routes.results",
        "POST /tim/luu": "routes.keep",
        "POST /tim/bo": "routes.forget",
    },
)
