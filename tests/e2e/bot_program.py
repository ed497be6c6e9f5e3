"""A bot's program of a lab's Telegram bot, as its developer would write it without a library."""

import asyncio
from collections.abc import Callable
from typing import Any

import httpx
from msgspec import json

from tests.e2e.lab_told import told_by
from tests.processes import AmanatProcess

PATIENCE_S = 60


class BotProgram:
    """Calls the bot's API with the token that the lab printed."""

    def __init__(self, lab: AmanatProcess) -> None:
        told = json.decode(told_by(lab, "bots"))["telegram"]
        self._http = httpx.AsyncClient(base_url=f"{told['base_url']}{told['token']}/", timeout=2 * PATIENCE_S)
        self._offset = 0

    async def call(self, method: str, **fields: Any) -> Any:
        """Call a method."""
        answer = (await self._http.post(method, json=fields)).json()
        assert answer["ok"], answer
        return answer["result"]

    async def until(self, holds: Callable[[Any], bool], method: str, **fields: Any) -> None:
        """Call a method until what it answers is as it should be."""
        async with asyncio.timeout(PATIENCE_S):
            while not holds(await self.call(method, **fields)):  # noqa: ASYNC110 - the program is not told of it
                await asyncio.sleep(0.1)

    async def hears(self) -> Any:
        """Return the next message that it is told of."""
        for _ in range(3):
            asked = {"offset": self._offset, "limit": 1, "timeout": PATIENCE_S // 3, "allowed_updates": ["message"]}
            for update in await self.call("getUpdates", **asked):
                self._offset = update["update_id"] + 1
                if "message" in update:
                    return update["message"]
        raise AssertionError("The bot is told of nothing.")

    async def close(self) -> None:
        """Let the connections go."""
        await self._http.aclose()
