"""Stories that only matrix-js-sdk can tell, one Node script each: verification, recovery, the account."""

import asyncio

import pytest

from tests.clients.js_person import node
from tests.clients.person import PATIENCE_SECONDS
from tests.processes import AmanatProcess


@pytest.mark.parametrize("story", ["verification", "recovery", "account"])
async def test_story(lab: AmanatProcess, story: str) -> None:
    process = await asyncio.create_subprocess_exec(
        *node(f"{story}.mjs"), lab.url, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE
    )
    try:
        said, complained = await asyncio.wait_for(process.communicate(), 2 * PATIENCE_SECONDS)
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    assert process.returncode == 0, f"{story}:\n{said.decode()}\n{complained.decode()}"
