"""What stands around every page: whose agency, who is signed in, where he may go (at most four places on a phone)."""

from collections.abc import Iterator
from datetime import datetime
from functools import lru_cache
from typing import Any, NamedTuple

from flask import Flask, g, request, url_for
from flask_login import AnonymousUserMixin, current_user

from web.addresses import address
from web.session import SignedIn, look_away, signed_in
from web.shortcuts import keys_on
from workflow.relations import works_on_documents
from workflow.seats import Seat

OVERSEERS = {"director", "deputy_director", "chief_of_office", "dept_head", "dept_deputy"}
"""Who finds the way to the picture; a head sees his unit's part of it."""


def init_app(app: Flask) -> None:
    @app.context_processor
    def around() -> dict[str, Any]:
        if g.get("alone"):
            return {"shell": Shell("Hệ thống", "Trình ký", request.script_root + "/")}
        shell = _shell()
        look_away()
        return {"shell": shell}


def stand_alone() -> None:
    """The page of this request is drawn without a word of the record, not even of who is signed in."""
    g.alone = True
    g._login_user = AnonymousUserMixin()  # where flask-login keeps whom it found; the session itself stays


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


class Place(NamedTuple):
    """A link of the bar or of the menu under one's own name; `counted` where it says how much waits there."""

    label: str
    endpoint: str
    url: str
    icon: str = ""
    current: bool = False
    counted: bool = False


class Shell(NamedTuple):
    """
    Values only, and `now` and `waiting` apart the same from page to page: `kept_header` goes by them. `back` leads to
    one's own work from any other page.
    """

    parent_name: str
    agency_name: str
    home_url: str
    nav: tuple[Place, ...] = ()
    back: Place | None = None
    menu: tuple[Place, ...] = ()
    person_name: str = ""
    person_line: str = ""
    waiting: int = 0
    unread: int = 0
    notices_url: str = ""
    search_url: str = ""
    sign_out_url: str = ""
    help_url: str = ""
    keys_url: str = ""
    single_keys: bool = True
    idle_minutes: int = 0
    now: datetime | None = None


def _shell() -> Shell:
    if not current_user.is_authenticated:
        return Shell("Hệ thống", "Trình ký", url_for("auth.sign_in"))
    user = signed_in()
    roles, counts = user.actor.roles, user.counts
    seat = user.actor.seats[0] if user.actor.seats else None
    asked = request.endpoint
    nav = _nav(roles, request.script_root)
    if asked in [place.endpoint for place in nav]:
        nav = tuple(place._replace(current=True) if place.endpoint == asked else place for place in nav)
    return Shell(
        parent_name=user.agency.parent_name,
        agency_name=user.agency.name,
        home_url=_url(home_of(user)),
        nav=nav,
        back=next((place for place in nav if place.endpoint == MINE and not place.current), None),
        menu=_menu(roles, works_on_documents(user.actor), request.script_root),
        person_name=user.actor.name,
        person_line=_post_line(seat) if seat else "Chưa giữ chức vụ nào",
        waiting=counts.waiting,
        unread=counts.unread,
        notices_url=_url("notices.mine"),
        search_url="" if asked == "search.results" else _url("search.results"),
        sign_out_url=_url("auth.sign_out"),
        help_url=_url("help.show"),
        keys_url=_url("help.keys"),
        single_keys=keys_on(),
        idle_minutes=60,
        now=user.now,
    )


def _post_line(seat: Seat) -> str:
    """The title, and the unit where the title does not tell it already: the bar has room for one line."""
    title, unit = seat.post.title, seat.unit
    told = unit.kind == "leadership" or (unit.name.partition(" ")[2] or unit.name) in title
    return title if told else f"{title} · {unit.short_name}"


MINE = "inbox.mine"


@lru_cache(maxsize=256)
def _menu(roles: frozenset[str], on_documents: bool, mount: str) -> tuple[Place, ...]:
    """What is opened now and then, under one's own name; six places are what the bar holds beside it at 1280 px."""

    def found() -> Iterator[Place]:
        if "auditor" not in roles and roles != {"admin"}:
            yield _place("Ủy quyền và tư cách ký", "admin.authorities")
        if roles & {"chief_of_office", "director"}:
            yield _place("Văn bản sẽ dừng vì thiếu người", "absence.show")
        if on_documents:
            yield _place("Vắng mặt, người xử lý thay", "absence.mine")
        yield _place("Phím tắt", "help.keys")
        yield _place("Đổi mật khẩu", "auth.change_password")

    return tuple(found())


@lru_cache(maxsize=256)
def _nav(roles: frozenset[str], mount: str) -> tuple[Place, ...]:
    """The places of the bar; the addresses hold for one mount of the site."""

    def found() -> Iterator[Place]:
        if "auditor" in roles:
            yield _place("Lịch sử", "audit.history", "history")
            yield _place("Kế hoạch", "drafting.plans", "doc")
            yield _place("Kiểm tra chuỗi", "audit.check", "link")
            yield _place("Ủy quyền", "admin.authorities", "seal")
            yield _place("Tổng quan", "overview.page", "chart")
            return
        if roles == {"admin"}:
            yield _place("Người dùng", "admin.people", "user")
            yield _place("Ủy quyền", "admin.authorities", "seal")
            yield _place("Quy trình", "admin.procedures", "gear")
            return
        if "clerk" in roles:
            yield _place("Văn thư", "registry.queue", "stamp")
        yield _place("Việc của tôi", MINE, "inbox")
        yield _place("Kế hoạch", "drafting.plans", "doc")
        if "clerk" in roles:
            yield _place("Sổ văn bản", "registry.register", "book")
        yield _place("Hạn báo cáo", "reporting.deadlines", "calendar")
        if "chief_of_office" in roles:
            yield _place("Tổng hợp", "reporting.matrix", "book")
        if roles & OVERSEERS:
            yield _place("Tổng quan", "overview.page", "chart")
        yield _place("Lịch sử", "audit.history", "history")

    return tuple(found())


def _place(label: str, endpoint: str, icon: str = "") -> Place:
    return Place(label, endpoint, _url(endpoint), icon, counted=endpoint == MINE)


def _url(endpoint: str) -> str:
    return address(endpoint)
