"""`trinhky notices`, `users email`, and what `tick` says of letters."""

import json

import pytest
from click.testing import CliRunner

from tests.mailbox import SENDER, URL, mailbox
from web.cli import main
from workflow.settings import DEFINITIONS


@pytest.fixture
def run(tmp_path, monkeypatch):
    """`run("notices", "--json")` gives exit code and output of a command on an installation with agencies."""
    monkeypatch.setenv("TRINHKY_INSTANCE", str(tmp_path))
    monkeypatch.setenv("TRINHKY_ARGON2", "cheapest")

    def call(*words: str) -> tuple[int, str]:
        done = CliRunner().invoke(main, list(words))
        return done.exit_code, done.output

    assert call("init", "--agencies", str(DEFINITIONS / "agencies"))[0] == 0
    return call


def test_an_address_is_set_and_taken_away(run):
    assert run("users", "email", "lan", "lan@hoa-an.example") == (
        0,
        "Thư cho lan gửi đến lan@hoa-an.example.\n",
    )
    assert run("users", "email", "lan")[1] == "lan không nhận thư nữa.\n"
    code, said = run("users", "email", "lan", "khong-phai-dia-chi")
    assert code == 1
    assert "Ghi đúng một địa chỉ thư điện tử" in said


def test_without_a_mail_server_it_says_so(run):
    code, said = run("notices", "--send")
    assert code == 0
    assert "chưa đặt smtp_host" in said
    assert "Lập 0 thư." in said


def test_letters_are_counted_and_one_that_is_not_stuck_is_not_sent_again(run, monkeypatch):
    with mailbox() as box:
        for name, value in {
            "SMTP_HOST": "127.0.0.1", "SMTP_PORT": str(box.port), "SMTP_STARTTLS": "0", "MAIL_FROM": SENDER,
            "PUBLIC_URL": URL,
        }.items():  # fmt: skip
            monkeypatch.setenv(f"TRINHKY_{name}", value)
        told = json.loads(run("notices", "--send", "--json")[1])
        assert told["sending"] is True
        assert told["posted"] == {"made": 0, "sent": 0, "queued": 0, "failed": 0, "unknown": 0}
        assert set(told["letters"]) == {"queued", "sending", "sent", "failed", "unknown"}
        assert "mail" in json.loads(run("tick", "--json")[1])
    code, said = run("notices", "--again", "5")
    assert code == 1
    assert "Chưa gửi lại: không có thư 5" in said


def test_half_a_setting_stops_the_start_and_names_the_rest(run, monkeypatch):
    monkeypatch.setenv("TRINHKY_SMTP_HOST", "mail.hoa-an.example")
    code, said = run("notices")
    assert code != 0
    assert "mail_from, public_url" in said
