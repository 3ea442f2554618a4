"""One frozen value from `instance/config.toml` and `TRINHKY_*`; unknown keys are refused."""

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path

from workflow.errors import SettingsError

ROOT = Path(__file__).resolve().parents[1]
DEFINITIONS = ROOT / "definitions"
RANGES = {"port": (0, 65535), "threads": (1, 256)}


@dataclass(frozen=True)
class Settings:
    """How one installation is set up. Paths are absolute once read."""

    instance: Path = Path("instance")
    database_url: str = ""
    owner_url: str = ""
    checkpoint_key: str = ""
    secret_key: str = ""
    definitions: Path = DEFINITIONS
    host: str = "127.0.0.1"
    port: int = 8080
    threads: int = 8
    https: bool = False
    trusted_hosts: str = ""
    trusted_proxy: str = ""
    argon2: str = "default"

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
    for name in environ:
        if name.startswith("TRINHKY_") and (key := name[8:].lower()) in known and key != "instance":
            values[key] = environ[name]
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
    return Path(str(value)).resolve() if kind is Path else str(value)
