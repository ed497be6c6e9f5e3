from typing import Any

from amanat.core.events import Event
from amanat.core.stripped_state import POWER_LEVELS, STRIPPED_TYPES, strip, stripped_state

ALICE, BOB, CAROL = "@alice:example.org", "@bob:example.org", "@carol:example.org"


def event(event_type: str, *, key: str = "", sender: str = ALICE, **content: Any) -> Event:
    return Event(
        event_id="$e",
        room_id="!r:example.org",
        type=event_type,
        sender=sender,
        content=content,
        origin_server_ts=1,
        state_key=key,
    )


class Room:
    def __init__(self, *events: Event) -> None:
        self._state = {(each.type, each.state_key): each for each in events}

    def get(self, event_type: str, state_key: str = "", /) -> Event | None:
        return self._state.get((event_type, state_key))


def full_room() -> Room:
    shown = [event(event_type) for event_type in STRIPPED_TYPES]
    kept = [event("m.room.power_levels"), event("m.room.pinned_events"), event("id.amanat.retention")]
    people = [event("m.room.member", key=each, sender=each, membership="join") for each in (ALICE, CAROL)]
    return Room(*shown, *kept, *people)


def shown_to(user_id: str, state: Room, **named: Event) -> list[tuple[str, str]]:
    return [(each["type"], each["state_key"]) for each in stripped_state(state, user_id=user_id, **named)]


def test_an_invite_shows_what_the_specification_lists_who_may_do_what_and_the_two_people_it_is_about() -> None:
    invite = event("m.room.member", key=BOB, sender=ALICE, membership="invite")
    assert shown_to(BOB, full_room(), member=invite) == [
        *((event_type, "") for event_type in STRIPPED_TYPES),
        (POWER_LEVELS, ""),
        ("m.room.member", ALICE),
        ("m.room.member", BOB),
    ]


def test_a_knock_shows_nobody_but_who_knocks() -> None:
    knock = event("m.room.member", key=BOB, sender=BOB, membership="knock")
    assert shown_to(BOB, full_room(), member=knock) == [
        *((event_type, "") for event_type in STRIPPED_TYPES),
        ("m.room.member", BOB),
    ]


def test_what_a_room_lacks_is_left_out() -> None:
    assert shown_to(BOB, Room(event("m.room.create"))) == [("m.room.create", "")]


def test_the_member_event_is_found_in_the_state_when_it_is_there() -> None:
    invite = event("m.room.member", key=BOB, sender=ALICE, membership="invite")
    assert shown_to(BOB, Room(event("m.room.create"), invite)) == [("m.room.create", ""), ("m.room.member", BOB)]


def test_a_stripped_event_has_four_properties() -> None:
    assert strip(event("m.room.name", name="Bridges")) == {
        "type": "m.room.name",
        "state_key": "",
        "sender": ALICE,
        "content": {"name": "Bridges"},
    }
