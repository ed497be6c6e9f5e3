from base64 import b64decode
from urllib.parse import parse_qs

import pytest

from amanat.outbound.http import HttpClient
from amanat.outbound.sms.sms import SmsFailed
from amanat.outbound.sms.twilio import Twilio, TwilioAccount
from tests.outbound.answering import Answering


def twilio(client: HttpClient, other: Answering, *, sender: str = "+15005550006") -> Twilio:
    account = TwilioAccount(account="AC1", token="secret", sender=sender)
    return Twilio(client, account, price=400, url=other.url)


async def test_a_text_is_one_message_of_the_account(client: HttpClient, other: Answering) -> None:
    other.status, other.body = 201, b'{"sid": "SM1", "status": "queued"}'
    sms = twilio(client, other)
    assert await sms.send("+62811", "Kode & @host #1", purpose="sign-in") == "SM1"
    (asked,) = other.asked
    assert asked.line == "POST /2010-04-01/Accounts/AC1/Messages.json HTTP/1.1"
    assert parse_qs(asked.body.decode()) == {"To": ["+62811"], "Body": ["Kode & @host #1"], "From": ["+15005550006"]}
    assert b64decode(asked.headers["authorization"].removeprefix("Basic ")) == b"AC1:secret"
    assert await sms.price("+62811") == 400


async def test_a_messaging_service_sends_too(client: HttpClient, other: Answering) -> None:
    await twilio(client, other, sender="MG7").send("+62811", "text", purpose="sign-in")
    assert parse_qs(other.asked[0].body.decode())["MessagingServiceSid"] == ["MG7"]


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        (b'{"status": "queued"}', "pending"),
        (b'{"status": "sent"}', "sent"),
        (b'{"status": "delivered"}', "delivered"),
        (b'{"status": "undelivered"}', "failed"),
        (b'{"status": "new word"}', "unknown"),
        (b"not json", "unknown"),
        (b"[]", "unknown"),
    ],
)
async def test_what_became_of_a_text(client: HttpClient, other: Answering, said: bytes, meant: str) -> None:
    other.body = said
    assert await twilio(client, other).status("SM1") == meant
    assert other.asked[0].line == "GET /2010-04-01/Accounts/AC1/Messages/SM1.json HTTP/1.1"


async def test_a_refusal_names_twilio_s_code_and_nothing_else(client: HttpClient, other: Answering) -> None:
    other.status, other.body = 400, b'{"code": 21211, "message": "Invalid To: +62811"}'
    with pytest.raises(SmsFailed) as failed:
        await twilio(client, other).send("+62811", "Kode 123456", purpose="sign-in")
    assert str(failed.value) == "status 400, Twilio's code 21211"
    assert not failed.value.maybe_sent


async def test_where_twilio_is_not_reached_nothing_is_known() -> None:
    client = HttpClient()
    sms = Twilio(client, TwilioAccount(account="AC1", token="t", sender="X"), price=1, url="http://127.0.0.1:1")
    assert await sms.status("SM1") == "unknown"
    with pytest.raises(SmsFailed):
        await sms.send("+62811", "text", purpose="sign-in")
    await client.close()
