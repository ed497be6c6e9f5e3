"""Reading: a file goes out as fast as it is taken, and no faster."""

import asyncio

from amanat.blobs.local import PIECE_BYTES
from amanat.edge.asgi import Message
from tests.client_api.media import V1, upload
from tests.edge.asgi import scope
from tests.server import Person, Server


async def read_slowly(person: Person, uri: str, *, pieces: int) -> list[int]:
    """Take so many pieces of a file and then nothing more; return their sizes."""
    taken: list[int] = []
    stuck = asyncio.Event()

    async def receive() -> Message:
        await asyncio.Event().wait()
        raise AssertionError

    async def send(message: Message) -> None:
        if message["type"] == "http.response.body":
            taken.append(len(message["body"]))
        if len(taken) == pieces:
            stuck.set()
            await asyncio.Event().wait()

    headers = {"Host": "localhost", "Authorization": f"Bearer {person.token}"}
    asked = scope("GET", f"{V1}/download/{uri.removeprefix('mxc://')}", headers)
    task = asyncio.create_task(person.server.amanat.asgi(asked, receive, send))
    await stuck.wait()
    for _ in range(10):
        await asyncio.sleep(0)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    return taken


async def test_a_slow_reader_is_not_read_ahead_for(amanat: Server) -> None:
    alice = await amanat.user("alice")
    uri = await upload(alice, b"x" * 5_000_000)
    assert await read_slowly(alice, uri, pieces=2) == [PIECE_BYTES, PIECE_BYTES]
