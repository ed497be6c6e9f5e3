"""`/{catalog}/items_batch` and `/{catalog}/check_batch_request_status`: many products at once.

Source: developers.facebook.com, "Catalog Batch API". A batch is done when it is answered.
"""

import secrets
from typing import Any, Final

from msgspec import Struct, json

from amanat.edge.routes import get, post
from amanat.gateway.bots.api import Line
from amanat.gateway.cloud_api.batches import Batches, Change, Wrong
from amanat.gateway.cloud_api.errors import GraphError
from amanat.gateway.cloud_api.reading import read, read_json
from amanat.gateway.cloud_api.visits import Visit, Visits, for_bots

AT_ONCE: Final = 5_000
"""In one request, as at Meta."""
LARGEST: Final = 8 * 1024 * 1024
"""Of a request, in bytes: 1,600 for each of so many."""
KEPT: Final = 20
TOLD: Final = 100

_NAME: Final = "cloud_api.batches"


class _Request(Struct):
    method: str
    data: dict[str, Any]


class _Asked(Struct):
    requests: list[_Request]
    item_type: str = "PRODUCT_ITEM"
    allow_upsert: bool = True


class Batch(Struct, frozen=True, kw_only=True):
    """What came of a batch."""

    handle: str
    total: int
    wrong: tuple[Wrong, ...]


class BatchRoutes:
    """Batches of bots."""

    def __init__(self, visits: Visits, *, batches: Batches) -> None:
        self.visits = visits
        self._batches = batches

    @post("/{version}/{node}/items_batch", auth="none", body_limit=LARGEST)
    @for_bots("catalogue")
    async def change(self, visit: Visit) -> dict[str, Any]:
        """Change many products; those that do not fit stay as they are."""
        fields = await visit.fields()
        if isinstance(fields.get("requests"), str):
            fields["requests"] = read_json(fields["requests"], at="Param requests")
        asked = read(fields, _Asked, at="")
        if asked.item_type != "PRODUCT_ITEM":
            raise GraphError(100, "Param item_type must be PRODUCT_ITEM.")
        if not 1 <= len(asked.requests) <= AT_ONCE:
            raise GraphError(100, f"Param requests must have 1 to {AT_ONCE} requests.")
        changes = [Change(line=place, method=each.method, data=each.data) for place, each in enumerate(asked.requests)]
        wrong = await self._batches.do(visit.line, changes, upsert=asked.allow_upsert)
        done = Batch(handle=secrets.token_urlsafe(48), total=len(wrong), wrong=tuple(wrong[:TOLD]))
        await visit.line.change_setting(_NAME, lambda kept: json.encode([*_read(kept), done][-KEPT:]))
        status = [{"retailer_id": each.id, "errors": [{"message": each.message}], "warnings": []} for each in wrong]
        return {"handles": [done.handle]} | ({"validation_status": status} if status else {})

    @get("/{version}/{node}/check_batch_request_status", auth="none")
    @for_bots("catalogue")
    async def status(self, visit: Visit) -> dict[str, Any]:
        """Say what came of one of the last batches."""
        handle = visit.request.query("handle") or ""
        done = next((each for each in await _all_of(visit.line) if each.handle == handle), None)
        if done is None:
            raise GraphError(100, "Param handle is of none of the last batches.")
        ids = [each.id for each in done.wrong] if visit.request.query("load_ids_of_invalid_requests") == "true" else []
        told = {
            "handle": done.handle,
            "status": "finished",
            "errors": [{"line": each.line, "id": each.id, "message": each.message} for each in done.wrong],
            "errors_total_count": done.total,
            "warnings": [],
            "warnings_total_count": 0,
            "ids_of_invalid_requests": ids,
        }
        return {"data": [told]}


async def _all_of(line: Line) -> list[Batch]:
    return _read(await line.setting(_NAME))


def _read(kept: bytes | None) -> list[Batch]:
    return [] if kept is None else json.decode(kept, type=list[Batch])
