"""The picture for leaders: counts, times and forecasts of what the record holds, each with the list behind it."""

from web.job import Job

bp = Job(
    "overview",
    {
        "GET /tong-quan": "routes.page",
        "GET /tong-quan.xlsx": "routes.as_workbook",
        "GET /tong-quan.csv": "routes.as_csv",
        "GET /tong-quan/bao-cao": "routes.reports",
        "GET /tong-quan/don-vi": "routes.units",
        "GET /tong-quan/dang-dung": "routes.stops",
        "GET /tong-quan/trinh-ky": "routes.signed",
        "GET /tong-quan/tra-lai": "routes.returned",
        "GET /tong-quan/nhiem-vu": "routes.tasks",
        "GET /tong-quan/du-bao": "routes.forecasts",
        "GET /tong-quan/du-bao/<int:document_id>": "routes.cases",
    },
)
