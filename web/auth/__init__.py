"""Sign-in, sign-out, one's own password."""

from web.job import Job

bp = Job(
    "auth",
    {
        "GET POST /dang-nhap": "routes.sign_in",
        "POST /dang-xuat": "routes.sign_out",
        "GET /": "routes.home",
        "GET POST /doi-mat-khau": "routes.change_password",
    },
)
