"""A real SMTP server on loopback that keeps what it is given, and can be told to refuse or to fall silent."""

import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from ipaddress import IPv4Address
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from tests.record import Record

SENDER = "trinhky@hoa-an.example"
URL = "https://trinhky.hoa-an.example"


@dataclass
class Mailbox:
    """
    `refuse` answers RCPT, `disown` MAIL and `reject` the text with these words; `hang_up` breaks off once the text is
    taken.
    """

    port: int = 0
    letters: list[EmailMessage] = field(default_factory=list)
    to: list[str] = field(default_factory=list)
    refuse: dict[str, str] = field(default_factory=dict)
    disown: str = ""
    reject: str = ""
    hang_up: bool = False

    async def handle_MAIL(self, server: SMTP, session: Any, envelope: Any, address: str, options: Any) -> str:
        if self.disown:
            return self.disown
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(self, server: SMTP, session: Any, envelope: Any, address: str, options: Any) -> str:
        if said := self.refuse.get(address):
            return said
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Any, envelope: Any) -> str:
        if self.reject:
            return self.reject
        letter = message_from_bytes(envelope.content, policy=policy.default)
        assert isinstance(letter, EmailMessage)
        self.letters.append(letter)
        self.to += envelope.rcpt_tos
        if self.hang_up:
            server.transport.abort()
        return "250 taken"

    def for_(self, login: str) -> list[EmailMessage]:
        return [letter for letter, to in zip(self.letters, self.to, strict=True) if to == address_of(login)]


@contextmanager
def mailbox(*, password: str = "", certificate: Path | None = None) -> Iterator[Mailbox]:
    """With a password it wants one, over the line that `certificate` (its chain and key in one file) closes."""
    box = Mailbox(port=_free_port())

    def check(server: SMTP, session: Any, envelope: Any, mechanism: str, data: Any) -> AuthResult:
        good = isinstance(data, LoginPassword) and data.password.decode() == password
        return AuthResult(success=good, handled=good)

    how: dict[str, Any] = {"authenticator": check, "auth_required": True} if password else {}
    if certificate is not None:
        how["tls_context"] = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        how["tls_context"].load_cert_chain(certificate)
    controller = Controller(box, hostname="127.0.0.1", port=box.port, **how)
    controller.start()
    try:
        yield box
    finally:
        controller.stop()


def certified(folder: Path) -> Path:
    """A certificate for 127.0.0.1 that vouches for itself, with its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    day = datetime(2026, 1, 1, tzinfo=UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(day - timedelta(days=3650))
        .not_valid_after(day + timedelta(days=36500))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(IPv4Address("127.0.0.1"))]), critical=False
        )
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    file = folder / "mail.pem"
    file.write_bytes(
        made.public_bytes(Encoding.PEM) + key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    )
    return file


def sending(record: Record, box: Mailbox, **how: Any) -> None:
    """From now on this record sends its letters there."""
    record.engine.settings = replace(
        record.engine.settings,
        **{
            "smtp_host": "127.0.0.1", "smtp_port": box.port, "smtp_starttls": False,
            "mail_from": SENDER, "public_url": URL, **how,
        },
    )  # fmt: skip


def address_of(login: str) -> str:
    return f"{login}@hoa-an.example"


def parts(letter: EmailMessage) -> tuple[str, str]:
    """Its text and its HTML."""
    plain, html = letter.get_body(("plain",)), letter.get_body(("html",))
    assert plain is not None
    assert html is not None
    return plain.get_content().replace("\r\n", "\n"), html.get_content().replace("\r\n", "\n")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
