"""The mock server of both APIs, on a free port."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from msgspec import Struct

from amanat.gateway.fake.serving import serve_fake
from amanat.gateway.service.serving import listen_address, take


class Fake(Struct):
    """Where it is, what it said of its bots, and a client for the people's side."""

    url: str
    bots: dict[str, Any]
    http: httpx.AsyncClient

    async def says(self, api: str, person: str, text: str) -> str:
        """Say something as somebody."""
        answer = await self.http.post(f"/fake/{api}/{person}/says", json={"text": text})
        return str(answer.raise_for_status().json()["event_id"])

    async def hears(self, api: str, person: str, *, after: int = 0) -> list[dict[str, Any]]:
        """Wait for what the bot says to somebody."""
        answer = await self.http.get(f"/fake/{api}/{person}/hears", params={"after": after, "timeout": 20})
        return list(answer.raise_for_status().json()["said"])


@pytest.fixture
async def fake() -> AsyncIterator[Fake]:
    """Serve it in this process."""
    bound = take(listen_address("127.0.0.1:0", None))
    url = f"http://127.0.0.1:{bound.getsockname()[1]}"
    told: asyncio.Future[dict[str, Any]] = asyncio.get_running_loop().create_future()
    serving = asyncio.create_task(serve_fake(bound, url=url, ready=told.set_result))

    def ended(task: "asyncio.Task[None]") -> None:
        """What cannot begin says why, and is not waited for."""
        if not told.done():
            told.set_exception(task.exception() or RuntimeError())

    serving.add_done_callback(ended)
    async with httpx.AsyncClient(base_url=url, timeout=30, trust_env=False) as http:
        yield Fake(url, await told, http)
    serving.cancel()
    await asyncio.gather(serving, return_exceptions=True)
    bound.close()
