"""Pages of a timeline: they join up, they end, and they show what the reader may see."""

from tests.client_api.chats import TEXT, at, bodies, two_in_a_room
from tests.server import Person, Server


async def _pages(reader: Person, room_id: str, **query: object) -> tuple[list[str], int]:
    """Page until there is no `end`; return the texts met and the number of pages."""
    met, count, token = [], 0, query.pop("start", None)
    while True:
        more = {"from": token} if token else {}
        reply = await reader.get(at(room_id, "messages"), **query, **more)
        assert reply.status == 200, reply.json
        met += bodies(reply.json["chunk"])
        count, token = count + 1, reply.json.get("end")
        if token is None:
            return met, count


async def test_pages_backwards_join_up_and_end(open_amanat: Server) -> None:
    alice, bob, room = await two_in_a_room(open_amanat)
    for number in range(7):
        await alice.send(room, str(number), event_type=TEXT)

    met, pages = await _pages(bob, room, dir="b", limit=3)

    assert met == ["6", "5", "4", "3", "2", "1", "0"]
    assert pages > 2


async def test_pages_forwards_join_up_and_end(open_amanat: Server) -> None:
    alice, bob, room = await two_in_a_room(open_amanat)
    for number in range(7):
        await alice.send(room, str(number), event_type=TEXT)

    met, _ = await _pages(bob, room, dir="f", limit=3)

    assert met == ["0", "1", "2", "3", "4", "5", "6"]


async def test_prev_batch_of_a_sync_leads_on_where_its_timeline_began(open_amanat: Server) -> None:
    alice, bob, room = await two_in_a_room(open_amanat)
    for number in range(6):
        await alice.send(room, str(number), event_type=TEXT)
    synced = await bob.sync(filter={"room": {"timeline": {"limit": 2}}})
    timeline = synced["rooms"]["join"][room]["timeline"]

    met, _ = await _pages(bob, room, dir="b", limit=2, start=timeline["prev_batch"])

    assert bodies(timeline["events"]) == ["4", "5"]
    assert met == ["3", "2", "1", "0"]


async def test_a_page_stops_at_the_token_it_is_told(open_amanat: Server) -> None:
    alice, bob, room = await two_in_a_room(open_amanat)
    await alice.send(room, "old", event_type=TEXT)
    since = (await bob.sync())["next_batch"]
    await alice.send(room, "new", event_type=TEXT)

    page = await bob.get(at(room, "messages"), dir="b", to=since, limit=50)

    assert bodies(page.json["chunk"]) == ["new"]
    assert "end" not in page.json


async def test_lazily_loaded_members_are_those_who_sent_something(open_amanat: Server) -> None:
    alice, bob, room = await two_in_a_room(open_amanat)
    await alice.send(room, "hi", event_type=TEXT)

    page = await bob.get(at(room, "messages"), dir="b", limit=1, filter={"lazy_load_members": True})

    assert [each["state_key"] for each in page.json["state"]] == [alice.user_id]


async def test_a_filter_chooses_among_the_events(open_amanat: Server) -> None:
    alice, bob, room = await two_in_a_room(open_amanat)
    await alice.send(room, "mine", event_type=TEXT)
    await bob.send(room, "his", event_type=TEXT)

    page = await bob.get(at(room, "messages"), dir="b", filter={"types": [TEXT], "not_senders": [bob.user_id]})

    assert bodies(page.json["chunk"]) == ["mine"]


async def test_who_left_reads_up_to_there_and_no_further(open_amanat: Server) -> None:
    alice, bob, room = await two_in_a_room(open_amanat)
    await alice.send(room, "before", event_type=TEXT)
    await bob.leave(room)
    await alice.send(room, "after", event_type=TEXT)

    met, _ = await _pages(bob, room, dir="b")

    assert met == ["before"]


async def test_who_joins_a_room_for_members_only_does_not_see_what_was_said_before(open_amanat: Server) -> None:
    joined = {"type": "m.room.history_visibility", "content": {"history_visibility": "joined"}}
    alice, bob, room = await two_in_a_room(open_amanat, initial_state=[joined])
    await alice.send(room, "early", event_type=TEXT)
    carol = await open_amanat.user("carol")
    await alice.invite(room, carol.user_id)
    await carol.join(room)
    await alice.send(room, "late", event_type=TEXT)

    met, _ = await _pages(carol, room, dir="b")

    assert met == ["late"]
    assert (await _pages(bob, room, dir="b"))[0] == ["late", "early"]


async def test_a_stranger_and_somebody_invited_see_nothing(open_amanat: Server) -> None:
    alice, _, room = await two_in_a_room(open_amanat)
    eve = await open_amanat.user("eve")
    stranger = await eve.get(at(room, "messages"), dir="b")
    await alice.invite(room, eve.user_id)
    invited = await eve.get(at(room, "messages"), dir="b")
    nowhere = await eve.get(at("!nowhere", "messages"), dir="b")

    assert [reply.errcode for reply in (stranger, invited, nowhere)] == ["M_FORBIDDEN"] * 3


async def test_anybody_reads_what_is_world_readable(open_amanat: Server) -> None:
    open_to_all = {"type": "m.room.history_visibility", "content": {"history_visibility": "world_readable"}}
    alice, _, room = await two_in_a_room(
        open_amanat, preset="public_chat", visibility="public", initial_state=[open_to_all]
    )
    await alice.send(room, "hear ye", event_type=TEXT)
    eve = await open_amanat.user("eve")

    page = await eve.get(at(room, "messages"), dir="b", limit=1)

    assert bodies(page.json["chunk"]) == ["hear ye"]
    assert page.json["chunk"][0]["unsigned"]["membership"] == "leave"


async def test_messages_of_ignored_people_are_left_out(open_amanat: Server) -> None:
    alice, bob, room = await two_in_a_room(open_amanat)
    await alice.send(room, "noise", event_type=TEXT)
    await bob.put(f"/user/{bob.user_id}/account_data/m.ignored_user_list", {"ignored_users": {alice.user_id: {}}})

    met, _ = await _pages(bob, room, dir="b")

    assert met == []


async def test_a_malformed_token_direction_or_filter_is_refused(open_amanat: Server) -> None:
    _, bob, room = await two_in_a_room(open_amanat)

    token = await bob.get(at(room, "messages"), dir="b", **{"from": "s72594_4483_1934"})
    direction = await bob.get(at(room, "messages"), dir="sideways")
    missing = await bob.get(at(room, "messages"))
    filtered = await bob.get(at(room, "messages"), dir="b", filter="[]")

    assert (token.status, token.errcode) == (400, "M_INVALID_PARAM")
    assert (direction.status, direction.errcode) == (400, "M_INVALID_PARAM")
    assert (missing.status, missing.errcode) == (400, "M_MISSING_PARAM")
    assert (filtered.status, filtered.errcode) == (400, "M_BAD_JSON")
