"""Hashes and ids against published events; what is stored against what was hashed."""

import json
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amanat.core.canonical_json import encode
from amanat.core.errors import BadJson, InvalidParam, TooLarge
from amanat.core.events import (
    MAX_EVENT_BYTES,
    Built,
    Draft,
    build,
    content_hash,
    essential_json,
    event_id_of,
    pdu,
    read,
)
from amanat.core.room_versions import ROOM_VERSIONS, RoomVersion

V10, V11, V12 = (ROOM_VERSIONS[name] for name in ("10", "11", "12"))
versions = pytest.mark.parametrize("version", [V10, V11, V12], ids=lambda version: f"v{version.id}")

# Events of public rooms, with the ids that other servers gave them; collected in mautrix-go's tests.
MESSAGE = {"body": "meow", "com.beeper.linkpreviews": [], "m.mentions": {}, "msgtype": "m.text"}
PUBLISHED: list[tuple[str, str, dict[str, Any]]] = [
    (
        "10",
        "$4ZFr_ypfp4DyZQP4zyxM_cvuOMFkl07doJmwi106YFY",
        {
            "auth_events": [
                "$--ilpwnsHaEdHrwiMrZNu5xHP6TthWG0FIXMHnlHCcs",
                "$tn1FZUI_YUpfTr_a3Y_r8kC3inliIZZratzg0UsNdCQ",
                "$Z-qMWmiMvm-aIEffcfSO6lN7TyjyTOsIcHIymfzoo20",
            ],
            "content": MESSAGE,
            "depth": 100885,
            "hashes": {"sha256": "jc9272JPpPIVreJC3UEAm3BNVnLX8sm3U/TZs23wsHo"},
            "origin_server_ts": 1755422792518,
            "prev_events": ["$HDtbzpSys36Hk-F2NsiXfp9slsGXBH0b58qyddj_q5E"],
            "room_id": "!UzZHbJYcgggctGnlzr:envs.net",
            "sender": "@tulir:maunium.net",
            "type": "m.room.message",
        },
    ),
    (
        "11",
        "$qkWfTL7_l3oRZO2CItW8-Q0yAmi_l_1ua629ZDqponE",
        {
            "auth_events": [
                "$L8Ak6A939llTRIsZrytMlLDXQhI4uLEjx-wb1zSg-Bw",
                "$QJmr7mmGeXGD4Tof0ZYSPW2oRGklseyHTKtZXnF-YNM",
                "$7bkKK_Z-cGQ6Ae4HXWGBwXyZi3YjC6rIcQzGfVyl3Eo",
            ],
            "content": MESSAGE,
            "depth": 3212,
            "hashes": {"sha256": "K549YdTnv62Jn84Y7sS5ZN3+AdmhleZHbenbhUpR2R8"},
            "origin_server_ts": 1754242687127,
            "prev_events": ["$DAhJg4jVsqk5FRatE2hbT1dSA8D2ASy5DbjEHIMSHwY"],
            "room_id": "!offtopic-2:continuwuity.org",
            "sender": "@tulir:maunium.net",
            "type": "m.room.message",
        },
    ),
    (
        "12",
        "$xmP-wZfpannuHG-Akogi6c4YvqxChMtdyYbUMGOrMWc",
        {
            "auth_events": [
                "$gCzdJUVV93Qory0x7p_PLG5UUiDjPJNe1H12qbHTuFA",
                "$hyeL_nU_L3tsZ2dtZZpAHk0Skv-PqFQIipuII_By584",
            ],
            "content": MESSAGE,
            "depth": 122,
            "hashes": {"sha256": "IQ0zlc+PXeEs6R3JvRkW3xTPV3zlGKSSd3x07KXGjzs"},
            "origin_server_ts": 1755384351627,
            "prev_events": ["$gCzdJUVV93Qory0x7p_PLG5UUiDjPJNe1H12qbHTuFA"],
            "room_id": "!mauT12AzsoqxV7Abvy_ApA-HNPK1LcT4GbP70_AOPyQ",
            "sender": "@tulir_test:maunium.net",
            "type": "m.room.message",
        },
    ),
    (
        "12",
        "$accqGxfvhBvMP4Sf6P7t3WgnaJK6UbonO2ZmwqSE5Sg",
        {
            "auth_events": [],
            "content": {
                "avatar_url": "mxc://maunium.net/jdlSfvudiMSmcRrleeiYjjFO",
                "displayname": "tulir",
                "membership": "join",
            },
            "depth": 2,
            "hashes": {"sha256": "IebdOBYaaWYIx2zq/lkVCnjWIXTLk1g+vgFpJMgd2/E"},
            "origin_server_ts": 1754939139117,
            "prev_events": ["$mauT12AzsoqxV7Abvy_ApA-HNPK1LcT4GbP70_AOPyQ"],
            "room_id": "!mauT12AzsoqxV7Abvy_ApA-HNPK1LcT4GbP70_AOPyQ",
            "sender": "@tulir:maunium.net",
            "state_key": "@tulir:maunium.net",
            "type": "m.room.member",
        },
    ),
    (
        "12",
        "$mauT12AzsoqxV7Abvy_ApA-HNPK1LcT4GbP70_AOPyQ",
        {
            "auth_events": [],
            "content": {
                "fi.mau.randomness": "AAXZ6aIc",
                "predecessor": {"room_id": "!#test/room\nversion <u>11</u>, with @\U0001f408\ufe0f:maunium.net"},
                "room_version": "12",
            },
            "depth": 1,
            "hashes": {"sha256": "d3L1M3KUdyIKWcShyW6grUoJ8GOjCdSIEvQrDVHSpE8"},
            "origin_server_ts": 1754940000000,
            "prev_events": [],
            "sender": "@tulir:maunium.net",
            "state_key": "",
            "type": "m.room.create",
        },
    ),
]
published = pytest.mark.parametrize(("version", "event_id", "whole"), PUBLISHED)

