"""What is a name of something, and what only looks like one."""

import pytest

from amanat.core import identifiers


@pytest.mark.parametrize(
    "user_id", ["@ani:localhost", "@a.b=c/d+e:example.org:8448", "@Åni:example.org", "@x:[::1]:8008"]
)
def test_user_ids(user_id: str) -> None:
    assert identifiers.is_user_id(user_id)


@pytest.mark.parametrize(
    "user_id", ["ani", "@ani", "@:localhost", "@ani:", "#ani:localhost", "@a\0:x", "@" + "a" * 260 + ":x"]
)
def test_what_is_no_user_id(user_id: str) -> None:
    assert not identifiers.is_user_id(user_id)


def test_room_ids_may_have_a_server_or_be_a_hash() -> None:
    assert identifiers.is_room_id("!abc:localhost")
    assert identifiers.is_room_id("!31hneApxJ_1o-63DmFrpeqnkFfWppnzWso1JvH3ogLM")
    assert not identifiers.is_room_id("!")
    assert not identifiers.is_room_id("#room:localhost")


def test_an_id_is_measured_in_bytes() -> None:
    assert identifiers.fits("é" * 127)
    assert not identifiers.fits("é" * 128)
    assert not identifiers.fits("a\0b")


@pytest.mark.parametrize(
    ("name", "is_one"), [("localhost", True), ("a.b:80", True), ("[::1]:8", True), ("", False), ("a b", False)]
)
def test_server_names(name: str, is_one: bool) -> None:
    assert identifiers.is_server_name(name) is is_one


def test_the_parts_of_an_id() -> None:
    assert identifiers.server_of("@ani:example.org:8448") == "example.org:8448"
    assert identifiers.localpart_of("@ani:example.org:8448") == "ani"
