"""A real mail server on this machine, for tests: it takes mail, or refuses it as it is told to."""

import socket
import ssl
import subprocess
from collections.abc import Callable
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, Envelope, LoginPassword

from participation.settings import Settings
from tests.conftest import SECRET

SENDER = "mail@city.example"


def free_port() -> int:
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return int(door.getsockname()[1])


class MailServer:
    """Keeps what it was given; `answer` may say something else than "250 OK" to a recipient or to a whole mail."""

    def __init__(self, **options: Any) -> None:
        self.taken: list[Envelope] = []
        self.to_recipient: Callable[[str], str] = lambda _address: "250 OK"
        self.to_mail: Callable[[Envelope], str] = lambda _envelope: "250 OK"
        self.on_mail: Callable[[], None] = lambda: None
        self.port = free_port()
        self.controller = Controller(self, hostname="127.0.0.1", port=self.port, **options)

    def __enter__(self) -> "MailServer":
        self.controller.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self.controller.stop()

    @property
    def messages(self) -> list[EmailMessage]:
        """What arrived, as a mail programme reads it."""
        return [message_from_bytes(one.content, policy=policy.default) for one in self.taken]

    def settings(self, scheme: str = "smtp", *, user: str = "", options: str = "", **more: Any) -> Settings:
        """Settings of a house that hands its mail to this server."""
        url = f"{scheme}://{user and user + '@'}localhost:{self.port}{options}"
        return Settings(SECRET, database_url="sqlite://", smtp_url=url, mail_from=SENDER, testing=True, **more)

    async def handle_RCPT(  # noqa: N802  (aiosmtpd's own name)
        self, _server: Any, _session: Any, envelope: Envelope, address: str, _options: Any
    ) -> str:
        answer = self.to_recipient(address)
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(  # noqa: N802  (as above)
        self, server: Any, _session: Any, envelope: Envelope
    ) -> str:
        self.on_mail()
        answer = self.to_mail(envelope)
        if answer.startswith("250"):
            self.taken.append(envelope)
        if answer == "break":
            server.transport.abort()
        return answer


def only_for(user: str, password: str) -> dict[str, Any]:
    """Options of a server that wants to know who is there."""

    def check(_server: Any, _session: Any, _envelope: Any, _mechanism: str, given: Any) -> AuthResult:
        is_right = isinstance(given, LoginPassword) and given == LoginPassword(user.encode(), password.encode())
        return AuthResult(success=is_right, handled=False)

    return {"authenticator": check, "auth_required": True}


def certificate(folder: Path) -> tuple[ssl.SSLContext, Path]:
    """A server's side of TLS with a certificate of its own for localhost, and where that certificate lies."""
    key, file = folder / "key.pem", folder / "certificate.pem"
    words = "req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost -addext subjectAltName=DNS:localhost"
    subprocess.run(["openssl", *words.split(), "-keyout", key, "-out", file], check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file, key)
    return context, file
