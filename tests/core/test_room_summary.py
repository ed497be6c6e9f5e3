"""What somebody who is not in a room may be told of it."""

from collections.abc import Collection
from typing import Any

import pytest

from amanat.core.room_summary import ContentOf, is_open_to, listing, matches, summary

HALL = "!hall"


def room(**contents: dict[str, Any]) -> ContentOf:
    """Return a room's state, by the last word of its types."""
    return lambda event_type: contents.get(event_type.rpartition(".")[2], {})


def rules(join_rule: str) -> dict[str, Any]:
    return {"join_rule": join_rule, "allow": [{"type": "m.room_membership", "room_id": HALL}]}


@pytest.mark.parametrize(
    ("join_rule", "membership", "joined", "told"),
    [
        ("invite", "join", [], True),
        ("invite", "invite", [], True),
        ("invite", "knock", [], True),
        ("invite", "leave", [HALL], False),
        ("public", "leave", [], True),
        ("public", "ban", [], False),
        ("knock", "leave", [], True),
        ("knock_restricted", "leave", [], True),
        ("restricted", "leave", [HALL], True),
        ("restricted", "leave", ["!other"], False),
        ("restricted", "ban", [HALL], False),
    ],
)
def test_a_room_is_told_to_who_is_in_it_or_could_be(
    join_rule: str, membership: str, joined: list[str], told: bool
) -> None:
    content_of = room(join_rules=rules(join_rule))
    assert is_open_to(content_of, membership=membership, joined_rooms=lambda: joined) == told


def test_what_anybody_may_read_is_told_to_anybody() -> None:
    content_of = room(history_visibility={"history_visibility": "world_readable"}, join_rules=rules("invite"))
    assert is_open_to(content_of, membership="ban", joined_rooms=list)


def test_what_is_not_of_the_right_type_is_left_out() -> None:
    content_of = room(
        name={"name": 1},
        topic={"topic": ["t"]},
        canonical_alias={"alias": "no alias"},
        avatar={"url": "https://here/a.png"},
        create={"type": 3},
    )
    assert listing(content_of, room_id="!r", joined=2) == {
        "room_id": "!r",
        "num_joined_members": 2,
        "world_readable": False,
        "guest_can_join": False,
        "join_rule": "invite",
    }


def test_a_summary_says_more_than_a_listing() -> None:
    content_of = room(
        create={"room_version": "12", "type": "m.space"},
        encryption={"algorithm": "m.megolm.v1.aes-sha2"},
        join_rules=rules("restricted"),
        avatar={"url": "mxc://here/a"},
    )
    told = summary(content_of, room_id="!r", joined=1)
    assert told.items() >= {"room_version": "12", "room_type": "m.space", "avatar_url": "mxc://here/a"}.items()
    assert (told["encryption"], told["allowed_room_ids"]) == ("m.megolm.v1.aes-sha2", [HALL])


@pytest.mark.parametrize(
    ("term", "room_types", "found"),
    [
        ("", None, True),
        ("TEA", None, True),
        ("about", None, True),
        ("coffee", None, False),
        ("", ["m.space"], True),
        ("", [None], False),
        ("", [], False),
        ("tea", [None, "m.space"], True),
    ],
)
def test_a_search_looks_at_words_and_types(term: str, room_types: Collection[str | None] | None, found: bool) -> None:
    entry = {"name": "Straße und Tea", "topic": "About", "room_type": "m.space"}
    assert matches(entry, term=term, room_types=room_types) == found
    assert matches(entry, term="STRASSE", room_types=None)
