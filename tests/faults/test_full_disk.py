"""A full disk: sends fail with 500 and a line in the log, reads go on, and with room the server goes on by itself."""

import asyncio
import os
import resource
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeAlias

import pytest

from tests import processes
from tests.faults.conftest import Register
from tests.faults.device import Device, ciphertext, send_path
from tests.faults.load import read_timeline
from tests.processes import AmanatProcess

_SIZE = 40_000  # Of a message: the disk is full soon.
_ROOM = 8 * 1024 * 1024
_MORE_ROOM = 64 * 1024 * 1024
_KINDS = ["file size limit", "full file system"] if os.geteuid() == 0 else ["file size limit"]

SetRoom: TypeAlias = Callable[[AmanatProcess, int], None]


@pytest.fixture(params=_KINDS)
def disk(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[Path, SetRoom]]:
    """A folder, and what says how much room there is. Only root can mount; anybody can limit a file's size."""
    if request.param == "file size limit":
        yield tmp_path, _limit_file_size
        return
    mounted = tmp_path / "disk"
    mounted.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={_MORE_ROOM}", "amanat-test", mounted], check=True)
    try:
        yield mounted, lambda _, size: _resize(mounted, size)
    finally:
        subprocess.run(["umount", mounted], check=True)


def _limit_file_size(lab: AmanatProcess, size: int) -> None:
    _, hard = resource.prlimit(lab.pid, resource.RLIMIT_FSIZE)
    resource.prlimit(lab.pid, resource.RLIMIT_FSIZE, (size, hard))


def _resize(mounted: Path, size: int) -> None:
    subprocess.run(["mount", "-o", f"remount,size={size}", mounted], check=True)


async def test_a_full_disk_refuses_sends_and_nothing_else_and_recovers(
    disk: tuple[Path, SetRoom], register: Register, tmp_path: Path
) -> None:
    folder, set_room = disk
    command = ("lab", "--listen", f"127.0.0.1:{processes.free_port()}", "--data", str(folder / "data"), "--gate")
    with AmanatProcess(*command, log=tmp_path / "lab.log") as lab:
        alice = await register(lab.url, "alice")
        room_id = await alice.create_room(invite=[])
        set_room(lab, _ROOM)
        sent = await _send_until_refused(alice, room_id)
        assert sent, "there was room for something"
        assert "commit_failed" in lab.log.read_text()
        assert await read_timeline(alice, room_id) == sent

        set_room(lab, _MORE_ROOM)
        mark = str(len(sent))
        again = await alice.ask("PUT", send_path(room_id, f"t{mark}"), ciphertext(mark, size=_SIZE))
        sent.append((mark, again.json()["event_id"]))
        assert await read_timeline(alice, room_id) == sent
        await asyncio.to_thread(lab.kill)
        await asyncio.to_thread(lab.start)
        assert await read_timeline(alice, room_id) == sent


async def _send_until_refused(person: Device, room_id: str) -> list[tuple[str, str]]:
    """Send until the disk is full; return what was taken."""
    sent: list[tuple[str, str]] = []
    while True:
        mark = str(len(sent))
        reply = await person.ask("PUT", send_path(room_id, f"t{mark}"), ciphertext(mark, size=_SIZE))
        if reply.status != 200:
            assert reply.status == 500
            return sent
        sent.append((mark, reply.json()["event_id"]))
