"""Whether a registration token is good. Spec: client-server-api#token-authenticated-registration."""

from typing import Any

from amanat.edge.request import Request
from amanat.edge.routes import get
from amanat.handlers.registration_tokens import RegistrationTokens


class RegistrationTokenRoutes:
    """`/register/m.login.registration_token/validity`."""

    def __init__(self, tokens: RegistrationTokens) -> None:
        self._tokens = tokens

    @get(
        "/_matrix/client/v1/register/m.login.registration_token/validity",
        auth="none",
        limit="register",
        spec="registrationTokenValidity",
    )
    async def validity(self, request: Request) -> dict[str, Any]:
        """Say whether a token would be taken at this moment."""
        return {"valid": await self._tokens.find(request.query_required("token")) is not None}
