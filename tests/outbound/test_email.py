"""Letters reach a relay that speaks SMTP, and go nowhere in clear."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from amanat.outbound.email import InboxMail, Letter, MailFailed, Relay, SmtpMail, relay_of
from amanat.outbound.sms.inbox import Inbox

LETTER = Letter(to="ani@example.org", subject="Kode", text="Kode: 482915\n.\nSalam é")


class _Conversation:
    """One client's lines, and what a relay answers that knows no TLS."""

    def __init__(self, heard: list[str], refuses: str | None) -> None:
        self._heard = heard
        self._refuses = refuses
        self._in_letter = False

    def answer(self, line: str) -> bytes:
        self._heard.append(line)
        if self._in_letter:
            self._in_letter = line != "."
            return b"" if self._in_letter else b"250 taken\r\n"
        self._in_letter = line == "DATA"
        if self._refuses is not None and line.startswith(self._refuses):
            return b"550 <ani@example.org> does not live here\r\n"
        return b"354 go on\r\n" if self._in_letter else b"250 ok\r\n"


@asynccontextmanager
async def relay(*, refuses: str | None = None) -> AsyncIterator[tuple[Relay, list[str]]]:
    """A relay on this machine, and what it was told, line by line."""
    heard: list[str] = []
    ends: list[asyncio.Future[None]] = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        end = asyncio.get_running_loop().create_future()
        ends.append(end)
        conversation = _Conversation(heard, refuses)
        writer.write(b"220 relay\r\n")
        while line := await reader.readline():
            writer.write(conversation.answer(line.decode().rstrip("\r\n")))
        writer.close()
        end.set_result(None)

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    yield Relay(host="127.0.0.1", port=port, tls=False, starttls=False), heard
    server.close()
    await asyncio.gather(*ends)
    await asyncio.sleep(0)


def smtp(to: Relay) -> SmtpMail:
    return SmtpMail(to, sender="Amanat <amanat@example.org>", now_ms=lambda: 1_700_000_000_000)


async def test_a_letter_is_handed_to_the_relay() -> None:
    async with relay() as (there, heard):
        await smtp(there).send(LETTER)
    assert "RCPT TO:<ani@example.org>" in heard
    assert {"To: ani@example.org", "Subject: Kode", "Auto-Submitted: auto-generated"} <= set(heard)


async def test_a_refusal_says_nothing_of_whom_it_was_for() -> None:
    async with relay(refuses="RCPT") as (there, _heard):
        with pytest.raises(MailFailed) as refused:
            await smtp(there).send(LETTER)
    assert "ani" not in str(refused.value)
    assert refused.value.__cause__ is None


async def test_a_relay_that_cannot_encrypt_gets_no_letter() -> None:
    async with relay() as (there, heard):
        far = Relay(host=there.host, port=there.port, tls=False, starttls=True)
        with pytest.raises(MailFailed):
            await smtp(far).send(LETTER)
    assert not any(line.startswith(("MAIL", "RCPT")) for line in heard)


async def test_no_relay_no_letter() -> None:
    async with relay() as (there, _heard):
        pass
    with pytest.raises(MailFailed):
        await smtp(there).send(LETTER)


async def test_an_address_cannot_smuggle_a_header_in() -> None:
    async with relay() as (there, heard):
        with pytest.raises(MailFailed):
            await smtp(there).send(Letter(to="ani@example.org\r\nBcc: eve@example.org", subject="s", text="t"))
    assert heard == []


async def test_a_lab_keeps_letters_with_its_texts() -> None:
    inbox = Inbox(now_ms=lambda: 1)
    await InboxMail(inbox).send(LETTER)
    assert [text.text.splitlines()[0] for text in inbox.texts("ani@example.org")] == ["Kode"]


@pytest.mark.parametrize(
    ("url", "wanted"),
    [
        ("smtps://mail.example.org", (465, True, False)),
        ("smtp://mail.example.org", (587, False, True)),
        ("smtp://u%40x:p%3Aw@mail.example.org:25", (25, False, True)),
        ("smtp://127.0.0.1:25", (25, False, False)),
        ("smtp://localhost", (587, False, False)),
    ],
)
def test_all_but_this_machine_is_spoken_to_in_secret(url: str, wanted: tuple[int, bool, bool]) -> None:
    there = relay_of(url)
    assert (there.port, there.tls, there.starttls) == wanted


def test_a_password_may_have_any_sign_and_is_never_shown() -> None:
    there = relay_of("smtps://u%40x:p%3Aw@mail.example.org")
    assert (there.user, there.password) == ("u@x", "p:w")
    assert "p:w" not in repr(there)


@pytest.mark.parametrize("url", ["", "http://mail.example.org", "smtp://", "smtp://host/path", "smtp://host:many"])
def test_what_is_no_relay_is_refused(url: str) -> None:
    with pytest.raises(ValueError):
        relay_of(url)
