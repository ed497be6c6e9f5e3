"""What a webhook is tested with is Meta's sample, and nobody can be answered by it."""

import json as plain_json
from typing import Any

import httpx
import pytest
from msgspec import json
from pywa import WhatsApp
from pywa.types import Message

from amanat.gateway.bots.api import Me
from amanat.gateway.cloud_api.api import CloudApi
from amanat.gateway.cloud_api.ids import read_wamid
from amanat.gateway.cloud_api.samples import NOBODY, TEXT, rendered

ME = Me(number=77, username="toko", name="Toko")


def test_pywa_reads_it_as_a_text() -> None:
    body = CloudApi().sample(me=ME, position=9, ts=1_700_000_000_000)
    value: dict[str, Any] = json.decode(body)["entry"][0]["changes"][0]["value"]
    assert value["contacts"] == [{"profile": {"name": "test user name"}, "user_id": "ID.0", "wa_id": NOBODY.phone[1:]}]
    (message,) = value["messages"]
    assert (message["text"], message["from"]) == ({"body": TEXT}, "16315551181")
    assert read_wamid(message["id"]) is None
    assert CloudApi().sample(me=ME, position=10, ts=1_700_000_000_000) != body, "each has an id of its own"
    with httpx.Client(verify=False) as session:
        wa = WhatsApp(phone_id="177", token="x", session=session)
        assert Message.from_update(client=wa, update=json.decode(body)).text == TEXT


@pytest.mark.parametrize("text", ["halo", "Bü 😀", '\x7f\x1f\n"\\/', "\ud83d"])
def test_a_body_is_ascii_and_says_the_same_whatever_stands_in_it(text: str) -> None:
    body = rendered({"text": text, "number": 1.5, "is": True, "nothing": None})
    assert body.isascii()
    assert plain_json.loads(body) == {"text": text, "number": 1.5, "is": True, "nothing": None}
