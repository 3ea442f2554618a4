"""What stands around every page: whose agency, who is signed in, where he may go (at most four places on a phone)."""

from collections.abc import Iterator
from typing import Any

from flask import Flask, request, url_for
from flask_login import current_user

from web.addresses import address
from web.session import SignedIn
from web.shortcuts import keys_on
from workflow.relations import works_on_documents

OVERSEERS = {"director", "deputy_director", "chief_of_office", "dept_head", "dept_deputy"}
"""Who finds the way to the picture; a head sees his unit's part of it."""


def init_app(app: Flask) -> None:
    @app.context_processor
    def around() -> dict[str, Any]:
        return {"shell": _shell()}


def home_of(user: SignedIn) -> str:
    """The endpoint each role starts from (ux.md §2)."""
    roles = user.actor.roles
    if "auditor" in roles:
        return "audit.history"
    if roles == {"admin"}:
        return "admin.people"
    if roles and roles <= {"clerk", "format_checker"}:
        return "registry.queue"
    if roles and roles <= {"unit_reporter"}:
        return "reporting.deadlines"
    return "inbox.mine"


def _shell() -> dict[str, Any]:
    if not current_user.is_authenticated:
        return {
            "parent_name": "Hệ thống",
            "agency_name": "Trình ký",
            "nav": [],
            "home_url": url_for("auth.sign_in"),
        }
    user: SignedIn = current_user
    seat = user.actor.seats[0] if user.actor.seats else None
    return {
        "parent_name": user.agency.parent_name,
        "agency_name": user.agency.name,
        "home_url": _url(home_of(user)),
        "person_name": user.actor.name,
        "person_line": f"{seat.post.title} · {seat.unit.name}" if seat else "Chưa giữ chức vụ nào",
        "nav": [item | {"current": _is_current(item["endpoint"])} for item in _nav(user)],
        "unread": user.counts.unread,
        "notices_url": _url("notices.mine"),
        "menu": list(_menu(user)),
        "search_url": "" if _is_current("search.results") else _url("search.results"),
        "sign_out_url": _url("auth.sign_out"),
        "help_url": _url("help.show"),
        "keys_url": _url("help.keys"),
        "single_keys": keys_on(),
        "idle_minutes": 60,
        "now": user.now,
    }


def _menu(user: SignedIn) -> Iterator[dict[str, str]]:
    """What is opened now and then, under one's own name; six places are what the bar holds beside it at 1280 px."""
    if "auditor" not in user.actor.roles and user.actor.roles != {"admin"}:
        yield {"label": "Ủy quyền và tư cách ký", "url": _url("admin.authorities")}
    if user.actor.roles & {"chief_of_office", "director"}:
        yield {"label": "Văn bản sẽ dừng vì thiếu người", "url": _url("absence.show")}
    if works_on_documents(user.actor):
        yield {"label": "Vắng mặt, người xử lý thay", "url": _url("absence.mine")}
    yield {"label": "Phím tắt", "url": _url("help.keys")}
    yield {"label": "Đổi mật khẩu", "url": _url("auth.change_password")}


def _nav(user: SignedIn) -> Iterator[dict[str, Any]]:
    roles = user.actor.roles
    if "auditor" in roles:
        yield _item("Lịch sử", "audit.history", "history")
        yield _item("Kế hoạch", "drafting.plans", "doc")
        yield _item("Kiểm tra chuỗi", "audit.check", "link")
        yield _item("Ủy quyền", "admin.authorities", "seal")
        yield _item("Tổng quan", "overview.page", "chart")
        return
    if roles == {"admin"}:
        yield _item("Người dùng", "admin.people", "user")
        yield _item("Ủy quyền", "admin.authorities", "seal")
        yield _item("Quy trình", "admin.procedures", "gear")
        return
    if "clerk" in roles:
        yield _item("Văn thư", "registry.queue", "stamp")
    yield _item("Việc của tôi", "inbox.mine", "inbox") | {"count": user.waiting}
    yield _item("Kế hoạch", "drafting.plans", "doc")
    if "clerk" in roles:
        yield _item("Sổ văn bản", "registry.register", "book")
    yield _item("Hạn báo cáo", "reporting.deadlines", "calendar")
    if "chief_of_office" in roles:
        yield _item("Tổng hợp", "reporting.matrix", "book")
    if roles & OVERSEERS:
        yield _item("Tổng quan", "overview.page", "chart")
    yield _item("Lịch sử", "audit.history", "history")


def _item(label: str, endpoint: str, icon: str) -> dict[str, Any]:
    return {"label": label, "endpoint": endpoint, "url": _url(endpoint), "icon": icon}


def _url(endpoint: str) -> str:
    return address(endpoint)


def _is_current(endpoint: str) -> bool:
    return request.endpoint == endpoint
