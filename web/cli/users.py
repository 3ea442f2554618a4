"""`trinhky users`: who there is, and their passwords. Every change is an entry of the log."""

import sys
from datetime import date, datetime
from typing import Any

import click

from web.auth.passwords import SHORTEST, hash_password
from web.cli.opening import acting, opened, operator, person_named
from web.cli.root import Refusal
from web.cli.saying import as_json, columns, say
from web.cli.usage import Day
from web.demo import MARK
from workflow.commands.mail_address import set_address
from workflow.commands.people import add_person, disable_person, hold_post, set_password_hash
from workflow.engine import Engine, Identity, Work
from workflow.errors import Fault, Invalid
from workflow.people import Agency
from workflow.queries.installation import fact_of

by_admin = click.option(
    "--as", "by", metavar="USER", help="Quản trị thực hiện; không nêu thì ghi là tại máy chủ."
)


@click.group(help="Người dùng và mật khẩu.")
def users() -> None:
    """A group of verbs; help is in the decorator."""


@users.command(help="Thêm người dùng; với --post thì giữ chức vụ đó luôn.")
@click.argument("login")
@click.option("--name", required=True, help="Họ và tên.")
@click.option("--agency", required=True, metavar="CODE", help="Mã cơ quan.")
@click.option("--post", metavar="CODE", help="Mã vị trí, ví dụ vp.cv_1.")
@click.option("--from", "since", type=Day(), help="Giữ từ ngày; mặc định hôm nay.")
@click.option("--basis", default="", help="Quyết định bổ nhiệm, phân công.")
@by_admin
@as_json
def add(
    login: str,
    name: str,
    agency: str,
    post: str | None,
    since: datetime | None,
    basis: str,
    by: str | None,
    as_json: bool,
) -> None:
    wanted = login.strip().lower()
    with opened() as engine:
        identity = _actor(engine, by)
        with engine.work(identity) as w:
            agency_id, post_id = _place(w, agency, post)
            person_id = add_person(w, agency_id=agency_id, login=wanted, name=name)
        if post_id is not None:
            # Only the next Work knows the new person.
            with engine.work(identity) as w:
                first = since.date() if since else w.today
                hold_post(
                    w, person_id=person_id, post_id=post_id, valid_from=first, valid_to=None, basis=basis
                )
    said = f"Đã thêm {name} ({wanted}). Đặt mật khẩu với trinhky users password {wanted}."
    say({"login": wanted, "person": person_id}, lambda: [said], json_wanted=as_json)


@users.command("list", help="Danh sách người dùng và chức vụ hôm nay.")
@click.option("--agency", metavar="CODE", help="Chỉ cơ quan này.")
@as_json
def list_users(agency: str | None, as_json: bool) -> None:
    with opened() as engine, engine.reading(operator()) as w:
        if agency is not None:
            _agency(w, agency, "Chưa liệt kê")
        told = _listed(w, agency)

    def lines() -> list[str]:
        rows = [
            (item["agency"], item["login"], item["name"], "; ".join(item["titles"]) or "–", _status(item))
            for item in told
        ]
        return columns([("Cơ quan", "Đăng nhập", "Họ tên", "Chức vụ", "Tài khoản"), *rows])

    say(told, lines, json_wanted=as_json)


@users.command(help="Ngừng tài khoản; các phiên đang mở kết thúc ngay, lịch sử giữ nguyên.")
@click.argument("login")
@by_admin
@as_json
def disable(login: str, by: str | None, as_json: bool) -> None:
    with opened() as engine:
        person = person_named(engine, login)
        with engine.work(_actor(engine, by)) as w:
            disable_person(w, person_id=person.id)
    say(
        {"login": person.login, "active": False},
        lambda: [f"Đã ngừng tài khoản {person.login}."],
        json_wanted=as_json,
    )


@users.command(help="Đặt mật khẩu: hỏi hai lần, hoặc đọc một dòng từ đầu vào chuẩn.")
@click.argument("login")
@by_admin
@as_json
def password(login: str, by: str | None, as_json: bool) -> None:
    with opened() as engine:
        person = person_named(engine, login)
        with engine.reading(operator()) as w:
            shortest = 1 if fact_of(w, MARK) else SHORTEST
        wanted = _asked()
        if len(wanted) < shortest:
            raise Invalid([Fault("password", "too_short", {"minimum": shortest})])
        hashed = hash_password(wanted, engine.settings.argon2)
        with engine.work(_actor(engine, by)) as w:
            set_password_hash(w, person_id=person.id, password_hash=hashed)
    said = f"Đã đặt mật khẩu cho {person.login}. Các phiên đang mở của tài khoản này đã kết thúc."
    say({"login": person.login}, lambda: [said], json_wanted=as_json)


@users.command(help="Đặt địa chỉ thư nhận thông báo; không nêu địa chỉ thì bỏ.")
@click.argument("login")
@click.argument("address", default="")
@by_admin
@as_json
def email(login: str, address: str, by: str | None, as_json: bool) -> None:
    with opened() as engine:
        person = person_named(engine, login)
        with engine.work(_actor(engine, by)) as w:
            set_address(w, person_id=person.id, address=address)
    said = f"Thư cho {person.login} gửi đến {address}." if address else f"{person.login} không nhận thư nữa."
    say({"login": person.login, "email": address or None}, lambda: [said], json_wanted=as_json)


def _asked() -> str:
    if sys.stdin.isatty():
        typed: str = click.prompt("Mật khẩu mới", hide_input=True, confirmation_prompt="Nhập lại", err=True)
        return typed
    return sys.stdin.readline().rstrip("\r\n")


def _actor(engine: Engine, login: str | None) -> Identity:
    """An administrator of the agency, or the console itself: the first account is made by nobody's account."""
    if login is None:
        return operator()
    identity = acting(engine, login)
    with engine.reading(identity) as w:
        if w.actor.has("admin") is None:
            raise Refusal(
                f"Chưa thực hiện: {login} không phải quản trị. Chọn tài khoản quản trị, hoặc bỏ --as."
            )
    return identity


def _agency(w: Work, code: str, not_done: str) -> Agency:
    agency = w.directory.agency_by_code.get(code)
    if agency is None:
        known = ", ".join(w.directory.agency_by_code) or "chưa có cơ quan nào; chạy trinhky init --agencies"
        raise Refusal(f"{not_done}: không có cơ quan “{code}”. Các cơ quan có: {known}.")
    return agency


def _place(w: Work, code: str, post_code: str | None) -> tuple[int, int | None]:
    agency = _agency(w, code, "Chưa thêm")
    if post_code is None:
        return agency.id, None
    posts = {post.code: post.id for post in w.directory.posts.values() if post.agency_id == agency.id}
    if post_code not in posts:
        raise Refusal(
            f"Chưa thêm: cơ quan này không có vị trí “{post_code}”. Các vị trí có: {', '.join(posts)}."
        )
    return agency.id, posts[post_code]


def _listed(w: Work, code: str | None) -> list[dict[str, Any]]:
    today: date = w.today
    return [
        {
            "login": person.login,
            "name": person.name,
            "agency": w.directory.agencies[person.agency_id].code,
            "titles": [
                f"{seat.post.title}, {seat.unit.short_name}"
                for seat in w.directory.seats_of(person.id, today)
            ],
            "active": person.active,
        }
        for person in w.directory.people.values()
        if code is None or w.directory.agencies[person.agency_id].code == code
    ]


def _status(item: dict[str, Any]) -> str:
    return "hoạt động" if item["active"] else "đã ngừng"
