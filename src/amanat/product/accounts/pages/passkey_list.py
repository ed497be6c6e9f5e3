"""The page of one's passkeys."""

from typing import Final

from msgspec import Struct

from amanat.core import base64url
from amanat.core.errors import NotFound, ResourceLimitExceeded
from amanat.edge.responses import Response
from amanat.edge.routes import get, post
from amanat.product.accounts.credentials.errors import PasskeyRefused
from amanat.product.accounts.credentials.passkeys import Passkeys
from amanat.product.accounts.pages.passkey_forms import as_json, binding_of, credential_of
from amanat.product.accounts.pages.visits import HOME, Visit, Visits, recently_signed_in

PATH: Final = f"{HOME}passkeys"
REMOVE: Final = f"{PATH}/remove"
MAX_NAME: Final = 64


class Shown(Struct, frozen=True, kw_only=True):
    """A passkey as its owner sees it."""

    key: str
    name: str
    created_ts: int
    used_ts: int | None


class PasskeyListRoutes:
    """`/_amanat/account/passkeys`."""

    def __init__(self, visits: Visits, *, passkeys: Passkeys) -> None:
        self.visits = visits
        self._passkeys = passkeys

    @get(PATH, auth="none", limit="pages")
    @recently_signed_in
    async def show(self, visit: Visit) -> Response:
        """List them, and offer to add one."""
        return await self._page(visit)

    @post(PATH, auth="none", limit="sign_in")
    @recently_signed_in
    async def add(self, visit: Visit) -> Response:
        """Add the one that the browser has made."""
        name = visit.form.text("name")
        if not 0 < len(name) <= MAX_NAME or not name.isprintable():
            return await self._page(visit, {"name": visit.words("passkeys.bad_name")})
        try:
            await self._passkeys.register(visit.user_id, credential_of(visit), name=name, binding=binding_of(visit))
        except (PasskeyRefused, ResourceLimitExceeded):
            return await self._page(visit, {"name": visit.words("passkeys.refused")})
        return visit.go(f"{PATH}?done=1")

    @post(REMOVE, auth="none", limit="sign_in")
    @recently_signed_in
    async def remove(self, visit: Visit) -> Response:
        """Remove one."""
        try:
            credential_id = base64url.decode(visit.form.raw("key"))
        except ValueError:
            raise NotFound from None
        await self._passkeys.remove(visit.user_id, credential_id)
        return visit.go(f"{PATH}?done=1")

    async def _page(self, visit: Visit, problems: dict[str, str] | None = None) -> Response:
        options = await self._passkeys.registration_options(visit.user_id, binding=binding_of(visit))
        held = [
            Shown(
                key=base64url.encode(row.credential_id),
                name=row.name,
                created_ts=row.created_ts,
                used_ts=row.used_ts,
            )
            for row in await self._passkeys.list(visit.user_id)
        ]
        return visit.page(
            "passkeys.html",
            status=400 if problems else 200,
            problems=problems or {},
            passkeys=held,
            options=as_json(options),
        )
