"""Which scope of a token each request needs. Pure."""

from typing import Final

from amanat.gateway.bots.scopes import Scope
from amanat.gateway.cloud_api.ids import read_node

# By the method and the edge that the address ends with; nothing for what has none: `/{version}/{node}`.
_TABLE: Final[dict[tuple[str, str], Scope]] = {
    ("POST", "messages"): "write",
    ("POST", "media"): "write",
    # Of what has no edge files are deleted, and flows (below).
    ("DELETE", ""): "write",
}
_OWN: Final = "debug_token"
"""Any token may ask what it is."""


def scope_of(method: str, path: str) -> Scope | None:
    """Return what a token needs for a request; None where any will do."""
    _version, node, edge = [*path.strip("/").split("/"), "", "", ""][:3]
    if node == _OWN:
        return None
    named = read_node(node)
    if method == "DELETE" and named is not None and named.kind in ("flow", "product"):
        return "manage"
    return _TABLE.get((method, edge), "read" if method in ("GET", "HEAD") else "manage")
