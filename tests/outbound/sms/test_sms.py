"""Every way to send a text keeps the same promises."""

from collections.abc import Callable
from io import StringIO
from typing import get_args

import pytest

from amanat.outbound.http import HttpClient
from amanat.outbound.sms.chain import Chain
from amanat.outbound.sms.console import Console
from amanat.outbound.sms.http_template import HttpTemplate, SmsRequest
from amanat.outbound.sms.inbox import Inbox
from amanat.outbound.sms.sms import Delivery, Sms, SmsFailed
from amanat.outbound.sms.twilio import Twilio, TwilioAccount
from tests.outbound.answering import Answering


class NoPurse:
    """Counts nothing."""

    async def pay(self, adapter: str, price: int) -> None:
        """Take nothing."""

    async def count_failure(self, adapter: str, *, refund: int) -> None:
        """Count nothing."""


def _twilio(client: HttpClient, url: str) -> Sms:
    return Twilio(client, TwilioAccount(account="AC1", token="t", sender="MG1"), price=2, url=url)


ADAPTERS: dict[str, Callable[[HttpClient, str], Sms]] = {
    "inbox": lambda _client, _url: Inbox(now_ms=lambda: 0),
    "console": lambda _client, _url: Console(StringIO()),
    "http": lambda client, url: HttpTemplate(client, SmsRequest(url=url), price=2),
    "twilio": _twilio,
    "chain": lambda client, url: Chain({"twilio": _twilio(client, url)}, purse=NoPurse()),
}


@pytest.mark.parametrize("name", ADAPTERS)
async def test_a_text_has_a_name_by_which_its_fate_is_asked(name: str, client: HttpClient, other: Answering) -> None:
    other.body = b'{"sid": "SM1", "status": "sent"}'
    sms = ADAPTERS[name](client, other.url)
    message_id = await sms.send("+62811", "text", purpose="sign-in")
    assert message_id
    assert await sms.status(message_id) in get_args(Delivery)
    assert await sms.status("no such text") in get_args(Delivery)
    assert await sms.price("+62811") >= 0


@pytest.mark.parametrize("name", ["http", "twilio", "chain"])
@pytest.mark.parametrize("status", [400, 401, 402, 429, 500, 503])
async def test_a_refusal_is_told_as_one(name: str, status: int, client: HttpClient, other: Answering) -> None:
    other.status = status
    with pytest.raises(SmsFailed) as failed:
        await ADAPTERS[name](client, other.url).send("+62811", "text", purpose="sign-in")
    # A server that fails may have sent it first.
    assert failed.value.maybe_sent == (status >= 500)
    assert "+62811" not in str(failed.value)
