"""Who is in a group and what they may do there, and changing that: with the power that the group gives the bot."""

from typing import Final

from amanat.gateway.bots.group_model import Act, Member, NotAllowed, Rank
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
_NO_TIME: Final = "until_date is not available on this server: it holds until it is taken back"
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
        _refuse_time(call)
        if found.status == "creator":
            raise BadRequest(_OWNER)
        if found.status == "administrator":
            raise BadRequest(_ADMINISTRATOR)
        return await _do(call, where, act="ban", person=person)

    @method("unbanChatMember")
    async def unban(self, call: Call) -> bool:
        """Let somebody come again. As with Telegram, who is in the group is put out unless that is not wished."""
        where, found, person = await self._somebody(call)
        if found.status == "kicked":
            return await _do(call, where, act="unban", person=person)
        if found.status in ("left", "creator", "administrator") or call.fields.flag("only_if_banned"):
            return True
        return await _do(call, where, act="put_out", person=person)

    @method("restrictChatMember")
    async def restrict(self, call: Call) -> bool:
        """Let somebody write, or not: of the permissions that alone is one's own here."""
        where, found, person = await self._somebody(call)
        given = call.fields.mapping("permissions", "can't parse permissions JSON object")
        if given is None:
            raise BadRequest("permissions must be non-empty")
        may = says(given, default=False)
        if not may:
            _refuse_time(call)
        if found.status == "creator":
            raise BadRequest(_OWNER)
        if found.status == "administrator":
            raise BadRequest(_ADMINISTRATOR)
        return await _make(call, where, person=person, rank="member" if may else "silent", refusal=_NOT_ENOUGH)

    @method("promoteChatMember")
    async def promote(self, call: Call) -> bool:
        """Make somebody an administrator, one who names others, or a member like all."""
        where, found, person = await self._somebody(call)
        if found.status == "creator":
            raise BadRequest(_OWNER)
        if found.status in ("left", "kicked"):
            raise BadRequest("USER_NOT_PARTICIPANT")
        flag = call.fields.flag
        rank: Rank = "administrator" if any(flag(name) for name in _PROMOTING) else "member"
        rank = "leader" if flag("can_promote_members") else rank
        return await _make(call, where, person=person, rank=rank, refusal=_NO_PROMOTING)

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
        where, found, person = await self._somebody(call)
        if found.status != "left":
            raise BadRequest("USER_ALREADY_PARTICIPANT" if found.status != "kicked" else "HIDE_REQUESTER_MISSING")
        if not found.asks:
            raise BadRequest("HIDE_REQUESTER_MISSING")
        return await _do(call, where, act=act, person=person, refusal="not enough rights to manage chat join requests")

    async def _somebody(self, call: Call) -> tuple[Chat, Member, Person]:
        where = await chat_of(call)
        if where.kind == "private":
            raise BadRequest(_PRIVATE)
        number = call.fields.number("user_id")
        if number is None:
            raise BadRequest("invalid user_id specified")
        if number == call.line.me.number:
            raise BadRequest("can't restrict self")
        person = await call.line.person(number)
        if person is None:
            raise BadRequest("PARTICIPANT_ID_INVALID")
        return where, await call.line.group.member(where, person), person


def _refuse_time(call: Call) -> None:
    """Nothing here lifts it at its time, and what is not lifted would be for ever."""
    if call.fields.number("until_date"):
        raise BadRequest(_NO_TIME)


async def _do(call: Call, where: Chat, *, act: Act, person: Person, refusal: str = _NOT_ENOUGH) -> bool:
    try:
        await call.line.group.act(where, act, person=person)
    except NotAllowed:
        raise BadRequest(refusal) from None
    return True


async def _make(call: Call, where: Chat, *, person: Person, rank: Rank, refusal: str) -> bool:
    try:
        await call.line.group.make(where, person, rank=rank)
    except NotAllowed:
        raise BadRequest(refusal) from None
    return True
