"""Every setting, read once at the start; a missing secret stops the start."""

import os
import re
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

PROJECT = Path(__file__).parent.parent

LANGUAGES = ("de", "de-simple", "en", "tr", "ar", "uk", "ru", "ro", "bg", "pl", "fa", "ku")
OWN_MACHINE = {"localhost", "127.0.0.1", "::1"}
EXAMPLE_SECRETS = {"change-me", "changeme", "secret", "example", "dev"}


class SettingsError(Exception):
    """A setting is missing or cannot be used; the text says which one and what to do."""


@dataclass(frozen=True)
class MailServer:
    """Where mail is handed over; `security` is "tls" from the first byte on, "starttls", or "" on one's own machine."""

    host: str
    port: int
    security: str = ""
    user: str = ""
    password: str = field(default="", repr=False)

    @classmethod
    def read(cls, url: str, password: str = "") -> "MailServer":
        """smtp://user:pass@host:587?starttls or smtps://host; raise SettingsError when it cannot be used."""
        try:
            parts = urlsplit(url)
            port = parts.port
        except ValueError as error:
            raise SettingsError("SMTP_URL cannot be read. Its form is smtp://user@host:587?starttls") from error
        options = parse_qs(parts.query, keep_blank_values=True).keys()
        if parts.scheme not in {"smtp", "smtps"} or not parts.hostname or options - {"starttls"}:
            raise SettingsError("SMTP_URL must look like smtp://user@host:587?starttls or smtps://user@host")
        security = "tls" if parts.scheme == "smtps" else "starttls" if options else ""
        user, password = unquote(parts.username or ""), unquote(parts.password or "") or password
        if user and not security and parts.hostname not in OWN_MACHINE:
            raise SettingsError("SMTP_URL would send the password for all to read. Add ?starttls or use smtps://")
        return cls(parts.hostname, port or (465 if security == "tls" else 25), security, user, password)


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
    tile_url: str = ""
    tile_attribution: str = ""
    data_folder: Path = PROJECT / "var"
    smtp_url: str = field(default="", repr=False)
    smtp_password: str = field(default="", repr=False)
    mail_from: str = ""
    events_need_second_person: bool = False  # nobody publishes an event that nobody else has looked at
    oparl_license: str = "https://www.govdata.de/dl-de/by-2-0"  # of what other machines read about councils (O9)
    oparl_contact: str = ""  # an e-mail address, for whoever runs those machines
    police_contact: str = ""  # who is told when a text is about a danger to somebody's life (M7)
    testing: bool = field(default=False, kw_only=True)

    def __post_init__(self) -> None:
        if len(self.secret_key) < 32 or self.secret_key.lower() in EXAMPLE_SECRETS:
            raise SettingsError("SECRET_KEY needs at least 32 random characters. Make one with: openssl rand -hex 32")
        if urlsplit(self.public_url).scheme not in {"http", "https"}:
            raise SettingsError("PUBLIC_URL must begin with https:// (or http:// on your own machine).")
        if self.tile_url and not self.tile_host:
            raise SettingsError("TILE_URL must look like https://tiles.example/{z}/{x}/{y}.png")
        if "de" not in self.languages:
            raise SettingsError("LANGUAGES must contain de: German is what every text falls back to.")
        if self.smtp_url and not re.fullmatch(r"[!-?A-~]+@[!-?A-~]+", self.mail_from):
            raise SettingsError("MAIL_FROM must be the address that mail comes from, for example mail@city.example.")
        if self.police_contact and not re.fullmatch(r"[!-?A-~]+@[!-?A-~]+", self.police_contact):
            raise SettingsError("POLICE_CONTACT must be one e-mail address, or nothing.")
        if urlsplit(self.oparl_license).scheme not in {"http", "https"}:
            raise SettingsError("OPARL_LICENSE must be the address of a licence, beginning with https://.")
        _ = self.mail_server  # what cannot be used is told at the start

    @property
    def mail_server(self) -> MailServer | None:
        """Where mail is handed over; None when the house keeps it in its own mailbox."""
        return MailServer.read(self.smtp_url, self.smtp_password) if self.smtp_url else None

    @property
    def is_https(self) -> bool:
        """Whether cookies may be Secure and carry the __Host- prefix (V9)."""
        return self.public_url.startswith("https://")

    @property
    def tile_host(self) -> str:
        """Where the city's map tiles come from, for the rules that browsers follow; "" for nowhere (D13)."""
        found = re.fullmatch(r"(https?://[a-z0-9.-]+(?::\d+)?)/[^\s;,'\"]*", self.tile_url)
        is_complete = all(gap in self.tile_url for gap in ("{z}", "{x}", "{y}"))
        return found[1] if found and is_complete else ""

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
            tile_url=os.environ.get("TILE_URL", cls.tile_url),
            tile_attribution=os.environ.get("TILE_ATTRIBUTION", cls.tile_attribution),
            smtp_url=_secret("SMTP_URL", is_needed=False),
            smtp_password=_secret("SMTP_PASSWORD", is_needed=False),
            mail_from=os.environ.get("MAIL_FROM", cls.mail_from),
            events_need_second_person=os.environ.get("EVENTS_NEED_SECOND_PERSON", "") not in {"", "0", "no"},
            oparl_license=os.environ.get("OPARL_LICENSE", cls.oparl_license),
            oparl_contact=os.environ.get("OPARL_CONTACT", cls.oparl_contact),
            police_contact=os.environ.get("POLICE_CONTACT", cls.police_contact),
        )


def _secret(name: str, *, is_needed: bool = True) -> str:
    """A secret from the environment or from the file that NAME_FILE points to (V25)."""
    value, path = os.environ.get(name), os.environ.get(f"{name}_FILE")
    if value:
        return value
    if path and Path(path).is_file():
        return Path(path).read_text().strip()
    if not is_needed and not path:
        return ""
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
