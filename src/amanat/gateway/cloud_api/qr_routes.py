"""`/{phone}/message_qrdls`: QR codes and links with words to say; and their pictures, for posters."""

import asyncio
from collections.abc import Sequence
from typing import Any, Final

from msgspec import Struct

from amanat.edge.request import Request
from amanat.edge.responses import Response
from amanat.edge.routes import delete, get, post
from amanat.gateway.cloud_api import qr_codes
from amanat.gateway.cloud_api.errors import GraphError
from amanat.gateway.cloud_api.ids import read_node
from amanat.gateway.cloud_api.qr_codes import FORMATS, QrCode
from amanat.gateway.cloud_api.reading import at_most
from amanat.gateway.cloud_api.settings import Decide
from amanat.gateway.cloud_api.visits import DONE, Visit, Visits, for_bots

_EDGE: Final = "/{version}/{node}/message_qrdls"
_FIELDS: Final = ("code", "prefilled_message", "deep_link_url")


class _Wanted(Struct):
    prefilled_message: str
    generate_qr_image: str = ""
    code: str = ""


class QrRoutes:
    """The QR codes of bots."""

    def __init__(self, visits: Visits, *, base_url: str, settings: Decide) -> None:
        self.visits = visits
        self._base_url = base_url
        self._settings = settings

    @get(_EDGE, auth="none")
    @for_bots("phone")
    async def listed(self, visit: Visit) -> dict[str, Any]:
        """List the codes."""
        shown = [self._shown(visit, each) for each in await qr_codes.all_of(visit.line)]
        return {"data": shown, "paging": {"cursors": {"before": "0", "after": str(len(shown))}}}

    @get(f"{_EDGE}/{{code}}", auth="none")
    @for_bots("phone")
    async def one(self, visit: Visit) -> dict[str, Any]:
        """Show one."""
        return {"data": [self._shown(visit, await qr_codes.find(visit.line, visit.request.params["code"]))]}

    @post(_EDGE, auth="none")
    @for_bots("phone")
    async def put(self, visit: Visit) -> dict[str, Any]:
        """Make a code, or change the words of one; the link and the picture change with them."""
        wanted = await visit.read(_Wanted)
        message = at_most(wanted.prefilled_message, qr_codes.MAX_MESSAGE, at="prefilled_message")
        image = wanted.generate_qr_image.lower()
        if image and image not in FORMATS:
            raise GraphError(100, "Param generate_qr_image must be PNG or SVG.")
        qr = QrCode(code=wanted.code or qr_codes.make_code(), message=message)
        self._link(visit, qr)
        await qr_codes.put(visit.line, qr, is_new=not wanted.code)
        return self._shown(visit, qr, fields=[*_FIELDS, *([f"qr_image_url.format({image})"] if image else [])])

    @delete(f"{_EDGE}/{{code}}", auth="none")
    @for_bots("phone")
    async def drop(self, visit: Visit) -> dict[str, bool]:
        """Forget a code. A picture that was printed still leads to the bot."""
        await qr_codes.drop(visit.line, visit.request.params["code"])
        return DONE

    @get(f"{qr_codes.PATH}/{{node}}/{{name}}", auth="none")
    async def image(self, request: Request) -> Response:
        """Show a code's picture."""
        node = read_node(request.params["node"])
        line = self.visits.bots.of_number(node.number) if node is not None and node.kind == "phone" else None
        code, _, kind = request.params["name"].rpartition(".")
        qr = next((each for each in await qr_codes.all_of(line) if each.code == code), None) if line else None
        if line is None or qr is None or kind not in FORMATS:
            raise GraphError(100, "There is no such picture.", subcode=33)
        link = qr_codes.deep_link(self._settings(line.me).app, line.me.username, message=qr.message)
        drawn = await asyncio.to_thread(qr_codes.picture, link, kind)
        return Response(200, drawn, [(b"content-type", FORMATS[kind]), (b"x-content-type-options", b"nosniff")])

    def _shown(self, visit: Visit, qr: QrCode, *, fields: Sequence[str] = ()) -> dict[str, Any]:
        asked = fields or [name for name in (visit.request.query("fields") or "").split(",") if name] or _FIELDS
        told = {"code": qr.code, "prefilled_message": qr.message, "deep_link_url": self._link(visit, qr)}
        for name in asked:
            if name.startswith("qr_image_url"):
                kind = "svg" if "svg" in name.lower() else "png"
                told["qr_image_url"] = qr_codes.image_url(self._base_url, qr, number=visit.line.me.number, kind=kind)
        return {name: value for name, value in told.items() if any(each.startswith(name) for each in asked)}

    def _link(self, visit: Visit, qr: QrCode) -> str:
        return qr_codes.deep_link(self._settings(visit.line.me).app, visit.line.me.username, message=qr.message)
