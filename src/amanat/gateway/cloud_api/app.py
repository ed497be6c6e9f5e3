"""The Cloud API of a gateway: one HTTP application for all of its bots."""

import secrets
import time
from collections.abc import Callable
from typing import Final

from msgspec import Struct, field

from amanat.core.errors import MissingToken
from amanat.core.requester import Requester
from amanat.edge.app import App, EdgeRules
from amanat.edge.rate_limit import RateLimiter
from amanat.edge.request import BodyRules, Request
from amanat.edge.routes import collect
from amanat.gateway.bots.api import Bots
from amanat.gateway.cloud_api.account_routes import AccountRoutes
from amanat.gateway.cloud_api.automation_routes import AutomationRoutes
from amanat.gateway.cloud_api.batch_routes import BatchRoutes
from amanat.gateway.cloud_api.batches import Batches
from amanat.gateway.cloud_api.block_routes import BlockRoutes
from amanat.gateway.cloud_api.call_routes import CallRoutes
from amanat.gateway.cloud_api.callbacks import CallbackSetting
from amanat.gateway.cloud_api.commerce_routes import CommerceRoutes
from amanat.gateway.cloud_api.errors import refused
from amanat.gateway.cloud_api.flows.routes import FlowRoutes
from amanat.gateway.cloud_api.media_routes import MediaRoutes
from amanat.gateway.cloud_api.message_routes import MessageRoutes
from amanat.gateway.cloud_api.node_routes import Kinds, NodeRoutes
from amanat.gateway.cloud_api.pictures import Pictures
from amanat.gateway.cloud_api.qr_routes import QrRoutes
from amanat.gateway.cloud_api.sending import Sending
from amanat.gateway.cloud_api.settings import Decide, Rates, default_settings
from amanat.gateway.cloud_api.template_routes import TemplateRoutes
from amanat.gateway.cloud_api.upload_routes import UploadRoutes
from amanat.gateway.cloud_api.visits import Visits
from amanat.gateway.cloud_api.webhook_routes import WebhookRoutes
from amanat.gateway.spooling import Room
from amanat.outbound.http import HttpClient

_CHALLENGE_DIGITS: Final = 10**10
FETCH_S: Final = 60.0
"""How long a link's file may take: give the `HttpClient` this deadline."""


class Ground(Struct, frozen=True, kw_only=True):
    """What the API stands on. `base_url` is where bots reach it; `http` fetches links and proves webhooks.

    `room`: for files that are under way; `batches`: where catalogues are changed from elsewhere, too.
    """

    bots: Bots
    base_url: str
    http: HttpClient
    room: Room = field(default_factory=Room)
    batches: Batches | None = None
    settings: Decide = default_settings
    rates: Rates = Rates()
    now_ms: Callable[[], int] = lambda: time.time_ns() // 1_000_000
    now: Callable[[], float] = time.monotonic
    mint: Callable[[], str] = lambda: str(secrets.randbelow(_CHALLENGE_DIGITS))


def batches(http: HttpClient) -> Batches:
    """Return what changes catalogues."""
    return Batches(Pictures(http))


def cloud_app(on: Ground) -> App[Requester]:
    """Return the application."""
    visits, base_url = Visits(on.bots), on.base_url.rstrip("/")
    limiter = RateLimiter(on.rates.table(), now=on.now)
    sending = Sending(http=on.http, limiter=limiter, settings=on.settings, now_ms=on.now_ms)
    media = MediaRoutes(visits, base_url=base_url, now_ms=on.now_ms, room=on.room)
    templates = TemplateRoutes(visits, base_url=base_url)
    flows = FlowRoutes(visits, base_url=base_url, now_ms=on.now_ms)
    webhooks = WebhookRoutes(visits, callbacks=CallbackSetting(http=on.http, mint=on.mint))
    uploads = UploadRoutes(visits, now_ms=on.now_ms, room=on.room)
    changes = on.batches or batches(on.http)
    commerce = CommerceRoutes(visits, base_url=base_url, batches=changes)
    kinds = Kinds(media=media, templates=templates, flows=flows, webhooks=webhooks, uploads=uploads, commerce=commerce)
    routes = collect(
        MessageRoutes(visits, sending=sending, settings=on.settings),
        media,
        templates,
        flows,
        webhooks,
        uploads,
        commerce,
        BatchRoutes(visits, batches=changes),
        CallRoutes(visits, sending=sending),
        AccountRoutes(visits, base_url=base_url, now_ms=on.now_ms),
        AutomationRoutes(visits),
        BlockRoutes(visits, base_url=base_url, settings=on.settings),
        QrRoutes(visits, base_url=base_url, settings=on.settings),
        NodeRoutes(visits, kinds),
    )
    return App(routes, authenticate=_nobody, rules=EdgeRules(body=BodyRules(limit=1024 * 1024)), refuse=refused)


async def _nobody(_token: str, _request: Request) -> Requester:
    """The API knows its bots by itself, and their tokens may stand in the address."""
    raise MissingToken
