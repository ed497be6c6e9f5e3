"""Sends what a bot says: whom to, whether it may, with which file, and under which id."""

from collections.abc import Callable
from typing import Final

import structlog
from msgspec import Struct, json
from msgspec.structs import replace

from amanat.core.errors import LimitExceeded
from amanat.edge.rate_limit import RateLimiter
from amanat.gateway.bots.api import Line, NoSuchChat, NoSuchMessage, NotNow
from amanat.gateway.bots.consents.consent_model import NotWanted, TooOften
from amanat.gateway.bots.model import Body, Card, Chat, Media, Saying
from amanat.gateway.cloud_api import media_rules
from amanat.gateway.cloud_api.commerce import offer_of
from amanat.gateway.cloud_api.composing import CardRef, Composed, MediaRef
from amanat.gateway.cloud_api.errors import GraphError
from amanat.gateway.cloud_api.events import Markup
from amanat.gateway.cloud_api.fetching import fetched
from amanat.gateway.cloud_api.flows.sending import form_of
from amanat.gateway.cloud_api.ids import display_number, read_node, read_user_id, read_wamid
from amanat.gateway.cloud_api.settings import Decide, window_until_ms
from amanat.gateway.cloud_api.templates import Category
from amanat.outbound.http import HttpClient

_LEFT: Final = "This person has never written to the bot, or has left the chat."
_NO_OFFERS: Final = "This person wants no offers of this business, or was not asked and wrote nothing lately."
_TOO_OFTEN: Final = "This person had as many offers in 24 hours as they get before they write something."
_ASKED: Final = "This person was asked once, or has decided by themselves: they are not asked again."

log = structlog.get_logger()


class Outgoing(Struct, frozen=True, kw_only=True):
    """What is to be sent. `category`: of a template, which may be sent outside the window; marketing, to who likes."""

    composed: Composed
    reply_to: str = ""
    tracker: str = ""
    category: Category | None = None


