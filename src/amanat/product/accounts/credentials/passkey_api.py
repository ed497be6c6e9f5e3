"""`/_amanat/v1/passkeys`: a signed-in person's passkeys, for the app. Signing in with one is the pages'."""

from typing import Annotated, Any

from msgspec import Meta, Struct

from amanat.core.base64url import decode, encode
from amanat.core.errors import NotFound
from amanat.core.requester import Requester
from amanat.edge.openapi import described
from amanat.edge.request import Request
from amanat.edge.routes import get, post
from amanat.handlers.interactive_auth import Auth, InteractiveAuth
from amanat.product.accounts.credentials.passkey_ceremonies import MAX_CREDENTIAL_ID
from amanat.product.accounts.credentials.passkeys import MAX_NAME, Passkeys
from amanat.product.accounts.credentials.tables import PasskeyRow

BODY_LIMIT = 64 * 1024
"""Attestations with their certificates have a few kilobytes."""
ADDING, REMOVING = "add a passkey", "remove a passkey"


class Proof(Struct, frozen=True, kw_only=True):
    """Interactive authentication, as the specification has it."""

    auth: Auth | None = None


class Options(Struct, frozen=True, kw_only=True):
    """What the browser's `navigator.credentials.create` is to be given as `publicKey`."""

    options: dict[str, Any]


class NewPasskey(Struct, frozen=True, kw_only=True):
    """What the authenticator made, as `PublicKeyCredential.toJSON()` writes it, and what its owner calls it."""

    credential: dict[str, Any]
    name: Annotated[str, Meta(min_length=1, max_length=MAX_NAME)]


class Passkey(Struct, frozen=True, kw_only=True):
    """A passkey. `prf`: it can also make keys for the app. `used_ts` is coarse: the hour."""

    id: str
    name: str
    prf: bool
    backed_up: bool
    created_ts: int
    used_ts: int | None


class PasskeyList(Struct, frozen=True, kw_only=True):
    """`rp_id` is the domain that they are bound to, which the browser is to be given to use one."""

    rp_id: str
    passkeys: list[Passkey]


class PasskeyRoutes:
    """Add, list and remove passkeys."""

    def __init__(self, passkeys: Passkeys, *, interactive_auth: InteractiveAuth) -> None:
        self._passkeys = passkeys
        self._interactive_auth = interactive_auth

    @get("/_amanat/v1/passkeys")
    async def show(self, _request: Request, requester: Requester) -> PasskeyList:
        """List your passkeys."""
        rows = await self._passkeys.list(requester.user_id)
        return PasskeyList(rp_id=self._passkeys.rp_id, passkeys=[_shown(row) for row in rows])

    @post("/_amanat/v1/passkeys/options", limit="credentials")
    @described(takes=Proof)
    async def options(self, request: Request, requester: Requester) -> Options:
        """Begin to add a passkey: after interactive authentication, say what the authenticator is to make."""
        proof = await request.struct(Proof, optional=True)
        await self._interactive_auth.require(requester, proof.auth, operation=ADDING)
        options = await self._passkeys.registration_options(requester.user_id, binding=_binding(requester))
        return Options(options=options)

    @post("/_amanat/v1/passkeys", limit="credentials", body_limit=BODY_LIMIT)
    @described(takes=NewPasskey)
    async def add(self, request: Request, requester: Requester) -> Passkey:
        """Add the passkey that the authenticator made, within two minutes and once."""
        new = await request.struct(NewPasskey)
        row = await self._passkeys.register(
            requester.user_id, new.credential, name=new.name, binding=_binding(requester)
        )
        return _shown(row)

    @post("/_amanat/v1/passkeys/{id}/remove", limit="credentials")
    @described(takes=Proof)
    async def remove(self, request: Request, requester: Requester) -> dict[str, Any]:
        """Remove one of your passkeys, after interactive authentication."""
        credential_id = _credential_id(request.params["id"])
        proof = await request.struct(Proof, optional=True)
        operation = f"{REMOVING} {request.params['id']}"
        await self._interactive_auth.require(requester, proof.auth, operation=operation)
        await self._passkeys.remove(requester.user_id, credential_id)
        return {}


def _shown(row: PasskeyRow) -> Passkey:
    return Passkey(
        id=encode(row.credential_id),
        name=row.name,
        prf=bool(row.prf),
        backed_up=bool(row.backed_up),
        created_ts=row.created_ts,
        used_ts=row.used_ts,
    )


def _binding(requester: Requester) -> str:
    """Return what a challenge is bound to: the session that asked for it."""
    return requester.token_hash.hex()


def _credential_id(text: str) -> bytes:
    try:
        decoded = decode(text)
    except ValueError:
        decoded = b""
    if not 0 < len(decoded) <= MAX_CREDENTIAL_ID:
        raise NotFound("You have no such passkey.")
    return decoded
