from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import Struct

from amanat.core import gate
from amanat.core.errors import Forbidden, InvalidParam
from amanat.core.events import Draft
from amanat.core.gate_tables import MESSAGES, TO_DEVICE
from amanat.core.room_classes import CLASSES, COMMUNITY, PRIVATE, PUBLIC, RoomClass
from tests.core import gate_samples as samples

ENCRYPTION = {"algorithm": "m.megolm.v1.aes-sha2"}
TOMBSTONE = {"body": "This room has been replaced", "replacement_room": samples.ROOM}


class Stored(Struct, frozen=True):
    content: dict[str, Any]


def room(**state: dict[str, Any]) -> gate.StateGet:
    """A room's state by the last word of each type, all under the empty state key."""
    stored = {(f"m.room.{name}", ""): Stored(content) for name, content in state.items()}
    return lambda event_type, state_key: stored.get((event_type, state_key))


ENCRYPTED = room(encryption=ENCRYPTION)
EMPTY = room()


def refusal(check: Callable[..., object], *args: Any, **named: Any) -> str:
    with pytest.raises(Forbidden) as refused:
        check(*args, **named)
    assert refused.value.error.endswith(".")
    return refused.value.error


def change(
    room_class: RoomClass,
    state: gate.StateGet,
    event_type: str,
    content: dict[str, Any],
    *,
    state_key: str = "",
    from_upgrade: bool = False,
) -> None:
    draft = Draft(
        room_id=samples.ROOM,
        type=event_type,
        sender=samples.ALICE,
        content=content,
        origin_server_ts=1,
        state_key=state_key,
    )
    gate.check_state(draft, room_class=room_class, state_get=state, from_upgrade=from_upgrade)


@pytest.mark.parametrize("event_type", samples.MESSAGES)
def test_what_clients_send_encrypted_or_must_send_in_clear_is_taken(event_type: str) -> None:
    gate.check_message(event_type, samples.MESSAGES[event_type])


@pytest.mark.parametrize(
    ("event_type", "content"),
    [
        ("m.room.message", {"msgtype": "m.text", "body": samples.FREE_TEXT}),
        ("m.room.message", {}),
        ("m.sticker", {"body": "cat", "url": samples.MXC}),
        ("m.call.invite", {"call_id": "1", "offer": {}}),
        ("m.poll.start", {}),
        ("org.example.note", {"note": samples.FREE_TEXT}),
        ("", {}),
    ],
)
def test_a_message_in_clear_is_refused_with_what_to_do(event_type: str, content: dict[str, Any]) -> None:
    said = refusal(gate.check_message, event_type, content)
    assert "encrypt it and send it as `m.room.encrypted`" in said
    assert samples.FREE_TEXT not in said


def test_an_unknown_key_is_refused_by_its_name() -> None:
    said = refusal(gate.check_message, "m.room.encrypted", {**samples.MEGOLM, "body": samples.FREE_TEXT})
    assert said == "`m.room.encrypted` may not carry `body` in clear: put it inside the ciphertext."


def test_a_refusal_says_where_in_the_content_the_fault_is() -> None:
    thread = {"rel_type": "m.thread", "event_id": samples.EVENT}
    nested = {**samples.MEGOLM, "m.relates_to": {**thread, "m.new_content": {"body": "x"}}}
    assert "`m.new_content`" in refusal(gate.check_message, "m.room.encrypted", nested)
    wrong = {**samples.MEGOLM, "ciphertext": samples.FREE_TEXT}
    assert "`ciphertext` of `m.room.encrypted` must be base64" in refusal(gate.check_message, "m.room.encrypted", wrong)
    short = {key: value for key, value in samples.MEGOLM.items() if key != "session_id"}
    assert "lacks `session_id`" in refusal(gate.check_message, "m.room.encrypted", short)


def test_a_long_name_is_not_repeated_whole() -> None:
    assert len(refusal(gate.check_message, "x" * 10_000, {})) < 300
    assert len(refusal(gate.check_message, "m.room.encrypted", {**samples.MEGOLM, "x" * 10_000: 1})) < 300


def test_a_reaction_is_one_emoji_and_no_word() -> None:
    said = {"rel_type": "m.annotation", "event_id": samples.EVENT, "key": "yes, at nine"}
    assert "one emoji" in refusal(gate.check_message, "m.reaction", {"m.relates_to": said})


