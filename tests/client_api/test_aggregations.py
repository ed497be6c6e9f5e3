"""What is summed up of an event's children, and what is not."""

from tests.client_api.chats import TEXT, at, edit, event, react, redact, related, two_in_a_room
from tests.server import Server


async def test_the_newest_edit_of_its_sender_is_bundled(open_amanat: Server) -> None:
    alice, bob, room = await two_in_a_room(open_amanat)
    said = await alice.send(room, "helo", event_type=TEXT)
    await edit(alice, room, said, "hello")
    newest = await edit(alice, room, said, "hello!")
    await edit(bob, room, said, "words in her mouth")

    shown = (await event(bob, room, said))["unsigned"]["m.relations"]["m.replace"]

    assert shown["event_id"] == newest
    assert shown["content"]["m.new_content"]["body"] == "hello!"


async def test_an_edit_without_new_content_is_none(open_amanat: Server) -> None:
    alice, bob, room = await two_in_a_room(open_amanat)
    said = await alice.send(room, "hi", event_type=TEXT)
    await alice.send(room, "no content", event_type=TEXT, **related("m.replace", said))

    assert "m.relations" not in (await event(bob, room, said))["unsigned"]


async def test_a_redacted_edit_does_not_count_and_the_one_before_does(open_amanat: Server) -> None:
    alice, bob, room = await two_in_a_room(open_amanat)
    said = await alice.send(room, "helo", event_type=TEXT)
    first = await edit(alice, room, said, "hello")
    await redact(alice, room, await edit(alice, room, said, "something rash"))

    assert (await event(bob, room, said))["unsigned"]["m.relations"]["m.replace"]["event_id"] == first


async def test_a_redacted_event_shows_no_edit(open_amanat: Server) -> None:
    alice, bob, room = await two_in_a_room(open_amanat)
    said = await alice.send(room, "rash", event_type=TEXT)
    await edit(alice, room, said, "just as rash")
    await redact(alice, room, said)

    assert "m.relations" not in (await event(bob, room, said))["unsigned"]


async def test_a_thread_is_summed_up_at_its_root(open_amanat: Server) -> None:
    alice, bob, room = await two_in_a_room(open_amanat)
    carol = await open_amanat.user("carol")
    await alice.invite(room, carol.user_id)
    await carol.join(room)
    root = await alice.send(room, "root", event_type=TEXT)
    await bob.send(room, "one", event_type=TEXT, **related("m.thread", root))
    last = await bob.send(room, "two", event_type=TEXT, **related("m.thread", root))

    thread = (await event(bob, room, root))["unsigned"]["m.relations"]["m.thread"]

    assert (thread["count"], thread["latest_event"]["event_id"]) == (2, last)
    took_part = {
        person.user_id: (await event(person, room, root))["unsigned"]["m.relations"]["m.thread"][
            "current_user_participated"
        ]
        for person in (alice, bob, carol)
    }
    assert took_part == {alice.user_id: True, bob.user_id: True, carol.user_id: False}


async def test_a_redacted_reply_is_not_counted_nor_shown_as_the_latest(open_amanat: Server) -> None:
    alice, bob, room = await two_in_a_room(open_amanat)
    root = await alice.send(room, "root", event_type=TEXT)
    first = await bob.send(room, "one", event_type=TEXT, **related("m.thread", root))
    second = await bob.send(room, "two", event_type=TEXT, **related("m.thread", root))
    await redact(bob, room, second)

    thread = (await event(alice, room, root))["unsigned"]["m.relations"]["m.thread"]

    assert (thread["count"], thread["latest_event"]["event_id"]) == (1, first)


async def test_the_latest_reply_comes_with_its_edit(open_amanat: Server) -> None:
    alice, bob, room = await two_in_a_room(open_amanat)
    root = await alice.send(room, "root", event_type=TEXT)
    reply = await bob.send(room, "oen", event_type=TEXT, **related("m.thread", root))
    edited = await edit(bob, room, reply, "one")

    latest = (await event(alice, room, root))["unsigned"]["m.relations"]["m.thread"]["latest_event"]

    assert latest["unsigned"]["m.relations"]["m.replace"]["event_id"] == edited


