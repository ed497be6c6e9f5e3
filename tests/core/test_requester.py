"""What is left to an account in each state."""

import pytest

from amanat.core.errors import UserLocked, UserSuspended
from amanat.core.requester import AccountState, Requester


def _in(state: AccountState) -> Requester:
    return Requester(user_id="@ani:localhost", device_id="", token_hash=b"", state=state)


def test_a_free_account_may_do_everything() -> None:
    _in("free").check("free")
    _in("free").check("suspended")
    _in("free").check("locked")


def test_a_suspended_account_may_do_what_is_left_to_it() -> None:
    _in("suspended").check("suspended")
    _in("suspended").check("locked")
    with pytest.raises(UserSuspended):
        _in("suspended").check("free")


@pytest.mark.parametrize("allows", ["free", "suspended"])
def test_a_locked_account_may_log_out_alone(allows: AccountState) -> None:
    _in("locked").check("locked")
    with pytest.raises(UserLocked) as refusal:
        _in("locked").check(allows)
    assert refusal.value.body()["soft_logout"] is True
