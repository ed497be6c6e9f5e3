"""Stored filters."""

from tests.server import Server


async def test_a_filter_is_kept_read_back_and_used(amanat: Server) -> None:
    alice = await amanat.user("alice")
    await alice.create_room()
    content = {"room": {"timeline": {"limit": 1}}}

    filter_id = (await alice.post(f"/user/{alice.user_id}/filter", content)).json["filter_id"]
    synced = await alice.sync(filter=filter_id)

    assert (await alice.get(f"/user/{alice.user_id}/filter/{filter_id}")).json == content
    (room,) = synced["rooms"]["join"].values()
    assert len(room["timeline"]["events"]) == 1


async def test_an_unknown_filter_is_not_found_and_a_malformed_one_refused(amanat: Server) -> None:
    alice = await amanat.user("alice")

    unknown = await alice.get(f"/user/{alice.user_id}/filter/nothing")
    wrong = await alice.post(f"/user/{alice.user_id}/filter", {"room": {"timeline": {"limit": "ten"}}})

    assert (unknown.status, unknown.errcode) == (404, "M_NOT_FOUND")
    assert (wrong.status, wrong.errcode) == (400, "M_BAD_JSON")
