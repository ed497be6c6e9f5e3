"""The tables of a bot and the questions asked of them. `0009_bots.sql` says what bounds each."""

from typing import Any, Final

from msgspec import Struct, json

from amanat.db.query import QueryFile
from amanat.db.table import Table
from amanat.gateway.bots.forms.form_words import Language
from amanat.gateway.bots.model import Body, Choice
from amanat.gateway.bots.shop.model import KeptOffer
from amanat.gateway.forms.model import Screen


class PersonRow(Struct, frozen=True):
    """Somebody the bot has met."""

    user_id: str
    number: int
    name: str
    phone: str
    is_blocked: int = 0


class ChatRow(Struct, frozen=True):
    """A room. `menu`: a `Menu`, where the last message with choices still stands.

    From `read_to` on: how far its person has read, and was told to have; see the migration `bot_reads`.
    """

    room_id: str
    number: int
    kind: str
    title: str
    person: str
    is_in: int
    heard_ts: int
    menu: bytes | None
    read_to: int = 0
    read_ts: int = 0
    read_told: int = 0
    read_event: str = ""
    act: int = 0
    act_event: str = ""


class MessageRow(Struct, frozen=True):
    """A message the server has; `user_id` is empty where the bot said it. `kept`: a `Kept`.

    `ts` is the server's word, and `came_ts` is when the gateway heard it.
    """

    event_id: str
    number: int
    room_id: str
    user_id: str
    ts: int
    kept: bytes
    came_ts: int


class SayingRow(Struct, frozen=True):
    """A message of the bot's on its way. `kept`: a `Kept`."""

    number: int
    room_id: str
    ts: int
    kept: bytes


class ReactionRow(Struct, frozen=True):
    """The bot's reaction to the message of this number; `event_id` is empty until the server has it."""

    number: int
    event_id: str
    emoji: str
    ts: int


class VoteRow(Struct, frozen=True):
    """What somebody voted last in a poll, by the poll's event. `chosen`: places of answers, as JSON."""

    poll: str
    user_id: str
    event_id: str
    ts: int
    chosen: bytes
    came_ts: int


class FileRow(Struct, frozen=True):
    """A file; `file` is its `EncryptedFile` as JSON."""

    number: int
    file: bytes
    name: str
    mimetype: str
    size: int
    ts: int


class UpdateRow(Struct, frozen=True):
    """An update that waits, and when it is next delivered to a webhook."""

    position: int
    chat: int
    kind: str
    body: bytes
    ts: int
    tries: int
    due_ts: int


class DeliveryRow(Struct, frozen=True):
    """One try to deliver an update; `status` is 0 where there was no answer, and `answer` says why."""

    position: int
    update_position: int
    chat: int
    kind: str
    body: bytes
    ts: int
    took_ms: int
    status: int
    answer: str


class SettingRow(Struct, frozen=True):
    """Something by name."""

    name: str
    value: bytes


class FormRow(Struct, frozen=True):
    """The screens of a form as JSON, by their hash; `ts`: when it was sent last."""

    digest: str
    screens: bytes
    ts: int


class LinkRow(Struct, frozen=True):
    """A link into a group, by the token that stands in it; times are 0 where there is none.

    `by_request`: somebody decides about each who comes by it. `opened`: before it, nobody could ask to join.
    """

    token: str
    room_id: str
    name: str
    made_ts: int
    expire_ts: int = 0
    member_limit: int = 0
    by_request: int = 0
    is_primary: int = 0
    revoked_ts: int = 0
    opened: int = 0


class GuestRow(Struct, frozen=True):
    """Who comes into a group by a link. `state`: see `guests`."""

    room_id: str
    user_id: str
    token: str
    state: str
    ts: int


class KeptForm(Struct, frozen=True, kw_only=True):
    """Which form stands under a message, and what its first screen is given."""

    digest: str
    first: str
    data: dict[str, Any] = {}


class DraftRow(Struct, frozen=True):
    """A form that somebody is being asked in a chat. `draft`: a `FormDraft`; `ts`: when they answered last."""

    room_id: str
    draft: bytes
    ts: int


class Kept(Struct, frozen=True, kw_only=True):
    """What is kept of a message."""

    body: Body
    choices: tuple[Choice, ...] = ()
    reply_to: int | None = None
    markup: bytes = b""
    forwarded: bool = False
    edited_ts: int | None = None
    form: KeptForm | None = None
    offer: KeptOffer | None = None


class Menu(Struct, frozen=True, kw_only=True):
    """A message whose choices may be made by their number or their words, or whose form may be asked."""

    number: int
    ts: int
    kept: Kept


class FormDraft(Struct, frozen=True, kw_only=True):
    """A message with a form, and what was answered so far, by screen and field."""

    said: Menu
    language: Language
    answers: dict[str, dict[str, Any]] = {}


