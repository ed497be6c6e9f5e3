"""Over random histories and random sync points: increments and an initial sync build the same state, and every event
that a member may see is shown to them exactly once, or stands behind a gap that they can page through.
"""

import asyncio
import random
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import quote

import pytest

from tests.client_api.sync_model import Client
from tests.server import Person, Server

ACTS = 60

FILTERS: list[dict[str, Any]] = [
    {},
    {"filter": {"room": {"timeline": {"limit": 1}}}},
    {"filter": {"room": {"timeline": {"limit": 3}}}},
    {"use_state_after": True, "filter": {"room": {"timeline": {"limit": 2}}}},
    {"org.matrix.msc4222.use_state_after": True},
]


class World:
    """Three people and two rooms, and what they do at random."""

    def __init__(self, people: list[Person], rooms: list[str], chance: random.Random) -> None:
        self.people = people
        self.rooms = rooms
        self.chance = chance
        self.sent: list[tuple[str, str]] = []
        self.acts: list[Callable[[Person, str], Awaitable[object]]] = [
            self.say,
            self.say,
            self.say,
            self.set_topic,
            self.set_other,
            self.join,
            self.join,
            self.leave,
            self.kick,
            self.rename,
            self.redact,
            self.receipt,
        ]

    async def act(self) -> None:
        """Let somebody do something; what they may not do is refused, and that is fine."""
        await self.chance.choice(self.acts)(self.chance.choice(self.people), self.chance.choice(self.rooms))

    async def say(self, who: Person, room: str) -> None:
        path = f"/rooms/{quote(room)}/send/m.room.message/{self.chance.random()}"
        reply = await who.put(path, {"msgtype": "m.text", "body": "halo"})
        if reply.status == 200:
            self.sent.append((room, reply.json["event_id"]))

    async def set_topic(self, who: Person, room: str) -> None:
        await who.set_state(room, "m.room.topic", {"topic": str(self.chance.random())})

    async def set_other(self, who: Person, room: str) -> None:
        key = self.chance.choice("abc")
        await who.set_state(room, "org.example.thing", {"value": self.chance.randrange(9)}, state_key=key)

    async def join(self, who: Person, room: str) -> None:
        await who.post(f"/rooms/{quote(room)}/join", {})

    async def leave(self, who: Person, room: str) -> None:
        if who is not self.people[0]:
            await who.post(f"/rooms/{quote(room)}/leave", {})

    async def kick(self, _who: Person, room: str) -> None:
        target = self.chance.choice(self.people[1:])
        await self.people[0].post(f"/rooms/{quote(room)}/kick", {"user_id": target.user_id})

    async def rename(self, who: Person, _room: str) -> None:
        await who.put(f"/profile/{quote(who.user_id)}/displayname", {"displayname": f"n{self.chance.randrange(99)}"})

    async def redact(self, _who: Person, _room: str) -> None:
        if self.sent:
            room, event_id = self.chance.choice(self.sent)
            await self.people[0].put(f"/rooms/{quote(room)}/redact/{quote(event_id)}/{self.chance.random()}", {})

    async def ban(self, _who: Person, room: str) -> None:
        target = self.chance.choice(self.people[1:])
        deed = self.chance.choice(("ban", "unban"))
        await self.people[0].post(f"/rooms/{quote(room)}/{deed}", {"user_id": target.user_id})

    async def invite(self, who: Person, room: str) -> None:
        target = self.chance.choice(self.people)
        await who.post(f"/rooms/{quote(room)}/invite", {"user_id": target.user_id})

    async def veil(self, _who: Person, room: str) -> None:
        visibility = self.chance.choice(("shared", "invited", "joined"))
        await self.people[0].set_state(room, "m.room.history_visibility", {"history_visibility": visibility})

    async def type(self, who: Person, room: str) -> None:
        await who.put(f"/rooms/{quote(room)}/typing/{who.user_id}", {"typing": self.chance.random() < 0.5})

    async def receipt(self, who: Person, _room: str) -> None:
        if self.sent:
            room, event_id = self.chance.choice(self.sent)
            await who.post(f"/rooms/{quote(room)}/receipt/m.read/{quote(event_id)}", {})


async def a_world(server: Server, chance: random.Random) -> World:
    people = [await server.user(name) for name in ("ani", "budi", "citra")]
    rooms = [await people[0].create_room(preset="public_chat") for _ in range(2)]
    return World(people, rooms, chance)


@pytest.mark.parametrize("seed", range(20))
async def test_increments_build_what_an_initial_sync_builds(open_amanat: Server, seed: int) -> None:
    chance = random.Random(seed)
    world = await a_world(open_amanat, chance)
    clients = [Client(person, **chance.choice(FILTERS)) for person in world.people]
    for _ in range(ACTS):
        await world.act()
        if chance.random() < 0.3:
            await chance.choice(clients).sync()
    for client in clients:
        await client.sync()
        fresh = Client(client.person)
        await fresh.sync()
        assert client.rooms == fresh.rooms


@pytest.mark.parametrize("seed", range(20))
async def test_every_visible_event_is_shown_once(open_amanat: Server, seed: int) -> None:
    chance = random.Random(1000 + seed)
    world = await a_world(open_amanat, chance)
    watchers = [Client(person, **chance.choice(FILTERS)) for person in world.people]
    for _ in range(ACTS):
        await world.act()
        if chance.random() < 0.3:
            await chance.choice(watchers).sync()
    for watcher in watchers:
        await watcher.sync()
        for room in watcher.rooms:
            shown = watcher.seen[room]
            assert len(shown) == len(set(shown))
            assert shown == await everything(watcher.person, room)


@pytest.mark.parametrize("seed", range(12))
async def test_nothing_is_lost_while_everybody_acts_at_once(open_amanat: Server, seed: int) -> None:
    chance = random.Random(2000 + seed)
    world = await a_world(open_amanat, chance)
    world.acts += [world.ban, world.invite, world.veil, world.type, world.join, world.join]
    clients = [Wary(person, **chance.choice(FILTERS)) for person in world.people]
    for _ in range(20):
        jobs: list[Awaitable[object]] = [world.act() for _ in range(4)]
        jobs += [client.sync() for client in clients if chance.random() < 0.5]
        chance.shuffle(jobs)
        await asyncio.gather(*jobs)
    for client in clients:
        await client.sync()
        fresh = Client(client.person)
        await fresh.sync()
        assert client.rooms == fresh.rooms
        for room in client.rooms:
            assert set(await everything(client.person, room)) <= set(client.seen[room])


class Wary(Client):
    """Pages through the whole of a gap: who was banned while they were out has seen that, and not what came before."""

    async def _gap(self, room_id: str, start: str, *, known: set[str]) -> list[str]:
        return await super()._gap(room_id, start, known=set())


async def everything(person: Person, room: str) -> list[str]:
    """Return all events of a room that the person may see, oldest first."""
    reply = await person.get(f"/rooms/{quote(room)}/messages", dir="f", limit=1000)
    found = [event["event_id"] for event in reply.json["chunk"]]
    while reply.json["chunk"] and "end" in reply.json:
        reply = await person.get(f"/rooms/{quote(room)}/messages", dir="f", limit=1000, **{"from": reply.json["end"]})
        found += [event["event_id"] for event in reply.json["chunk"]]
    return found
