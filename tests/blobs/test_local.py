"""Blobs in a folder: what a crash leaves, and what it cannot."""

import asyncio
import os
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from amanat.blobs.local import LocalBlobs


def files(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


async def test_what_was_arriving_when_the_server_ended_is_dropped(tmp_path: Path) -> None:
    (tmp_path / "arriving").mkdir()
    (tmp_path / "arriving" / "half").write_bytes(b"half a fi")
    blobs = LocalBlobs(tmp_path)
    await blobs.open()
    await blobs.close()
    assert files(tmp_path) == []


async def test_nobody_else_may_look(tmp_path: Path) -> None:
    blobs = LocalBlobs(tmp_path / "media")
    await blobs.open()
    async with blobs.receive() as incoming:
        await incoming.write(b"x")
        await incoming.keep("name")
    await blobs.close()
    assert {path.stat().st_mode & 0o077 for path in (tmp_path / "media").rglob("*")} == {0}


async def test_what_others_put_into_the_folder_is_not_ours(tmp_path: Path) -> None:
    blobs = LocalBlobs(tmp_path)
    await blobs.open()
    (tmp_path / "kept" / "ab").mkdir()
    for stray in ("notes.txt", "ab/.hidden", "ab/elsewhere", "ab/two words"):
        (tmp_path / "kept" / stray).write_text("")
    (tmp_path / "kept" / "ab" / "abc").write_text("")
    assert [name async for some in blobs.names() for name in some] == ["abc"]
    await blobs.close()


async def test_a_reader_that_stops_closes_its_file(tmp_path: Path) -> None:
    blobs = LocalBlobs(tmp_path)
    await blobs.open()
    async with blobs.receive() as incoming:
        await incoming.write(b"x" * 1_000_000)
        await incoming.keep("name")
    before = len(os.listdir("/proc/self/fd"))
    reading = blobs.read("name", start=0, end=1_000_000)
    await anext(reading)
    assert len(os.listdir("/proc/self/fd")) == before + 1
    await reading.aclose()
    assert len(os.listdir("/proc/self/fd")) == before
    await blobs.close()


async def test_an_upload_given_up_while_it_is_written_leaves_nothing(tmp_path: Path) -> None:
    blobs = LocalBlobs(tmp_path)
    await blobs.open()

    async def take() -> None:
        async with blobs.receive() as incoming:
            while True:
                await incoming.write(b"x" * 300_000)

    task = asyncio.create_task(take())
    for _ in range(5):
        await asyncio.sleep(0.002)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert files(tmp_path) == []
    await blobs.close()


_UPLOADS = """
    import asyncio, sys
    from pathlib import Path
    from amanat.blobs.local import LocalBlobs

    async def main():
        blobs = LocalBlobs(Path(sys.argv[1]))
        await blobs.open()
        for number in range(10_000):
            async with blobs.receive() as incoming:
                await incoming.write(b"%05d" % number * 100_000)
                await incoming.keep(f"{number:05d}")
            print(number, flush=True)

    asyncio.run(main())
"""


def test_a_killed_server_leaves_no_half_of_a_file_under_a_name(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(_UPLOADS), str(tmp_path)], stdout=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        acknowledged = [int(process.stdout.readline()) for _ in range(5)][-1]
        process.send_signal(signal.SIGKILL)
    kept = sorted((tmp_path / "kept").glob("*/*"))
    assert len(kept) > acknowledged
    assert all(path.read_bytes() == path.name.encode() * 100_000 for path in kept)
