"""Fetches what a link leads to: never something of our own network."""

import structlog

from amanat.gateway.cloud_api import media_rules
from amanat.gateway.cloud_api.composing import MediaRef
from amanat.gateway.cloud_api.errors import GraphError
from amanat.outbound.http import HttpClient, Unreachable

log = structlog.get_logger()


async def fetched(http: HttpClient, ref: MediaRef) -> tuple[bytes, str]:
    """Return what a link leads to, and its type; raises `GraphError`."""
    most = media_rules.RULES[ref.type].most
    if not ref.link.startswith(("https://", "http://")):
        raise GraphError(131052, f"Param {ref.type}.link must be a web address.")
    try:
        answer = await http.ask("GET", ref.link, headers={"accept-encoding": "identity"}, most=most)
    except Unreachable as error:
        log.info("media_link_unreachable", reason=str(error))
        raise GraphError(131052, f"Param {ref.type}.link cannot be fetched: {error}.") from None
    if not answer.is_good:
        raise GraphError(131052, f"Param {ref.type}.link cannot be fetched: it answers {answer.status}.")
    return answer.body, media_rules.mimetype_of(answer.content_type)
