"""What a group is called, what is pinned there, and the link by which people ask to join."""

from typing import Final

from amanat.gateway.bots.api import NoSuchMessage
from amanat.gateway.bots.group_model import NotAllowed
from amanat.gateway.bots.model import Chat
from amanat.gateway.telegram_bot_api.calls import Call, chat_of, message_number, method
from amanat.gateway.telegram_bot_api.errors import BadRequest
from amanat.gateway.telegram_bot_api.objects import Object
from amanat.gateway.telegram_bot_api.speaking import Speaker

MAX_TITLE: Final = 128
MAX_DESCRIPTION: Final = 255
"""In characters; source: core.telegram.org/bots/api#setchattitle, #setchatdescription."""

_NO_PINNING: Final = "not enough rights to manage pinned messages in the chat"
_NO_LINKS: Final = "not enough rights to manage chat invite link"


class GroupSettings:
    """Methods about groups as a whole."""

    def __init__(self, speaker: Speaker) -> None:
        self._speaker = speaker

    @method("setChatTitle")
    async def set_title(self, call: Call) -> bool:
        """Call a group something else."""
        where, title = await _group(call, "can't change title of the private chat"), call.fields.text("title").strip()
        if not title:
            raise BadRequest("chat title must be non-empty")
        try:
            await call.line.group.rename(where, title=title[:MAX_TITLE])
        except NotAllowed:
            raise BadRequest("not enough rights to change chat title") from None
        return True

    @method("setChatDescription")
    async def set_description(self, call: Call) -> bool:
        """Say what a group is about."""
        where = await _group(call, "can't change description of the private chat")
        try:
            await call.line.group.rename(where, topic=call.fields.text("description").strip()[:MAX_DESCRIPTION])
        except NotAllowed:
            raise BadRequest("not enough rights to set chat description") from None
        return True

    @method("pinChatMessage")
    async def pin(self, call: Call) -> bool:
        """Pin a message."""
        where, number = await chat_of(call), message_number(call.fields)
        try:
            await call.line.group.pin(where, number, is_pinned=True)
        except NoSuchMessage:
            raise BadRequest("message to pin not found") from None
        except NotAllowed:
            raise BadRequest(_NO_PINNING) from None
        return True

    @method("unpinChatMessage")
    async def unpin(self, call: Call) -> bool:
        """Let go of a pinned message; without one that is named, of the last."""
        where = await chat_of(call)
        try:
            if call.fields.number("message_id") is None:
                await call.line.group.unpin(where, all_of_them=False)
            else:
                await call.line.group.pin(where, message_number(call.fields), is_pinned=False)
        except NoSuchMessage:
            raise BadRequest("message to unpin not found") from None
        except NotAllowed:
            raise BadRequest(_NO_PINNING) from None
        return True

    @method("unpinAllChatMessages")
    async def unpin_all(self, call: Call) -> bool:
        """Let go of all pinned messages."""
        where = await chat_of(call)
        try:
            await call.line.group.unpin(where, all_of_them=True)
        except NotAllowed:
            raise BadRequest(_NO_PINNING) from None
        return True

    @method("exportChatInviteLink")
    async def export_link(self, call: Call) -> str:
        """Return the link by which people ask to join."""
        return str((await self._link(call, is_open=True))["invite_link"])

    @method("createChatInviteLink", "editChatInviteLink")
    async def make_link(self, call: Call) -> Object:
        """Return the link by which people ask to join: a group has one, and somebody decides about each who asks."""
        if call.fields.number("member_limit"):
            raise BadRequest("member limit can't be specified for links requiring administrator approval")
        if call.fields.number("expire_date"):
            raise BadRequest("expire_date is not available on this server: revoke the link")
        return await self._link(call, is_open=True)

    @method("revokeChatInviteLink")
    async def revoke_link(self, call: Call) -> Object:
        """Let nobody ask to join any more."""
        return await self._link(call, is_open=False)

    async def _link(self, call: Call, *, is_open: bool) -> Object:
        where = await _group(call, "chat invite links are not available in private chats")
        try:
            link = await call.line.group.open(where, is_open=is_open)
        except NotAllowed:
            raise BadRequest(_NO_LINKS) from None
        return {
            "invite_link": link,
            "creator": self._speaker.telling(call).bot(),
            "creates_join_request": True,
            "is_primary": True,
            "is_revoked": not is_open,
        }


async def _group(call: Call, refusal: str) -> Chat:
    where = await chat_of(call)
    if where.kind == "private":
        raise BadRequest(refusal)
    return where
