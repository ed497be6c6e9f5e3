"""Third-party ids, which nobody has here. Spec: client-server-api#adding-account-administrative-contact-information."""

from typing import Any, Final

from amanat.core.errors import ThreepidDenied
from amanat.core.requester import Requester
from amanat.edge.request import Request
from amanat.edge.routes import get, post

DENIED: Final = "Email addresses and phone numbers are not linked to accounts on this server."


class AdministrativeContactRoutes:
    """`/account/3pid`."""

    @get("/_matrix/client/v3/account/3pid", spec="getAccount3PIDs")
    async def list(self, _request: Request, _requester: Requester) -> dict[str, Any]:
        """List none."""
        return {"threepids": []}

    @post("/_matrix/client/v3/account/3pid", spec="post3PIDs")
    @post("/_matrix/client/v3/account/3pid/add", spec="add3PID")
    @post("/_matrix/client/v3/account/3pid/bind", spec="bind3PID")
    @post("/_matrix/client/v3/account/3pid/delete", spec="delete3pidFromAccount")
    @post("/_matrix/client/v3/account/3pid/unbind", spec="unbind3pidFromAccount")
    async def refuse(self, _request: Request, _requester: Requester) -> dict[str, Any]:
        """Refuse to link or unlink one."""
        raise ThreepidDenied(DENIED)

    @post(
        "/_matrix/client/v3/account/3pid/email/requestToken",
        auth="none",
        limit="register",
        spec="requestTokenTo3PIDEmail",
    )
    @post(
        "/_matrix/client/v3/account/3pid/msisdn/requestToken",
        auth="none",
        limit="register",
        spec="requestTokenTo3PIDMSISDN",
    )
    @post(
        "/_matrix/client/v3/register/email/requestToken",
        auth="none",
        limit="register",
        spec="requestTokenToRegisterEmail",
    )
    @post(
        "/_matrix/client/v3/register/msisdn/requestToken",
        auth="none",
        limit="register",
        spec="requestTokenToRegisterMSISDN",
    )
    async def refuse_token(self, _request: Request) -> dict[str, Any]:
        """Refuse to write to one."""
        raise ThreepidDenied(DENIED)
