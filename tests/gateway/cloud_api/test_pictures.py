"""Pictures of products: several at once, and each by itself says why it did not come."""

from amanat.gateway.bots.shop.model import Picture
from amanat.gateway.cloud_api.errors import GraphError
from amanat.gateway.cloud_api.pictures import Pictures
from tests.gateway.cloud_api.stand import Stand
from tests.outbound.answering import answering


async def test_one_that_does_not_come_holds_up_no_other(cloud: Stand) -> None:
    async with answering() as web:
        web.body, web.headers = b"RIFF", "content-type: image/webp\r\n"
        urls = {"a": f"{web.url}/a.webp", "b": "file:///b", "c": f"{web.url}/c.webp"}
        came = await Pictures(cloud.http).fetch_all(cloud.line, urls)
        web.headers = "content-type: image/gif\r\n"
        gif = (await Pictures(cloud.http).fetch_all(cloud.line, {"a": web.url}))["a"]
    assert [isinstance(each, Picture) for each in came.values()] == [True, False, True]
    assert isinstance(gif, GraphError)
    assert gif.code == 131053
