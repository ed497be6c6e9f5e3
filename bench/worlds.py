"""Worlds: people, rooms and history made over HTTP once, kept as a folder of data, copied for each row."""

import secrets
from collections.abc import Awaitable, Callable
from itertools import cycle, islice
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from bench import matrix
from bench.keys import key_upload
from bench.matrix import Person, Sender
from bench.process import Server
from bench.subjects.subject import Scale
from bench.wire import Address, LoadError, ask, ask_all

ROOM_MEMBERS = 5
ROOM_EVENTS = 50
ONE_TIME_KEYS = 10
_PASSWORD = "correct horse battery staple"


class World(Struct, frozen=True, kw_only=True):
    """A folder of data and who and what is in it."""

    data: Path
    people: list[Person] = []
    rooms: list[str] = []


Build = Callable[[Server, World, Scale], Awaitable[World]]


class Plan(Struct, frozen=True, kw_only=True):
    """How a world is made, on top of which other one."""

    build: Build
    base: str | None = None


async def register(address: Address, count: int) -> list[Person]:
    """Register people; without a password where the server allows that, since hashing one is not what is measured."""
    name = secrets.token_hex(4)
    password: str | None = None
    try:
        await ask(address, matrix.register(f"{name}-first", password=None))
    except LoadError:
        password = _PASSWORD
    asked = (matrix.register(f"{name}-{number}", password=password) for number in range(count))
    bodies = [answer.json() for answer in await ask_all(address, asked)]
    return [Person(user_id=body["user_id"], device_id=body["device_id"], token=body["access_token"]) for body in bodies]


async def private_rooms(address: Address, groups: list[list[Person]]) -> list[str]:
    """Make one encrypted room per group, created by its first, and let the others join."""
    created = await ask_all(address, [matrix.create_private_room(group[0], group[1:]) for group in groups])
    rooms = [str(answer.json()["room_id"]) for answer in created]
    joins = [matrix.join(person, room) for room, group in zip(rooms, groups, strict=True) for person in group[1:]]
    await ask_all(address, joins)
    return rooms


async def open_room(address: Address, people: list[Person]) -> str:
    """Make one encrypted room that all of them join."""
    created = await ask(address, matrix.create_open_room(people[0]))
    room = str(created.json()["room_id"])
    await ask_all(address, [matrix.join(person, room) for person in people[1:]])
    return room


async def _people(server: Server, world: World, scale: Scale) -> World:
    return replace(world, people=await register(server.address, scale.people))


async def _community(server: Server, world: World, scale: Scale) -> World:
    """A large room, and a smaller one for its first members; every device has keys."""
    members = world.people[: scale.large_room]
    bodies = (matrix.upload_keys(person, key_upload(person, one_time_keys=ONE_TIME_KEYS)) for person in members)
    await ask_all(server.address, bodies)
    large = await open_room(server.address, members)
    small = await open_room(server.address, members[: scale.small_room])
    return replace(world, people=members, rooms=[large, small])


async def _town(server: Server, world: World, scale: Scale) -> World:
    """Many small rooms with history; the first person is in all of them."""
    reader, *others = world.people
    partners = cycle(others)
    groups = [[*islice(partners, ROOM_MEMBERS - 1), reader] for _ in range(scale.rooms)]
    rooms = await private_rooms(server.address, groups)
    sends = (
        sender.event()
        for room, group in zip(rooms, groups, strict=True)
        for sender in islice(cycle([Sender(person, room, name="town") for person in group]), ROOM_EVENTS)
    )
    await ask_all(server.address, sends)
    return replace(world, rooms=rooms)


PLANS = {
    "people": Plan(build=_people),
    "community": Plan(build=_community, base="people"),
    "town": Plan(build=_town, base="people"),
}
