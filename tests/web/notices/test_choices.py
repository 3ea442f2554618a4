"""Where letters go and how often, and who sees which of them got stuck."""

import pytest

from tests.mailbox import Mailbox, address_of, mailbox, sending
from tests.record import Record
from tests.web.conftest import text_of
from tests.workflow.acts import looking, working
from web.notices.letters import writer
from workflow.commands.mail_address import set_address
from workflow.commands.posting import post
from workflow.queries.mail import wish_of


def wish(record: Record, login: str):
    with looking(record) as w:
        return wish_of(w, w.directory.by_login[login].id)


def test_an_address_and_a_choice_are_kept(sign_in, sqlite_record: Record):
    lan = sign_in("lan")
    page = text_of(lan.get("/thong-bao/cach-nhan"))
    assert "Hệ thống này chưa gửi thư." in page
    done = lan.submit("/cach-nhan", {"email": " lan@hoa-an.example ", "choice": "at_once"})
    assert "Đã lưu cách nhận thông báo." in text_of(done.text)
    found = wish(sqlite_record, "lan")
    assert (found.address, found.choice) == ("lan@hoa-an.example", "at_once")
    assert 'value="lan@hoa-an.example"' in lan.get("/thong-bao/cach-nhan")
    lan.submit("/cach-nhan", {"email": "", "choice": "none"})
    assert (wish(sqlite_record, "lan").address, wish(sqlite_record, "lan").choice) == ("", "none")


@pytest.mark.parametrize("wrong", ["lan", "a@b.example, c@d.example", "x" * 260])
def test_what_is_no_address_is_told_and_what_was_typed_stays(sign_in, sqlite_record: Record, wrong):
    lan = sign_in("lan")
    lan.get("/thong-bao/cach-nhan")
    page = lan.submit("/cach-nhan", {"email": wrong, "choice": "none"})
    assert page.status_code == 422
    assert "<title>Lỗi:" in page.text
    assert f'value="{wrong}"' in page.text
    assert wish(sqlite_record, "lan").choice == "digest"


def test_a_choice_that_does_not_exist_is_refused(sign_in, sqlite_record: Record):
    lan = sign_in("lan")
    lan.get("/thong-bao/cach-nhan")
    assert lan.submit("/cach-nhan", {"email": "", "choice": "hourly"}).status_code == 422
    assert wish(sqlite_record, "lan").choice == "digest"


def test_the_administrator_sees_which_letters_got_stuck_and_nobody_else_does(sign_in, sqlite_record: Record):
    record = sqlite_record
    with mailbox() as box:
        _one_stuck(record, box)
    page = text_of(sign_in("huy").get("/quan-tri/thu"))
    assert "Phạm Quốc Hùng" in page
    assert "máy chủ thư trả lời: 550 no such person" in page
    assert "Không gửi được 1" in page
    for login in ("lan", "hung", "minh"):
        sign_in(login).get("/quan-tri/thu", status=403)


def test_the_health_page_counts_letters_and_names_nobody(app, sign_in, sqlite_record: Record):
    with mailbox() as box:
        _one_stuck(sqlite_record, box)
    told = app.test_client().get("/suc-khoe").json
    assert told["mail"] == {"queued": 0, "sending": 0, "sent": 0, "failed": 1, "unknown": 0}


def _one_stuck(record: Record, box: Mailbox) -> None:
    sending(record, box)
    with working(record, "hung") as w:
        set_address(w, person_id=w.actor.person_id, address=address_of("hung"))
    box.refuse[address_of("hung")] = "550 no such person"
    record.step("lan", record.draft(), "submit")
    assert post(record.engine, write=writer(record.engine.settings)).failed == 1