def test_the_reason_of_a_redaction_is_dropped_and_cannot_be_stored() -> None:
    content = {"redacts": samples.EVENT, "reason": samples.FREE_TEXT}
    assert "`reason`" in refusal(gate.check_message, "m.room.redaction", content)
    assert gate.strip_redaction(content) == {"redacts": samples.EVENT}
    gate.check_message("m.room.redaction", gate.strip_redaction(content))
    gate.check_message("m.room.redaction", gate.strip_redaction({"reason": samples.FREE_TEXT}))


def test_what_keeps_a_room_encrypted_cannot_be_redacted() -> None:
    assert "encrypted" in refusal(gate.check_redaction, "m.room.encryption", "")
    assert "encrypted" in refusal(gate.check_redaction, "m.room.create", "")
    gate.check_redaction("m.room.encrypted", None)
    gate.check_redaction("m.room.name", "")


def test_a_room_is_gated_by_its_class_or_once_encryption_is_on() -> None:
    gated_at_birth = {name for name, each in CLASSES.items() if gate.is_gated(each, EMPTY)}
    assert gated_at_birth == {"private", "transaction", "business"}
    assert all(gate.is_gated(each, ENCRYPTED) for each in CLASSES.values())


@pytest.mark.parametrize("event_type", samples.STATE)
@pytest.mark.parametrize("room_class", [PRIVATE, PUBLIC, COMMUNITY], ids=lambda each: each.name)
def test_known_state_is_taken_in_an_encrypted_room(room_class: RoomClass, event_type: str) -> None:
    state_key, content = samples.STATE[event_type]
    change(room_class, ENCRYPTED, event_type, content, state_key=state_key, from_upgrade=True)


def test_unknown_state_is_refused_where_it_is_encrypted_and_taken_where_it_is_not() -> None:
    note = {"note": samples.FREE_TEXT}
    assert "org.example.note" in refusal(change, PRIVATE, EMPTY, "org.example.note", note)
    assert "org.example.note" in refusal(change, PUBLIC, ENCRYPTED, "org.example.note", note)
    change(PUBLIC, EMPTY, "org.example.note", note)


def test_a_state_key_has_no_room_for_words() -> None:
    assert "empty" in refusal(change, PRIVATE, ENCRYPTED, "m.room.name", {"name": "a"}, state_key=samples.FREE_TEXT)
    child = samples.STATE["m.space.child"][1]
    assert "a room id" in refusal(change, PRIVATE, ENCRYPTED, "m.space.child", child, state_key=samples.FREE_TEXT)


def test_encrypted_state_cannot_stand_for_state_that_the_server_must_read() -> None:
    change(PRIVATE, ENCRYPTED, "m.room.encrypted", samples.MEGOLM, state_key="m.room.name:")
    for name in ("m.room.member", "m.room.power_levels", "m.room.encryption", "m.room.create", "id.amanat.retention"):
        refusal(change, PRIVATE, ENCRYPTED, "m.room.encrypted", samples.MEGOLM, state_key=f"{name}:")


def test_an_over_long_name_is_refused_with_the_limit() -> None:
    said = refusal(change, PRIVATE, ENCRYPTED, "m.room.name", {"name": "x" * 256})
    assert said == "`name` of `m.room.name` must be text of at most 255 characters, or null."


def test_only_an_upgrade_replaces_a_room_whatever_its_class() -> None:
    for room_class in CLASSES.values():
        assert "/upgrade" in refusal(change, room_class, EMPTY, "m.room.tombstone", TOMBSTONE)
        change(room_class, EMPTY, "m.room.tombstone", TOMBSTONE, from_upgrade=True)


def test_third_party_invites_are_refused_in_every_class() -> None:
    for room_class in CLASSES.values():
        assert "invite by user id" in refusal(change, room_class, EMPTY, "m.room.third_party_invite", {})


@pytest.mark.parametrize("state", [EMPTY, ENCRYPTED], ids=["before", "after"])
def test_a_class_bounds_join_rules_and_history_before_encryption_as_after(state: gate.StateGet) -> None:
    for room_class in CLASSES.values():
        for rule in ("public", "invite", "knock", "restricted", "knock_restricted", "private", 1, None, ["invite"]):
            if isinstance(rule, str) and rule in room_class.join_rules:
                change(room_class, state, "m.room.join_rules", {"join_rule": rule})
            else:
                refusal(change, room_class, state, "m.room.join_rules", {"join_rule": rule})
        for seen in ("shared", "invited", "joined", "world_readable", "everybody", None):
            if isinstance(seen, str) and seen in room_class.history_visibilities:
                change(room_class, state, "m.room.history_visibility", {"history_visibility": seen})
            else:
                refusal(change, room_class, state, "m.room.history_visibility", {"history_visibility": seen})


