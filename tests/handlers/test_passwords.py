from collections.abc import Iterator

import pytest

from amanat.core.errors import InvalidParam, WeakPassword
from amanat.handlers.passwords import Passwords
from amanat.handlers.slow_hashes import SlowHashes


@pytest.fixture
def passwords() -> Iterator[Passwords]:
    slow_hashes = SlowHashes()
    yield Passwords(slow_hashes, min_length=8)
    slow_hashes.close()


async def test_a_password_fits_its_own_hash_alone(passwords: Passwords) -> None:
    hashed = await passwords.hash("kata sandi")
    assert await passwords.verify(hashed, "kata sandi")
    assert not await passwords.verify(hashed, "kata sandI")
    assert not await passwords.verify(None, "kata sandi")


async def test_a_short_password_is_weak_and_one_may_be_as_long_as_a_sentence(passwords: Passwords) -> None:
    with pytest.raises(WeakPassword):
        await passwords.hash("7 chars")
    with pytest.raises(InvalidParam):
        await passwords.hash("x" * 513)
    with pytest.raises(InvalidParam):
        await passwords.verify(None, "é" * 257)
