"""Publishing cross-signing keys and signatures. Spec: client-server-api#cross-signing."""

from typing import Any

from msgspec import Struct

from amanat.core.cross_signing import Upload
from amanat.core.errors import BadJson
from amanat.core.requester import Requester
from amanat.edge.request import Request
from amanat.edge.routes import post
from amanat.handlers.cross_signing import CrossSigning


class _Publish(Struct, frozen=True, kw_only=True):
    master_key: dict[str, Any] | None = None
    self_signing_key: dict[str, Any] | None = None
    user_signing_key: dict[str, Any] | None = None
    auth: dict[str, Any] | None = None


class CrossSigningRoutes:
    """`/keys/device_signing/upload` and `/keys/signatures/upload`."""

    def __init__(self, cross_signing: CrossSigning) -> None:
        self._cross_signing = cross_signing

    @post("/_matrix/client/v3/keys/device_signing/upload", spec="uploadCrossSigningKeys")
    async def publish(self, request: Request, requester: Requester) -> dict[str, Any]:
        """Publish cross-signing keys."""
        body = await request.struct(_Publish)
        upload = Upload(
            master_key=body.master_key,
            self_signing_key=body.self_signing_key,
            user_signing_key=body.user_signing_key,
        )
        await self._cross_signing.publish(requester, upload, auth=body.auth)
        return {}

    @post("/_matrix/client/v3/keys/signatures/upload", spec="uploadCrossSigningSignatures")
    async def sign(self, request: Request, requester: Requester) -> dict[str, Any]:
        """Publish signatures on one's own keys and on others'."""
        signed = await request.json()
        if not isinstance(signed, dict) or not all(isinstance(keys, dict) for keys in signed.values()):
            raise BadJson("The body is objects of signed objects: user ids, then key ids.")
        return {"failures": await self._cross_signing.sign(requester, signed)}
