"""What waits for the person signed in, whatever his role: /viec."""

from web.job import Job

bp = Job(
    "inbox",
    {
        "GET /viec": "routes.mine",
    },
)
