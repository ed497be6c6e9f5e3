import asyncio
from collections.abc import Iterator

import pytest

from amanat.core.errors import LimitExceeded
from amanat.handlers.slow_hashes import SlowHashes


@pytest.fixture
def slow_hashes() -> Iterator[SlowHashes]:
    slow_hashes = SlowHashes(max_waiting=3)
    yield slow_hashes
    slow_hashes.close()


async def test_only_what_was_hashed_matches(slow_hashes: SlowHashes) -> None:
    hashed = await slow_hashes.hash("kata sandi")
    assert hashed.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert await slow_hashes.matches(hashed, "kata sandi")
    assert not await slow_hashes.matches(hashed, "kata sandI")


@pytest.mark.parametrize("text", ["", "anything"])
async def test_where_nothing_was_hashed_nothing_matches(slow_hashes: SlowHashes, text: str) -> None:
    assert not await slow_hashes.matches(None, text)


async def test_no_more_wait_than_there_is_room_for(slow_hashes: SlowHashes) -> None:
    hashed = await slow_hashes.hash("kata sandi")
    tried = await asyncio.gather(*(slow_hashes.matches(hashed, "kata sandi") for _ in range(6)), return_exceptions=True)
    assert sum(outcome is True for outcome in tried) >= 3
    assert any(isinstance(outcome, LimitExceeded) for outcome in tried)
    assert await slow_hashes.matches(hashed, "kata sandi")
