"""The command line opens the record that is meant, with its own key, or says what is in the way."""

import sqlite3

import pytest

from tests.web.cli.console import answer, refusal, run
from workflow.log.key import CheckpointKey

READERS = [
    ("verify",),
    ("tick",),
    ("show", "1"),
    ("users", "list"),
    ("find", "họp"),
    ("step", "1", "sign", "--as", "mai"),
]


@pytest.mark.parametrize("words", READERS)
def test_a_folder_without_a_record_is_no_record_in_order_and_stays_without(empty, words):
    said = refusal(*words)
    assert said.startswith(f"Chưa thực hiện: không có dữ liệu ở {empty / 'trinhky.db'}.")
    assert "TRINHKY_INSTANCE" in said
    assert not (empty / "trinhky.db").exists()


def test_init_makes_the_record(empty):
    assert answer("init")["database"] == "sqlite"
    assert answer("verify")["holds"]


def test_a_server_that_does_not_answer_is_named_without_the_password(empty, monkeypatch):
    monkeypatch.setenv("TRINHKY_DATABASE_URL", "postgresql+psycopg://trinhky:bi-mat@127.0.0.1:1/so")
    said = refusal("verify")
    assert said.startswith(
        "Chưa thực hiện: không mở được cơ sở dữ liệu postgresql+psycopg://trinhky:***@127.0.0.1:1/so"
    )
    assert "bi-mat" not in said


def test_another_database_than_the_two_is_refused_by_name(empty, monkeypatch):
    monkeypatch.setenv("TRINHKY_DATABASE_URL", "mysql://trinhky@127.0.0.1/so")
    assert "postgresql+psycopg://" in refusal("verify")


KEYS = {"none": lambda: "abc", "another": lambda: CheckpointKey.create("trinhky/other").text}


@pytest.mark.parametrize(("key", "words"), [
    ("none", "khóa sai dạng"), ("another", "không phải khóa đã ký các mốc trước"),
])  # fmt: skip
@pytest.mark.parametrize("words_of", [("serve", "--port", "8099"), ("init",), ("tick",)])
def test_what_would_sign_with_a_wrong_key_does_not_even_start(instance, monkeypatch, key, words, words_of):
    monkeypatch.setenv("TRINHKY_CHECKPOINT_KEY", KEYS[key]())
    assert words in refusal(*words_of)


def test_a_record_whose_key_was_lost_gets_no_other_and_says_so(instance):
    (instance / "checkpoint.key").unlink()
    for verb in ("verify", "tick"):
        assert "máy này chưa có khóa đã ký các mốc trước" in refusal(verb)
    assert not (instance / "checkpoint.key").exists()


def test_verify_with_another_key_says_that_it_may_be_the_key(instance, monkeypatch):
    assert "đặt nhầm khóa" not in run("verify").stdout
    monkeypatch.setenv("TRINHKY_CHECKPOINT_KEY", CheckpointKey.create("trinhky/other").text)
    result = run("verify")
    assert result.exit_code == 1
    assert "Không mốc nào do khóa của máy này ký" in result.stdout


def test_what_somebody_did_to_who_may_sign_is_named_by_verify(instance):
    with sqlite3.connect(instance / "trinhky.db") as db:
        row = db.execute("SELECT min(id) FROM authority").fetchone()[0]
        db.execute("UPDATE authority SET valid_to = '2099-12-31' WHERE id = ?", (row,))
    result = run("verify")
    assert result.exit_code == 1
    assert f"(authority {row})" in result.stdout
