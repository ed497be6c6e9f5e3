"""Whatever happens says in which room, and two of the same are equal."""

import pytest

from amanat.gateway.device.happenings import Happening, HeldBack, NotSent, Received, Sent, Unreadable

ALL: list[Happening] = [
    Received(room_id="!r", event_id="$e", sender="@a:x", ts=1, type="m.reaction", content={}),
    Unreadable(room_id="!r", event_id="$e", sender="@a:x", ts=1),
    Sent(room_id="!r", txn_id="t", event_id="$e"),
    NotSent(room_id="!r", txn_id="t", errcode="M_FORBIDDEN"),
    HeldBack(room_id="!r", reason="no_device", user_ids=[]),
]


@pytest.mark.parametrize("happening", ALL, ids=lambda happening: type(happening).__name__)
def test_each_happens_in_a_room(happening: Happening) -> None:
    assert happening.room_id == "!r"
    with pytest.raises(AttributeError):
        happening.room_id = "!other"  # type: ignore[misc]  # which is what is tried
