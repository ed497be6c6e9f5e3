"""What a group is called, what is pinned there, and the links by which people come in."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from amanat.gateway.bots.api import NoSuchMessage
from amanat.gateway.bots.groups.group_model import NotAllowed
from amanat.gateway.bots.groups.link_model import LinkWish, NoSuchLink, TooManyLinks
from amanat.gateway.bots.model import Chat
from amanat.gateway.telegram_bot_api.calls import Call, chat_of, message_number, method
from amanat.gateway.telegram_bot_api.errors import BadRequest
from amanat.gateway.telegram_bot_api.objects import Object
from amanat.gateway.telegram_bot_api.speaking import Speaker

MAX_TITLE: Final = 128
MAX_DESCRIPTION: Final = 255
"""In characters; source: core.telegram.org/bots/api#setchattitle, #setchatdescription."""
MAX_LINK_NAME: Final = 32
MAX_GUESTS: Final = 99_999
"""Source: core.telegram.org/bots/api#createchatinvitelink."""
LAST_DATE_S: Final = 2**31 - 1

_NO_PINNING: Final = "not enough rights to manage pinned messages in the chat"
_NO_PRIVATE_LINKS: Final = "can't invite members to a private chat"
_NO_LINKS: Final = "not enough rights to manage chat invite link"


class GroupSettings:
    """Methods about groups as a whole."""

    def __init__(self, speaker: Speaker) -> None:
        self._speaker = speaker

    @method("setChatTitle")
    async def set_title(self, call: Call) -> bool:
        """Call a group something else."""
        where, title = await _group(call, "can't change private chat title"), call.fields.text("title").strip()
        if not title:
            raise BadRequest("title must be non-empty")
        try:
            await call.line.group.rename(where, title=title[:MAX_TITLE])
        except NotAllowed:
            raise BadRequest("not enough rights to change chat title") from None
        return True

    @method("setChatDescription")
    async def set_description(self, call: Call) -> bool:
        """Say what a group is about."""
        where = await _group(call, "can't change private chat description")
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
        """Make the link that takes the place of the one exported before, and return its address."""
        where = await _group(call, _NO_PRIVATE_LINKS)
        with _link_refusals():
            return (await call.line.group.links.make(where, LinkWish(), is_primary=True)).url

    @method("createChatInviteLink")
    async def make_link(self, call: Call) -> Object:
        """Make a link."""
        where, wish = await _group(call, _NO_PRIVATE_LINKS), _wish(call)
        with _link_refusals():
            return self._speaker.telling(call).invite_link(await call.line.group.links.make(where, wish))

    @method("editChatInviteLink")
    async def change_link(self, call: Call) -> Object:
        """Change a link: what is not named is as if it never had been."""
        where, url, wish = await _group(call, _NO_PRIVATE_LINKS), _url(call), _wish(call)
        with _link_refusals():
            return self._speaker.telling(call).invite_link(await call.line.group.links.change(where, url, wish=wish))

    @method("revokeChatInviteLink")
    async def revoke_link(self, call: Call) -> Object:
        """Let nobody come by a link any more."""
        where, url = await _group(call, _NO_PRIVATE_LINKS), _url(call)
        with _link_refusals():
            return self._speaker.telling(call).invite_link(await call.line.group.links.revoke(where, url))


def _url(call: Call) -> str:
    return call.fields.required_text("invite_link", "invite link must be non-empty")


def _wish(call: Call) -> LinkWish:
    """Return what a link is to be."""
    fields = call.fields
    expire_s, limit = fields.number("expire_date") or 0, fields.number("member_limit") or 0
    by_request = fields.flag("creates_join_request")
    if by_request and limit:
        raise BadRequest("member limit can't be specified for links requiring administrator approval")
    if expire_s and expire_s * 1000 <= call.line.now_ms():
        raise BadRequest("EXPIRE_DATE_INVALID")
    return LinkWish(
        name=fields.text("name").strip()[:MAX_LINK_NAME],
        expire_ts=max(0, min(expire_s, LAST_DATE_S)) * 1000,
        member_limit=max(0, min(limit, MAX_GUESTS)),
        by_request=by_request,
    )


@contextmanager
def _link_refusals() -> Iterator[None]:
    try:
        yield
    except NotAllowed:
        raise BadRequest(_NO_LINKS) from None
    except NoSuchLink:
        raise BadRequest("INVITE_HASH_EXPIRED") from None
    except TooManyLinks:
        raise BadRequest("INVITES_TOO_MUCH") from None


async def _group(call: Call, refusal: str) -> Chat:
    where = await chat_of(call)
    if where.kind == "private":
        raise BadRequest(refusal)
    return where
