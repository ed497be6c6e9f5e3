"""What somebody has been notified of."""

from tests.client_api.chats import TEXT, at, bodies, related, two_in_a_room
from tests.server import Server


async def test_notifications_of_all_rooms_come_newest_first(open_amanat: Server) -> None:
    alice, bob, room = await two_in_a_room(open_amanat)
    other = await alice.create_room()
    await alice.invite(other, bob.user_id)
    await bob.join(other)
    for number in range(3):
        await alice.send(room, f"here {number}", event_type=TEXT)
        await alice.send(other, f"there {number}", event_type=TEXT)
    await bob.send(room, "own", event_type=TEXT)

    listed = (await bob.get("/notifications", limit=50)).json["notifications"]

    messages = [each["event"] for each in listed if each["event"]["type"] == TEXT]
    assert bodies(messages) == ["there 2", "here 2", "there 1", "here 1", "there 0", "here 0"]
    assert listed[0]["actions"] == ["notify", {"set_tweak": "sound", "value": "default"}]


async def test_pages_of_notifications_join_up(open_amanat: Server) -> None:
    alice, bob, room = await two_in_a_room(open_amanat)
    for number in range(5):
        await alice.send(room, str(number), event_type=TEXT)

    met, token = [], None
    for _ in range(10):
        page = (await bob.get("/notifications", limit=2, **({"from": token} if token else {}))).json
        met += [each["event"] for each in page["notifications"]]
        token = page.get("next_token")
        if token is None:
            break

    assert bodies(met) == ["4", "3", "2", "1", "0"]


async def test_what_has_been_read_says_so(open_amanat: Server) -> None:
    alice, bob, room = await two_in_a_room(open_amanat)
    read = await alice.send(room, "read", event_type=TEXT)
    await bob.post(at(room, f"receipt/m.read/{read}"), {})
    await alice.send(room, "unread", event_type=TEXT)

    listed = (await bob.get("/notifications", limit=2)).json["notifications"]

    assert [(each["event"]["content"]["body"], each["read"]) for each in listed] == [("unread", False), ("read", True)]


async def test_a_receipt_for_one_thread_reads_no_other(open_amanat: Server) -> None:
    alice, bob, room = await two_in_a_room(open_amanat)
    root = await alice.send(room, "root", event_type=TEXT)
    inside = await alice.send(room, "inside", event_type=TEXT, **related("m.thread", root))
    await alice.send(room, "beside", event_type=TEXT)

    async def unread() -> list[str]:
        listed = (await bob.get("/notifications", limit=3)).json["notifications"]
        return bodies([each["event"] for each in listed if not each["read"]])

    assert await unread() == ["beside", "inside", "root"]
    await bob.post(at(room, f"receipt/m.fully_read/{inside}"), {})
    assert await unread() == ["beside", "inside", "root"]
    await bob.post(at(room, f"receipt/m.read/{root}"), {"thread_id": "main"})
    assert await unread() == ["beside", "inside"]
    await bob.post(at(room, f"receipt/m.read/{inside}"), {"thread_id": root})
    assert await unread() == ["beside"]


async def test_only_highlights(open_amanat: Server) -> None:
    alice, bob, room = await two_in_a_room(open_amanat)
    await alice.send(room, "you", event_type=TEXT, **{"m.mentions": {"user_ids": [bob.user_id]}})
    await alice.send(room, "anybody", event_type=TEXT)

    listed = (await bob.get("/notifications", only="highlight")).json["notifications"]

    assert bodies([each["event"] for each in listed]) == ["you"]


async def test_nothing_is_listed_of_muted_rooms_ignored_people_and_times_before_one_joined(
    open_amanat: Server,
) -> None:
    alice, _, room = await two_in_a_room(open_amanat)
    carol = await open_amanat.user("carol")
    await alice.send(room, "early", event_type=TEXT)
    await alice.invite(room, carol.user_id)
    await carol.join(room)
    await alice.send(room, "late", event_type=TEXT)

    async def heard() -> list[str]:
        listed = (await carol.get("/notifications")).json["notifications"]
        return bodies([each["event"] for each in listed])

    assert await heard() == ["late"]
    await carol.put(f"/user/{carol.user_id}/account_data/m.ignored_user_list", {"ignored_users": {alice.user_id: {}}})
    assert await heard() == []
    await carol.put(f"/user/{carol.user_id}/account_data/m.ignored_user_list", {"ignored_users": {}})
    await carol.put("/pushrules/global/override/.m.rule.master/enabled", {"enabled": True})
    assert await heard() == []


async def test_a_malformed_token_is_refused(open_amanat: Server) -> None:
    alice = await open_amanat.user("alice")

    refused = await alice.get("/notifications", **{"from": "abc"})

    assert (refused.status, refused.errcode) == (400, "M_INVALID_PARAM")
