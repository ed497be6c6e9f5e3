"""Addresses at which a file can be fetched for five minutes, with the bot's token. Pure."""

import hmac
from hashlib import sha256
from typing import Final
from urllib.parse import urlencode

from amanat.gateway.cloud_api.access import media_key
from amanat.gateway.cloud_api.ids import node_id, read_node

PATH: Final = "/whatsapp_business/attachments"
GOOD_FOR_S: Final = 300


def link(base_url: str, number: int, *, secret: str, now_s: int) -> str:
    """Return the address of a file."""
    named, until = node_id("media", number), str(now_s + GOOD_FOR_S)
    return f"{base_url}{PATH}?{urlencode({'mid': named, 'ext': until, 'hash': _signed(named, until, secret=secret)})}"


def read_link(query: tuple[str, str, str], *, secret: str, now_s: int) -> int | None:
    """Return which file an address leads to, by its `mid`, `ext` and `hash`; None for one that is not good any more."""
    named, until, given = query
    node = read_node(named)
    signed = _signed(named, until, secret=secret)
    if node is None or node.kind != "media" or not hmac.compare_digest(given.encode(), signed.encode()):
        return None
    return node.number if int(until) > now_s else None


def _signed(named: str, until: str, *, secret: str) -> str:
    return hmac.new(media_key(secret).encode(), f"{named}.{until}".encode(), sha256).hexdigest()
