"""`POST /{phone}/messages`: everything a bot sends, and that it has read something or writes."""

from typing import Any, Final

from msgspec import Struct

from amanat.edge.routes import post
from amanat.gateway.bots.api import NoSuchChat, NoSuchMessage, NotNow
from amanat.gateway.bots.model import Chat
from amanat.gateway.cloud_api.composing import BY_TYPE, Composed
from amanat.gateway.cloud_api.errors import GraphError
from amanat.gateway.cloud_api.ids import chat_of_event, event_wamid, read_wamid, user_id, wa_id, wamid
from amanat.gateway.cloud_api.interactive import interactive
from amanat.gateway.cloud_api.reading import read
from amanat.gateway.cloud_api.sending import Outgoing, Sending
from amanat.gateway.cloud_api.settings import Decide
from amanat.gateway.cloud_api.template_filling import fill, wanted
from amanat.gateway.cloud_api.template_shelf import find
from amanat.gateway.cloud_api.templates import Category
from amanat.gateway.cloud_api.visits import DONE, Visit, Visits, for_bots

TYPING_S: Final = 25
"""As long as Meta shows it, or until the bot's message."""
TRACKER: Final = 512


class _Context(Struct):
    message_id: str | None = None


class _Reaction(Struct):
    message_id: str
    emoji: str = ""


class _Typing(Struct):
    type: str = "text"


class _Envelope(Struct):
    messaging_product: str
    to: str | int | None = None
    recipient: str | int | None = None
    type: str | None = None
    recipient_type: str | None = None
    context: _Context | None = None
    biz_opaque_callback_data: str | None = None
    status: str | None = None
    message_id: str | None = None
    typing_indicator: _Typing | None = None


class MessageRoutes:
    """What bots send."""

    def __init__(self, visits: Visits, *, sending: Sending, settings: Decide) -> None:
        self.visits = visits
        self._sending = sending
        self._settings = settings

    @post("/{version}/{node}/messages", auth="none")
    @for_bots("phone")
    async def messages(self, visit: Visit) -> dict[str, Any]:
        """Send a message, or tell that one was read."""
        fields = await visit.fields()
        envelope = read(fields, _Envelope, at="")
        if envelope.messaging_product != "whatsapp":
            raise GraphError(100, "Param messaging_product must be whatsapp.")
        if envelope.status is not None:
            return await _mark_read(visit, envelope)
        if envelope.recipient_type not in (None, "individual"):
            raise GraphError(131051, "Messages to groups are not offered here.")
        kind = envelope.type or "text"
        given = str(envelope.to or envelope.recipient or "")
        chat = await self._sending.chat_with(visit.line, given)
        if kind == "reaction":
            id = await self._react(visit, chat, fields.get(kind))
        else:
            outgoing = await _outgoing(visit, envelope, kind=kind, value=fields.get(kind))
            id = wamid(chat.number, await self._sending.send(visit.line, chat, outgoing=outgoing))
        return self._answer(visit, chat, given=given, id=id)

    async def _react(self, visit: Visit, chat: Chat, value: object) -> str:
        reaction = read(value, _Reaction, at="reaction")
        found = read_wamid(reaction.message_id)
        if found is None or found.chat != chat.number:
            raise GraphError(131009, "Param reaction.message_id is of no message of this chat.")
        self._sending.check_window(visit.line, chat)
        self._sending.admit(visit.line, chat)
        try:
            await visit.line.react(chat, found.number, emoji=reaction.emoji)
        except NoSuchMessage:
            raise GraphError(131009, "Param reaction.message_id is of no message of the last 30 days.") from None
        except NotNow:
            raise GraphError(131016, "The homeserver cannot be asked at the moment.") from None
        return event_wamid(chat.number, found.number)

    def _answer(self, visit: Visit, chat: Chat, *, given: str, id: str) -> dict[str, Any]:
        contact = {"input": given}
        if chat.person is not None:
            number = wa_id(chat.person, stand_in=self._settings(visit.line.me).stand_in_numbers)
            contact |= {"wa_id": number} if number else {"user_id": user_id(chat.person)}
        return {
            "messaging_product": "whatsapp",
            "contacts": [contact],
            "messages": [{"id": id, "message_status": "accepted"}],
        }


async def _outgoing(visit: Visit, envelope: _Envelope, *, kind: str, value: object) -> Outgoing:
    if value is None:
        raise GraphError(131008, f"The parameter {kind} is required.")
    composed, category = await _composed(visit, kind, value)
    tracker = envelope.biz_opaque_callback_data or ""
    if len(tracker) > TRACKER:
        raise GraphError(100, f"Param biz_opaque_callback_data must be at most {TRACKER} characters long.")
    reply_to = envelope.context.message_id if envelope.context else None
    return Outgoing(composed=composed, reply_to=reply_to or "", tracker=tracker, category=category)


async def _composed(visit: Visit, kind: str, value: object) -> tuple[Composed, Category | None]:
    if kind == "template":
        asked = wanted(value)
        template = await find(visit.line, asked.name, language=asked.language.code)
        return fill(template, asked), template.category
    compose = BY_TYPE.get(kind) if kind != "interactive" else interactive
    if compose is None:
        raise GraphError(131051, f"Messages of type {kind} are not offered here.")
    return compose(value), None


async def _mark_read(visit: Visit, envelope: _Envelope) -> dict[str, bool]:
    """Show how far the bot has read. What was told and is no message, as that a chat begins, nobody sees it read."""
    named = envelope.message_id or ""
    found = read_wamid(named)
    number = chat_of_event(named) if found is None else found.chat
    if envelope.status != "read" or number is None:
        raise GraphError(131009, "Param message_id is of no message, or status is not read.")
    try:
        chat = await visit.line.chat(number)
        if found is not None:
            await visit.line.mark_read(chat, found.number)
    except (NoSuchChat, NoSuchMessage):
        raise GraphError(131009, "Param message_id is of no message of the last 30 days.") from None
    if envelope.typing_indicator is not None:
        await visit.line.show_typing(chat, seconds=TYPING_S)
    return DONE
