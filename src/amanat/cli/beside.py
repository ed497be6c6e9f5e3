"""Processes that live beside a server that runs in this one: begun once it answers, and told to leave with it."""

import asyncio
import sys
from asyncio.subprocess import PIPE
from collections.abc import Callable, Coroutine
from contextlib import suppress
from typing import Any


async def run_beside(module: str, *arguments: str, heard: Callable[[bytes], object]) -> int:
    """Run a module in a process of its own until it leaves or this is cancelled; return its exit code.

    `heard` is given each line that it prints. It is to be written with `until_stdin_ends`.
    """
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", module, *arguments),
        stdin=PIPE,  # Its end tells it to leave, even where this process is killed.
        stdout=PIPE,
        start_new_session=True,  # An interrupt at the keyboard is for the server, which tells it.
    )
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        async for line in process.stdout:
            heard(line)
        return await process.wait()
    finally:
        process.stdin.close()
        await process.wait()


async def until_stdin_ends(work: Coroutine[Any, Any, None]) -> None:
    """Do some work until it is done, or standard input ends."""
    working = asyncio.create_task(work)
    ended = asyncio.create_task(_stdin_ended())
    await asyncio.wait({working, ended}, return_when=asyncio.FIRST_COMPLETED)
    for task in (working, ended):
        task.cancel()
    with suppress(asyncio.CancelledError):
        await working


async def _stdin_ended() -> None:
    reader = asyncio.StreamReader()
    loop = asyncio.get_running_loop()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    await reader.read()
