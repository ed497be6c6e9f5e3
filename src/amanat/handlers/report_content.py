"""What people report to those who run the server. Spec: client-server-api#reporting-content."""

from collections.abc import Callable

from amanat.core.errors import InvalidParam, NotFound, ResourceLimitExceeded
from amanat.core.identifiers import fits
from amanat.core.requester import Requester
from amanat.db.tx import Tx
from amanat.handlers.room_reading import RoomReading
from amanat.store.accounts import USER
from amanat.store.reports import REPORT_COUNT, REPORTS, ReportRow
from amanat.store.store import Store

MAX_REPORTS = 1_000
"""Per reporter; the same thing reported again replaces the report before."""
MAX_REASON = 4_000


class Reports:
    """Keeps reports. A reporter learns of nothing that they did not know before."""

    def __init__(self, store: Store, *, reading: RoomReading, now_ms: Callable[[], int]) -> None:
        self._store = store
        self._reading = reading
        self._now_ms = now_ms

    async def room(self, requester: Requester, *, room_id: str, reason: str) -> None:
        """Report a room, joined or not; of one that does not exist nothing is kept and nothing said."""
        # spec: client-server-api#post_matrixclientv3roomsroomidreport
        if fits(room_id) and await self._store.rooms.get(room_id) is not None:
            await self._keep(requester, room_id=room_id, reason=reason)

    async def event(self, requester: Requester, *, room_id: str, event_id: str, reason: str) -> None:
        """Report an event of a room that one is in; raises NotFound."""
        view, row = await self._reading.event(requester, room_id=room_id, event_id=event_id)
        if not view.reading.joined:
            raise NotFound("You are not in this room.")
        await self._keep(requester, room_id=room_id, event_id=event_id, user_id=row.sender, reason=reason)

    async def user(self, requester: Requester, *, user_id: str, reason: str) -> None:
        """Report a person; of one who does not exist nothing is kept and nothing said."""
        if fits(user_id) and await self._store.first(USER, user_id=user_id) is not None:
            await self._keep(requester, user_id=user_id, reason=reason)

    async def _keep(
        self, requester: Requester, *, room_id: str = "", event_id: str = "", user_id: str = "", reason: str
    ) -> None:
        if len(reason) > MAX_REASON or "\0" in reason:
            raise InvalidParam(f"A reason has at most {MAX_REASON} characters and no U+0000.")
        held = await self._store.first(REPORT_COUNT, reporter=requester.user_id)
        if held is not None and held.count >= MAX_REPORTS:
            raise ResourceLimitExceeded(f"You have made {MAX_REPORTS} reports; they have not been looked at yet.")
        row = ReportRow(requester.user_id, room_id, event_id, user_id, reason, self._now_ms())

        def run(tx: Tx) -> None:
            tx.put(REPORTS, row)

        await self._store.write(run)
