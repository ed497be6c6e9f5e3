"""Which apps the operator knows. Anybody can register any name, so an app that nobody knows is marked. Pure."""

from collections.abc import Iterable

from amanat.product.accounts.oauth.clients import Client
from amanat.product.accounts.oauth.redirects import is_below


class KnownApps:
    """The apps of some hosts; an app's redirects are on its own host or below, so the host stands for it.

    `own` is the address of the app that this server serves itself; empty where it serves none.
    """

    def __init__(self, hosts: Iterable[str], *, own: str = "") -> None:
        self._hosts = frozenset(hosts)
        self._own = own

    def has(self, client: Client) -> bool:
        """Whether an app is of a host that is known, or of one below it."""
        return any(is_below(client.metadata.host, host) for host in self._hosts)

    def is_own(self, redirect_uri: str) -> bool:
        """Whether an answer goes to the server's own app, and to no other page of it."""
        return redirect_uri == self._own != ""
