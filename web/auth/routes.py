"""The door."""

import threading

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from web.auth.forms import ChangePasswordForm, SignInForm
from web.auth.passwords import hash_password, is_outdated, verify
from web.auth.throttle import WINDOW, is_throttled, subjects
from web.paths import local_path
from web.session import engine, work
from web.session import sign_in as open_door
from web.session import sign_out as close_door
from web.shell import home_of
from workflow.commands.people import set_password_hash
from workflow.commands.sessions import forgive_failures, record_failure, renew_hash
from workflow.engine import Identity
from workflow.queries.sessions import account_of

WRONG = "Tên đăng nhập hoặc mật khẩu không đúng. Chưa đăng nhập. Kiểm tra lại rồi thử lần nữa."
TOO_OFTEN = (
    "Đã thử sai nhiều lần. Chưa đăng nhập. Chờ 15 phút rồi thử lại, hoặc nhờ quản trị đặt lại mật khẩu."
)
ENDED = "Phiên làm việc đã hết. Đăng nhập lại để tiếp tục."

_at_most_two = threading.BoundedSemaphore(2)
"""A check costs 64 MiB and a tenth of a second by design: never more than two at a time in a process."""


def sign_in() -> ResponseReturnValue:
    if current_user.is_authenticated:
        return redirect(url_for(home_of(current_user)), 303)
    form = SignInForm(next=request.args.get("toi", ""))
    problem = ENDED if "het_phien" in request.args and request.method == "GET" else ""
    status = 200
    if form.validate_on_submit():
        login = (form.login.data or "").strip().lower()
        if is_throttled(login):
            headers = {"Retry-After": str(int(WINDOW.total_seconds()))}
            return render_template("auth/sign_in.html", form=form, problem=TOO_OFTEN), 429, headers
        if person_id := _checked(login, form.password.data or ""):
            open_door(person_id)
            return redirect(local_path(form.next.data) or url_for(home_of(current_user)), 303)
        problem, status = WRONG, 401
    elif request.method == "POST":
        status = 422
    return render_template("auth/sign_in.html", form=form, problem=problem), status


def sign_out() -> ResponseReturnValue:
    close_door()
    return redirect(url_for(".sign_in"), 303)


def home() -> ResponseReturnValue:
    """The bare address: the door, and behind it the page this person's work begins on."""
    known = current_user.is_authenticated
    return redirect(url_for(home_of(current_user) if known else "auth.sign_in"), 303)


def change_password() -> ResponseReturnValue:
    form = ChangePasswordForm()
    status = 200
    if form.validate_on_submit():
        if not check_own_password(form.present.data or ""):
            form.present.errors = ["Mật khẩu hiện tại không đúng; mật khẩu chưa đổi"]
            status = 422
        else:
            hashed = hash_password(form.new.data or "", engine().settings.argon2)
            person_id = current_user.person_id
            with work() as w:
                set_password_hash(w, person_id=person_id, password_hash=hashed)
            open_door(person_id)
            flash("Đã đổi mật khẩu. Các phiên khác của tài khoản này đã kết thúc.", "ok")
            return redirect(url_for(home_of(current_user)), 303)
    elif request.method == "POST":
        status = 422
    return render_template("auth/change_password.html", form=form), status


def check_own_password(password: str) -> bool:
    """Whether this is the password of the person signed in; a wrong one counts like a failed sign-in."""
    with engine().reading(Identity(rule="sign_in")) as w:
        login = w.directory.people[current_user.person_id].login
    return not is_throttled(login) and _checked(login, password) == current_user.person_id


def _checked(login: str, password: str) -> int | None:
    """The person's id if the password is right. Known and unknown names take the same time."""
    with engine().reading(Identity(rule="sign_in")) as w:
        account = account_of(w, login)
    profile = engine().settings.argon2
    with _at_most_two:
        right = verify(account.password_hash if account else "", password, profile)
        renewed = (
            account
            and right
            and is_outdated(account.password_hash, profile)
            and hash_password(password, profile)
        )
    names = subjects(login)
    with engine().work(Identity(rule="sign_in")) as w:
        if right and account is not None and account.active:
            forgive_failures(w, subject=names["both"])
            if renewed:
                renew_hash(w, person_id=account.person_id, password_hash=renewed)
            return account.person_id
        record_failure(w, subjects=tuple(names.values()), person_id=account.person_id if account else None)
    return None
