"""Flows: made, listed, changed, published, deprecated and deleted, as Meta's Flows API has it."""

import asyncio
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any, Final

from msgspec import Struct, json
from msgspec.structs import replace

from amanat.edge.request import Request
from amanat.edge.responses import JSON_HEADERS, Response
from amanat.edge.routes import get, post
from amanat.gateway.cloud_api.errors import GraphError
from amanat.gateway.cloud_api.flows import preview, shelf
from amanat.gateway.cloud_api.flows.compiling import compiled
from amanat.gateway.cloud_api.flows.issues import not_json, told
from amanat.gateway.cloud_api.flows.shelf import LARGEST, Flow, Status
from amanat.gateway.cloud_api.forms import read_form
from amanat.gateway.cloud_api.ids import node_id, read_node
from amanat.gateway.cloud_api.paging import listed
from amanat.gateway.cloud_api.reading import at_most, one_of, read
from amanat.gateway.cloud_api.visits import DONE, Visit, Visits, for_bots, no_such

CATEGORIES: Final = (
    "SIGN_UP", "SIGN_IN", "APPOINTMENT_BOOKING", "LEAD_GENERATION", "CONTACT_US", "CUSTOMER_SUPPORT", "SURVEY", "OTHER",
)  # fmt: skip
NAME: Final = 200
PAGE: Final = 100
"""As many as there may be: without a `limit` all of them."""
_NO_ENDPOINT: Final = (
    "Flows with an endpoint are not offered here: a form's screens navigate and complete by themselves."
)
_SAME_NAME: Final = "4233041"
_THERE: Final = "A flow of this name is in the destination: source and destination are the same business."
_NO_SOURCE: Final = (
    "Each bot is one business here, and its token reads no other's flows: fetch the flow's JSON from its assets with "
    "that bot's token, and make a flow of it."
)
_PLAIN: Final = [(b"content-type", b"text/plain; charset=utf-8")]
_PAGE: Final = [
    (b"content-type", b"text/html; charset=utf-8"),
    (b"content-security-policy", preview.POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"cache-control", b"no-store"),
]
_ASSETS: Final = "/{version}/{node}/assets"
_ASSET: Final = "/{version}/{node}/assets/flow.json"


class _Made(Struct):
    name: str
    categories: list[str]
    flow_json: str | None = None
    publish: bool = False
    clone_flow_id: str | int | None = None
    endpoint_uri: str | None = None


class _Changed(Struct):
    name: str | None = None
    categories: list[str] | None = None
    endpoint_uri: str | None = None


class _Migrated(Struct):
    source_waba_id: str | int
    source_flow_names: str | list[str] = ""


