"""How an installation is set up: environment over file over defaults, and nothing that is not known."""

import re
from dataclasses import fields
from pathlib import Path

import pytest

from workflow.errors import SettingsError
from workflow.settings import DEFINITIONS, NOT_SETTINGS, Settings, read_settings


def test_without_anything_it_is_a_sqlite_file_in_the_instance_folder(tmp_path):
    settings = read_settings({}, instance=tmp_path)
    assert settings.instance == tmp_path
    assert settings.database_url == f"sqlite:///{tmp_path / 'trinhky.db'}"
    assert settings.is_sqlite
    assert (settings.host, settings.port, settings.https) == ("127.0.0.1", 8080, False)
    assert settings.definitions == DEFINITIONS


def test_the_environment_wins_over_the_file_and_the_file_over_the_default(tmp_path):
    (tmp_path / "config.toml").write_text("port = 9000\nthreads = 4\nhttps = true\n", "utf-8")
    settings = read_settings({"TRINHKY_PORT": "9001", "PATH": "/bin"}, instance=tmp_path)
    assert (settings.port, settings.threads, settings.https) == (9001, 4, True)


def test_the_instance_folder_may_come_from_the_environment(tmp_path):
    assert read_settings({"TRINHKY_INSTANCE": str(tmp_path)}).instance == tmp_path


def test_an_empty_variable_is_no_setting(tmp_path):
    assert read_settings({"TRINHKY_PORT": "", "TRINHKY_DATABASE_URL": ""}, instance=tmp_path).port == 8080


def test_paths_are_absolute_once_read(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    settings = read_settings({"TRINHKY_DEFINITIONS": "rules"}, instance=Path("here"))
    assert settings.definitions == tmp_path / "rules"
    assert settings.instance == tmp_path / "here"


@pytest.mark.parametrize(
    ("config", "reason"),
    [
        ("colour = 'red'\nmood = 1\n", "unknown keys: colour, mood"),
        ("port = 'many'\n", "port: 'many' is not a whole number"),
        ("port = 70000\n", "port: 70000 is not between 0 and 65535"),
        ("threads = 0\n", "threads: 0 is not between 1 and 256"),
        ("https = 'perhaps'\n", "https: 'perhaps' is not true or false"),
        ("secret_key = 'a'\n", "secret_key: shorter than 16"),
        ("database_url = 'mysql://x'\n", "database_url: does not begin with sqlite:/// or postgresql"),
        ("port = \n", r"config\.toml: "),
    ],
)
def test_a_setting_that_is_unknown_or_wrong_is_named(tmp_path, config, reason):
    (tmp_path / "config.toml").write_text(config, "utf-8")
    with pytest.raises(SettingsError, match=reason):
        read_settings({}, instance=tmp_path)


@pytest.mark.parametrize(
    ("word", "value"), [("1", True), ("on", True), ("Yes", True), ("0", False), ("off", False)]
)
def test_the_words_for_yes_and_no(tmp_path, word, value):
    assert read_settings({"TRINHKY_HTTPS": word}, instance=tmp_path).https is value


def test_settings_do_not_change_once_read(tmp_path):
    settings = read_settings({}, instance=tmp_path)
    with pytest.raises(AttributeError):
        settings.port = 1  # type: ignore[misc]


def test_a_mistyped_variable_of_the_environment_is_named(tmp_path):
    with pytest.raises(SettingsError, match="unknown in the environment: TRINHKY_DATABSE_URL"):
        read_settings(
            {"TRINHKY_DATABSE_URL": "postgresql://host/record", "TRINHKY_PORT": "1"}, instance=tmp_path
        )


def test_what_only_tests_read_is_no_setting_and_every_such_name_is_known(tmp_path):
    named = {
        name[8:].lower()
        for path in (DEFINITIONS.parent / "tests").rglob("*.py")
        for name in re.findall(r"\bTRINHKY_[A-Z_]*[A-Z]\b", path.read_text("utf-8"))
    } - {"databse_url"}
    assert named >= NOT_SETTINGS
    assert named - NOT_SETTINGS <= {item.name for item in fields(Settings)}
    read_settings({f"TRINHKY_{name.upper()}": "1" for name in NOT_SETTINGS}, instance=tmp_path)
