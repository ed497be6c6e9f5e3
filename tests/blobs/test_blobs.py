"""What every store of blobs does."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from amanat.blobs.blobs import Blobs
from amanat.blobs.local import PIECE_BYTES, LocalBlobs


@pytest.fixture
async def blobs(tmp_path: Path) -> AsyncIterator[Blobs]:
    """An empty store of each kind."""
    store = LocalBlobs(tmp_path / "media")
    await store.open()
    yield store
    await store.close()


async def keep(blobs: Blobs, name: str, *pieces: bytes) -> int:
    async with blobs.receive() as incoming:
        for piece in pieces:
            await incoming.write(piece)
        return await incoming.keep(name)


async def read(blobs: Blobs, name: str, start: int, end: int) -> bytes:
    return b"".join([piece async for piece in blobs.read(name, start=start, end=end)])


async def names(blobs: Blobs) -> list[str]:
    return [name async for some in blobs.names() for name in some]


@pytest.mark.parametrize("pieces", [[], [b"a"], [b"a", b"", b"b"], [b"x" * PIECE_BYTES] * 3, [b"y" * 100_001] * 20])
async def test_what_comes_in_goes_out(blobs: Blobs, pieces: list[bytes]) -> None:
    whole = b"".join(pieces)
    assert await keep(blobs, "name", *pieces) == len(whole)
    assert await blobs.size("name") == len(whole)
    assert await read(blobs, "name", 0, len(whole)) == whole


@pytest.mark.parametrize(("start", "end"), [(0, 0), (0, 1), (5, 5), (3, 300_000), (299_999, 300_000)])
async def test_a_part_is_read(blobs: Blobs, start: int, end: int) -> None:
    whole = bytes(number % 251 for number in range(300_000))
    await keep(blobs, "name", whole)
    assert await read(blobs, "name", start, end) == whole[start:end]


async def test_pieces_are_of_moderate_size(blobs: Blobs) -> None:
    await keep(blobs, "name", b"x" * 1_000_000)
    assert {len(piece) async for piece in blobs.read("name", start=0, end=1_000_000)} <= {
        PIECE_BYTES,
        1_000_000 % PIECE_BYTES,
    }


async def test_what_is_not_kept_is_not_there(blobs: Blobs) -> None:
    async with blobs.receive() as incoming:
        await incoming.write(b"x" * 600_000)
    assert await names(blobs) == []


async def test_what_fails_on_its_way_is_not_there(blobs: Blobs) -> None:
    async def fail() -> None:
        async with blobs.receive() as incoming:
            await incoming.write(b"x" * 600_000)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        await fail()
    assert await names(blobs) == []


async def test_blobs_are_listed_and_deleted(blobs: Blobs) -> None:
    for name in ("aa1", "aa2", "bb1", "_-."):
        await keep(blobs, name, b"x")
    assert sorted(await names(blobs)) == ["_-.", "aa1", "aa2", "bb1"]
    await blobs.delete(["aa1", "bb1", "zz1"])
    assert sorted(await names(blobs)) == ["_-.", "aa2"]
    assert (await blobs.size("aa1"), await blobs.size("aa2")) == (None, 1)


async def test_a_reader_keeps_what_is_deleted_meanwhile(blobs: Blobs) -> None:
    await keep(blobs, "name", b"x" * 1_000_000)
    reading = blobs.read("name", start=0, end=1_000_000)
    first = await anext(reading)
    await blobs.delete(["name"])
    assert len(first) + sum([len(piece) async for piece in reading]) == 1_000_000


@pytest.mark.parametrize("name", ["", "a", "..", "../x", "a/b", "/etc/passwd", "a\0b", "ab/../../x", "x" * 256])
async def test_no_name_leads_elsewhere(blobs: Blobs, name: str) -> None:
    with pytest.raises(ValueError, match="no name of a blob"):
        await blobs.size(name)
