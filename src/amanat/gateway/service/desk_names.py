"""What people call themselves, as their server tells the service; asked seldom, and never waited for long."""

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Collection, Mapping
from contextlib import suppress
from typing import Final

from amanat.core.identifiers import localpart_of
from amanat.gateway.device.server_api import LoggedOut, ServerApi, TryAgain

KEPT_MS: Final = 10 * 60_000
MAX_NAMES: Final = 5000
"""At some 200 bytes."""
PATIENCE_S: Final = 2.0


class DeskNames:
    """The desk's `Names` over a service's server."""

    def __init__(self, api: ServerApi, *, now_ms: Callable[[], int]) -> None:
        self._api = api
        self._now_ms = now_ms
        self._known: OrderedDict[str, tuple[str, int]] = OrderedDict()

    async def of(self, user_ids: Collection[str]) -> Mapping[str, str]:
        """Return a name for each; who has none, or whose server takes its time, is called by their localpart."""
        names = {user_id: localpart_of(user_id) for user_id in user_ids}
        stale = [user_id for user_id in names if self._known.get(user_id, ("", 0))[1] <= self._now_ms()]
        if stale:
            with suppress(TimeoutError):
                async with asyncio.timeout(PATIENCE_S):
                    await asyncio.gather(*map(self._ask, stale))
        return names | {user_id: self._known[user_id][0] for user_id in names if user_id in self._known}

    def learn(self, user_id: str, name: str) -> None:
        """Take a name for somebody's who has just told it: a service is not shown the profile of everybody."""
        self._keep(user_id, name)

    async def _ask(self, user_id: str) -> None:
        try:
            name = await self._api.display_name(user_id)
        except (TryAgain, LoggedOut):
            return
        before = self._known.get(user_id)
        self._keep(user_id, name or (before[0] if before else localpart_of(user_id)))

    def _keep(self, user_id: str, name: str) -> None:
        self._known[user_id] = name, self._now_ms() + KEPT_MS
        self._known.move_to_end(user_id)
        while len(self._known) > MAX_NAMES:
            self._known.popitem(last=False)
