"""The server's one way out for pushes. Its HTTP client and its key are made when they are first needed."""

from collections.abc import Callable, Iterable
from functools import cached_property
from typing import TYPE_CHECKING

from amanat.outbound.push.push import Outcome, Push, Receiver
from amanat.outbound.push.vapid import Vapid

if TYPE_CHECKING:
    from amanat.outbound.push.services import PushServices


class PushOutlet:
    """Pushes to public addresses, and to those private ones that it is given."""

    def __init__(
        self,
        *,
        secret: Callable[[], bytes],
        contact: str,
        private_networks: Iterable[str],
        now_ms: Callable[[], int],
    ) -> None:
        """`secret` returns the server's secret once the data is open."""
        self._secret = secret
        self._contact = contact
        self._private_networks = private_networks
        self._now_ms = now_ms
        self._made: PushServices | None = None

    async def push(self, receiver: Receiver, push: Push) -> Outcome:
        """Hand a push over."""
        if self._made is None:
            self._made = self._services()
        return await self._made.push(receiver, push)

    async def close(self) -> None:
        """Let the connections go."""
        if self._made is not None:
            await self._made.close()

    def public_key(self) -> str:
        """Return the key that browsers subscribe for."""
        return self._vapid.public_key

    @cached_property
    def _vapid(self) -> Vapid:
        return Vapid(self._secret(), contact=self._contact, now_ms=self._now_ms)

    def _services(self) -> "PushServices":
        # A server that pushes nothing, as most are that somebody tries, needs neither an HTTP client nor these ciphers.
        from amanat.outbound.http import HttpClient
        from amanat.outbound.push.services import PushServices
        from amanat.outbound.push.web_push import WebPush

        client = HttpClient(private_networks=self._private_networks)
        return PushServices(client, web=WebPush(self._vapid, secret=self._secret()))
