"""The server's end of the process that makes thumbnails: started when there is work, killed when it is overdue."""

import asyncio
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import AsyncIterable
from contextlib import suppress
from pathlib import Path
from typing import Final

import structlog
from msgspec import Struct, json

from amanat.core.errors import LimitExceeded
from amanat.core.thumbnails import MAX_PIXELS, Variant

log = structlog.get_logger()

DEADLINE_S: Final = 20.0
"""Twice what it may compute: the machine may be busy. Past it, it is killed."""
IDLE_S: Final = 60.0
"""It holds some 30 MB, which a server without work for it can do without."""
MAX_WAITING: Final = 64
MAX_RESULT_BYTES: Final = 16 * 1024 * 1024

_WORKER: Final = str(Path(__file__).with_name("thumbnail_worker.py"))


class Made(Struct, frozen=True, kw_only=True):
    """What became of an order. Without bytes and without a refusal, the picture itself is small enough."""

    size: int
    content_type: str | None = None
    refusal: str | None = None


class WorkerFailed(Exception):
    """The process was killed, or ended by itself, over a picture."""


class ThumbnailProcess:
    """Makes one thumbnail at a time, so that pictures never take more than one processor."""

    def __init__(self, *, deadline_s: float = DEADLINE_S, idle_s: float = IDLE_S) -> None:
        self._deadline_s = deadline_s
        self._idle_s = idle_s
        self._turn = asyncio.Lock()
        self._waiting = 0
        self._process: Process | None = None
        self._retirement: asyncio.TimerHandle | None = None

    @property
    def pid(self) -> int | None:
        """The process's id while there is one."""
        return None if self._process is None else self._process.pid

    async def make(self, picture: AsyncIterable[bytes], *, size: int, variant: Variant) -> tuple[Made, bytes]:
        """Make a thumbnail of a picture of `size` bytes; raises WorkerFailed, and LimitExceeded if too many wait."""
        if self._waiting >= MAX_WAITING:
            raise LimitExceeded("Too many thumbnails are being made at this moment.", retry_after_ms=2000)
        self._waiting += 1
        try:
            async with self._turn:
                return await self._order(picture, size=size, variant=variant)
        finally:
            self._waiting -= 1

    async def close(self) -> None:
        """End the process."""
        async with self._turn:
            await self._end()

    async def _order(self, picture: AsyncIterable[bytes], *, size: int, variant: Variant) -> tuple[Made, bytes]:
        self._stay()
        try:
            async with asyncio.timeout(self._deadline_s):
                answer = await self._converse(picture, size=size, variant=variant)
        except (TimeoutError, EOFError, ConnectionError, ValueError) as failure:
            log.warning("thumbnail_worker_failed", failure=type(failure).__name__)
            await self._end()
            raise WorkerFailed from failure
        except BaseException:
            # It waits for the rest of a picture that will not come.
            await self._end()
            raise
        self._retirement = asyncio.get_running_loop().call_later(self._idle_s, self._retire)
        return answer

    async def _converse(self, picture: AsyncIterable[bytes], *, size: int, variant: Variant) -> tuple[Made, bytes]:
        process = await self._started()
        assert process.stdin is not None
        assert process.stdout is not None
        order = {
            "size": size,
            "width": variant.width,
            "height": variant.height,
            "crop": variant.method == "crop",
            "max_pixels": MAX_PIXELS,
        }
        process.stdin.write(json.encode(order) + b"\n")
        async for piece in picture:
            process.stdin.write(piece)
            await process.stdin.drain()
        made = json.decode(await process.stdout.readuntil(b"\n"), type=Made)
        if not 0 <= made.size <= MAX_RESULT_BYTES:
            raise ValueError(made.size)
        return made, await process.stdout.readexactly(made.size)

    async def _started(self) -> Process:
        if self._process is None or self._process.returncode is not None:
            # Isolated, with no environment and no group of ours: neither a setting nor Ctrl-C reaches it.
            self._process = await asyncio.create_subprocess_exec(
                sys.executable, "-I", _WORKER, stdin=PIPE, stdout=PIPE, stderr=DEVNULL, env={}, start_new_session=True
            )
        return self._process

    async def _end(self) -> None:
        self._stay()
        process, self._process = self._process, None
        if process is None:
            return
        with suppress(ProcessLookupError):
            process.kill()
        await process.communicate()

    def _stay(self) -> None:
        if self._retirement is not None:
            self._retirement.cancel()
            self._retirement = None

    def _retire(self) -> None:
        """End it while it has nothing to do; the next order starts another."""
        process, self._process = self._process, None
        if process is not None and process.returncode is None:
            process.kill()
