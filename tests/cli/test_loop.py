"""Work runs on the loop that servers run on."""

import asyncio

import uvloop

from amanat.cli.loop import run


def test_work_runs_on_uvloop() -> None:
    async def work() -> bool:
        return isinstance(asyncio.get_running_loop(), uvloop.Loop)

    assert run(work())
