"""Who is in a group and what they may do there, and changing that: with the power that the group gives the bot."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from amanat.gateway.bots.dues import TooMany
from amanat.gateway.bots.groups.group_model import Act, Member, NotAllowed, Rank
from amanat.gateway.bots.model import Chat, Person
from amanat.gateway.telegram_bot_api.calls import Call, chat_of, method
from amanat.gateway.telegram_bot_api.errors import BadRequest
from amanat.gateway.telegram_bot_api.member_objects import member, says
from amanat.gateway.telegram_bot_api.objects import Object
from amanat.gateway.telegram_bot_api.speaking import Speaker

_PRIVATE: Final = "chat member status can't be changed in private chats"
_NOT_ENOUGH: Final = "not enough rights to restrict/unrestrict chat member"
_NO_PROMOTING: Final = "not enough rights"
_OWNER: Final = "can't remove chat owner"
_ADMINISTRATOR: Final = "user is an administrator of the chat"
_TOO_MANY: Final = "too many restrictions with until_date"
SOONEST_S: Final = 30
LATEST_S: Final = 366 * 24 * 3600
"""From now; a time outside of that is no time; source: core.telegram.org/bots/api#banchatmember."""
_PROMOTING: Final = (
    "can_manage_chat",
    "can_delete_messages",
    "can_restrict_members",
    "can_change_info",
    "can_invite_users",
    "can_pin_messages",
)


class Members:
    """Methods about the members of groups."""

    def __init__(self, speaker: Speaker) -> None:
        self._speaker = speaker

    @method("getChatMemberCount", "getChatMembersCount")
    async def count(self, call: Call) -> int:
        """Return how many are in a chat, with the bot."""
        where = await chat_of(call)
        return 2 if where.kind == "private" else await call.line.group.count(where)

    @method("getChatMember")
    async def get(self, call: Call) -> Object:
        """Return somebody of a chat."""
        where, telling = await chat_of(call), self._speaker.telling(call)
        number = call.fields.number("user_id")
        if number is None:
            raise BadRequest("invalid user_id specified")
        person = None if number == call.line.me.number else await call.line.person(number)
        if person is None and number != call.line.me.number:
            raise BadRequest("member not found")
        if where.kind == "group":
            return member(await call.line.group.member(where, person), telling)
        is_in = person is None or person == where.person
        return {"user": telling.sender(person), "status": "member" if is_in else "left"}

    @method("getChatAdministrators")
    async def administrators(self, call: Call) -> list[Object]:
        """Return who administers a group."""
        where, telling = await chat_of(call), self._speaker.telling(call)
        if where.kind == "private":
            raise BadRequest("there are no administrators in the private chat")
        return [member(each, telling) for each in await call.line.group.administrators(where)]

    @method("banChatMember", "kickChatMember")
    async def ban(self, call: Call) -> bool:
        """Put somebody out, for good."""
        where, found, person = await self._somebody(call)
        if found.status == "creator":
            raise BadRequest(_OWNER)
        if found.status == "administrator":
            raise BadRequest(_ADMINISTRATOR)
        with _refused_as(_NOT_ENOUGH):
            await call.line.group.act(where, "ban", person=person, until_ts=_until_ts(call))
        return True

    @method("unbanChatMember")
    async def unban(self, call: Call) -> bool:
        """Let somebody come again. As with Telegram, who is in the group is put out unless that is not wished."""
        where, found, person = await self._somebody(call)
        is_banned, stays = found.status == "kicked", found.status in ("left", "creator", "administrator")
        if not is_banned and (stays or call.fields.flag("only_if_banned")):
            return True
        with _refused_as(_NOT_ENOUGH):
            await call.line.group.act(where, "unban" if is_banned else "put_out", person=person)
        return True

    @method("restrictChatMember")
    async def restrict(self, call: Call) -> bool:
        """Let somebody write, or not: of the permissions that alone is one's own here."""
        where, found, person = await self._somebody(call)
        given = call.fields.mapping("permissions", "can't parse permissions JSON object")
        if given is None:
            raise BadRequest("permissions must be non-empty")
        may = says(given, default=False)
        if found.status == "creator":
            raise BadRequest(_OWNER)
        if found.status == "administrator":
            raise BadRequest(_ADMINISTRATOR)
        rank: Rank = "member" if may else "silent"
        with _refused_as(_NOT_ENOUGH):
            await call.line.group.make(where, person, rank=rank, until_ts=0 if may else _until_ts(call))
        return True

    @method("promoteChatMember")
    async def promote(self, call: Call) -> bool:
        """Make somebody an administrator, one who names others, or a member like all."""
        where, found, person = await self._somebody(call, is_self="can't promote self")
        if found.status == "creator":
            raise BadRequest(_OWNER)
        if found.status in ("left", "kicked"):
            raise BadRequest("USER_NOT_PARTICIPANT")
        flag = call.fields.flag
        rank: Rank = "administrator" if any(flag(name) for name in _PROMOTING) else "member"
        rank = "leader" if flag("can_promote_members") else rank
        with _refused_as(_NO_PROMOTING):
            await call.line.group.make(where, person, rank=rank)
        return True

    @method("setChatPermissions")
    async def set_permissions(self, call: Call) -> bool:
        """Let those who administer nothing write, or not."""
        where = await chat_of(call)
        given = call.fields.mapping("permissions", "can't parse permissions JSON object")
        if given is None:
            raise BadRequest("permissions must be non-empty")
        if where.kind == "private":
            raise BadRequest("can't change private chat permissions")
        try:
            await call.line.group.let_everybody_say(where, may=says(given, default=False))
        except NotAllowed:
            raise BadRequest("not enough rights to change chat permissions") from None
        return True

    @method("approveChatJoinRequest")
    async def approve(self, call: Call) -> bool:
        """Let in somebody who has asked."""
        return await self._answer(call, "let_in")

    @method("declineChatJoinRequest")
    async def decline(self, call: Call) -> bool:
        """Turn away somebody who has asked."""
        return await self._answer(call, "put_out")

    async def _answer(self, call: Call, act: Act) -> bool:
        where, found, person = await self._somebody(call, is_self="HIDE_REQUESTER_MISSING")
        if found.status != "left":
            raise BadRequest("USER_ALREADY_PARTICIPANT" if found.status != "kicked" else "HIDE_REQUESTER_MISSING")
        if not found.asks:
            raise BadRequest("HIDE_REQUESTER_MISSING")
        with _refused_as("not enough rights to manage chat join requests"):
            await call.line.group.act(where, act, person=person)
        return True

    async def _somebody(self, call: Call, *, is_self: str = "can't restrict self") -> tuple[Chat, Member, Person]:
        where = await chat_of(call)
        if where.kind == "private":
            raise BadRequest(_PRIVATE)
        number = call.fields.number("user_id")
        if number is None:
            raise BadRequest("invalid user_id specified")
        if number == call.line.me.number:
            raise BadRequest(is_self)
        person = await call.line.person(number)
        if person is None:
            raise BadRequest("PARTICIPANT_ID_INVALID")
        return where, await call.line.group.member(where, person), person


def _until_ts(call: Call) -> int:
    """Return when something is to end, in ms; 0 for what is to last."""
    until_s, now_s = call.fields.number("until_date") or 0, call.line.now_ms() / 1000
    return until_s * 1000 if now_s + SOONEST_S <= until_s <= now_s + LATEST_S else 0


@contextmanager
def _refused_as(refusal: str) -> Iterator[None]:
    try:
        yield
    except NotAllowed:
        raise BadRequest(refusal) from None
    except TooMany:
        raise BadRequest(_TOO_MANY) from None
