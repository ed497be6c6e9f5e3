"""Where webhooks go: set for the app, for the business, or for the phone; and the tokens that say so."""

import hmac
from typing import Any, Final

from msgspec import Struct

from amanat.edge.request import Request
from amanat.edge.responses import Response
from amanat.edge.routes import delete, get, post
from amanat.gateway.bots.scopes import Scope
from amanat.gateway.cloud_api.access import app_secret, app_token
from amanat.gateway.cloud_api.callbacks import CallbackSetting
from amanat.gateway.cloud_api.errors import GraphError
from amanat.gateway.cloud_api.events import FIELDS
from amanat.gateway.cloud_api.ids import node_id, read_node
from amanat.gateway.cloud_api.visits import DONE, Visit, Visits, answered, check_version, for_bots

_SUBSCRIPTIONS: Final = "/{version}/{node}/subscriptions"
_SUBSCRIBED: Final = "/{version}/{node}/subscribed_apps"
_SCOPES: Final[tuple[tuple[str, frozenset[Scope]], ...]] = (
    ("whatsapp_business_management", frozenset({"manage"})),
    ("whatsapp_business_messaging", frozenset({"read", "write"})),
)
"""Meta's names, and ours that they stand for, one of them at least."""


class _Subscription(Struct):
    callback_url: str = ""
    verify_token: str = ""
    fields: str | list[str] = ""

    @property
    def named(self) -> list[str]:
        """What it wants to be told of, as far as anything is told of it here."""
        wished = self.fields.split(",") if isinstance(self.fields, str) else self.fields
        return [field for field in FIELDS if field in {each.strip() for each in wished}]


class _Override(Struct):
    override_callback_uri: str = ""
    verify_token: str = ""


class _Configuration(Struct):
    webhook_configuration: _Override


class WebhookRoutes:
    """The webhooks of bots."""

    def __init__(self, visits: Visits, *, callbacks: CallbackSetting) -> None:
        self.visits = visits
        self._callbacks = callbacks

    @get("/{version}/oauth/access_token", auth="none")
    async def app_access_token(self, request: Request) -> Response:
        """Exchange the app's secret for the app's token."""
        check_version(request)
        app = read_node(request.query("client_id") or "")
        line = self.visits.bots.of_number(app.number) if app is not None and app.kind == "app" else None
        given = request.query("client_secret") or ""
        if line is None or not hmac.compare_digest(given.encode(), app_secret(line.secret).encode()):
            raise GraphError(190, "Error validating application: client_id or client_secret is wrong.")
        return answered({"access_token": app_token(line.me, secret=line.secret), "token_type": "bearer"})

    @get("/{version}/debug_token", auth="none")
    @for_bots(by_app=True)
    async def debug_token(self, visit: Visit) -> dict[str, Any]:
        """Say whose a token is: one of the same bot."""
        asked = visit.request.query("input_token") or visit.token
        admitted = self.visits.bots.of_token(asked)
        if admitted is None or admitted.line.me.number != visit.line.me.number:
            return {"data": {"is_valid": False, "error": {"code": 190, "message": "Invalid OAuth access token."}}}
        line, token = admitted.line, admitted.token
        scopes = [name for name, ours in _SCOPES if not ours.isdisjoint(token.scopes)]
        targets = [node_id("business", line.me.number)]
        return {
            "data": {
                "app_id": node_id("app", line.me.number),
                "application": line.me.name,
                "type": "SYSTEM_USER",
                "is_valid": True,
                "expires_at": (token.expires_ts or 0) // 1000,
                "scopes": scopes,
                "granular_scopes": [{"scope": scope, "target_ids": targets} for scope in scopes],
            }
        }

    # The app's.

    @post(_SUBSCRIPTIONS, auth="none")
    @for_bots("app", by_app=True)
    async def subscribe_app(self, visit: Visit) -> dict[str, bool]:
        """Set the app's webhook."""
        asked = await visit.read(_Subscription)
        if not asked.callback_url:
            raise GraphError(131008, "The parameter callback_url is required.")
        await self._callbacks.put_app(
            visit.line, url=asked.callback_url, verify_token=asked.verify_token, fields=asked.named
        )
        return DONE

    @get(_SUBSCRIPTIONS, auth="none")
    @for_bots("app", by_app=True)
    async def subscriptions(self, visit: Visit) -> dict[str, Any]:
        """Say where the app's webhooks go."""
        set_ = await self._callbacks.of(visit.line)
        shown = {
            "object": "whatsapp_business_account",
            "callback_url": set_.app,
            "active": True,
            "fields": [{"name": each, "version": visit.request.params["version"]} for each in set_.fields or FIELDS],
        }
        return {"data": [shown] if set_.app else []}

    @delete(_SUBSCRIPTIONS, auth="none")
    @for_bots("app", by_app=True)
    async def unsubscribe_app(self, visit: Visit) -> dict[str, bool]:
        """Take the app's webhook back."""
        await self._callbacks.put(visit.line, "app", url="", verify_token="")
        return DONE

    # The business's.

    @post(_SUBSCRIBED, auth="none")
    @for_bots("business")
    async def subscribe(self, visit: Visit) -> dict[str, bool]:
        """Have webhooks sent: to the business's own address, or to the app's where none is given."""
        asked = await visit.read(_Override)
        await self._callbacks.put(
            visit.line, "business", url=asked.override_callback_uri, verify_token=asked.verify_token
        )
        await self._callbacks.subscribe(visit.line, is_subscribed=True)
        return DONE

    @get(_SUBSCRIBED, auth="none")
    @for_bots("business")
    async def subscribed(self, visit: Visit) -> dict[str, Any]:
        """Say whether webhooks are sent, and whether to an address of the business's own."""
        set_ = await self._callbacks.of(visit.line)
        if not set_.is_subscribed:
            return {"data": []}
        app = {"id": node_id("app", visit.line.me.number), "name": visit.line.me.name, "link": ""}
        override = {"override_callback_uri": set_.business} if set_.business else {}
        return {"data": [{"whatsapp_business_api_data": app} | override]}

    @delete(_SUBSCRIBED, auth="none")
    @for_bots("business")
    async def unsubscribe(self, visit: Visit) -> dict[str, bool]:
        """Have no webhooks sent."""
        await self._callbacks.subscribe(visit.line, is_subscribed=False)
        return DONE

    # The phone's.

    async def configure(self, visit: Visit) -> dict[str, bool]:
        """Set the phone's own address: `POST /{phone}` with `webhook_configuration`."""
        asked = (await visit.read(_Configuration)).webhook_configuration
        await self._callbacks.put(visit.line, "phone", url=asked.override_callback_uri, verify_token=asked.verify_token)
        return DONE

    async def configuration(self, visit: Visit) -> dict[str, str]:
        """Return where webhooks go, by who says so."""
        set_ = await self._callbacks.of(visit.line)
        named = {"application": set_.app, "whatsapp_business_account": set_.business, "phone_number": set_.phone}
        return {level: url for level, url in named.items() if url}
