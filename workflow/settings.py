"""One frozen value from `instance/config.toml` and `TRINHKY_*`; unknown keys are refused."""

import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path

from workflow.errors import SettingsError

ROOT = Path(__file__).resolve().parents[1]
DEFINITIONS = ROOT / "definitions"
RANGES = {"port": (0, 65535), "smtp_port": (1, 65535), "threads": (1, 256)}
SMTPS = 465
DATABASES = ("sqlite:///", "postgresql+psycopg://")
SHORTEST_SECRET = 16
LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
PLAIN_ADDRESS = re.compile(r"[^\s<>@,;:\"()]+@[^\s<>@,;:\"()]+")
NOT_SETTINGS = frozenset({
    "bench_documents", "bench_units", "hostile_files", "hostile_pages", "kills", "model_postgresql", "model_sqlite",
    "races", "round_trips", "seeds", "soak", "test_postgres",
})  # fmt: skip
"""What the tests and benches read from the environment under the same prefix; the product leaves it alone."""


@dataclass(frozen=True)
class Settings:
    """How one installation is set up. Paths are absolute once read."""

    instance: Path = Path("instance")
    database_url: str = ""
    owner_url: str = ""
    checkpoint_key: str = ""
    secret_key: str = ""
    definitions: Path = DEFINITIONS
    font_dir: Path | None = None
    host: str = "127.0.0.1"
    port: int = 8080
    threads: int = 8
    https: bool = False
    trusted_hosts: str = ""
    trusted_proxy: str = ""
    argon2: str = "default"
    smtp_host: str = ""
    smtp_port: int = 587
    smtp_starttls: bool = True
    smtp_user: str = ""
    smtp_password: str = ""
    mail_from: str = ""
    public_url: str = ""

    def __post_init__(self) -> None:
        """
        One of the two databases, a secret that is one; letters name their sender and lead back here, and a password
        goes over no open line.
        """
        if self.database_url and not self.database_url.startswith(DATABASES):
            raise SettingsError(f"database_url: does not begin with {' or '.join(DATABASES)}")
        if self.secret_key and len(self.secret_key) < SHORTEST_SECRET:
            raise SettingsError(f"secret_key: shorter than {SHORTEST_SECRET} signs")
        if not self.smtp_host:
            return
        if missing := [name for name in ("mail_from", "public_url") if not getattr(self, name)]:
            raise SettingsError(f"smtp_host: letters also need {', '.join(missing)}")
        if not PLAIN_ADDRESS.fullmatch(self.mail_from):
            raise SettingsError(f"mail_from: {self.mail_from!r} is not one plain address, as a@example.org")
        if not self.public_url.startswith(("https://", "http://")):
            raise SettingsError(f"public_url: {self.public_url!r} does not begin with https:// or http://")
        closed = self.smtp_starttls or self.smtp_port == SMTPS or self.smtp_host in LOOPBACK
        if self.smtp_user and not closed:
            raise SettingsError("smtp_user: a password is not sent to another machine without smtp_starttls")

    @property
    def is_sqlite(self) -> bool:
        return self.database_url.startswith("sqlite")


def read_settings(environ: Mapping[str, str] = os.environ, *, instance: Path | None = None) -> Settings:
    """Environment over file over defaults. Raises SettingsError naming the key that is wrong."""
    folder = (instance or Path(environ.get("TRINHKY_INSTANCE") or _default_instance())).resolve()
    values: dict[str, object] = {}
    known = {item.name: item.type for item in fields(Settings)}
    config = folder / "config.toml"
    if config.exists():
        try:
            values |= tomllib.loads(config.read_text("utf-8"))
        except tomllib.TOMLDecodeError as error:
            raise SettingsError(f"{config.name}: {error}") from error
    # A name mistyped would start on the default instead: on an empty SQLite file in place of the server, say.
    given = {name: name[8:].lower() for name in environ if name.startswith("TRINHKY_")}
    if strangers := sorted(
        name for name, key in given.items() if key not in known and key not in NOT_SETTINGS
    ):
        raise SettingsError(f"unknown in the environment: {', '.join(strangers)}")
    values |= {key: environ[name] for name, key in given.items() if key in known and key != "instance"}
    if unknown := sorted(set(values) - set(known)):
        raise SettingsError(f"{config.name}: unknown keys: {', '.join(unknown)}")
    typed = {key: _typed(key, known[key], value) for key, value in values.items() if value != ""}
    typed["instance"] = folder
    typed.setdefault("database_url", f"sqlite:///{folder / 'trinhky.db'}")
    return Settings(**typed)  # type: ignore[arg-type]


def _default_instance() -> Path:
    return ROOT / "instance" if (ROOT / "pyproject.toml").exists() else Path.cwd() / "instance"


def _typed(key: str, kind: object, value: object) -> object:
    if kind is bool:
        if str(value).lower() in {"1", "true", "yes", "on"}:
            return True
        if str(value).lower() in {"0", "false", "no", "off"}:
            return False
        raise SettingsError(f"{key}: {value!r} is not true or false")
    if kind is int:
        try:
            number = int(str(value))
        except ValueError as error:
            raise SettingsError(f"{key}: {value!r} is not a whole number") from error
        low, high = RANGES[key]
        if not low <= number <= high:
            raise SettingsError(f"{key}: {number} is not between {low} and {high}")
        return number
    return Path(str(value)).resolve() if kind in (Path, Path | None) else str(value)