class FlowRoutes:
    """The flows of bots. `base_url` is where bots reach the gateway: a flow's JSON has a whole address."""

    def __init__(self, visits: Visits, *, base_url: str, now_ms: Callable[[], int]) -> None:
        self.visits = visits
        self._base_url = base_url
        self._now_ms = now_ms
        # The list is one row that is read, changed and written.
        self._one_at_a_time = asyncio.Lock()

    @post("/{version}/{node}/flows", auth="none")
    @for_bots("business")
    async def create(self, visit: Visit) -> dict[str, Any]:
        """Make a flow, with its JSON or without, or as a copy of another."""
        asked = await visit.read(_Made)
        if asked.endpoint_uri:
            raise GraphError(139000, _NO_ENDPOINT)
        async with self._one_at_a_time:
            text = asked.flow_json
            if asked.clone_flow_id is not None:
                text = await shelf.text_of(visit.line, (await _of_id(visit, str(asked.clone_flow_id))).number)
            version, errors = _checked(text, code=139000)
            status: Status = "PUBLISHED" if asked.publish and text and not errors else "DRAFT"
            flow = Flow(
                number=shelf.next_number(await shelf.all_of(visit.line)),
                name=at_most(asked.name, NAME, at="name"),
                categories=_categories(asked.categories),
                updated_ts=self._now_ms(),
                status=status,
                json_version=version,
            )
            await shelf.put(visit.line, flow, text=text or "")
        made = {"id": node_id("flow", flow.number), "success": not errors}
        return made | {"validation_errors": errors} if errors else made

    @get("/{version}/{node}/flows", auth="none")
    @for_bots("business")
    async def listed(self, visit: Visit) -> dict[str, Any]:
        """List flows."""
        request, flows = visit.request, await shelf.all_of(visit.line)
        page, told = listed(request, flows, base_url=self._base_url, page=PAGE, largest=PAGE)
        return {"data": [await self._shown(visit, flow) for flow in page], "paging": told}

    @get(_ASSETS, auth="none")
    @for_bots()
    async def assets(self, visit: Visit) -> dict[str, Any]:
        """Say where a flow's JSON can be fetched."""
        flow = await _of_visit(visit)
        url = f"{self._base_url}{visit.request.path.rstrip('/')}/flow.json"
        has_json = await shelf.text_of(visit.line, flow.number) is not None
        asset = {"name": "flow.json", "asset_type": "FLOW_JSON", "download_url": url}
        return {"data": [asset] if has_json else [], "paging": {}}

    @get(_ASSET, auth="none")
    @for_bots()
    async def asset(self, visit: Visit) -> Response:
        """Fetch a flow's JSON, with the token."""
        text = await shelf.text_of(visit.line, (await _of_visit(visit)).number)
        if text is None:
            raise no_such(visit.request)
        return Response(200, text.encode(), JSON_HEADERS)

    @post(_ASSETS, auth="none")
    @for_bots()
    async def upload(self, visit: Visit) -> dict[str, Any]:
        """Take a flow's JSON, in place of what there was."""
        parts = await read_form(visit.request)
        if "file" not in parts:
            raise GraphError(131008, "The parameter file is required.")
        if "asset_type" in parts and parts["asset_type"].text != "FLOW_JSON":
            raise GraphError(100, "Param asset_type must be FLOW_JSON.")
        text = parts["file"].text
        version, errors = _checked(text, code=139001)
        async with self._one_at_a_time:
            flow = await _of_visit(visit)
            if flow.status != "DRAFT":
                raise GraphError(139001, "A flow that was published cannot be changed: make a copy of it.")
            flow = replace(flow, json_version=version, updated_ts=self._now_ms())
            await shelf.put(visit.line, flow, text=text)
        return {"success": True, "validation_errors": errors}

    @post("/{version}/{node}/publish", auth="none")
    @for_bots()
    async def publish(self, visit: Visit) -> dict[str, bool]:
        """Let a flow be sent to everybody; it cannot be changed afterwards."""
        async with self._one_at_a_time:
            flow = await _of_visit(visit)
            text = await shelf.text_of(visit.line, flow.number)
            if flow.status != "DRAFT" or text is None:
                raise GraphError(139002, f"The flow is {flow.status} or has no JSON.")
            _, errors = _checked(text, code=139002)
            if errors:
                raise GraphError(139002, f"The flow has validation errors: {errors[0]['message']}")
            await self._put(visit, replace(flow, status="PUBLISHED"))
        return DONE

    @post("/{version}/{node}/deprecate", auth="none")
    @for_bots()
    async def deprecate(self, visit: Visit) -> dict[str, bool]:
        """Let a flow be sent no more. What was sent can still be filled in."""
        async with self._one_at_a_time:
            flow = await _of_visit(visit)
            if flow.status != "PUBLISHED":
                raise GraphError(139003, f"The flow is {flow.status}: only what is PUBLISHED can be deprecated.")
            await self._put(visit, replace(flow, status="DEPRECATED"))
        return DONE

    @post("/{version}/{node}/migrate_flows", auth="none")
    @for_bots("business")
    async def migrate(self, visit: Visit) -> dict[str, Any]:
        """Say of each flow why it was not migrated: a bot is one business, and its token reads no other's."""
        asked = read(await visit.fields(), _Migrated, at="")
        source = read_node(str(asked.source_waba_id))
        is_own = source is not None and source.kind == "business" and source.number == visit.line.me.number
        names = _names(asked.source_flow_names) or [each.name for each in await shelf.all_of(visit.line) if is_own]
        if not names:
            raise GraphError(100, f"Param source_waba_id: {_NO_SOURCE}")
        code, message = (_SAME_NAME, _THERE) if is_own else ("100", _NO_SOURCE)
        failed = [{"source_name": name, "error_code": code, "error_message": message} for name in names]
        return {"migrated_flows": [], "failed_flows": failed}

    @get(preview.PATH, auth="none")
    async def preview(self, request: Request) -> Response:
        """Show a flow as a page to whoever has its address, for a day."""
        business = read_node(request.query("business") or "")
        line = self.visits.bots.of_number(business.number) if business is not None else None
        named, until, given = (request.query(name) or "" for name in ("flow", "ext", "hash"))
        now_s, node = self._now_ms() // 1000, read_node(named)
        if line is None or node is None:
            return Response(404, b"", _PLAIN)
        if not preview.is_good(named, until=until, given=given, secret=line.secret, now_s=now_s):
            return Response(404, b"", _PLAIN)
        flow, written = await shelf.find(line, number=node.number), await shelf.text_of(line, node.number)
        if flow is None or written is None or _checked(written, code=None)[1]:
            return Response(404, b"There is no Flow JSON without validation errors.", _PLAIN)
        return Response(200, preview.page(flow.name, compiled(json.decode(written)).screens).encode(), _PAGE)

    # What `/{id}` does, once it is known that it is a flow.

    async def one(self, visit: Visit, number: int) -> dict[str, Any]:
        """Show a flow: `GET /{flow}`."""
        return await self._shown(visit, await _of_number(visit, number))

    async def change(self, visit: Visit, number: int) -> dict[str, bool]:
        """Change what a flow is called, and its categories: `POST /{flow}`."""
        asked = read(await visit.fields(), _Changed, at="")
        if asked.endpoint_uri:
            raise GraphError(139001, _NO_ENDPOINT)
        async with self._one_at_a_time:
            flow = await _of_number(visit, number)
            name = flow.name if asked.name is None else at_most(asked.name, NAME, at="name")
            categories = flow.categories if asked.categories is None else _categories(asked.categories)
            await self._put(visit, replace(flow, name=name, categories=categories))
        return DONE

    async def drop(self, visit: Visit, number: int) -> dict[str, bool]:
        """Forget a flow that was never published: `DELETE /{flow}`."""
        async with self._one_at_a_time:
            flow = await _of_number(visit, number)
            if flow.status != "DRAFT":
                raise GraphError(139004, "A flow that was published cannot be deleted: deprecate it.")
            await shelf.drop(visit.line, number)
        return DONE

    async def _put(self, visit: Visit, flow: Flow) -> None:
        await shelf.put(visit.line, replace(flow, updated_ts=self._now_ms()))

    async def _shown(self, visit: Visit, flow: Flow) -> dict[str, Any]:
        asked = [name.partition(".")[0] for name in (visit.request.query("fields") or "").split(",") if name]
        text = await shelf.text_of(visit.line, flow.number) if not asked or "validation_errors" in asked else None
        shown: dict[str, Any] = {
            "id": node_id("flow", flow.number),
            "name": flow.name,
            "status": flow.status,
            "categories": flow.categories,
            "validation_errors": _checked(text, code=None)[1],
            "updated_at": _told_time(flow.updated_ts // 1000),
        }
        if "preview" in asked:
            business, secret = node_id("business", visit.line.me.number), visit.line.secret
            now_s = self._now_ms() // 1000
            url, until = preview.link(self._base_url, shown["id"], business=business, secret=secret, now_s=now_s)
            shown["preview"] = {"preview_url": url, "expires_at": _told_time(until)}
        if flow.json_version:
            shown["json_version"] = flow.json_version
        return {name: value for name, value in shown.items() if not asked or name in (*asked, "id")}


def _told_time(seconds: int) -> str:
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%S+0000")


def _checked(text: str | None, *, code: int | None) -> tuple[str, list[dict[str, Any]]]:
    """Return the version of a Flow JSON and what is wrong with it; raises one of a `code` where it is dynamic."""
    if text is None:
        return "", []
    if len(text.encode()) > LARGEST:
        raise GraphError(100, f"A Flow JSON may have {LARGEST} bytes.")
    try:
        flow = json.decode(text)
    except (ValueError, RecursionError) as error:
        return "", [not_json(f"This is not JSON: {error}", line=1, column=1)]
    form = compiled(flow)
    if form.is_dynamic and code is not None:
        first = next(issue for issue in form.issues if issue.is_dynamic)
        raise GraphError(code, f"{_NO_ENDPOINT} {first.path}: {first.message}")
    return form.version, told(form.issues, text)


def _names(given: str | list[str]) -> list[str]:
    """Return names: of a list, of one that was written as JSON, or with commas between them, as libraries have it."""
    if isinstance(given, str) and given.lstrip().startswith("["):
        try:
            given = json.decode(given, type=list[str])
        except (ValueError, RecursionError):
            raise GraphError(100, "Param source_flow_names must be a list of names.") from None
    names = given.split(",") if isinstance(given, str) else given
    return [name.strip()[:NAME] for name in names if name.strip()][: shelf.MOST]


def _categories(given: Sequence[str]) -> tuple[str, ...]:
    if not given:
        raise GraphError(131008, "The parameter categories is required.")
    return tuple(one_of(each, CATEGORIES, at="categories") for each in given[: len(CATEGORIES)])


async def _of_visit(visit: Visit) -> Flow:
    if visit.node is None or visit.node.kind != "flow":
        raise no_such(visit.request)
    return await _of_number(visit, visit.node.number)


async def _of_id(visit: Visit, id: str) -> Flow:
    node = read_node(id)
    return await _of_number(visit, node.number if node is not None and node.kind == "flow" else 0)


async def _of_number(visit: Visit, number: int) -> Flow:
    flow = await shelf.find(visit.line, number=number)
    if flow is None:
        raise GraphError(100, "There is no flow of this id.", subcode=33)
    return flow