# An event from before `origin` was dropped, which is hashed but never built here.
WITH_ORIGIN = {
    "auth_events": [],
    "content": {
        "creator": "@creme:envs.net",
        "predecessor": {
            "event_id": "$BxYNisKcyBDhPLiVC06t18qhv7wsT72MzMCqn5vRhfY",
            "room_id": "!tEyFYiMHhwJlDXTxwf:envs.net",
        },
        "room_version": "10",
    },
    "depth": 1,
    "hashes": {"sha256": "us3TrsIjBWpwbm+k3F9fUVnz9GIuhnb+LcaY47fWwUI"},
    "origin": "envs.net",
    "origin_server_ts": 1664394769527,
    "prev_events": [],
    "room_id": "!UzZHbJYcgggctGnlzr:envs.net",
    "sender": "@creme:envs.net",
    "state_key": "",
    "type": "m.room.create",
}


def draft(event_type: str = "m.room.message", **more: Any) -> Draft:
    defaults: dict[str, Any] = {
        "room_id": "!r:domain",
        "sender": "@u:domain",
        "content": {},
        "origin_server_ts": 1_000_000,
    }
    return Draft(type=event_type, **(defaults | more))


def sent(drafted: Draft, version: RoomVersion = V12) -> Built:
    return build(drafted, version=version, depth=3, prev_events=["$prev"], auth_events=["$auth"])


def rebuilt(built: Built, version: RoomVersion) -> dict[str, Any]:
    return pdu(built.client_json, built.pdu_extra, version=version)


@published
def test_hashes_of_published_events_come_out_the_same(version: str, event_id: str, whole: dict[str, Any]) -> None:
    signed = {**whole, "signatures": {"x": {}}, "unsigned": {"age": 1}}
    assert content_hash(signed) == whole["hashes"]["sha256"]
    assert event_id_of(signed, ROOM_VERSIONS[version]) == event_id


def test_keys_that_are_no_longer_in_use_are_hashed_as_the_version_says() -> None:
    assert content_hash(WITH_ORIGIN) == "us3TrsIjBWpwbm+k3F9fUVnz9GIuhnb+LcaY47fWwUI"
    assert event_id_of(WITH_ORIGIN, V10) == "$tn1FZUI_YUpfTr_a3Y_r8kC3inliIZZratzg0UsNdCQ"


@published
def test_building_a_published_event_again_gives_its_id(version: str, event_id: str, whole: dict[str, Any]) -> None:
    built = build(
        Draft(
            room_id=whole.get("room_id", ""),
            type=whole["type"],
            sender=whole["sender"],
            content=whole["content"],
            origin_server_ts=whole["origin_server_ts"],
            state_key=whole.get("state_key"),
        ),
        version=ROOM_VERSIONS[version],
        depth=whole["depth"],
        prev_events=whole["prev_events"],
        auth_events=whole["auth_events"],
    )
    assert built.event.event_id == event_id
    assert rebuilt(built, ROOM_VERSIONS[version]) == whole


@pytest.mark.parametrize(
    ("event", "sha256"),
    [
        (
            {
                "room_id": "!x:domain",
                "sender": "@a:domain",
                "origin": "domain",
                "origin_server_ts": 1000000,
                "signatures": {},
                "hashes": {},
                "type": "X",
                "content": {},
                "prev_events": [],
                "auth_events": [],
                "depth": 3,
                "unsigned": {"age_ts": 1000000},
            },
            "5jM4wQpv6lnBo7CLIghJuHdW+s2CMBJPUOGOC89ncos",
        ),
        (
            {
                "content": {"body": "Here is the message content"},
                "event_id": "$0:domain",
                "origin": "domain",
                "origin_server_ts": 1000000,
                "type": "m.room.message",
                "room_id": "!r:domain",
                "sender": "@u:domain",
                "signatures": {},
                "unsigned": {"age_ts": 1000000},
            },
            "onLKD1bGljeBWQhWZ1kaP9SorVmRQNdN5aM2JYU2n/g",
        ),
    ],
)
def test_the_specifications_examples_hash_as_it_says(event: dict[str, Any], sha256: str) -> None:
    assert content_hash(event) == sha256


