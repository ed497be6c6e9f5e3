from typing import Any

import pytest

from tests.server import Person, Server


async def _search(person: Person, term: Any, **more: Any) -> Any:
    reply = await person.post("/user_directory/search", {"search_term": term} | more)
    assert reply.status == 200, reply.json
    return reply.json


async def _named(person: Person, name: str) -> Person:
    await person.put(f"/profile/{person.user_id}/displayname", {"displayname": name})
    return person


async def _found(person: Person, term: str) -> list[str]:
    return [result["user_id"] for result in (await _search(person, term))["results"]]


@pytest.mark.parametrize("term", ["ratna", "Ratna", "@ratna", "@ratna:localhost", " ratna "])
async def test_somebody_is_found_by_their_exact_handle(serving: Server, term: str) -> None:
    ratna = await _named(await serving.newcomer("ratna"), "Ratna Dewi")
    budi = await serving.newcomer("budi")
    assert await _search(budi, term) == {
        "results": [{"user_id": ratna.user_id, "display_name": "Ratna Dewi"}],
        "limited": False,
    }


@pytest.mark.parametrize("term", ["ratn", "atna", "Dewi", "@ratna:elsewhere.example", "", "%", "rat_a"])
async def test_strangers_are_not_found_by_anything_less(serving: Server, term: str) -> None:
    await _named(await serving.newcomer("ratna"), "Ratna Dewi")
    budi = await serving.newcomer("budi")
    assert await _found(budi, term) == []


@pytest.mark.parametrize(("term", "count"), [("dewi", 1), ("RATNA", 1), ("rat", 1), ("%", 0), ("100_", 0)])
async def test_people_of_ones_own_rooms_are_found_by_part_of_their_name(serving: Server, term: str, count: int) -> None:
    ratna = await _named(await serving.newcomer("ratna"), "Ratna Dewi")
    budi = await serving.newcomer("budi")
    room = await budi.create_room(invite=[ratna.user_id])
    await ratna.join(room)
    assert await _found(budi, term) == [ratna.user_id][:count]


async def test_nobody_finds_themselves(amanat: Server) -> None:
    ani = await amanat.user("ani")
    assert await _found(ani, "ani") == []


async def test_a_search_says_when_there_are_more(amanat: Server) -> None:
    ani = await amanat.user("ani")
    room = await ani.create_room(preset="public_chat")
    for number in range(3):
        await (await _named(await amanat.user(f"budi{number}"), f"Budi {number}")).join(room)
    found = await _search(ani, "budi", limit=2)
    assert len(found["results"]) == 2
    assert found["limited"]


@pytest.mark.parametrize(
    ("body", "errcode"),
    [
        ({}, "M_BAD_JSON"),
        ({"search_term": 3}, "M_BAD_JSON"),
        ({"search_term": "x", "limit": "3"}, "M_BAD_JSON"),
        ({"search_term": "x", "limit": 0}, "M_INVALID_PARAM"),
    ],
)
async def test_a_malformed_search_is_refused(amanat: Server, body: Any, errcode: str) -> None:
    ani = await amanat.user("ani")
    reply = await ani.post("/user_directory/search", body)
    assert (reply.status, reply.errcode) == (400, errcode)


async def test_u_0000_is_found_nowhere(amanat: Server) -> None:
    ani = await amanat.user("ani")
    assert await _found(ani, "\0") == []
