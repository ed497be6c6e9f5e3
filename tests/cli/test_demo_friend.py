"""The demo's friend takes an invitation, answers encrypted, and her one device is signed as hers."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, TypeVar

import nio

from amanat.cli.demo_friend import ANSWERS
from amanat.cli.demo_person import PATIENCE_S
from tests.clients.nio_person import NioPerson
from tests.processes import AmanatProcess, free_port

T = TypeVar("T")


async def test_a_newcomer_finds_a_friend(tmp_path: Path) -> None:
    port = free_port()
    demo = AmanatProcess(
        "demo", "--listen", f"127.0.0.1:{port}", "--data", str(tmp_path / "data"), log=tmp_path / "log"
    )
    await asyncio.to_thread(demo.start)
    newcomer = await NioPerson.register(f"http://127.0.0.1:{port}", "newcomer", tmp_path)
    try:
        citra = await _found(newcomer.client)
        room = await newcomer.create_room(invite=[citra])
        await newcomer.knows_members(room, [newcomer.user_id, citra])
        await newcomer.until(lambda: any(newcomer.client.device_store.active_user_devices(citra)) or None, "knows her")
        await _is_known(newcomer.client, citra)
        await newcomer.say(room, "halo")
        await newcomer.hears(room, ANSWERS[0])
        await newcomer.say(room, "siapa yang bisa membaca?")
        await newcomer.hears(room, ANSWERS[1])
    finally:
        await newcomer.close()
        await asyncio.to_thread(demo.stop)


async def _found(client: nio.AsyncClient) -> str:
    """Wait until she is found by what she is called; return her id."""

    async def find() -> str | None:
        answer = await _ask(client, "/_matrix/client/v3/user_directory/search", b'{"search_term": "citra"}')
        return next((each["user_id"] for each in answer.get("results", [])), None)

    return await _until(find, "Nobody is called citra.")


async def _is_known(client: nio.AsyncClient, citra: str) -> None:
    """Wait until she has an identity and it has signed her device."""

    async def known() -> bool | None:
        body = b'{"device_keys": {"%s": []}}' % citra.encode()
        answer = await _ask(client, "/_matrix/client/v3/keys/query", body)
        signing = answer["self_signing_keys"].get(citra, {}).get("keys", {})
        devices = answer["device_keys"].get(citra, {}).values()
        signed = all(signing.keys() & device["signatures"][citra].keys() for device in devices)
        return bool(signing and signed) or None

    await _until(known, "She has no identity.")


async def _ask(client: nio.AsyncClient, path: str, body: bytes) -> dict[str, Any]:
    headers = {"Authorization": f"Bearer {client.access_token}", "Content-Type": "application/json"}
    answer: dict[str, Any] = await (await client.send("POST", path, body, headers)).json()
    return answer


async def _until(find: Callable[[], Awaitable[T | None]], otherwise: str) -> T:
    deadline = time.monotonic() + PATIENCE_S
    while (found := await find()) is None:
        assert time.monotonic() < deadline, otherwise
        await asyncio.sleep(1)  # The demo keeps the limits of a real server.
    return found
