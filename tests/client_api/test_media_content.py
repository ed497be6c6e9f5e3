"""Reading: a file goes out as fast as it is taken, and no faster."""

from contextlib import aclosing

from amanat.blobs.local import PIECE_BYTES
from amanat.edge.responses import Stream
from tests.client_api.media import V1, upload
from tests.edge.asking import Client, asking
from tests.server import Person, Server


async def read_slowly(person: Person, uri: str, *, pieces: int) -> list[int]:
    """Take so many pieces of a file and then nothing more; return their sizes."""
    headers = {"Host": "localhost", "Authorization": f"Bearer {person.token}"}
    target = f"{V1}/download/{uri.removeprefix('mxc://')}"
    answer = await person.server.amanat.client_app(asking("GET", target, headers, incoming=Client([]).incoming))
    assert isinstance(answer, Stream)
    async with aclosing(answer.chunks) as chunks:
        return [len(await anext(chunks)) for _ in range(pieces)]


async def test_a_slow_reader_is_not_read_ahead_for(amanat: Server) -> None:
    alice = await amanat.user("alice")
    uri = await upload(alice, b"x" * 5_000_000)
    assert await read_slowly(alice, uri, pieces=2) == [PIECE_BYTES, PIECE_BYTES]