class Number(Struct, frozen=True):
    """A count, or a position; 0 where there is none."""

    number: int


class WaitingChat(Struct, frozen=True):
    """A chat in which something waits for the bot, and the newest position there."""

    chat: int
    newest: int


PEOPLE = Table("bot_people", PersonRow, key=1)
CHATS = Table("bot_chats", ChatRow, key=1)
MESSAGES = Table("bot_messages", MessageRow, key=1)
SAYINGS = Table("bot_sayings", SayingRow, key=1)
REACTIONS = Table("bot_reactions", ReactionRow, key=1)
VOTES = Table("bot_votes", VoteRow, key=2)
FILES = Table("bot_files", FileRow, key=1)
UPDATES = Table("bot_updates", UpdateRow, key=1)
DELIVERIES = Table("bot_deliveries", DeliveryRow, key=1)
FORMS = Table("bot_forms", FormRow, key=1)
DRAFTS = Table("bot_form_drafts", DraftRow, key=1)
SETTINGS = Table("bot_settings", SettingRow, key=1)
LINKS = Table("bot_links", LinkRow, key=1)
GUESTS = Table("bot_link_guests", GuestRow, key=2)

NUMBER_STREAM: Final = "bot_numbers"
"""Numbers of messages and presses: one count for all chats, as Telegram's bots know it."""
UPDATE_STREAM: Final = "bot_updates"
DELIVERY_STREAM: Final = "bot_deliveries"

_sql = QueryFile("amanat.gateway.bots", "bots")
_links = QueryFile("amanat.gateway.bots", "links")
PERSON_OF_NUMBER = _sql.query("person_of_number", PersonRow, cached_on=[PEOPLE])
PERSON_OF_PHONE = _sql.query("person_of_phone", PersonRow)
PEOPLE_OF = _sql.query("people_of", PersonRow, cached_on=[PEOPLE])
PEOPLE_WITH_PHONE = _sql.query("people_with_phone", PersonRow)
MESSAGES_OF = _sql.query("messages_of", MessageRow)
BLOCKED_PEOPLE = _sql.query("blocked_people", PersonRow)
CHAT_OF_NUMBER = _sql.query("chat_of_number", ChatRow)
CHAT_OF_ROOM = _sql.query("chat_of_room", ChatRow)
CHATS_READ = _sql.query("chats_read", ChatRow)
SAID_BETWEEN = _sql.query("said_between", MessageRow)
MESSAGE_OF_EVENT = _sql.query("message_of_event", MessageRow)
MESSAGE_OF_NUMBER = _sql.query("message_of_number", MessageRow)
SAYING_OF_NUMBER = _sql.query("saying_of_number", SayingRow)
REACTION_OF_NUMBER = _sql.query("reaction_of_number", ReactionRow)
VOTE_OF_EVENT = _sql.query("vote_of_event", VoteRow)
FILE_OF_NUMBER = _sql.query("file_of_number", FileRow)
UPDATES_AFTER = _sql.query("updates_after", UpdateRow)
LAST_UPDATES = _sql.query("last_updates", UpdateRow)
HEAD_OF = _sql.query("head_of", UpdateRow)
WAITING_CHATS = _sql.query("waiting_chats", WaitingChat)
NUMBER_OF_UPDATES = _sql.query("number_of_updates", Number)
OLD_UPDATES = _sql.query("old_updates", UpdateRow)
DELIVERY_OF_POSITION = _sql.query("delivery_of_position", DeliveryRow)
TRIED_AND_WAITING = _sql.query("tried_and_waiting", Number)
LAST_DELIVERIES = _sql.query("last_deliveries", DeliveryRow)
SETTING = _sql.query("setting", SettingRow)
OLD_MESSAGES = _sql.query("old_messages", MessageRow)
OLD_FILES = _sql.query("old_files", Number)
OLD_REACTIONS = _sql.query("old_reactions", Number)
OLD_FORMS = _sql.query("old_forms", FormRow)
DRAFT_OF = _sql.query("draft_of", DraftRow, cached_on=[DRAFTS])
OLD_DRAFTS = _sql.query("old_drafts", DraftRow)
LINKS_OF = _links.query("links_of", LinkRow)
GUEST = _links.query("guest", GuestRow)
LOST_GUESTS = _links.query("lost_guests", GuestRow)
OLD_LINKS = _links.query("old_links", LinkRow)
OLD_VOTES = _sql.query("old_votes", VoteRow)

encode = json.Encoder().encode
decode_kept = json.Decoder(Kept).decode
decode_screens = json.Decoder(tuple[Screen, ...]).decode
decode_draft = json.Decoder(FormDraft).decode
decode_menu = json.Decoder(Menu).decode
