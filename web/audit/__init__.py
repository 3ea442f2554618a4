"""The history of every decision, one event in full, the check of the whole log, and what may be taken away."""

from web.job import Job

bp = Job(
    "audit",
    {
        "GET /lich-su": "routes.history",
        "GET /lich-su/<int:number>": "routes.event",
        "GET /lich-su/<int:number>/bien-nhan": "routes.receipt",
        "GET /lich-su/kiem-tra": "routes.check",
        "POST /lich-su/kiem-tra": "routes.check_again",
        "GET /lich-su/moc.txt": "routes.checkpoint",
        "GET /lich-su.csv": "routes.as_csv",
        "GET /lich-su.json": "routes.as_json",
    },
)