class Sending:
    """Sends for all bots. `http` fetches files; `now_ms` is the wall clock."""

    def __init__(self, *, http: HttpClient, limiter: RateLimiter, settings: Decide, now_ms: Callable[[], int]) -> None:
        self._http = http
        self._limiter = limiter
        self._settings = settings
        self._now_ms = now_ms

    async def chat_with(self, line: Line, recipient: str) -> Chat:
        """Return the chat with somebody, who is named by a number they shared or by their id with this business."""
        named = recipient.strip().removeprefix("+").replace(" ", "").replace("-", "")
        if not named:
            raise GraphError(131008, "The parameter to or recipient is required.")
        if named == display_number(line.me):
            raise GraphError(131021, "The bot cannot write to itself.")
        number = read_user_id(named)
        if number is None:
            person = await line.person_of_phone(f"+{named}") if named.isascii() and named.isdigit() else None
            if person is None:
                raise GraphError(131026, "Nobody has shared this number with the bot.")
            number = person.number
        try:
            chat = await line.chat(number)
        except NoSuchChat:
            raise GraphError(131026, _LEFT) from None
        if chat.kind != "private":
            raise GraphError(131026, _LEFT)
        if chat.person is not None and chat.person.blocked:
            raise GraphError(131026, "The bot has blocked this person: unblock them first.")
        return chat

    def admit(self, line: Line, chat: Chat) -> None:
        """Count a message; raises where there are too many."""
        admit(self._limiter, bot=line.me.number, chat=chat.number)

    def check_window(self, line: Line, chat: Chat, *, category: Category | None = None) -> None:
        """Refuse what the person would not expect: they have said nothing for long, and it is not a template.

        Whether they want offers is looked at as one is said.
        """
        if category is None and not self._in_window(line, chat, endless=True):
            raise GraphError(131047, "The person has written nothing within the window: send a template, or wait.")

    def _in_window(self, line: Line, chat: Chat, *, endless: bool) -> bool:
        """Whether the person wrote lately; `endless` is what holds of a bot whose window never closes."""
        until = window_until_ms(self._settings(line.me).window, chat.heard_ts)
        return endless if until is None else self._now_ms() <= until

    async def send(self, line: Line, chat: Chat, *, outgoing: Outgoing) -> int:
        """Say something and return its number. It is on disk by then; a status tells when the server has it."""
        self.check_window(line, chat, category=outgoing.category)
        self.admit(line, chat)
        composed, is_offer = outgoing.composed, outgoing.category == "MARKETING"
        # Who wrote lately may be offered something in answer, unless they have said that they want no offers.
        answers = self._in_window(line, chat, endless=False)
        saying = Saying(
            body=await self._body(line, composed),
            choices=composed.choices,
            reply_to=_number_in(chat, outgoing.reply_to),
            markup=json.encode(_markup(composed, tracker=outgoing.tracker)),
            cards=tuple([await self._card(line, card) for card in composed.cards]),
            offer=None if composed.offer is None else await offer_of(line, composed.offer, words=composed.words),
            form=None if composed.flow is None else await form_of(line, composed.flow, words=composed.words),
            needs="offers" if is_offer and not answers else None,
            minds="offers" if is_offer and answers else None,
            asks=composed.asks,
            offers_a_day=self._settings(line.me).offers_a_day if is_offer else 0,
        )
        try:
            return await _said(line, chat, saying)
        except NoSuchChat:
            raise GraphError(131026, _LEFT) from None
        except NotWanted:
            raise GraphError(131050, _ASKED if composed.asks else _NO_OFFERS) from None
        except TooOften:
            raise GraphError(131049, _TOO_OFTEN) from None

    async def _body(self, line: Line, composed: Composed) -> Body:
        if composed.place is not None:
            return composed.place
        if composed.media is None:
            return composed.words
        return replace(await self._media(line, composed.media), caption=composed.words)

    async def _card(self, line: Line, ref: CardRef) -> Card:
        return Card(media=await self._media(line, ref.media), words=ref.words, choices=ref.choices)

    async def _media(self, line: Line, ref: MediaRef) -> Media:
        if ref.link:
            content, mimetype = await fetched(self._http, ref)
            media_rules.check(ref.type, mimetype=mimetype, size=len(content))
            name = media_rules.file_name(ref, mimetype=mimetype)
            try:
                number, size = await line.keep_file(content, name=name, mimetype=mimetype), len(content)
            except NotNow:
                raise GraphError(131016, "The homeserver cannot take files at the moment.") from None
        else:
            node = read_node(ref.id)
            kept = await line.file(node.number) if node is not None and node.kind == "media" else None
            if kept is None:
                raise GraphError(131009, f"Param {ref.type}.id is of no file, or of one that is gone.")
            media_rules.check(ref.type, mimetype=kept.mimetype, size=kept.size)
            name = media_rules.file_name(ref, mimetype=kept.mimetype, known=kept.name)
            number, mimetype, size = kept.number, kept.mimetype, kept.size
        return Media(kind=media_rules.media_kind(ref), file=number, name=name, mimetype=mimetype, size=size)


def admit(limiter: RateLimiter, *, bot: int, chat: int) -> None:
    """Count a message of a bot to somebody; raises where there are too many."""
    for name, account, code in (("pair", f"{bot}/{chat}", 131056), ("throughput", str(bot), 130429)):
        try:
            limiter.check_account(name, account)
        except LimitExceeded as error:
            raise GraphError(code, retry_ms=int(error.fields["retry_after_ms"])) from None


def _markup(composed: Composed, *, tracker: str) -> Markup:
    return Markup(style=composed.style, tracker=tracker, flow_token=composed.flow.token if composed.flow else "")


async def _said(line: Line, chat: Chat, saying: Saying) -> int:
    try:
        return (await line.say(chat, saying)).number
    except NoSuchMessage:
        # What is answered is older than 30 days: Meta sends the answer without what it answers, too.
        return (await line.say(chat, replace(saying, reply_to=None))).number


def _number_in(chat: Chat, wamid: str) -> int | None:
    """Return the number of a message that is answered, which must be of the same chat."""
    if not wamid:
        return None
    found = read_wamid(wamid)
    if found is None or found.chat != chat.number:
        raise GraphError(131009, "Param context.message_id is of no message of this chat.")
    return found.number
