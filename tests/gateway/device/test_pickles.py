"""What is sealed opens with the same key, and with no other."""

import pytest
from vodozemac import Account, GroupSession, InboundGroupSession

from amanat.gateway.device.pickles import DamagedKeys, Pickles

OURS, OTHERS = Pickles(b"k" * 32), Pickles(b"o" * 32)


def test_an_account_and_sessions_come_back() -> None:
    account, group, peer = Account(), GroupSession(), Account()
    inbound = InboundGroupSession(group.session_key)
    peer.generate_one_time_keys(1)
    (one_time,) = peer.one_time_keys.values()
    session = account.create_outbound_session(peer.curve25519_key, one_time)
    assert OURS.account(OURS.seal(account)).curve25519_key == account.curve25519_key
    assert OURS.outbound_session(OURS.seal(group)).session_id == group.session_id
    assert OURS.room_key(OURS.seal(inbound)).session_id == group.session_id
    assert OURS.olm_session(OURS.seal(session)).session_id == session.session_id


@pytest.mark.parametrize("kind", ["account", "olm_session", "outbound_session", "room_key"])
def test_another_key_opens_nothing(kind: str) -> None:
    with pytest.raises(DamagedKeys, match=r"service\.key"):
        getattr(OTHERS, kind)(OURS.seal(Account()))


def test_the_key_is_whole_and_not_shown() -> None:
    assert "k" * 8 not in repr(OURS)
    with pytest.raises(ValueError, match="32 bytes"):
        Pickles(b"short")
