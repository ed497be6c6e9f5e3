"""The rules of power levels, each with what it allows and what it refuses; and that nobody rises by their own doing.

A rule's number is that of rooms/v10 and rooms/v11, a bar, and that of rooms/v12. In these rooms Alice has 100 (in
version 12 she is the creator), Bob 50, Carol 50 and Dan 10.
"""

import copy
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amanat.core.canonical_json import MAX_INTEGER
from amanat.core.errors import BadJson, Forbidden, MatrixError
from amanat.core.event_auth import authorise
from amanat.core.power_levels import DEFAULTS
from tests.core.rooms import ALICE, BOB, CAROL, DAN, EVE, Room, created, founded

every_version = pytest.mark.parametrize("version", ["10", "11", "12"])
PROPERTIES = sorted(DEFAULTS)


def levels_of(version: str) -> dict[str, Any]:
    founder = {} if version == "12" else {ALICE: 100}
    return {
        "users": {BOB: 50, CAROL: 50, DAN: 10, **founder},
        "events": {"m.room.power_levels": 50, "m.room.name": 60, "m.room.topic": 40},
        "notifications": {"room": 60, "quiet": 40},
        "ban": 60,
        "kick": 40,
    }


def ask(version: str, sender: str, **changes: Any) -> None:
    """Ask whether the levels may be changed so; an entry that becomes None is taken out."""
    room = founded(version, levels=levels_of(version))
    content = levels_of(version)
    for key, value in changes.items():
        if isinstance(value, dict) and isinstance(content.get(key), dict):
            entries = {**content[key], **value}
            content[key] = {name: level for name, level in entries.items() if level is not None}
        else:
            content[key] = value
    room.authorise(sender, "m.room.power_levels", content, state_key="")


@every_version
@pytest.mark.parametrize("wrong", ["50", 50.0, None, True, [], {}])
@pytest.mark.parametrize("key", PROPERTIES)
def test_rule_9_1_or_10_1_levels_are_integers(version: str, key: str, wrong: object) -> None:
    ask(version, ALICE, **{key: 50})
    with pytest.raises(BadJson, match=key):
        ask(version, ALICE, **{key: wrong})


@every_version
@pytest.mark.parametrize("wrong", [{"m.room.name": "50"}, {"m.room.name": None}, {"m.room.name": True}, [], None, 5])
@pytest.mark.parametrize("key", ["events", "notifications"])
def test_rule_9_2_or_10_2_events_and_notifications_map_to_integers(version: str, key: str, wrong: object) -> None:
    room = founded(version)
    room.authorise(ALICE, "m.room.power_levels", {key: {"m.room.name": 50}}, state_key="")
    with pytest.raises(BadJson, match=key):
        room.authorise(ALICE, "m.room.power_levels", {key: wrong}, state_key="")


@every_version
@pytest.mark.parametrize("wrong", [{BOB: "50"}, {BOB: None}, {"bob": 50}, {"@bob": 50}, {"": 50}, [BOB], None])
def test_rule_9_3_or_10_3_users_map_user_ids_to_integers(version: str, wrong: object) -> None:
    room = founded(version)
    room.authorise(ALICE, "m.room.power_levels", {"users": {BOB: 50, "@Old ID!:here:80": 1}}, state_key="")
    with pytest.raises(BadJson, match="users"):
        room.authorise(ALICE, "m.room.power_levels", {"users": wrong}, state_key="")


def test_rule_10_4_creators_are_not_named() -> None:
    room = created("12", additional_creators=[BOB])
    room.member(ALICE, "join")
    room.authorise(ALICE, "m.room.power_levels", {"users": {CAROL: 100}}, state_key="")
    for creator in (ALICE, BOB):
        with pytest.raises(Forbidden, match="creators"):
            room.authorise(ALICE, "m.room.power_levels", {"users": {creator: 100}}, state_key="")
    ask("11", ALICE, users={ALICE: 100})


@every_version
def test_rule_9_4_or_10_5_the_first_levels_are_whatever_their_sender_likes(version: str) -> None:
    levels = {"users": {BOB: MAX_INTEGER}, "ban": MAX_INTEGER, "events": {"m.room.name": MAX_INTEGER}}
    founded(version).authorise(ALICE, "m.room.power_levels", levels, state_key="")
    with pytest.raises(Forbidden):
        founded(version).authorise(BOB, "m.room.power_levels", levels, state_key="")


