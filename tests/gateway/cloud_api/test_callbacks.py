import pytest

from amanat.gateway.cloud_api.callbacks import Callbacks, CallbackSetting
from amanat.gateway.cloud_api.errors import GraphError
from amanat.outbound.http import HttpClient
from tests.gateway.cloud_api.hook import VERIFY_TOKEN, Hook
from tests.gateway.cloud_api.stand import Stand
from tests.outbound.answering import answering


def test_which_address_counts() -> None:
    assert Callbacks(app="a").url == "a"
    assert Callbacks(app="a", business="b").url == "b"
    assert Callbacks(app="a", business="b", phone="c").url == "c"
    assert Callbacks(app="a", is_subscribed=False).url == ""


async def test_an_address_is_set_once_whoever_is_there_expects_it(cloud: Stand, bot_hook: Hook) -> None:
    setting = CallbackSetting(http=cloud.http, mint=lambda: "4711")
    for url, token in (
        (bot_hook.url, "tebakan"),
        ("http://nobody.invalid/", VERIFY_TOKEN),
        ("ftp://example.org/", VERIFY_TOKEN),
        ("http://[::1", VERIFY_TOKEN),
    ):
        with pytest.raises(GraphError):
            await setting.put(cloud.line, "app", url=url, verify_token=token)
    async with answering() as web:
        web.body = b"4712"
        with pytest.raises(GraphError) as wrong:
            await setting.put(cloud.line, "app", url=web.url, verify_token=VERIFY_TOKEN)
    assert wrong.value.code == 2200
    assert await cloud.line.webhook() is None
    await setting.put(cloud.line, "app", url=f"{bot_hook.url}?x=1", verify_token=VERIFY_TOKEN)
    assert (await setting.of(cloud.line)).app == f"{bot_hook.url}?x=1"
    guarded = HttpClient()
    with pytest.raises(GraphError) as refused:
        await CallbackSetting(http=guarded, mint=lambda: "1").put(
            cloud.line, "app", url=bot_hook.url, verify_token=VERIFY_TOKEN
        )
    await guarded.close()
    assert refused.value.code == 2200, "no webhook is on our own network"
