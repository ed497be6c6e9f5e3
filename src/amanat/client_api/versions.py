"""What of the protocol this server speaks. Spec: client-server-api#api-versions."""

from typing import Any, Final

from amanat.core.identifiers import NAMESPACE
from amanat.edge.request import Request
from amanat.edge.routes import get

VERSIONS: Final = [f"v1.{minor}" for minor in range(1, 17)]
"""Every release since r0 up to the one that brought room version 12; clients look for one that they know."""
LAB: Final = f"{NAMESPACE}.lab"
"""Announces that this is a lab: nothing here is private, and an app must say so."""
DEMO: Final = f"{NAMESPACE}.demo"
"""Announces that this is a demo: texts lie in an inbox on this machine, and a sample person answers."""

UNSTABLE: Final = {
    # Under the names that clients look for, of proposals that are served as they were merged or stand.
    "org.matrix.e2e_cross_signing": True,
    "org.matrix.msc2285.stable": True,
    "org.matrix.msc3440.stable": True,
    "org.matrix.msc3771": True,
    "org.matrix.msc3773": True,
    "org.matrix.msc3814": True,
    "org.matrix.msc3827.stable": True,
    "org.matrix.msc3856": True,
    "org.matrix.msc3981": True,
    "org.matrix.msc4108": True,
    "org.matrix.msc4222": True,
    "org.matrix.msc4380": True,
    "org.matrix.msc4380.stable": True,
    "uk.tcpip.msc4133": True,
    "uk.tcpip.msc4133.stable": True,
}


class VersionsRoutes:
    """`/versions`."""

    def __init__(self, *, announces: str | None = None) -> None:
        """Let `announces` be `LAB` or `DEMO` where the server is one."""
        own = {} if announces is None else {announces: True}
        self._answer = {"versions": VERSIONS, "unstable_features": UNSTABLE | own}

    @get("/_matrix/client/versions", auth="none", spec="getVersions")
    async def get_versions(self, _request: Request) -> dict[str, Any]:
        """Answer the same to everybody; a client asks it even with a token that is dead."""
        return self._answer
