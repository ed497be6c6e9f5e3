import asyncio
from collections.abc import Iterator

import pytest

from amanat.core.errors import InvalidParam, LimitExceeded, WeakPassword
from amanat.handlers.passwords import Passwords


@pytest.fixture
def passwords() -> Iterator[Passwords]:
    passwords = Passwords(min_length=8, max_waiting=3)
    yield passwords
    passwords.close()


async def test_a_password_fits_its_own_hash_alone(passwords: Passwords) -> None:
    hashed = await passwords.hash("kata sandi")
    assert hashed.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert await passwords.verify(hashed, "kata sandi")
    assert not await passwords.verify(hashed, "kata sandI")


@pytest.mark.parametrize("password", ["", "anything"])
async def test_where_there_is_no_password_none_fits(passwords: Passwords, password: str) -> None:
    assert not await passwords.verify(None, password)


async def test_a_short_password_is_weak_and_one_may_be_as_long_as_a_sentence(passwords: Passwords) -> None:
    with pytest.raises(WeakPassword):
        await passwords.hash("7 chars")
    with pytest.raises(InvalidParam):
        await passwords.hash("x" * 513)
    with pytest.raises(InvalidParam):
        await passwords.verify(None, "é" * 257)


async def test_no_more_wait_than_there_is_room_for(passwords: Passwords) -> None:
    hashed = await passwords.hash("kata sandi")
    tried = await asyncio.gather(*(passwords.verify(hashed, "kata sandi") for _ in range(6)), return_exceptions=True)
    assert sum(outcome is True for outcome in tried) >= 3
    assert any(isinstance(outcome, LimitExceeded) for outcome in tried)
    assert await passwords.verify(hashed, "kata sandi")
