"""Letters by e-mail: over the operator's relay, or into the inbox of a lab."""

from collections.abc import Callable
from datetime import UTC, datetime
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid
from ipaddress import ip_address
from typing import Final, Protocol
from urllib.parse import unquote, urlsplit

from msgspec import Struct

from amanat.outbound.sms.inbox import Inbox

DEADLINE_S: Final = 20.0
PURPOSE: Final = "email"


class MailFailed(Exception):
    """A letter was not taken, for a reason without an address in it."""


class Letter(Struct, frozen=True, kw_only=True):
    """A letter in plain text."""

    to: str
    subject: str
    text: str


class Mail(Protocol):
    """Sends letters."""

    async def send(self, letter: Letter) -> None:
        """Send a letter; raises `MailFailed`."""
        ...


class InboxMail:
    """Puts letters where a lab keeps its texts."""

    def __init__(self, inbox: Inbox) -> None:
        self._inbox = inbox

    async def send(self, letter: Letter) -> None:
        """Keep a letter."""
        self._inbox.keep(letter.to, f"{letter.subject}\n\n{letter.text}", purpose=PURPOSE)


class Relay(Struct, frozen=True, kw_only=True):
    """A server that takes letters for others. `starttls`: what begins in clear is encrypted before anything is said."""

    host: str
    port: int
    tls: bool
    starttls: bool
    user: str | None = None
    password: str | None = None

    def __repr__(self) -> str:
        return f"Relay({self.host}:{self.port})"


def relay_of(url: str) -> Relay:
    """Read `smtps://user:password@host:465` or `smtp://host:587`; raises ValueError.

    Nothing goes out in clear but to this very machine.
    """
    parts = urlsplit(url)
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname or parts.path.strip("/") or parts.query:
        raise ValueError("not the URL of a mail relay")
    tls = parts.scheme == "smtps"
    return Relay(
        host=parts.hostname,
        port=parts.port or (465 if tls else 587),
        tls=tls,
        starttls=not tls and not _is_this_machine(parts.hostname),
        user=None if parts.username is None else unquote(parts.username),
        password=None if parts.password is None else unquote(parts.password),
    )


class SmtpMail:
    """Hands letters to the operator's relay, which the operator named: it may stand in a private network."""

    def __init__(self, relay: Relay, *, sender: str, now_ms: Callable[[], int]) -> None:
        self._relay = relay
        self._sender = sender
        self._now_ms = now_ms

    async def send(self, letter: Letter) -> None:
        """Hand a letter over within the deadline."""
        import aiosmtplib  # only who sends letters pays for it

        relay = self._relay
        try:
            await aiosmtplib.send(
                self._message(letter),
                hostname=relay.host,
                port=relay.port,
                username=relay.user,
                password=relay.password,
                use_tls=relay.tls,
                start_tls=relay.starttls,
                timeout=DEADLINE_S,
            )
        except (aiosmtplib.SMTPException, OSError, ValueError) as error:
            # What the relay says of a letter may repeat its address.
            raise MailFailed(type(error).__name__) from None

    def _message(self, letter: Letter) -> EmailMessage:
        message = EmailMessage()
        message["From"] = self._sender
        message["To"] = letter.to
        message["Subject"] = letter.subject
        message["Date"] = format_datetime(datetime.fromtimestamp(self._now_ms() / 1000, UTC))
        message["Message-ID"] = make_msgid(domain=self._sender.rpartition("@")[2].strip("> "))
        # RFC 3834: nobody's holiday notice shall answer.
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(letter.text)
        return message


def _is_this_machine(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
