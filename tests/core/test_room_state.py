"""The state that tests use is what the rules ask of any other."""

from amanat.core.room_state import RoomState
from tests.core.rooms import ALICE, created


def test_a_room_in_a_dictionary_is_a_room_state() -> None:
    room = created()
    state: RoomState = room
    create = state.get("m.room.create")
    assert create is not None
    assert create.sender == ALICE
    assert state.get("m.room.member", ALICE) is None