def test_what_is_sealed_is_set_once() -> None:
    for room_class in CLASSES.values():
        for event_type in room_class.sealed:
            content = samples.STATE[event_type][1] if event_type != "m.room.join_rules" else {"join_rule": "invite"}
            change(room_class, ENCRYPTED, event_type, content)
            after = room(encryption=ENCRYPTION, **{event_type.removeprefix("m.room."): content})
            assert "cannot be changed" in refusal(change, room_class, after, event_type, content)


NOT_ENCRYPTION: list[dict[str, Any]] = [
    {},
    {"algorithm": "org.example.none"},
    {**ENCRYPTION, "rotation_period_ms": 3_599_999},
    {**ENCRYPTION, "rotation_period_msgs": 9},
    {**ENCRYPTION, "rotation_period_msgs": "100"},
    {**ENCRYPTION, "note": samples.FREE_TEXT},
]


@pytest.mark.parametrize("content", NOT_ENCRYPTION)
def test_encryption_is_turned_on_validly_or_not_at_all(content: dict[str, Any]) -> None:
    refusal(change, PUBLIC, EMPTY, "m.room.encryption", content)
    refusal(change, PUBLIC, EMPTY, "m.room.encryption", ENCRYPTION, state_key="x")
    with pytest.raises(InvalidParam):
        gate.encryption_for(PRIVATE, [{"type": "m.room.encryption", "state_key": "", "content": content}])


@pytest.mark.parametrize(
    ("content", "taken"),
    [
        (ENCRYPTION, True),
        ({**ENCRYPTION, "rotation_period_ms": 3_600_000}, True),
        ({**ENCRYPTION, "rotation_period_msgs": 10}, True),
        ({**ENCRYPTION, "io.element.msc4362.encrypt_state_events": True}, True),
        ({**ENCRYPTION, "rotation_period_ms": 604_800_001}, False),
        ({**ENCRYPTION, "rotation_period_msgs": 101}, False),
        *((content, False) for content in NOT_ENCRYPTION),
    ],
)
def test_encryption_is_tightened_and_never_loosened(content: dict[str, Any], taken: bool) -> None:
    if taken:
        change(PRIVATE, ENCRYPTED, "m.room.encryption", content)
    else:
        refusal(change, PRIVATE, ENCRYPTED, "m.room.encryption", content)


def test_a_tightened_period_or_a_set_flag_is_not_dropped_again() -> None:
    for tightened in ({"rotation_period_ms": 3_600_000}, {"rotation_period_msgs": 10}, {"encrypt_state_events": True}):
        state = room(encryption={**ENCRYPTION, **tightened})
        assert "loosened" in refusal(change, PRIVATE, state, "m.room.encryption", ENCRYPTION)


SETTINGS = st.fixed_dictionaries(
    {"algorithm": st.just("m.megolm.v1.aes-sha2")},
    optional={
        "rotation_period_ms": st.integers(3_600_000, 2**40),
        "rotation_period_msgs": st.integers(10, 1_000),
        "encrypt_state_events": st.booleans(),
    },
)


@settings(max_examples=150)
@given(st.lists(SETTINGS, min_size=1, max_size=8))
def test_after_any_changes_that_were_taken_encryption_is_as_strict_as_it_ever_was(asked: list[dict[str, Any]]) -> None:
    history = [asked[0]]
    for content in asked[1:]:
        if gate.tightens(history[-1], content):
            history.append(content)
    for key, default in (("rotation_period_ms", 604_800_000), ("rotation_period_msgs", 100)):
        periods = [content.get(key, default) for content in history]
        assert periods == sorted(periods, reverse=True)
    flags = [content.get("encrypt_state_events", False) for content in history]
    assert flags == sorted(flags)
    assert all(gate.tightens(earlier, history[-1]) for earlier in history)


