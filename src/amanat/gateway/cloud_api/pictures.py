"""Pictures of products: fetched once from where a bot says they are, and left with the homeserver, locked."""

import asyncio
from collections.abc import Mapping
from typing import Final

from amanat.gateway.bots.api import Line, NotNow
from amanat.gateway.bots.shop.model import Picture
from amanat.gateway.cloud_api.composing import MediaRef
from amanat.gateway.cloud_api.errors import GraphError
from amanat.gateway.cloud_api.fetching import fetched
from amanat.gateway.cloud_api.media_rules import RULES
from amanat.outbound.http import HttpClient

TYPES: Final = ("image/jpeg", "image/png", "image/webp")
"""In a message a bot sends no WebP but as a sticker; of products Meta takes it."""
AT_ONCE: Final = 8


class Pictures:
    """Fetches for all bots."""

    def __init__(self, http: HttpClient) -> None:
        self._http = http

    async def fetch(self, line: Line, url: str) -> Picture:
        """Fetch one; raises `GraphError`."""
        content, mimetype = await fetched(self._http, MediaRef(type="image", link=url))
        if mimetype not in TYPES or not 0 < len(content) <= RULES["image"].most:
            raise GraphError(131053, "A product's picture is a JPEG, a PNG or a WebP of 5 MB at most.")
        try:
            return await line.goods.picture(content, mimetype=mimetype)
        except NotNow:
            raise GraphError(131016, "The homeserver cannot take files at the moment.") from None

    async def fetch_all(self, line: Line, urls: Mapping[str, str]) -> dict[str, Picture | GraphError]:
        """Fetch several, by what they are of: what came, or why it did not."""
        places = asyncio.Semaphore(AT_ONCE)

        async def one(url: str) -> Picture | GraphError:
            async with places:
                try:
                    return await self.fetch(line, url)
                except GraphError as error:
                    return error

        return dict(zip(urls, await asyncio.gather(*map(one, urls.values())), strict=True))
