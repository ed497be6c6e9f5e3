"""A client that believes what sync tells it: the state it builds, and the events it has been shown."""

from typing import Any
from urllib.parse import quote

from tests.server import Person

PAGE = 5
"""Events per page when a gap is read; small, so that pages must join up."""

State = dict[tuple[str, str], str]


class Client:
    """Follows one person's syncs. `options` are the query parameters of each sync, its filter among them."""

    def __init__(self, person: Person, **options: Any) -> None:
        self.person = person
        self.options = options
        self.since: str | None = None
        self.rooms: dict[str, State] = {}
        self.seen: dict[str, list[str]] = {}
        self.invited: set[str] = set()
        self._after = any("state_after" in name for name in options)

    async def sync(self) -> Any:
        """Sync until nothing new comes, as a client's loop does."""
        while True:
            answer = await self.person.sync(self.since, **self.options)
            moved = answer["next_batch"] != self.since
            rooms = answer.get("rooms", {})
            await self._apply(rooms)
            self.since = answer["next_batch"]
            if not moved or not rooms:
                return answer

    async def _apply(self, rooms: dict[str, Any]) -> None:
        for room_id in rooms.get("invite", {}):
            self.invited.add(room_id)
            self.rooms.pop(room_id, None)
        for room_id, part in rooms.get("leave", {}).items():
            self.invited.discard(room_id)
            await self._show(room_id, part["timeline"])
            self.rooms.pop(room_id, None)
        for room_id, part in rooms.get("join", {}).items():
            self.invited.discard(room_id)
            await self._show(room_id, part["timeline"])
            self._build(room_id, part)

    def _build(self, room_id: str, part: dict[str, Any]) -> None:
        state = self.rooms.setdefault(room_id, {})
        if self._after:
            sections = [part.get("state_after", {}).get("events", [])]
        else:
            sections = [part.get("state", {}).get("events", []), part["timeline"]["events"]]
        for event in (event for section in sections for event in section):
            if "state_key" in event:
                state[event["type"], event["state_key"]] = event["event_id"]

    async def _show(self, room_id: str, timeline: dict[str, Any]) -> None:
        """Show a timeline, and before it what a gap hides, paging back until an event that was shown already."""
        shown = self.seen.setdefault(room_id, [])
        new = [event["event_id"] for event in timeline["events"]]
        gap = await self._gap(room_id, timeline["prev_batch"], known=set(shown)) if timeline.get("limited") else []
        shown += [*gap, *new]

    async def _gap(self, room_id: str, start: str, *, known: set[str]) -> list[str]:
        found: list[str] = []
        token: str | None = start
        while token is not None:
            page = await self.person.get(f"/rooms/{quote(room_id)}/messages", dir="b", limit=PAGE, **{"from": token})
            if page.status == 403:
                break
            assert page.status == 200, page.json
            for event in page.json["chunk"]:
                if event["event_id"] in known:
                    return found[::-1]
                found.append(event["event_id"])
            token = page.json.get("end")
        return found[::-1]
