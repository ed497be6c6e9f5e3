"""What a link leads to is fetched as far as it may be."""

import pytest

from amanat.gateway.cloud_api.composing import MediaRef
from amanat.gateway.cloud_api.errors import GraphError
from amanat.gateway.cloud_api.fetching import fetched
from amanat.outbound.http import HttpClient
from tests.outbound.answering import answering


async def test_links() -> None:
    open_client, guarded = HttpClient(private_networks=("127.0.0.0/8",)), HttpClient()
    async with answering() as web:
        web.body, web.headers = b"kopi", "content-type: image/PNG; charset=x\r\n"
        assert await fetched(open_client, MediaRef(type="image", link=web.url)) == (b"kopi", "image/png")
        for client, link in ((guarded, web.url), (open_client, "ftp://x.example/"), (open_client, "http://x.invalid/")):
            with pytest.raises(GraphError) as refused:
                await fetched(client, MediaRef(type="image", link=link))
            assert refused.value.code == 131052
    await open_client.close()
    await guarded.close()
