"""What a bot learns of its groups, and does in them with the power that they give it. Each call asks the server.

Who may do what, and what is pinned, is one event of a room each, which is read, changed and written: one call of the
bot's after the other. Where somebody else changes it at the same moment, the server keeps the later, as from any two
Matrix apps.
"""

from collections.abc import Mapping
from typing import Any, Final

from amanat.db.tx import Need, Tx
from amanat.gateway.bots.dues import DueRow
from amanat.gateway.bots.ground import Ground
from amanat.gateway.bots.groups.group_model import About, Act, Member, NotAllowed, Rank
from amanat.gateway.bots.groups.group_state import (
    LEVELS,
    MESSAGE,
    PINNED,
    GroupState,
    pinned_in,
    with_event_level,
    with_level,
)
from amanat.gateway.bots.groups.invite_links import JOIN_RULES, KNOCK, InviteLinks
from amanat.gateway.bots.groups.time_limits import TimeLimits
from amanat.gateway.bots.model import Chat, Person
from amanat.gateway.bots.numbered import once_there
from amanat.gateway.bots.people import meet, named_in, person_of
from amanat.gateway.bots.room_events import NAME
from amanat.gateway.bots.tables import (
    GUESTS,
    MESSAGE_OF_EVENT,
    PEOPLE,
    PERSON_OF_NUMBER,
)

MAX_PINNED: Final = 100
"""What the server takes, of which the oldest are let go; source: core/gate_tables."""
TOPIC: Final = "m.room.topic"

_DONE: Final[Mapping[Act, tuple[str, ...]]] = {
    "ban": ("ban",),
    "unban": ("join", "invite", "knock", "leave"),
    "put_out": ("leave", "ban"),
    "let_in": ("join", "invite"),
}
"""What somebody is where an act has nothing left to do."""