async def test_references_are_listed(open_amanat: Server) -> None:
    alice, bob, room = await two_in_a_room(open_amanat)
    said = await alice.send(room, "a poll", event_type=TEXT)
    vote = await bob.send(room, "a vote", event_type=TEXT, **related("m.reference", said))

    assert (await event(alice, room, said))["unsigned"]["m.relations"] == {
        "m.reference": {"chunk": [{"event_id": vote}]}
    }


async def test_reactions_are_not_summed_up_and_are_not_repeated(open_amanat: Server) -> None:
    alice, bob, room = await two_in_a_room(open_amanat)
    said = await alice.send(room, "hi", event_type=TEXT)

    first = await react(bob, room, said, "👍", transaction="a")
    again = await react(bob, room, said, "👍", transaction="b")
    other = await react(bob, room, said, "🎉", transaction="c")
    retried = await react(bob, room, said, "👍", transaction="a")

    assert (again.status, again.errcode) == (400, "M_DUPLICATE_ANNOTATION")
    assert (first.status, other.status) == (200, 200)
    assert retried.json == first.json
    assert "m.relations" not in (await event(alice, room, said))["unsigned"]


async def test_a_reaction_that_was_redacted_can_be_made_again(open_amanat: Server) -> None:
    alice, bob, room = await two_in_a_room(open_amanat)
    said = await alice.send(room, "hi", event_type=TEXT)
    first = await react(bob, room, said, "👍", transaction="a")
    await redact(bob, room, first.json["event_id"])

    assert (await react(bob, room, said, "👍", transaction="b")).status == 200


async def test_a_thread_does_not_start_at_an_event_that_relates_to_another(open_amanat: Server) -> None:
    alice, bob, room = await two_in_a_room(open_amanat)
    root = await alice.send(room, "root", event_type=TEXT)
    reply = await bob.send(room, "in it", event_type=TEXT, **related("m.thread", root))

    content = {"msgtype": "m.text", "body": "nested"} | related("m.thread", reply)
    refused = await alice.put(at(room, "send/m.room.message/x"), content)

    assert (refused.status, refused.errcode) == (400, "M_INVALID_PARAM")


async def test_an_event_of_another_room_is_no_parent(open_amanat: Server) -> None:
    alice, bob, room = await two_in_a_room(open_amanat)
    said = await alice.send(room, "here", event_type=TEXT)
    other = await bob.create_room()
    await bob.send(other, "there", event_type=TEXT, **related("m.reference", said))

    assert "m.relations" not in (await event(alice, room, said))["unsigned"]


async def test_who_left_is_not_told_of_later_edits(open_amanat: Server) -> None:
    alice, bob, room = await two_in_a_room(open_amanat)
    said = await alice.send(room, "hi", event_type=TEXT)
    await bob.leave(room)
    await edit(alice, room, said, "behind your back")

    assert "m.relations" not in (await event(bob, room, said))["unsigned"]


async def test_a_thread_leaves_out_whom_the_reader_ignores(open_amanat: Server) -> None:
    alice, bob, room = await two_in_a_room(open_amanat)
    root = await alice.send(room, "root", event_type=TEXT)
    own = await alice.send(room, "mine", event_type=TEXT, **related("m.thread", root))
    await bob.send(room, "noise", event_type=TEXT, **related("m.thread", root))
    await alice.put(f"/user/{alice.user_id}/account_data/m.ignored_user_list", {"ignored_users": {bob.user_id: {}}})

    thread = (await event(alice, room, root))["unsigned"]["m.relations"]["m.thread"]

    assert (thread["count"], thread["latest_event"]["event_id"]) == (1, own)


async def test_a_sync_carries_what_is_summed_up(open_amanat: Server) -> None:
    alice, bob, room = await two_in_a_room(open_amanat)
    said = await alice.send(room, "helo", event_type=TEXT)
    edited = await edit(alice, room, said, "hello")

    timeline = (await bob.sync())["rooms"]["join"][room]["timeline"]["events"]

    shown = next(each for each in timeline if each["event_id"] == said)
    assert shown["unsigned"]["m.relations"]["m.replace"]["event_id"] == edited
