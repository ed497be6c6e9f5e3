"""Invites to an address: rule 4.4.1 of versions 10 and 11, 5.4.1 of version 12, each with what it refuses."""

import base64
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from amanat.core.canonical_json import encode
from amanat.core.errors import Forbidden
from tests.core.rooms import ALICE, BOB, DAN, EVE, Room, founded

KEY = Ed25519PrivateKey.from_private_bytes(b"k" * 32)
OTHER_KEY = Ed25519PrivateKey.from_private_bytes(b"o" * 32)


def unpadded(data: bytes) -> str:
    return base64.b64encode(data).decode().rstrip("=")


def public(key: Ed25519PrivateKey) -> str:
    return unpadded(key.public_key().public_bytes_raw())


def signed(key: Ed25519PrivateKey = KEY, **more: Any) -> dict[str, Any]:
    content = {"mxid": DAN, "token": "token", **more}
    return {**content, "signatures": {"identity": {"ed25519:0": unpadded(key.sign(encode(content)))}}}


def room_with_invite(version: str = "12", **trusted: Any) -> Room:
    room = founded(version)
    room.put(BOB, "m.room.third_party_invite", trusted or {"public_key": public(KEY)}, state_key="token")
    return room


def ask(room: Room, third_party_invite: Any, *, sender: str = BOB, target: str = DAN) -> None:
    content = {"membership": "invite", "third_party_invite": third_party_invite}
    room.authorise(sender, "m.room.member", content, state_key=target)


@pytest.mark.parametrize("version", ["10", "11", "12"])
def test_a_signed_answer_to_the_rooms_invite_is_allowed(version: str) -> None:
    ask(room_with_invite(version), {"signed": signed(), "display_name": "Dan"})


def test_rule_4_1_1_who_is_banned_stays_out() -> None:
    room = room_with_invite()
    room.member(DAN, "ban", sender=ALICE)
    with pytest.raises(Forbidden, match="banned"):
        ask(room, {"signed": signed()})


@pytest.mark.parametrize(
    ("invite", "reason"),
    [
        ({}, "not signed"),
        (None, "not signed"),
        ({"signed": []}, "not signed"),
        ({"signed": {"token": "token"}}, "no mxid"),
        ({"signed": {"mxid": DAN}}, "no token"),
        ({"signed": signed(mxid=EVE)}, "somebody else"),
        ({"signed": signed(token="other")}, "no third-party invite"),
        ({"signed": signed(OTHER_KEY)}, "key that the room trusts"),
        ({"signed": {**signed(), "more": 1}}, "key that the room trusts"),
        ({"signed": {**signed(), "signatures": {}}}, "key that the room trusts"),
        ({"signed": {**signed(), "signatures": {"identity": {"ed25519:0": "é*"}}}}, "key that the room trusts"),
        ({"signed": {**signed(), "signatures": [{"ed25519:0": "x"}]}}, "key that the room trusts"),
    ],
    ids=["4.1.2", "4.1.2", "4.1.2", "4.1.3", "4.1.3", "4.1.4", "4.1.5", "4.1.8", "4.1.8", "4.1.8", "4.1.8", "4.1.8"],
)
def test_rules_4_1_2_to_4_1_8_refuse_what_is_not_such_an_answer(invite: Any, reason: str) -> None:
    with pytest.raises(Forbidden, match=reason):
        ask(room_with_invite(), invite)


def test_rule_4_1_6_only_who_sent_the_first_invite_sends_the_second() -> None:
    with pytest.raises(Forbidden, match="sent by somebody else"):
        ask(room_with_invite(), {"signed": signed()}, sender=ALICE)


def test_rule_4_1_7_any_of_the_rooms_keys_will_do() -> None:
    url_safe_padded = base64.urlsafe_b64encode(KEY.public_key().public_bytes_raw()).decode()
    ask(
        room_with_invite(public_keys=[{"public_key": public(OTHER_KEY)}, {"public_key": public(KEY)}]),
        {"signed": signed()},
    )
    ask(room_with_invite(public_key=url_safe_padded), {"signed": signed()})
    with pytest.raises(Forbidden, match="key that the room trusts"):
        ask(room_with_invite(public_keys=[None, {"public_key": "short"}, {"public_key": "a"}]), {"signed": signed()})
