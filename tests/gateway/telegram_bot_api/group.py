"""A group with a served bot in it: Ani, who made it, and Budi, who is a member like all."""

from typing import Any

from msgspec import Struct

from tests.gateway.device.town import Citizen, until
from tests.gateway.telegram_bot_api.served import ServedBot


class Group(Struct, frozen=True):
    """Where they are; `chat` is what the bot knows it by."""

    room_id: str
    chat: int
    ani: Citizen
    budi: Citizen

    async def empowers(self, bot: ServedBot, level: int) -> None:
        """Have Ani give the bot a level."""
        await self.lifts(bot.at_work.person.user_id, level)

    async def lifts(self, user_id: str, level: int) -> None:
        """Have Ani give somebody a level."""
        levels = (await self.ani.person.get(f"/rooms/{self.room_id}/state/m.room.power_levels/")).json
        users = levels.get("users", {}) | {user_id: level}
        reply = await self.ani.person.put(
            f"/rooms/{self.room_id}/state/m.room.power_levels/", levels | {"users": users}
        )
        assert reply.status == 200, reply.json

    async def state(self, event_type: str) -> dict[str, Any]:
        """Return a piece of the group's state, as Ani reads it."""
        reply = await self.ani.person.get(f"/rooms/{self.room_id}/state/{event_type}/")
        return dict(reply.json) if reply.status == 200 else {}

    async def asks(self, who: Citizen, link: str) -> None:
        """Let somebody ask to join by a link, as our app does."""
        knocked = await who.person.post(f"/knock/{self.room_id}", {"reason": link.rpartition("?")[2]})
        assert knocked.status == 200, knocked.json

    async def waits_for(self, who: Citizen, membership: str) -> None:
        """Wait until somebody is that in the group."""

        async def is_so() -> bool:
            return await self.membership(who) == membership

        await until(is_so)

    async def membership(self, who: Citizen) -> str:
        """Return what somebody is in the group."""
        members = (await self.ani.person.get(f"/rooms/{self.room_id}/members")).json["chunk"]
        return next(str(each["content"]["membership"]) for each in members if each["state_key"] == who.user_id)


async def group_with(bot: ServedBot) -> Group:
    """Let Ani make a group with Budi, and bring the bot in."""
    town = bot.at_work.town
    ani, budi = await town.citizen("ani"), await town.citizen("budi")
    room_id = await ani.person.create_room(invite=[budi.user_id])
    await budi.person.join(room_id)
    await ani.person.invite(room_id, bot.at_work.person.user_id)
    chat = (await bot.next_update("my_chat_member"))["my_chat_member"]["chat"]["id"]
    await ani.sees_member(room_id, bot.at_work.person.user_id)
    return Group(room_id, chat, ani, budi)


async def number_of(bot: ServedBot, group: Group, who: Citizen) -> int:
    """Let somebody say something to the bot, and return the number that it knows them by."""
    await who.say(group.room_id, f"/halo {who.user_id}")
    offset = 0
    while True:
        update = await bot.next_update("message", offset=offset)
        offset = update["update_id"] + 1
        if update["message"].get("text") == f"/halo {who.user_id}":
            return int(update["message"]["from"]["id"])