@every_version
@pytest.mark.parametrize("key", PROPERTIES)
def test_rule_9_5_or_10_6_a_property_is_changed_at_or_below_ones_own_level(version: str, key: str) -> None:
    def change(old: int | None, new: int | None) -> None:
        kept = {"users": {BOB: 50, CAROL: 50}, "events": {"m.room.power_levels": 50}}
        before, after = ({**kept} if level is None else {**kept, key: level} for level in (old, new))
        founded(version, levels=before).authorise(BOB, "m.room.power_levels", after, state_key="")

    for old, new in ((50, 40), (40, 50), (None, 50), (50, None), (60, 60)):
        change(old, new)
    for old, new in ((60, 50), (60, None), (60, 70)):  # 9.5.1 | 10.6.1
        with pytest.raises(Forbidden, match=f"it is {old}"):
            change(old, new)
    for old in (40, None):  # 9.5.2 | 10.6.2
        with pytest.raises(Forbidden, match="the level 60"):
            change(old, 60)


@every_version
@pytest.mark.parametrize(
    ("rule", "key", "entry", "new", "allowed"),
    [
        ("6.1 | 7.1", "events", "m.room.topic", 50, True),
        ("6.1 | 7.1", "events", "m.room.topic", None, True),
        ("6.1 | 7.1", "events", "m.room.name", 50, False),
        ("6.1 | 7.1", "events", "m.room.name", None, False),
        ("6.1 | 7.1", "notifications", "quiet", None, True),
        ("6.1 | 7.1", "notifications", "room", 50, False),
        ("6.1 | 7.1", "notifications", "room", None, False),
        ("7.1 | 8.1", "events", "m.room.avatar", 50, True),
        ("7.1 | 8.1", "events", "m.room.avatar", 51, False),
        ("7.1 | 8.1", "events", "m.room.topic", 51, False),
        ("7.1 | 8.1", "notifications", "new", 50, True),
        ("7.1 | 8.1", "notifications", "new", 51, False),
        ("7.1 | 8.1", "notifications", "quiet", 51, False),
        ("8.1 | 9.1", "users", DAN, 20, True),
        ("8.1 | 9.1", "users", DAN, None, True),
        ("8.1 | 9.1", "users", CAROL, 40, False),
        ("8.1 | 9.1", "users", CAROL, None, False),
        ("8.1 | 9.1", "users", BOB, 40, True),
        ("8.1 | 9.1", "users", BOB, None, True),
        ("9.1 | 10.1", "users", EVE, 50, True),
        ("9.1 | 10.1", "users", EVE, 51, False),
        ("9.1 | 10.1", "users", DAN, 50, True),
        ("9.1 | 10.1", "users", DAN, 51, False),
        ("9.1 | 10.1", "users", BOB, 51, False),
    ],
)
def test_rules_9_6_to_9_9_or_10_7_to_10_10_an_entry_is_changed_below_ones_own_level(
    version: str, rule: str, key: str, entry: str, new: int | None, allowed: bool
) -> None:
    if allowed:
        ask(version, BOB, **{key: {entry: new}})
    else:
        with pytest.raises(Forbidden):
            ask(version, BOB, **{key: {entry: new}})


@every_version
def test_rule_9_10_or_10_11_levels_that_change_nothing_may_be_sent(version: str) -> None:
    ask(version, BOB)
    ask(version, BOB, **{"id.example": "unknown keys are nobody's business"})


@every_version
@pytest.mark.parametrize("user_id", [BOB, DAN])
def test_taking_out_an_entry_raises_nobody_above_who_takes_it_out(version: str, user_id: str) -> None:
    levels = {**levels_of(version), "users_default": 60}
    room = founded(version, levels=levels)
    without = {**levels, "users": {name: level for name, level in levels["users"].items() if name != user_id}}
    with pytest.raises(Forbidden, match="the level 60"):
        room.authorise(BOB, "m.room.power_levels", without, state_key="")


def test_a_creator_may_give_what_nobody_else_has() -> None:
    ask("12", ALICE, users={BOB: MAX_INTEGER}, ban=MAX_INTEGER)
    with pytest.raises(Forbidden, match="your own is 100"):
        ask("11", ALICE, users={BOB: 101})


