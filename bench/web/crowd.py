"""Another person, with js-sdk under Node: makes chats with somebody and fills them."""

import asyncio
import json
from asyncio.subprocess import PIPE, Process
from pathlib import Path
from typing import Any, Final

from bench.wire import LoadError

_SCRIPT: Final = Path(__file__).with_name("crowd.mjs")


class Crowd:
    """Gives orders to the other person, one after the other."""

    def __init__(self, process: Process) -> None:
        self._process = process

    @classmethod
    async def begin(cls, url: str, person_id: str) -> "Crowd":
        """Start their app."""
        process = await asyncio.create_subprocess_exec(
            "node", str(_SCRIPT), url, person_id, stdin=PIPE, stdout=PIPE, limit=2**24
        )
        return cls(process)

    async def make(self, count: int) -> list[str]:
        """Make chats and invite the person; return the rooms' ids."""
        rooms: list[str] = (await self._order(make=count))["rooms"]
        return rooms

    async def fill(self, rooms: list[str], *, each: int) -> None:
        """Send messages to each room."""
        await self._order(fill=rooms, each=each)

    async def talk(self, room: str, *, per_second: int, seconds: int) -> None:
        """Go on talking in a room."""
        await self._order(talk=room, perSecond=per_second, seconds=seconds)

    async def end(self) -> None:
        """Close their app."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        await self._process.wait()

    async def _order(self, **order: Any) -> dict[str, Any]:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(f"{json.dumps(order)}\n".encode())
        line = await self._process.stdout.readline()
        if not line:
            raise LoadError("The other person's app has ended; its complaint stands above.")
        answer: dict[str, Any] = json.loads(line)
        return answer
