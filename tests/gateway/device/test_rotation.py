"""A room's key is changed in time, and when somebody has it who is not to read what comes."""

import pytest

from amanat.gateway.device.rotation import TOLD_NONE, is_held_by_others, is_spent, lacking
from amanat.gateway.device.tables import DeviceRow, KeyShareRow, OutboundSessionRow, RoomRow

ROOM = RoomRow("!r", "join", rotation_ms=1000, rotation_messages=3)
PHONE = DeviceRow("@alice:x", "PHONE", "curve", "ed", 1)


@pytest.mark.parametrize(
    ("age_ms", "messages", "visibility", "spent"),
    [
        (999, 2, "shared", False),
        (1000, 0, "shared", True),
        (0, 3, "shared", True),
        (0, 0, "joined", True),
    ],
)
def test_when_it_is_spent(age_ms: int, messages: int, visibility: str, spent: bool) -> None:
    session = OutboundSessionRow("!r", "s", "", 5000, messages, visibility)
    assert is_spent(session, ROOM, now_ms=5000 + age_ms) is spent


def share(session_id: str = "s", *, device_id: str = "PHONE", key: str = "curve", index: int = 0) -> KeyShareRow:
    return KeyShareRow("!r", "@alice:x", device_id, session_id, key, index)


@pytest.mark.parametrize(
    ("given", "held"),
    [
        (share(), False),
        (share(device_id="TABLET"), True),
        (share(key="another"), True),
        (share("old", device_id="TABLET"), False),
        (share(device_id="TABLET", index=TOLD_NONE), False),
    ],
)
def test_who_holds_it(given: KeyShareRow, held: bool) -> None:
    assert is_held_by_others("s", [given], give=[PHONE]) is held


@pytest.mark.parametrize(
    ("known", "lacks", "untold"),
    [
        ([], True, True),
        ([share()], False, False),
        ([share("old")], True, True),
        ([share(index=TOLD_NONE)], True, False),
    ],
)
def test_who_lacks_it(known: list[KeyShareRow], lacks: bool, untold: bool) -> None:
    assert bool(lacking("s", known, among=[PHONE])) is lacks
    assert bool(lacking("s", known, among=[PHONE], told_is_enough=True)) is untold
