"""The process that makes thumbnails: what limits it, and that no picture takes it away from the next."""

import asyncio
import os
import signal
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from amanat.core.errors import LimitExceeded
from amanat.core.thumbnails import Variant
from amanat.handlers.thumbnail_process import MAX_WAITING, Made, ThumbnailProcess, WorkerFailed
from tests.client_api.media import opened, picture

SMALL = Variant("crop", 96, 96)


@pytest.fixture
async def process() -> AsyncIterator[ThumbnailProcess]:
    """A process that has not been started."""
    process = ThumbnailProcess()
    yield process
    await process.close()


async def pieces(data: bytes) -> AsyncIterator[bytes]:
    for at in range(0, len(data), 65_536):
        yield data[at : at + 65_536]


async def make(process: ThumbnailProcess, data: bytes) -> tuple[Made, bytes]:
    return await process.make(pieces(data), size=len(data), variant=SMALL)


def soft_limits(pid: int) -> dict[str, str]:
    lines = Path(f"/proc/{pid}/limits").read_text().splitlines()
    return {line[:26].strip(): line[26:47].strip() for line in lines}


def environment(pid: int) -> bytes:
    return Path(f"/proc/{pid}/environ").read_bytes()


async def test_it_runs_only_once_there_is_work(process: ThumbnailProcess) -> None:
    assert process.pid is None
    _, made = await make(process, picture())
    assert opened(made).size == (96, 96)
    first = process.pid
    await make(process, picture())
    assert process.pid == first


async def test_it_may_write_no_file_and_start_no_process(process: ThumbnailProcess) -> None:
    await make(process, picture())
    assert process.pid is not None
    soft = soft_limits(process.pid)
    assert (soft["Max file size"], soft["Max core file size"], soft["Max processes"]) == ("0", "0", "0")
    assert int(soft["Max address space"]) == 1024**3
    assert 0 < int(soft["Max cpu time"]) < 60
    assert environment(process.pid) == b""


async def test_one_that_is_overdue_is_killed_and_the_next_order_starts_another() -> None:
    process = ThumbnailProcess(deadline_s=0.3)
    with pytest.raises(WorkerFailed):
        # It waits for bytes that do not come; a picture that takes for ever looks the same from here.
        await process.make(pieces(b"x"), size=1_000_000, variant=SMALL)
    assert process.pid is None
    patient = ThumbnailProcess()
    await make(patient, picture())
    await patient.close()


async def test_one_that_dies_over_a_picture_is_replaced(process: ThumbnailProcess) -> None:
    await make(process, picture())
    dead = process.pid
    assert dead is not None
    os.kill(dead, signal.SIGKILL)
    with pytest.raises(WorkerFailed):
        await make(process, picture(mode="RGBA"))
    assert opened((await make(process, picture()))[1]).size == (96, 96)
    assert process.pid != dead


async def test_a_picture_that_breaks_off_on_its_way_does_not_spoil_the_next(process: ThumbnailProcess) -> None:
    async def broken() -> AsyncIterator[bytes]:
        yield b"x"
        raise FileNotFoundError

    with pytest.raises(FileNotFoundError):
        await process.make(broken(), size=100, variant=SMALL)
    assert opened((await make(process, picture()))[1]).size == (96, 96)


async def test_one_that_is_given_up_does_not_spoil_the_next(process: ThumbnailProcess) -> None:
    begun = asyncio.Event()

    async def slow() -> AsyncIterator[bytes]:
        yield b"x"
        begun.set()
        await asyncio.Event().wait()

    task = asyncio.create_task(process.make(slow(), size=100, variant=SMALL))
    await begun.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert opened((await make(process, picture()))[1]).size == (96, 96)


async def test_it_ends_when_there_is_no_more_work() -> None:
    process = ThumbnailProcess(idle_s=0)
    await make(process, picture())
    first = process.pid
    assert first is not None
    await asyncio.sleep(0.01)
    assert process.pid is None
    assert opened((await make(process, picture()))[1]).size == (96, 96)
    await process.close()


async def test_many_wait_but_not_any_number(process: ThumbnailProcess) -> None:
    waiting = [asyncio.create_task(make(process, b"x")) for _ in range(MAX_WAITING)]
    await asyncio.sleep(0)
    with pytest.raises(LimitExceeded):
        await make(process, b"x")
    answers = await asyncio.gather(*waiting)
    assert {made.refusal for made, _ in answers} == {"unreadable"}
