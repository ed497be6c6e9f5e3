"""The pages of one's own data: what is held, taking a copy of it, and what an erasure removes and leaves."""

from collections.abc import Sequence
from typing import Final

from msgspec import Struct

from amanat.edge.pages import Visit, Visits, recently_signed_in, signed_in
from amanat.edge.responses import Answer, Response, Stream
from amanat.edge.routes import get, post
from amanat.product.rights.exports import Exports
from amanat.product.rights.holding import Holding
from amanat.product.rights.routes import download_headers

PATH: Final = "/_amanat/account/data"
COPY: Final = f"{PATH}/copy"
DOWNLOAD: Final = f"{COPY}/download"


class Held(Struct, frozen=True, kw_only=True):
    """A kind of data in the reader's language; `stays` is the key of why it outlives an erasure."""

    name: str
    stays: str | None


class DataPages:
    """`/_amanat/account/data`."""

    def __init__(self, visits: Visits, *, exports: Exports, holdings: Sequence[Holding]) -> None:
        self.visits = visits
        self._exports = exports
        self._holdings = holdings

    @get(PATH, auth="none", limit="pages")
    @signed_in
    async def show(self, visit: Visit) -> Response:
        """List what is held, and what becomes of it when the account is erased."""
        held = [
            Held(
                name=getattr(holding, visit.language),
                stays=None if holding.stays is None else f"data_stays.{holding.name}",
            )
            for holding in self._holdings
        ]
        return visit.page("data.html", held=sorted(held, key=lambda one: one.stays is None), copy=COPY)

    @get(COPY, auth="none", limit="pages")
    @signed_in
    async def show_copy(self, visit: Visit) -> Response:
        """Show whether there is a copy, and how to take one."""
        row = await self._exports.latest(visit.user_id)
        return visit.page("data_copy.html", copy=row, action=COPY, download=DOWNLOAD)

    @post(COPY, auth="none", limit="sign_in")
    @recently_signed_in
    async def ask(self, visit: Visit) -> Response:
        """Begin a copy."""
        await self._exports.request(visit.user_id)
        return visit.go(COPY)

    @get(DOWNLOAD, auth="none", limit="pages")
    @recently_signed_in
    async def download(self, visit: Visit) -> Answer:
        """Hand the copy out, to who has just shown that they are its person."""
        row = await self._exports.latest(visit.user_id)
        if row is None or row.blob is None:
            return visit.go(COPY)
        return Stream(200, download_headers(row), await self._exports.read(row))
