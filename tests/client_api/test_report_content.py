"""Reports: kept for those who run the server, and telling a reporter nothing new."""

from urllib.parse import quote

from amanat.store.reports import REPORT_COUNT
from tests.client_api.chats import TEXT, at, two_in_a_room
from tests.server import Person, Server


async def _kept(server: Server, reporter: Person) -> int:
    held = await server.amanat.store.first(REPORT_COUNT, reporter=reporter.user_id)
    assert held is not None
    return held.count


async def test_an_event_is_reported_by_who_is_in_its_room(open_amanat: Server) -> None:
    alice, bob, room = await two_in_a_room(open_amanat)
    eve = await open_amanat.user("eve")
    said = await alice.send(room, "rude", event_type=TEXT)

    done = await bob.post(at(room, f"report/{quote(said)}"), {"reason": "rude", "score": -100})
    again = await bob.post(at(room, f"report/{quote(said)}"), {"reason": "very rude"})
    stranger = await eve.post(at(room, f"report/{quote(said)}"), {"reason": "?"})
    await bob.leave(room)
    gone = await bob.post(at(room, f"report/{quote(said)}"), {"reason": "rude"})

    assert (done.status, again.status) == (200, 200)
    assert (stranger.status, stranger.errcode) == (404, "M_NOT_FOUND")
    assert (gone.status, gone.errcode) == (404, "M_NOT_FOUND")
    assert await _kept(open_amanat, bob) == 1


async def test_reports_of_rooms_and_people_do_not_tell_whether_these_exist(open_amanat: Server) -> None:
    alice, _, room = await two_in_a_room(open_amanat)
    eve = await open_amanat.user("eve")

    for path in (
        at(room, "report"),
        at("!nowhere", "report"),
        f"/users/{alice.user_id}/report",
        "/users/@nobody:localhost/report",
    ):
        assert (await eve.post(path, {"reason": "spam"})).status == 200

    assert await _kept(open_amanat, eve) == 2


async def test_a_reason_is_text_within_bounds(open_amanat: Server) -> None:
    alice = await open_amanat.user("alice")
    room = await alice.create_room()

    missing = await alice.post(at(room, "report"), {})
    wrong = await alice.post(at(room, "report"), {"reason": 1})
    long = await alice.post(at(room, "report"), {"reason": "x" * 5_000})

    assert (missing.status, missing.errcode) == (400, "M_BAD_JSON")
    assert (wrong.status, wrong.errcode) == (400, "M_BAD_JSON")
    assert (long.status, long.errcode) == (400, "M_INVALID_PARAM")
