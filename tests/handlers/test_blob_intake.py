"""Taking in blobs: what a refused row leaves, and what a failed one does."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from amanat.blobs.local import LocalBlobs
from amanat.core.errors import Forbidden
from amanat.handlers.blob_intake import BlobIntake


@pytest.fixture
async def blobs(tmp_path: Path) -> AsyncIterator[LocalBlobs]:
    """An empty folder."""
    blobs = LocalBlobs(tmp_path)
    await blobs.open()
    yield blobs
    await blobs.close()


async def data() -> AsyncIterator[bytes]:
    yield b"12"
    yield b"345"


async def names(blobs: LocalBlobs) -> list[str]:
    return [name async for some in blobs.names() for name in some]


async def test_bytes_are_on_disk_before_the_row_is_written(blobs: LocalBlobs) -> None:
    intake = BlobIntake(blobs)
    async with intake.take(data()) as taken:
        assert (await names(blobs), taken.size, intake.without_row) == ([taken.name], 5, {taken.name})
    assert (await names(blobs), intake.without_row) == ([taken.name], set())


async def fail(intake: BlobIntake, error: Exception) -> None:
    async with intake.take(data()):
        raise error


async def test_a_refused_row_takes_its_bytes_with_it(blobs: LocalBlobs) -> None:
    intake = BlobIntake(blobs)
    with pytest.raises(Forbidden):
        await fail(intake, Forbidden())
    assert (await names(blobs), intake.without_row) == ([], set())


async def test_after_a_failure_that_may_have_written_the_row_the_bytes_stay(blobs: LocalBlobs) -> None:
    intake = BlobIntake(blobs)
    with pytest.raises(OSError, match="disk"):
        await fail(intake, OSError("disk"))
    assert (len(await names(blobs)), intake.without_row) == (1, set())
