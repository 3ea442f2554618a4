"""The addresses of drafting, and the one of them that takes a file."""

from web.job import Job
from web.uploads import take_files

bp = Job(
    "drafting",
    {
        "GET /ke-hoach": "routes.plans",
        "GET /bao-cao": "routes.reports",
        "GET POST /van-ban/<int:document_id>/sua": "editing.edit",
        "GET POST /ke-hoach/nhap": "importing.source",
        "POST /van-ban/<int:document_id>/sua/giu": "keeping.keep",
        "POST /ke-hoach/moi/giu": "keeping.keep_new",
        "POST /van-ban/<int:document_id>/sua/bo-ban-dang-soan": "keeping.drop",
        "POST /ke-hoach/moi/bo-ban-dang-soan": "keeping.drop_new",
        "GET POST /ke-hoach/moi/soan": "new_draft.new",
        "GET /ke-hoach/moi": "starting.choose",
    },
)
PARTS = 20_000
"""Values of one confirm page: a text of some hundred pages has each of its parts there, as it was read."""
take_files(bp, "source", fields=PARTS)
