"""A recovery key opens its own account, and everybody hears of it."""

import pytest

from amanat.core.recovery_key import KEY_BYTES, written
from amanat.product.accounts.credentials.credentials import Credentials
from amanat.product.accounts.credentials.errors import WrongRecoveryKey
from amanat.product.accounts.credentials.notices import Kind
from amanat.product.accounts.credentials.tables import RECOVERY_KEY
from tests.server import Server


async def test_a_key_opens_its_own_account_and_its_devices_are_told(amanat: Server, credentials: Credentials) -> None:
    ani, budi = await amanat.user("ani"), await amanat.user("budi")
    key = await credentials.recovery_keys.new(ani.user_id)
    await credentials.recovery_keys.new(budi.user_id)
    assert await credentials.recovery_keys.use(key.lower().replace("-", " ")) == ani.user_id
    kinds = [notice.kind for notice in await credentials.notices.list(ani.user_id)]
    assert kinds == [Kind.RECOVERY_KEY_MADE, Kind.RECOVERY_KEY_USED]
    assert len(await credentials.notices.list(budi.user_id)) == 1


async def test_a_new_key_voids_the_old(amanat: Server, credentials: Credentials) -> None:
    ani = await amanat.user("ani")
    assert await credentials.recovery_keys.made_ts(ani.user_id) is None
    old, new = await credentials.recovery_keys.new(ani.user_id), await credentials.recovery_keys.new(ani.user_id)
    assert await credentials.recovery_keys.made_ts(ani.user_id) is not None
    with pytest.raises(WrongRecoveryKey):
        await credentials.recovery_keys.use(old)
    assert await credentials.recovery_keys.use(new) == ani.user_id


@pytest.mark.parametrize("typed", ["", "ABCD", written(bytes(KEY_BYTES)), "\0" * 28])
async def test_any_other_key_opens_nothing(credentials: Credentials, typed: str) -> None:
    with pytest.raises(WrongRecoveryKey):
        await credentials.recovery_keys.use(typed)


async def test_a_key_of_an_account_that_has_ended_opens_nothing(amanat: Server, credentials: Credentials) -> None:
    ani = await amanat.user("ani")
    key = await credentials.recovery_keys.new(ani.user_id)
    await amanat.amanat.deactivation.deactivate(ani.user_id, erase=False)
    with pytest.raises(WrongRecoveryKey):
        await credentials.recovery_keys.use(key)


async def test_the_key_is_stored_nowhere(amanat: Server, credentials: Credentials) -> None:
    ani = await amanat.user("ani")
    key = await credentials.recovery_keys.new(ani.user_id)
    row = await amanat.amanat.store.first(RECOVERY_KEY, user_id=ani.user_id)
    assert row is not None
    assert written(row.key_hash[:KEY_BYTES]) != key
