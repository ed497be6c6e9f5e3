"""Templates: made, listed, changed and deleted."""

import asyncio
from collections.abc import Sequence
from typing import Any, Final

from msgspec import to_builtins

from amanat.edge.request import Request
from amanat.edge.routes import delete, get, post
from amanat.gateway.cloud_api import template_shelf
from amanat.gateway.cloud_api.errors import GraphError
from amanat.gateway.cloud_api.ids import node_id, read_node
from amanat.gateway.cloud_api.paging import listed
from amanat.gateway.cloud_api.templates import MOST, Template, make
from amanat.gateway.cloud_api.visits import DONE, Visit, Visits, for_bots

_EDGE: Final = "/{version}/{node}/message_templates"
PAGE, LARGEST_PAGE = 25, 250
_CHANGED: Final = ("category", "components", "parameter_format")
_SOUGHT: Final = ("name", "language", "status", "category")


class TemplateRoutes:
    """The templates of bots."""

    def __init__(self, visits: Visits, *, base_url: str) -> None:
        """`base_url` is where bots reach the gateway: the next page of a list is a whole address."""
        self.visits = visits
        self._base_url = base_url
        # A shelf is one row that is read, changed and written.
        self._one_at_a_time = asyncio.Lock()

    @get(_EDGE, auth="none")
    @for_bots("business")
    async def templates(self, visit: Visit) -> dict[str, Any]:
        """List templates."""
        request = visit.request
        found = [each for each in await template_shelf.all_of(visit.line) if _fits(each, request)]
        page, told = listed(request, found, base_url=self._base_url, page=PAGE, largest=LARGEST_PAGE)
        return {"data": [_shown(each, _names(request)) for each in page], "paging": told, "summary": _summary(found)}

    @post(_EDGE, auth="none")
    @for_bots("business")
    async def create(self, visit: Visit) -> dict[str, str]:
        """Make a template; it is approved or rejected at once."""
        fields = await visit.fields()
        async with self._one_at_a_time:
            number = template_shelf.next_number(await template_shelf.all_of(visit.line))
            template = make(fields, number=number)
            await template_shelf.put(visit.line, template)
        return {
            "id": node_id("template", template.number),
            "status": template.status,
            "category": template.category,
        }

    @delete(_EDGE, auth="none")
    @for_bots("business")
    async def remove(self, visit: Visit) -> dict[str, bool]:
        """Forget a template: by its name in every language, or the one of `hsm_id`."""
        fields = await visit.fields()
        node = read_node(str(fields.get("hsm_id", "")))
        async with self._one_at_a_time:
            number = node.number if node else None
            if not await template_shelf.drop(visit.line, str(fields.get("name", "")), number=number):
                raise GraphError(100, "There is no template of this name.", subcode=33)
        return DONE

    async def one(self, visit: Visit, number: int) -> dict[str, Any]:
        """Show a template: `GET /{template}`."""
        return _shown(await _of_number(visit, number), _names(visit.request))

    async def change(self, visit: Visit, number: int) -> dict[str, Any]:
        """Change a template, and check it again: `POST /{template}`."""
        fields = await visit.fields()
        async with self._one_at_a_time:
            template = await _of_number(visit, number)
            before: dict[str, Any] = to_builtins(template)
            template = make(
                before
                | {name: fields[name] for name in ("category", "components", "parameter_format") if name in fields},
                number=number,
            )
            await template_shelf.put(visit.line, template)
        return DONE | {"id": node_id("template", number), "name": template.name, "category": template.category}


async def _of_number(visit: Visit, number: int) -> Template:
    for template in await template_shelf.all_of(visit.line):
        if template.number == number:
            return template
    raise GraphError(100, "There is no template of this id.", subcode=33)


def _fits(template: Template, request: Request) -> bool:
    return all(
        request.query(name) in (None, "", getattr(template, name))
        for name in ("name", "language", "status", "category")
    )


def _names(request: Request) -> Sequence[str]:
    return [name for name in (request.query("fields") or "").split(",") if name]


def _shown(template: Template, names: Sequence[str]) -> dict[str, Any]:
    shown: dict[str, Any] = to_builtins(template)
    del shown["number"]
    shown["id"] = node_id("template", template.number)
    return {name: value for name, value in shown.items() if not names or name in (*names, "id")}


def _summary(found: Sequence[Template]) -> dict[str, int | bool]:
    return {
        "total_count": len(found),
        "message_template_count": len(found),
        "message_template_limit": MOST,
        "are_translations_complete": True,
    }
