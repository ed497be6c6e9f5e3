"""Requests of a server that is killed meanwhile: asked again until they are answered."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from typing import Any
from urllib.parse import quote

import httpx

from amanat.gateway.device.credentials import Credentials

CLIENT = "/_matrix/client/v3"
AGAIN_S = 0.2


class Asking:
    """As one account."""

    def __init__(self, held: Credentials) -> None:
        self.user_id = held.user_id
        headers = {"Authorization": f"Bearer {held.access_token}"}
        self._http = httpx.AsyncClient(base_url=held.homeserver + CLIENT, timeout=60, trust_env=False, headers=headers)

    async def close(self) -> None:
        await self._http.aclose()

    async def ask(self, method: str, path: str, body: Mapping[str, Any] | None = None) -> tuple[int, dict[str, Any]]:
        """Ask until there is an answer that says something."""
        while True:
            try:
                answer = await self._http.request(method, path, json=body)
            except httpx.HTTPError:
                await asyncio.sleep(AGAIN_S)
                continue
            if answer.status_code not in (429, 500, 502, 503):
                return answer.status_code, answer.json()
            await asyncio.sleep(AGAIN_S)

    async def state(self, room_id: str, event_type: str, key: str = "") -> dict[str, Any]:
        """Return a piece of a room's state; nothing where there is none, or it is not to be seen."""
        status, told = await self.ask("GET", f"/rooms/{quote(room_id)}/state/{event_type}/{quote(key)}")
        return told if status == 200 else {}

    async def events(self, room_id: str) -> AsyncIterator[dict[str, Any]]:
        """Give all that was ever said and done in a room, the oldest first."""
        start = ""
        while True:
            _, page = await self.ask("GET", f"/rooms/{quote(room_id)}/messages?dir=f&limit=500{start}")
            for event in page["chunk"]:
                yield event
            if "end" not in page:
                return
            start = f"&from={quote(page['end'])}"
