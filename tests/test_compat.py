import httpx
import pytest

from amanat.compat import pywa_async_session, pywa_session
from tests.outbound.answering import answering


async def test_what_is_asked_of_meta_is_asked_of_the_gateway_below_its_path() -> None:
    async with answering() as gateway, pywa_async_session(f"{gateway.url}/cloud/", verify=False) as session:
        session.base_url = httpx.URL("https://graph.facebook.com/v26.0")
        await session.get("/177/messages?a=b")
        await session.post("https://api.facebook.com/277/message_templates/archive")
    lines = [asked.line.removesuffix(" HTTP/1.1") for asked in gateway.asked]
    assert lines == ["GET /cloud/v26.0/177/messages?a=b", "POST /cloud/277/message_templates/archive"]
    assert gateway.asked[0].headers["host"] == f"127.0.0.1:{gateway.port}"


def test_the_blocking_session_is_led_the_same_way() -> None:
    with pywa_session("http://127.0.0.1:1", verify=False) as session, pytest.raises(httpx.ConnectError):
        session.get("https://graph.facebook.com/v26.0/177")
