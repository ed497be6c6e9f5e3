"""`/{id}`: whatever the id is of; and everything that is not offered, which is said in so many words."""

from typing import Any

from msgspec import Struct

from amanat.edge.routes import delete, get, post
from amanat.gateway.cloud_api.account_routes import business, chosen, phone
from amanat.gateway.cloud_api.automation_routes import shown
from amanat.gateway.cloud_api.commerce_routes import CommerceRoutes
from amanat.gateway.cloud_api.errors import GraphError
from amanat.gateway.cloud_api.flows.routes import FlowRoutes
from amanat.gateway.cloud_api.media_routes import MediaRoutes
from amanat.gateway.cloud_api.template_routes import TemplateRoutes
from amanat.gateway.cloud_api.upload_routes import UploadRoutes
from amanat.gateway.cloud_api.upload_shelf import PREFIX
from amanat.gateway.cloud_api.visits import Visit, Visits, for_bots, no_such
from amanat.gateway.cloud_api.webhook_routes import WebhookRoutes

_NODE = ("/{version}/{node}", "/{version}/{node}/")
_EDGE = ("/{version}/{node}/{edge}", "/{version}/{node}/{edge}/{more}", "/{version}/{node}/{edge}/{more}/{most}")


class Kinds(Struct, frozen=True, kw_only=True):
    """Whose things an id may be of."""

    media: MediaRoutes
    templates: TemplateRoutes
    flows: FlowRoutes
    webhooks: WebhookRoutes
    uploads: UploadRoutes
    commerce: CommerceRoutes


class NodeRoutes:
    """What an id is of."""

    def __init__(self, visits: Visits, kinds: Kinds) -> None:
        self.visits = visits
        self._of = kinds

    @get(*_NODE, auth="none")
    @for_bots()
    async def show(self, visit: Visit) -> dict[str, Any]:
        """Show what there is."""
        named = visit.request.params["node"]
        if named.startswith(PREFIX):
            return await self._of.uploads.show(visit, named)
        node = visit.node
        if node is not None and node.kind == "media":
            return await self._of.media.one(visit, node.number)
        if node is not None and node.kind == "template":
            return await self._of.templates.one(visit, node.number)
        if node is not None and node.kind == "flow":
            return await self._of.flows.one(visit, node.number)
        if node is not None and node.kind == "product":
            return await self._of.commerce.one(visit, node.number)
        if visit.is_own("business"):
            return chosen(visit, business(visit.line.me))
        if visit.is_own("phone"):
            more = {"webhook_configuration": await self._of.webhooks.configuration(visit)} | await shown(visit.line)
            return chosen(visit, phone(visit.line.me) | more)
        raise no_such(visit.request)

    @post(*_NODE, auth="none")
    @for_bots()
    async def change(self, visit: Visit) -> dict[str, Any]:
        """Change what there is."""
        named = visit.request.params["node"]
        if named.startswith(PREFIX):
            return dict(await self._of.uploads.take(visit, named))
        node = visit.node
        if node is not None and node.kind == "template":
            return await self._of.templates.change(visit, node.number)
        if node is not None and node.kind == "flow":
            return dict(await self._of.flows.change(visit, node.number))
        if node is not None and node.kind == "product":
            return dict(await self._of.commerce.change(visit, node.number))
        if visit.is_own("phone"):
            return dict(await self._of.webhooks.configure(visit))
        raise no_such(visit.request)

    @delete(*_NODE, auth="none")
    @for_bots()
    async def remove(self, visit: Visit) -> dict[str, Any]:
        """Delete what there is."""
        node = visit.node
        if node is not None and node.kind == "media":
            return dict(await self._of.media.drop(visit, node.number))
        if node is not None and node.kind == "flow":
            return dict(await self._of.flows.drop(visit, node.number))
        if node is not None and node.kind == "product":
            return dict(await self._of.commerce.drop(visit, node.number))
        raise no_such(visit.request)

    @get(*_EDGE, auth="none")
    @post(*_EDGE, auth="none")
    @delete(*_EDGE, auth="none")
    @for_bots(by_app=True)
    async def not_offered(self, visit: Visit) -> None:
        """Refuse what there is no counterpart of in a chat on this server, or not yet: docs/bots-cloud.md has it."""
        raise GraphError(3, f"{visit.request.params['edge'][:64]} is not offered here.")
