"""A group with two bots while all around it is killed: words, polls, pins, who comes and goes, links, and time limits.

Three people are there with a device each, of whom the first made it; others come and go without one.
"""

import asyncio
import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

from amanat.gateway.bots.poll_contents import END, RESPONSE, START
from amanat.gateway.device.happenings import Outgoing, Received
from amanat.gateway.owner import identity
from tests.gateway.device.office import Office
from tests.gateway.service.aftermath import Aftermath
from tests.gateway.service.asking_killed import Asking
from tests.gateway.service.guest import REST_S
from tests.gateway.service.killing import comes_true

NAME: Final = "circle"
_SAID: Final = re.compile(r"(\S+) > (\S+)(?: (\S+))?")
MEMBER: Final = "m.room.member"
LEVELS: Final = "m.room.power_levels"


class Circle:
    """`people`: who has a device; `guests`: who comes and goes, by name; `bots`: by name, with their accounts.

    `notes`: what the programs write down.
    """

    def __init__(
        self,
        people: Sequence[Office],
        guests: Mapping[str, Asking],
        *,
        bots: Mapping[str, str],
        aftermath: Aftermath,
        notes: Path,
    ) -> None:
        self._notes = notes
        self._people = people
        self.owner, self._second, self._third = people
        self.guests = guests
        self.bots = bots
        self._aftermath = aftermath
        self.room_id = ""
        self.said: list[str] = []
        self.votes: list[tuple[str, str]] = []
        """Whose poll, and who voted."""
        self.returns = 0
        """How often the bot that polls was put out and came back."""
        self.asking = Asking(self.owner.ground.credentials)

    # What is heard.

    @property
    def heard(self) -> list[Received]:
        """What the first heard of what was said, encrypted, in the group."""
        return [each for each in self.owner.echo.received if each.room_id == self.room_id and each.state_key is None]

    @property
    def answers(self) -> list[tuple[str, str, str, str]]:
        """The bot, the word, its call, and what stands behind that: of texts and polls."""
        found = []
        for each in self.heard:
            match = _SAID.match(_text(each)) if each.sender in self.bots.values() else None
            if match:
                found.append((each.sender, match[1], match[2], match[3] or ""))
        return found

    @property
    def polls(self) -> list[tuple[str, str, str]]:
        """Every poll that was asked, with its word and its call."""
        asked = ((each, _SAID.match(_text(each))) for each in self.heard if each.type == START)
        return [(each.event_id, match[1], match[2]) for each, match in asked if match]

    def _polls(self, word: str) -> list[Received]:
        return [each for each in self.heard if each.type == START and _text(each).startswith(f"{word} > ")]

    def ends(self, poll: str) -> int:
        """Return how often a poll ended."""
        ends = (each.content["m.relates_to"]["event_id"] for each in self.heard if each.type == END)
        return sum(about == poll for about in ends)

    @property
    def calls(self) -> list[str]:
        """The calls that were heard, in that order."""
        return [call for _, _, call, _ in self.answers]

    async def events(self) -> list[dict[str, Any]]:
        """Return all that the server has of the group."""
        return [event async for event in self.asking.events(self.room_id)]

    # What is done.

    async def gather(self) -> None:
        """Make the group, with all its people and both bots, and let these administer it."""
        await self._is_vouched_for()
        body = {"preset": "private_chat", "invite": [each.user_id for each in self._people[1:]]}
        self.room_id = (await self.owner.ground.api.post("/_matrix/client/v3/createRoom", body))["room_id"]
        for each in self._people[1:]:
            await each.ground.api.join(self.room_id)
        for user_id in self.bots.values():
            await self._invite(user_id)
            await self._is_in(user_id, times=1)
        levels = await self.asking.state(self.room_id, LEVELS)
        users = levels.get("users", {}) | dict.fromkeys(self.bots.values(), 100)
        await self.asking.ask("PUT", f"/rooms/{quote(self.room_id)}/state/{LEVELS}/", levels | {"users": users})
        await self._write("ready")
        await self._write("mute", by=self._third)
        await self._until(lambda: self._levels_silence(), "the third is silent")
        await self._comes("banished")
        await self._becomes(self.guests["banished"].user_id, "ban")

    async def _is_vouched_for(self) -> None:
        """Publish an identity for the first: what a service says before they write to it is read by no other."""
        post, held = self.owner.ground.api.post, self.owner.ground.credentials
        keys = identity.make(held.user_id)
        await identity.publish(keys, post)
        await identity.vouch(keys, post, device_id=held.device_id)

    async def talk(self, ended: asyncio.Event) -> None:
        """Go on until the end, and once more."""
        while True:
            is_last = ended.is_set()
            await self._bring_back(self.bots["polling"])
            await self._write("word", by=self._second)
            await self._write("pin")
            await asyncio.gather(self._vote(), self._come_and_go())
            if is_last:
                return
            await asyncio.sleep(REST_S)

    async def goes_on(self) -> None:
        """Wait until something more has been heard."""
        before = len(self.heard)
        await self._until(lambda: len(self.heard) > before or None, "is heard again")

    async def limits_end(self) -> None:
        """Wait until who was silenced writes again, and who was put out may come."""
        banished = self.guests["banished"].user_id

        async def are_over() -> bool:
            users = (await self.asking.state(self.room_id, LEVELS)).get("users", {})
            return self._third.user_id not in users and await self._membership(banished) == "leave"

        await self._comes_to(are_over, "what was for a while is over")
        await self._write("again", by=self._third)

    async def _write(self, wish: str, *, by: Office | None = None) -> str:
        """Write a word, and wait until both bots have answered."""
        word, sender = f"{NAME}-{len(self.said)}-{wish}", by or self.owner
        self.said.append(word)
        await sender.say(self.room_id, f"/{word}")
        await self._until(lambda: self._answered_by(word) == {*self.bots.values()} or None, f"{word} is answered")
        return word

    def _answered_by(self, word: str) -> set[str]:
        return {bot for bot, answered, _, _ in self.answers if answered == word}

    async def _vote(self) -> None:
        """Vote in whichever polls there are of a word until both bots have ended one; let others end by themselves."""
        soon, word = await self._write("soon"), await self._write("poll")
        voted: set[str] = set()
        while True:
            for poll in [each for each in self._polls(word) if each.event_id not in voted]:
                voted.add(poll.event_id)
                for choice, person in enumerate((self.owner, self._second), 1):
                    await self._votes(person, poll, str(choice))
            if {each.sender for each in self._polls(word) if self.ends(each.event_id)} == {*self.bots.values()}:
                break
            known = len(self.heard)
            await self._until(lambda known=known: len(self.heard) > known or None, "a poll ends")  # type: ignore[misc]  # mypy knows no such default
        await self._until(lambda: all(self.ends(each.event_id) for each in self._polls(soon)) or None, "polls end")

    async def _votes(self, person: Office, poll: Received, choice: str) -> None:
        about = {"rel_type": "m.reference", "event_id": poll.event_id}
        content = {RESPONSE: {"answers": [choice]}, "m.relates_to": about}
        outgoing = Outgoing(room_id=self.room_id, txn_id=person.ground.mint(), type=RESPONSE, content=content)
        self.votes.append((poll.sender, person.user_id))
        await person.store.write(lambda tx: person.device.say(tx, outgoing))

    async def _come_and_go(self) -> None:
        """Have one invited, two at a link with one place, and one who asks."""
        first, second = [self.guests[name] for name in ("first", "second")]
        await self._comes("first")
        await self._leaves(first)
        link = self._link(await self._write("link"))
        await asyncio.gather(*(self._knocks(each, link) for each in (first, second)))

        async def are_decided() -> bool:
            found = sorted([await self._membership(each.user_id) for each in (first, second)])
            return found == ["invite", "leave"]

        await self._comes_to(are_decided, "one place is one person's")
        let_in = first if await self._membership(first.user_id) == "invite" else second
        await self._joins(let_in)
        await self._leaves(let_in)
        await self._knocks(second, self._link(await self._write("ask")))
        await self._becomes(second.user_id, "invite")
        await self._joins(second)
        await self._leaves(second)

    def _link(self, word: str) -> str:
        telegram = self.bots["telegram"]
        return next(link for bot, answered, _, link in self.answers if (bot, answered) == (telegram, word))

    async def _bring_back(self, bot: str) -> None:
        """Put a bot out, and let it come again once its program knows.

        Of who is put out and invited again while the gateway is down, the server tells only that it is invited: what
        was said before, and that it was put out, is not told.
        """
        self.returns += 1
        await self._write("last")
        await self.asking.ask("POST", f"/rooms/{quote(self.room_id)}/kick", {"user_id": bot})
        await self._becomes(bot, "leave")

        async def is_told() -> bool:
            return (
                len({line for line in self._notes.read_text().splitlines() if '"is": "left"' in line}) >= self.returns
            )

        await self._comes_to(is_told, "a bot is told that it was put out")
        await self._invite(bot)
        await self._is_in(bot, times=1 + self.returns)

    async def _is_in(self, bot: str, *, times: int) -> None:
        """Wait until all have seen that a bot came in: what they say before has no key for it."""
        for each in self._people:

            def comings(person: Office = each) -> int:
                came = (each for each in person.echo.received if (each.room_id, each.state_key) == (self.room_id, bot))
                return sum(each.type == MEMBER and each.content["membership"] == "join" for each in came)

            await self._until(lambda comings=comings: comings() >= times or None, "the bot is seen", by=each)  # type: ignore[misc]  # mypy knows no such default

    async def _comes(self, name: str) -> None:
        await self._invite(self.guests[name].user_id)
        await self._joins(self.guests[name])

    async def _invite(self, user_id: str) -> None:
        await self.asking.ask("POST", f"/rooms/{quote(self.room_id)}/invite", {"user_id": user_id})

    async def _joins(self, guest: Asking) -> None:
        assert (await guest.ask("POST", f"/join/{quote(self.room_id)}", {}))[0] == 200

    async def _leaves(self, guest: Asking) -> None:
        await guest.ask("POST", f"/rooms/{quote(self.room_id)}/leave", {})
        await self._becomes(guest.user_id, "leave")

    async def _knocks(self, guest: Asking, link: str) -> None:
        if await self._membership(guest.user_id) in ("leave", ""):
            await guest.ask("POST", f"/knock/{quote(self.room_id)}", {"reason": link.rpartition("?")[2]})

    async def _membership(self, user_id: str) -> str:
        return str((await self.asking.state(self.room_id, MEMBER, user_id)).get("membership", ""))

    async def _becomes(self, user_id: str, membership: str) -> None:
        async def is_so() -> bool:
            return await self._membership(user_id) == membership

        await self._comes_to(is_so, f"{user_id} is in: {membership}")

    # Waiting.

    def _levels_silence(self) -> bool | None:
        levels = [each for each in self.owner.echo.received if (each.room_id, each.type) == (self.room_id, LEVELS)]
        return any(each.content.get("users", {}).get(self._third.user_id) == -1 for each in levels) or None

    async def _comes_to(self, look: Callable[[], Any], what: str) -> None:
        try:
            async with asyncio.timeout(180):
                while True:
                    if await look():
                        return
                    await asyncio.sleep(0.1)
        except TimeoutError:
            raise AssertionError(await self._in_vain(what)) from None

    async def _until(self, find: Callable[[], bool | None], what: str, *, by: Office | None = None) -> None:
        if not await comes_true(by or self.owner, find, what):
            raise AssertionError(await self._in_vain(what))

    async def _in_vain(self, what: str) -> str:
        seen = await self._aftermath.of(self.owner, self.room_id)
        return f"In vain: {what}; said {self.said}, heard {self.answers}\n{seen}"


def _text(received: Received) -> str:
    """Return what a message says, or a poll asks."""
    if received.type == START:
        return str(received.content[START]["question"]["org.matrix.msc1767.text"])
    return str(received.content.get("body", ""))
