"""Which room versions are made."""

from amanat.core.room_versions import DEFAULT_ROOM_VERSION, ROOM_VERSIONS


def test_versions_10_to_12_are_made_and_12_by_default() -> None:
    assert sorted(ROOM_VERSIONS) == ["10", "11", "12"]
    assert DEFAULT_ROOM_VERSION == "12"
    assert all(version.id == name for name, version in ROOM_VERSIONS.items())