@versions
@given(
    event_type=st.sampled_from(["m.room.encrypted", "m.room.member", "m.room.power_levels", "m.room.redaction"]),
    content=st.dictionaries(
        st.sampled_from(["membership", "users", "redacts", "é", "\0"]), st.text() | st.integers(0, 9), max_size=4
    ),
    state_key=st.none() | st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=60),
    redacts=st.none() | st.just("$other"),
)
@settings(max_examples=60)
def test_what_is_stored_puts_together_what_was_hashed(
    version: RoomVersion, event_type: str, content: dict[str, Any], state_key: str | None, redacts: str | None
) -> None:
    built = sent(draft(event_type, content=content, state_key=state_key, redacts=redacts), version)
    whole = rebuilt(built, version)
    assert content_hash(whole) == whole["hashes"]["sha256"]
    assert event_id_of(whole, version) == built.event.event_id
    assert read(built.client_json) == built.event


def test_clients_are_shown_the_event_without_what_only_servers_need() -> None:
    built = sent(draft("m.room.topic", content={"topic": "é"}, state_key=""))
    assert json.loads(built.client_json) == {
        "content": {"topic": "é"},
        "event_id": built.event.event_id,
        "origin_server_ts": 1_000_000,
        "room_id": "!r:domain",
        "sender": "@u:domain",
        "state_key": "",
        "type": "m.room.topic",
    }
    assert json.loads(built.pdu_extra).keys() == {"auth_events", "depth", "hashes", "prev_events"}


@versions
def test_clients_are_shown_what_a_redaction_redacts_in_both_places(version: RoomVersion) -> None:
    built = sent(draft("m.room.redaction", content={"reason": "spam"}, redacts="$spam"), version)
    shown = json.loads(built.client_json)
    assert (shown["redacts"], shown["content"]) == ("$spam", {"reason": "spam", "redacts": "$spam"})
    whole = rebuilt(built, version)
    assert ("redacts" in whole, "redacts" in whole["content"]) == (version is V10, version is not V10)


@versions
def test_a_redaction_may_be_sent_as_an_event_that_names_its_target_in_its_content(version: RoomVersion) -> None:
    assert sent(draft("m.room.redaction", content={"redacts": "$spam"}), version).event.redacts == "$spam"


def test_the_id_of_a_version_12_room_is_the_hash_of_an_event_that_does_not_name_it() -> None:
    built = sent(draft("m.room.create", room_id="", state_key="", content={"room_version": "12"}))
    assert built.event.room_id == "!" + built.event.event_id[1:]
    assert json.loads(built.client_json)["room_id"] == built.event.room_id
    assert "room_id" not in rebuilt(built, V12)


def test_redacted_content_leaves_the_event_id_as_it_was() -> None:
    built = sent(draft(content={"body": "regretted"}))
    whole = rebuilt(built, V12)
    assert event_id_of({**whole, "content": {}}, V12) == built.event.event_id
    assert b"regretted" not in essential_json(whole, V12)


def test_an_event_of_65536_bytes_with_its_signature_fits_and_one_more_does_not() -> None:
    def filled(length: int) -> Draft:
        return draft(content={"body": "x" * length})

    key_id, signature = "ed25519:" + "k" * 30, "s" * 86
    most = next(length for length in range(65_400, 0, -1) if _fits(filled(length)))
    whole = rebuilt(sent(filled(most)), V12) | {"signatures": {"domain": {key_id: signature}}}
    assert MAX_EVENT_BYTES - 10 <= len(encode(whole)) <= MAX_EVENT_BYTES


def _fits(drafted: Draft) -> bool:
    try:
        sent(drafted)
    except TooLarge:
        return False
    return True


@pytest.mark.parametrize("field", ["type", "sender", "room_id", "state_key"])
def test_ids_types_and_state_keys_have_at_most_255_bytes(field: str) -> None:
    def with_value(value: str) -> Draft:
        return msgspec.structs.replace(draft("m.x", state_key=""), **{field: value})

    sent(with_value("é" * 127 + "x"))
    with pytest.raises(TooLarge):
        sent(with_value("é" * 128))
    with pytest.raises(InvalidParam):
        sent(with_value("a\0b"))


def test_content_that_has_no_canonical_form_is_not_sent() -> None:
    with pytest.raises(BadJson):
        sent(draft(content={"lat": 51.5}))