# What anybody may try: a change to the levels as they stand, a membership, a join rule, a message.
PEOPLE = (ALICE, BOB, CAROL, DAN)
LEVELS = (-1, 0, 50, 60, 100)
TYPES = ("m.room.power_levels", "m.room.member", "m.room.name", "m.room.message")
people, some_levels = st.sampled_from(PEOPLE), st.sampled_from(LEVELS)
maybe_level = st.none() | some_levels
edits = st.one_of(
    st.tuples(st.just("users"), people, some_levels),
    st.tuples(st.just("users"), people, st.none()),
    st.tuples(st.just("events"), st.sampled_from(TYPES), maybe_level),
    st.tuples(st.just("notifications"), st.just("room"), maybe_level),
    st.tuples(st.sampled_from(PROPERTIES), st.none(), maybe_level),
    st.tuples(st.sampled_from(["users", "events"]), st.none(), st.none()),
)
acts = st.one_of(
    st.tuples(people, st.just("levels"), st.lists(edits, min_size=1, max_size=2), st.none()),
    st.tuples(people, st.just("levels"), st.lists(edits, min_size=1, max_size=2), st.none()),
    st.tuples(people, st.just("member"), people, st.sampled_from(["join", "invite", "leave", "ban", "knock"])),
    st.tuples(people, st.just("rule"), st.sampled_from(["public", "knock", "restricted", "invite"]), st.none()),
    st.tuples(people, st.sampled_from(["m.room.message", "m.room.name"]), st.none(), st.none()),
)
starts = st.fixed_dictionaries(
    {"users": st.fixed_dictionaries({BOB: some_levels}, optional={CAROL: some_levels, DAN: some_levels})},
    optional={
        **dict.fromkeys(PROPERTIES, some_levels),
        "events": st.dictionaries(st.sampled_from(TYPES), some_levels, max_size=2),
    },
)
every_start = given(
    version=st.sampled_from(["10", "11", "12"]),
    start=starts,
    history=st.lists(acts, min_size=10, max_size=30),
)


def edited(levels: dict[str, Any], changes: list[tuple[str, str | None, int | None]]) -> dict[str, Any]:
    after = copy.deepcopy(levels)
    for key, entry, level in changes:
        place, name = (after, key) if entry is None else (after.setdefault(key, {}), entry)
        if level is None:
            place.pop(name, None)
        else:
            place[name] = level
    return after


def attempt(room: Room, act: tuple[str, str, Any, Any]) -> bool:
    """Do it if the rules allow it."""
    sender, kind, what, more = act
    if kind == "levels":
        levels = room.get("m.room.power_levels")
        assert levels is not None
        content = edited(levels.content, what)
        draft = room.draft(sender, "m.room.power_levels", content, state_key="")
    elif kind == "member":
        via = {"join_authorised_via_users_server": ALICE} if more == "join" else {}
        draft = room.draft(sender, "m.room.member", {"membership": more, **via}, state_key=what)
    elif kind == "rule":
        draft = room.draft(sender, "m.room.join_rules", {"join_rule": what}, state_key="")
    else:
        draft = room.draft(sender, kind, state_key="" if kind == "m.room.name" else None)
    try:
        authorise(draft, room)
    except MatrixError:
        return False
    room.apply(draft)
    return True


def power(room: Room) -> dict[str, int]:
    return {user_id: room.power_levels.of_user(user_id) for user_id in PEOPLE}


@every_start
@settings(max_examples=150, deadline=None)
def test_nobody_is_ever_given_more_power_than_who_gives_it_has(
    version: str, start: dict[str, Any], history: list[Any]
) -> None:
    room = founded(version, levels=start)
    for act in history:
        before = power(room)
        if attempt(room, act):
            after, own = power(room), before[act[0]]
            assert all(after[user_id] <= max(before[user_id], own) for user_id in PEOPLE)


@every_start
@settings(max_examples=150, deadline=None)
def test_no_acts_of_those_who_may_not_change_levels_give_them_power(
    version: str, start: dict[str, Any], history: list[Any]
) -> None:
    room = founded(version, levels=start)
    required = room.power_levels.for_event("m.room.power_levels", is_state=True)
    before = power(room)
    powerless = {user_id for user_id in PEOPLE if before[user_id] < required}
    for act in history:
        if act[0] in powerless:
            attempt(room, act)
    assert power(room) == before
    assert room.power_levels.for_event("m.room.power_levels", is_state=True) == required
