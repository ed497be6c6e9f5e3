"""What a person can do here."""

from tests.server import Server


async def test_room_versions_and_changes_are_announced(amanat: Server) -> None:
    alice = await amanat.user("alice")

    capabilities = (await alice.get("/capabilities")).json["capabilities"]

    assert capabilities["m.room_versions"]["default"] == "12"
    assert set(capabilities["m.room_versions"]["available"]) == {"10", "11", "12"}
    assert capabilities["m.change_password"] == {"enabled": True}
    assert capabilities["m.3pid_changes"] == {"enabled": False}


async def test_they_are_for_who_is_signed_in(amanat: Server) -> None:
    assert (await amanat.request("GET", "/capabilities")).errcode == "M_MISSING_TOKEN"
