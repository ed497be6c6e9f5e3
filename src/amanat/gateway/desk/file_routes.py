"""Files of chats over HTTP: what somebody sent is opened, and a file is sent to them."""

from mimetypes import guess_type
from typing import Final
from urllib.parse import quote

from amanat.core.media import BINARY, file_name
from amanat.edge.request import Request
from amanat.edge.responses import Response
from amanat.edge.routes import get, post
from amanat.gateway.desk import files
from amanat.gateway.desk.errors import NoSuch, WrongValue
from amanat.gateway.desk.inbox_routes import CHAT, MAX_TXN_ID
from amanat.gateway.desk.joints import Upload
from amanat.gateway.desk.reading import MAX_POSITION
from amanat.gateway.desk.tables import LINE
from amanat.gateway.desk.visits import AGENTS, HEADERS, Visit, Visits, for_staff

FILES: Final = f"{CHAT}/files"
MAX_NAME: Final = 200
MAX_SIDE: Final = 65_535

_POLICY: Final = (b"content-security-policy", b"default-src 'none'; sandbox")
"""Whatever it is, it runs nothing and asks nobody, also where somebody opens it as a page."""


class FileRoutes:
    """What people and staff send each other beside words."""

    def __init__(self, visits: Visits) -> None:
        self.visits = visits

    @get(f"{FILES}/{{position}}", auth="none", limit="files")
    @for_staff(AGENTS)
    async def open_file(self, visit: Visit) -> Response:
        """Return the file of a line: shown in place where its bytes say that it can be, and else a download."""
        room_id, position = visit.request.params["room"], visit.request.params["position"]
        if not (position.isascii() and position.isdigit() and len(position) <= len(str(MAX_POSITION))):
            raise NoSuch
        row = await visit.office.store.first(LINE, room_id=room_id, position=int(position))
        kept = files.kept_of(row) if row else None
        if row is None or kept is None:
            raise NoSuch
        content = await visit.office.files.open(visit.member, row)
        shown = files.shown_as(content, kind=row.kind)
        saved = shown == BINARY or visit.request.query_bool("download")
        own = [
            (b"content-type", shown.encode()),
            (b"content-disposition", _disposition(kept.name or position, saved=saved)),
            _POLICY,
        ]
        return Response(200, content, [*own, *HEADERS[1:]])

    @post(FILES, auth="none", limit="files", body_limit=files.MAX_BYTES)
    @for_staff(AGENTS)
    async def send_file(self, visit: Visit) -> dict[str, int]:
        """Send a file to the person."""
        request = visit.request
        txn_id = request.query_required("txn_id")
        if not 1 <= len(txn_id) <= MAX_TXN_ID:
            raise WrongValue(f"txn_id has 1 to {MAX_TXN_ID} characters.")
        upload = _upload(request, await request.body())
        position = await visit.office.files.send(visit.member, request.params["room"], upload=upload, txn_id=txn_id)
        return {"position": position}


def _upload(request: Request, content: bytes) -> Upload:
    name = file_name(request.query_required("name")) or ""
    if not 1 <= len(name) <= MAX_NAME or not content:
        raise WrongValue(f"A file has a name, of {MAX_NAME} characters at most, and something in it.")
    return Upload(
        name=name,
        mimetype=_sent_as(name, content),
        content=content,
        width=request.query_int("width", 0, minimum=0, maximum=MAX_SIDE),
        height=request.query_int("height", 0, minimum=0, maximum=MAX_SIDE),
    )


def _sent_as(name: str, content: bytes) -> str:
    """Say what a file is: by its bytes what apps show in place, and by its name what they save."""
    shown = files.shown_as(content, kind="file")
    named = guess_type(name)[0] or BINARY
    return shown if shown != BINARY or named.startswith("image/") else named


def _disposition(name: str, *, saved: bool) -> bytes:
    # RFC 8187 leaves nothing that could end the value or begin another.
    named = quote(name.encode("utf-8", "replace"), safe="")
    return f"{'attachment' if saved else 'inline'}; filename*=UTF-8''{named}".encode()