def test_a_private_room_is_born_encrypted_whatever_the_client_asks() -> None:
    for room_class in CLASSES.values():
        born = gate.encryption_for(room_class, [{"type": "m.room.name", "state_key": "", "content": {"name": "a"}}])
        assert born == (ENCRYPTION if room_class.born_encrypted else None)


def test_a_valid_wish_of_the_clients_is_kept() -> None:
    wish = {**ENCRYPTION, "rotation_period_ms": 604_800_000, "rotation_period_msgs": 100}
    for room_class in CLASSES.values():
        assert gate.encryption_for(room_class, [{"type": "m.room.encryption", "content": wish}]) == wish


@pytest.mark.parametrize(
    "wishes",
    [
        [{"type": "m.room.encryption", "state_key": "x", "content": ENCRYPTION}],
        [{"type": "m.room.encryption", "state_key": ""}],
        [{"type": "m.room.encryption", "state_key": "", "content": "m.megolm.v1.aes-sha2"}],
        [{"type": "m.room.encryption", "content": ENCRYPTION}] * 2,
    ],
)
def test_an_unclear_wish_is_a_400(wishes: list[dict[str, Any]]) -> None:
    with pytest.raises(InvalidParam):
        gate.encryption_for(PRIVATE, wishes)


@pytest.mark.parametrize("event_type", samples.TO_DEVICE)
def test_what_devices_must_tell_each_other_is_taken(event_type: str) -> None:
    gate.check_to_device(event_type, samples.TO_DEVICE[event_type])


def test_olm_is_taken_with_and_without_a_message_id() -> None:
    bare = {key: value for key, value in samples.OLM.items() if key != "org.matrix.msgid"}
    gate.check_to_device("m.room.encrypted", bare)
    refusal(gate.check_to_device, "m.room.encrypted", {**bare, "org.matrix.msgid": None})
    refusal(gate.check_to_device, "m.room.encrypted", samples.MEGOLM)


@pytest.mark.parametrize("event_type", ["m.room_key", "m.forwarded_room_key", "m.secret.send"])
def test_a_key_in_clear_is_refused_as_a_leak(event_type: str) -> None:
    said = refusal(gate.check_to_device, event_type, {"session_key": "AgAAAA"})
    assert "would hand the server a key" in said


def test_other_types_between_devices_are_refused_with_what_to_do() -> None:
    for event_type in ("m.call.invite", "org.example.note", "m.room.message", ""):
        said = refusal(gate.check_to_device, event_type, {"body": samples.FREE_TEXT})
        assert "encrypt it with Olm" in said
        assert samples.FREE_TEXT not in said
    assert "`note`" in refusal(gate.check_to_device, "m.dummy", {"note": "x"})


VALUES: st.SearchStrategy[Any] = st.sampled_from(
    [None, True, 0, 1, 2, -1, 1.0, "", "abcd", "a b", "x" * 65, "x" * 65_537, {}, [], samples.KEY]
)
MEGOLM_KEYS = st.sampled_from([*samples.MEGOLM, "m.relates_to", "body"])
OLM_KEYS = st.sampled_from(["algorithm", "sender_key", "ciphertext", "org.matrix.msgid", "body", "type"])


@settings(max_examples=200)
@given(MEGOLM_KEYS, VALUES, st.sets(MEGOLM_KEYS, max_size=2))
def test_the_quick_look_at_megolm_takes_nothing_that_the_table_would_not(
    key: str, value: Any, missing: set[str]
) -> None:
    content = {name: held for name, held in samples.MEGOLM.items() if name not in missing} | {key: value}
    if MESSAGES["m.room.encrypted"].content.fits(content):
        gate.check_message("m.room.encrypted", content)
    else:
        refusal(gate.check_message, "m.room.encrypted", content)


@settings(max_examples=200)
@given(OLM_KEYS, VALUES, st.sampled_from(["outer", "message", "recipients"]))
def test_the_quick_look_at_olm_takes_nothing_that_the_table_would_not(key: str, value: Any, where: str) -> None:
    content = deepcopy(samples.OLM)
    holder = {"outer": content, "recipients": content["ciphertext"], "message": content["ciphertext"][samples.KEY]}[
        where
    ]
    holder[key] = value
    if TO_DEVICE["m.room.encrypted"].content.fits(content):
        gate.check_to_device("m.room.encrypted", content)
    else:
        refusal(gate.check_to_device, "m.room.encrypted", content)
