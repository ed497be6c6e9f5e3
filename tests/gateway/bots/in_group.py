"""A bot in a group: Ani, who made it, and Budi, who is a member like all."""

from typing import Any

from msgspec import Struct

from amanat.gateway.bots.dues import NEXT_DUE
from amanat.gateway.bots.model import Chat, Person
from tests.gateway.device.town import Citizen, until
from tests.gateway.service.bot_at_work import BotAtWork

LEVELS = "m.room.power_levels"


class InGroup(Struct, frozen=True):
    """Where they are; `person`: Budi, as the bot knows him."""

    at_work: BotAtWork
    room_id: str
    chat: Chat
    ani: Citizen
    budi: Citizen
    person: Person

    async def state(self, event_type: str, key: str = "") -> dict[str, Any]:
        """Return a piece of the group's state, as Ani reads it."""
        reply = await self.ani.person.get(f"/rooms/{self.room_id}/state/{event_type}/{key}")
        return dict(reply.json) if reply.status == 200 else {}

    async def empowers(self, user_id: str, level: int | None) -> None:
        """Have Ani give somebody a level; None: as everybody has."""
        levels = await self.state(LEVELS)
        users = {each: held for each, held in levels.get("users", {}).items() if each != user_id}
        changed = levels | {"users": users if level is None else users | {user_id: level}}
        reply = await self.ani.person.put(f"/rooms/{self.room_id}/state/{LEVELS}/", changed)
        assert reply.status == 200, reply.json

    async def membership(self, who: Citizen) -> str:
        """Return what somebody is in the group."""
        return str((await self.state("m.room.member", who.user_id)).get("membership"))

    async def becomes(self, membership: str) -> None:
        """Wait until Budi is that in the group."""

        async def is_so() -> bool:
            return await self.membership(self.budi) == membership

        await until(is_so)

    async def may_write(self) -> bool:
        """Return whether Budi may."""
        users = (await self.state(LEVELS)).get("users", {})
        return int(users.get(self.budi.user_id, 0)) >= 0

    async def writes_again(self) -> None:
        """Wait until Budi may write."""
        await until(self.may_write)

    async def nothing_is_due(self) -> None:
        """Wait until the bot has nothing left to do at a time."""

        async def nothing() -> bool:
            kept = await self.at_work.ground.store.first(NEXT_DUE)
            return kept is None

        await until(nothing)


async def group_of(at_work: BotAtWork, *, level: int = 100) -> InGroup:
    """Let Ani make a group with Budi, bring the bot in, and give it a level."""
    ani, budi = await at_work.town.citizen("ani"), await at_work.town.citizen("budi")
    room_id = await ani.person.create_room(invite=[budi.user_id])
    await budi.person.join(room_id)
    await ani.person.invite(room_id, at_work.person.user_id)
    chat = await at_work.line.chat((await at_work.told("Membership"))["chat"]["number"])
    await ani.sees_member(room_id, at_work.person.user_id)
    await budi.sees_member(room_id, at_work.person.user_id)
    await budi.say(room_id, "/halo")
    number = (await at_work.told("Came"))["said"]["sender"]["number"]
    person = await at_work.line.person(number)
    assert person is not None
    group = InGroup(at_work, room_id, chat, ani, budi, person)
    await group.empowers(at_work.person.user_id, level)
    return group
