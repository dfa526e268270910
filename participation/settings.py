"""Every setting, read once at the start; a missing secret stops the start."""

import os
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

PROJECT = Path(__file__).parent.parent

LANGUAGES = ("de", "de-simple", "en", "tr", "ar", "uk", "ru", "ro", "bg", "pl", "fa", "ku")
EXAMPLE_SECRETS = {"change-me", "changeme", "secret", "example", "dev"}


class SettingsError(Exception):
    """A setting is missing or cannot be used; the text says which one and what to do."""


@dataclass(frozen=True)
class Settings:
    """All that differs between two cities, or between a laptop and a server."""

    secret_key: str
    public_url: str = "http://127.0.0.1:8000"
    city_name: str = "Musterstadt"
    database_url: str = f"sqlite:///{PROJECT / 'var' / 'participation.db'}"
    rate_limit_storage: str = "memory://"
    languages: tuple[str, ...] = LANGUAGES
    trusted_proxies: int = 0
    max_upload_bytes: int = 10 * 1024 * 1024
    draft_days: int = 30
    theme_css: str = ""
    data_folder: Path = PROJECT / "var"
    testing: bool = field(default=False, kw_only=True)

    def __post_init__(self) -> None:
        if len(self.secret_key) < 32 or self.secret_key.lower() in EXAMPLE_SECRETS:
            raise SettingsError("SECRET_KEY needs at least 32 random characters. Make one with: openssl rand -hex 32")
        if urlsplit(self.public_url).scheme not in {"http", "https"}:
            raise SettingsError("PUBLIC_URL must begin with https:// (or http:// on your own machine).")
        if "de" not in self.languages:
            raise SettingsError("LANGUAGES must contain de: German is what every text falls back to.")

    @property
    def is_https(self) -> bool:
        """Whether cookies may be Secure and carry the __Host- prefix (V9)."""
        return self.public_url.startswith("https://")

    @classmethod
    def from_environment(cls) -> "Settings":
        """Read the environment; raise SettingsError when a secret is missing or a number is none."""
        host, port = os.environ.get("HOST", "127.0.0.1"), os.environ.get("PORT", "8000")
        return cls(
            secret_key=_secret("SECRET_KEY"),
            public_url=os.environ.get("PUBLIC_URL", f"http://{host}:{port}").rstrip("/"),
            city_name=os.environ.get("CITY_NAME", cls.city_name),
            database_url=database_url(os.environ.get("DATABASE_URL", cls.database_url)),
            rate_limit_storage=os.environ.get("RATE_LIMIT_STORAGE", cls.rate_limit_storage),
            languages=tuple(os.environ.get("LANGUAGES", " ".join(LANGUAGES)).replace(",", " ").split()),
            trusted_proxies=_number("TRUSTED_PROXIES", cls.trusted_proxies),
            max_upload_bytes=_number("MAX_UPLOAD_BYTES", cls.max_upload_bytes),
            draft_days=_number("DRAFT_DAYS", cls.draft_days),
            data_folder=Path(os.environ.get("DATA_FOLDER", cls.data_folder)),
            theme_css=os.environ.get("THEME_CSS", cls.theme_css),
        )


def _secret(name: str) -> str:
    """A secret from the environment or from the file that NAME_FILE points to (V25)."""
    value, path = os.environ.get(name), os.environ.get(f"{name}_FILE")
    if value:
        return value
    if path and Path(path).is_file():
        return Path(path).read_text().strip()
    raise SettingsError(f"{name} is not set. Set {name}, or {name}_FILE to a file that holds it.")


def _number(name: str, default: int) -> int:
    value = os.environ.get(name, str(default))
    if not value.isdecimal():
        raise SettingsError(f"{name} must be a whole number, not {value!r}.")
    return int(value)


def database_url(url: str) -> str:
    """Hosting panels write postgres://, SQLAlchemy wants to know the driver as well."""
    for prefix in ("postgres://", "postgresql://"):
        if url.startswith(prefix):
            return "postgresql+psycopg://" + url.removeprefix(prefix)
    return url
