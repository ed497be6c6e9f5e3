"""How people appear in rooms."""

from urllib.parse import quote

from amanat.handlers.people import Appearance, People, member_content
from tests.server import Server


async def test_people_appear_as_their_profiles_say(amanat: Server) -> None:
    alice, bob = await amanat.user("alice"), await amanat.user("bob")
    await alice.put(f"/profile/{quote(alice.user_id)}/displayname", {"displayname": "Alice"})
    found = await People(amanat.amanat.store).of([alice.user_id, bob.user_id, "@nobody:localhost"])
    assert found == {alice.user_id: Appearance("Alice", None), bob.user_id: Appearance()}


def test_a_member_event_leaves_out_what_there_is_not() -> None:
    assert member_content("leave") == {"membership": "leave"}
    assert member_content("join", Appearance("", "mxc://a/b"), reason="") == {
        "membership": "join",
        "avatar_url": "mxc://a/b",
        "reason": "",
    }