class Groups:
    """One bot's. Satisfies `GroupLine`."""

    def __init__(self, on: Ground) -> None:
        self._on = on
        self._limits = TimeLimits(on)
        self._links = InviteLinks(on)

    @property
    def links(self) -> InviteLinks:
        """The links by which people come into its groups."""
        return self._links

    async def about(self, chat: Chat) -> About:
        """Return what a group is."""
        state = await self._state(chat)
        return About(
            title=state.text(NAME, "name"),
            topic=state.text(TOPIC, "topic"),
            everybody=state.everybodys,
            pinned=await self._newest_known(chat, pinned_in(state.content(PINNED))),
            is_open=state.text(JOIN_RULES, "join_rule") == KNOCK,
        )

    async def count(self, chat: Chat) -> int:
        """Return how many are in it, with the bot."""
        return len((await self._state(chat)).joined())

    async def member(self, chat: Chat, person: Person | None) -> Member:
        """Return somebody; the bot for nobody."""
        user_id = self._on.user_id if person is None else await self._user_id(person)
        state = await self._state(chat)
        asks = state.membership(user_id) == KNOCK
        return Member(
            person=person,
            status=state.status(user_id),
            rights=state.rights(user_id),
            asks=asks,
            until_ts=await self._limits.until_ts(chat.room_id, user_id, state=state),
        )

    async def administrators(self, chat: Chat) -> list[Member]:
        """Return who administers it, who made it first; the bot too, if it does."""
        state = await self._state(chat)
        found = {each: state.status(each) for each in state.joined()}
        user_ids = [each for each, status in found.items() if status in ("creator", "administrator")]
        user_ids.sort(key=lambda each: (found[each] != "creator", each))
        people = await self._meet([each for each in user_ids if each != self._on.user_id], state)
        return [Member(person=people.get(each), status=found[each], rights=state.rights(each)) for each in user_ids]

    async def act(self, chat: Chat, act: Act, *, person: Person, until_ts: int = 0) -> None:
        """Put somebody out, or let them in; what is so already is left as it is."""
        async with self._on.dues.alone(chat.room_id):
            user_id, state = await self._user_id(person), await self._state(chat)
            is_done = state.membership(user_id) in _DONE[act]

            async def do() -> None:
                if not is_done:
                    await self._on.device.act_on(chat.room_id, act, user_id=user_id)
                if act in ("ban", "put_out"):
                    # Of what it does itself a bot does not hear: they take no place of a link any more.
                    await self._on.store.write(lambda tx: tx.delete(GUESTS, chat.room_id, user_id))

            if act != "ban":
                return await do()
            seen = state.membership_stamp(user_id).event_id if is_done else ""
            limit = DueRow("unban", chat.room_id, user_id, 0, until_ts, until_ts, seen=seen)
            return await self._limits.begin(limit, do)

    async def make(self, chat: Chat, person: Person, *, rank: Rank, until_ts: int = 0) -> None:
        """Give somebody a rank; `until_ts`: when they are no longer silent."""
        async with self._on.dues.alone(chat.room_id):
            user_id, state = await self._user_id(person), await self._state(chat)
            mine, theirs = state.levels.of_user(self._on.user_id), state.levels.of_user(user_id)
            former = await self._limits.former_level(chat.room_id, user_id, state=state)
            level = state.members_level(former) if rank == "member" else state.rank_level(rank)
            # As the server has it: nobody changes who stands as high, or lifts anybody above themselves.
            if theirs >= mine or (level or 0) > mine:
                raise NotAllowed
            ends_ts = until_ts if rank == "silent" else 0
            limit = DueRow("unmute", chat.room_id, user_id, 0, ends_ts, ends_ts, seen=str(level), former=former)

            async def do() -> None:
                await self._change(chat, LEVELS, with_level(state.content(LEVELS), user_id, level=level))

            await self._limits.begin(limit, do)

    async def let_everybody_say(self, chat: Chat, *, may: bool) -> None:
        """Let those who administer nothing write, or not."""
        async with self._on.dues.alone(chat.room_id):
            state = await self._state(chat)
            level = None if may else state.rank_level("administrator")
            await self._change(chat, LEVELS, with_event_level(state.content(LEVELS), MESSAGE, level=level))

    async def rename(self, chat: Chat, *, title: str | None = None, topic: str | None = None) -> None:
        """Call a group something else; `NotAllowed` too where names are encrypted between its people."""
        if (await self._state(chat)).encrypts_names:
            # In clear it would stand on the server, which its people keep it from.
            raise NotAllowed
        if title is not None:
            await self._change(chat, NAME, {"name": title})
        if topic is not None:
            await self._change(chat, TOPIC, {"topic": topic})

    async def pin(self, chat: Chat, number: int, *, is_pinned: bool) -> None:
        """Pin a message, or let it go; raises `NoSuchMessage`, and `NotNow` if the server does not have it yet."""
        row = await once_there(self._on, number, chat=chat)
        async with self._on.dues.alone(chat.room_id):
            others = [each for each in await self._pinned(chat) if each != row.event_id]
            await self._pin(chat, [*others, row.event_id] if is_pinned else others)

    async def unpin(self, chat: Chat, *, all_of_them: bool) -> None:
        """Let go of the message that was pinned last, or of all."""
        async with self._on.dues.alone(chat.room_id):
            pinned = await self._pinned(chat)
            await self._pin(chat, [] if all_of_them else pinned[:-1])

    async def _pinned(self, chat: Chat) -> list[str]:
        return pinned_in((await self._state(chat)).content(PINNED))

    async def _pin(self, chat: Chat, event_ids: list[str]) -> None:
        await self._change(chat, PINNED, {"pinned": event_ids[-MAX_PINNED:]})

    async def _newest_known(self, chat: Chat, event_ids: list[str]) -> int | None:
        for event_id in reversed(event_ids):
            row = await self._on.store.first(MESSAGE_OF_EVENT, event_id=event_id)
            if row is not None and row.room_id == chat.room_id:
                return row.number
        return None

    async def _state(self, chat: Chat) -> GroupState:
        return await self._on.device.group_state(chat.room_id)

    async def _change(self, chat: Chat, event_type: str, content: dict[str, Any]) -> None:
        await self._on.device.set_state(chat.room_id, event_type, content=content)

    async def _user_id(self, person: Person) -> str:
        row = await self._on.store.first(PERSON_OF_NUMBER, number=person.number)
        return row.user_id if row is not None else ""

    async def _meet(self, user_ids: list[str], state: GroupState) -> dict[str, Person]:
        """Return people by who they are; a bot may ask of somebody before it has heard them."""

        def put(tx: Tx) -> dict[str, Person]:
            names = {each: named_in(state.content("m.room.member", each)) for each in user_ids}
            return {each: person_of(meet(tx, each, on=self._on, name=name)) for each, name in names.items()}

        needs: list[Need] = [(PEOPLE, (each,)) for each in user_ids]
        return await self._on.store.write(put, needs=needs)
