from itertools import product

import pytest

from amanat.core.errors import InvalidParam
from amanat.core.room_classes import BUSINESS, CLASSES, PRIVATE, PUBLIC, TRANSACTION, class_for, of_create


@pytest.mark.parametrize(
    ("preset", "visibility", "name"),
    [
        ("private_chat", None, "private"),
        ("private_chat", "private", "private"),
        ("trusted_private_chat", None, "private"),
        ("trusted_private_chat", "private", "private"),
        ("public_chat", None, "public"),
        ("public_chat", "private", "public"),
        ("public_chat", "public", "public"),
        (None, None, "private"),
        (None, "private", "private"),
        (None, "public", "public"),
    ],
)
def test_the_class_follows_from_what_the_client_asks(preset: str | None, visibility: str | None, name: str) -> None:
    assert class_for(preset=preset, visibility=visibility, creation_content={}).name == name
    assert class_for(preset=preset, visibility=visibility, creation_content={"id.amanat.class": name}).name == name


@pytest.mark.parametrize(
    ("preset", "visibility"),
    [("private_chat", "public"), ("trusted_private_chat", "public"), ("party", None), (None, "hidden"), ("", None)],
)
def test_what_no_class_fits_is_refused(preset: str | None, visibility: str | None) -> None:
    with pytest.raises(InvalidParam):
        class_for(preset=preset, visibility=visibility, creation_content={})


def test_a_client_cannot_name_a_class_that_it_did_not_ask_for() -> None:
    for preset, name in product(["private_chat", "public_chat"], [*CLASSES, "", "other", 1, None, ["private"]]):
        if name != class_for(preset=preset, visibility=None, creation_content={}).name:
            with pytest.raises(InvalidParam):
                class_for(preset=preset, visibility=None, creation_content={"id.amanat.class": name})


def test_a_room_is_of_the_class_that_its_create_event_names() -> None:
    for name, room_class in CLASSES.items():
        assert of_create({"id.amanat.class": name}) is room_class


def test_a_room_without_a_class_is_held_to_the_strictest() -> None:
    for content in ({}, {"id.amanat.class": "other"}, {"id.amanat.class": ["public"]}):
        assert of_create(content) is PRIVATE


def test_private_chats_of_every_kind_are_born_encrypted_unlisted_and_closed() -> None:
    assert {each.name for each in CLASSES.values() if each.born_encrypted} == {"private", "business", "transaction"}
    for room_class in (PRIVATE, BUSINESS, TRANSACTION):
        assert not room_class.listed
        assert "public" not in room_class.join_rules
        assert "world_readable" not in room_class.history_visibilities


def test_only_a_public_room_is_readable_by_the_world() -> None:
    assert [each for each in CLASSES.values() if "world_readable" in each.history_visibilities] == [PUBLIC]


def test_every_class_starts_within_its_own_bounds_and_admits_no_guest() -> None:
    for room_class in CLASSES.values():
        assert room_class.default_join_rule in room_class.join_rules
        assert room_class.default_history_visibility in room_class.history_visibilities
        assert not room_class.guests
        assert room_class.change_levels["m.room.encryption"] == 100
