"""A bot's way to its chats: the `Line` of its API, over the bot's store and device."""

from collections.abc import Callable, Sequence

from msgspec import json
from msgspec.structs import replace

from amanat.db.tx import Tx
from amanat.gateway.bots.api import (
    Delivery,
    KeptFile,
    Me,
    NoLongerIn,
    NoSuchChat,
    NoSuchMessage,
    Webhook,
)
from amanat.gateway.bots.consents.consent_model import About, Consent
from amanat.gateway.bots.consents.consents import Consents, forget
from amanat.gateway.bots.delivery.tries import Tries
from amanat.gateway.bots.ground import Ground
from amanat.gateway.bots.groups.groups import Groups
from amanat.gateway.bots.model import Chat, Person, Said, Saying, Update
from amanat.gateway.bots.numbered import find
from amanat.gateway.bots.people import chat_of, person_of, said_of
from amanat.gateway.bots.shop.catalogue import Catalogue
from amanat.gateway.bots.speaking import Speaking
from amanat.gateway.bots.tables import (
    BLOCKED_PEOPLE,
    CHAT_OF_NUMBER,
    FILE_OF_NUMBER,
    FILES,
    MESSAGE_OF_NUMBER,
    PEOPLE,
    PEOPLE_OF,
    PERSON_OF_NUMBER,
    PERSON_OF_PHONE,
    SETTING,
    SETTINGS,
    FileRow,
    MessageRow,
    PersonRow,
    SettingRow,
    decode_kept,
)
from amanat.gateway.bots.texts import holdable
from amanat.gateway.bots.updates import Updates
from amanat.gateway.bots.voting import Voting
from amanat.gateway.spooling import Content, Opened, Spool


class BotLine:
    """One bot's. What returns has been written to disk."""

    def __init__(self, on: Ground, updates: Updates, *, along: Callable[[Tx], None] = lambda _: None) -> None:
        """`along` is done in each unit that says, changes or takes back something."""
        self._on = on
        self._updates = updates
        self.speaking = Speaking(on, along=along)
        self._groups = Groups(on)
        self._goods = Catalogue(on)
        self._consents = Consents(on)
        self._voting = Voting(on, updates, along=along)
        self._looked = updates.generation
        self.tries = Tries(on.store, now_ms=on.now_ms, look=updates.look)
        self.webhook_changed: Callable[[], None] = updates.look

    @property
    def me(self) -> Me:
        """Who the bot is."""
        return self._on.me

    @property
    def secret(self) -> str:
        """A secret of the bot's own beside its tokens, for ever the same."""
        return self._on.secret

    def now_ms(self) -> int:
        """Return what time it is."""
        return self._on.now_ms()

    # Chats and people.

    async def chat(self, number: int) -> Chat:
        """Return a chat; raises `NoSuchChat`."""
        row = await self._on.store.first(CHAT_OF_NUMBER, number=number)
        if row is None:
            raise NoSuchChat
        if not row.is_in:
            raise NoLongerIn
        return chat_of(row, await self._known(row.person))

    @property
    def goods(self) -> Catalogue:
        """What the bot sells."""
        return self._goods

    @property
    def group(self) -> Groups:
        """What it learns of its groups, and does in them."""
        return self._groups

    async def person(self, number: int) -> Person | None:
        """Return somebody the bot has met."""
        row = await self._on.store.first(PERSON_OF_NUMBER, number=number)
        return person_of(row) if row else None

    async def person_of_phone(self, phone: str) -> Person | None:
        """Return who shared a phone number, in E.164, with this bot."""
        row = await self._on.store.first(PERSON_OF_PHONE, phone=phone) if phone else None
        return person_of(row) if row else None

    async def block(self, number: int, *, blocked: bool) -> Person | None:
        """Hear somebody no more, or again; nobody where the bot has not met them."""
        row = await self._on.store.first(PERSON_OF_NUMBER, number=number)
        if row is None:
            return None

        def put(tx: Tx) -> PersonRow:
            changed = replace(tx.get(PEOPLE, row.user_id) or row, is_blocked=int(blocked))
            tx.put(PEOPLE, changed)
            if blocked:
                forget(tx, row.user_id)
            return changed

        return person_of(await self._on.store.write(put, needs=[(PEOPLE, (row.user_id,))]))

    async def blocked(self, *, after: int, most: int) -> list[Person]:
        """Return whom the bot does not hear, behind a number."""
        return [person_of(row) for row in await self._on.store.all(BLOCKED_PEOPLE, after=after, most=most)]

    async def consent(self, number: int, about: About) -> Consent:
        """Return what somebody lets the bot do."""
        return await self._consents.of(number, about)

    async def members(self, chat: Chat) -> list[Person]:
        """Return who else is in a chat, as far as the bot has met them."""
        user_ids = await self._on.device.members(chat.room_id)
        rows = await self._on.store.all(PEOPLE_OF, user_ids=user_ids) if user_ids else []
        return [person_of(row) for row in rows]

    async def leave(self, chat: Chat) -> None:
        """Leave a chat for good."""
        await self._on.device.leave(chat.room_id)
        await self.speaking.leave(chat)

    # Messages.

    async def say(self, chat: Chat, saying: Saying) -> Said:
        """Say something; raises `NoSuchMessage` for what it answers, `NotWanted` and `TooOften`."""
        return (await self.speaking.say(chat, [saying]))[0]

    async def say_all(self, chat: Chat, sayings: Sequence[Saying]) -> list[Said]:
        """Say several things, all or none; raises as `say` does."""
        return await self.speaking.say(chat, sayings)

    async def edit(self, chat: Chat, number: int, *, saying: Saying) -> Said:
        """Change a message of the bot's; raises `NoSuchMessage`, and `NotNow` if the server does not have it yet."""
        return await self.speaking.edit(chat, number, saying=saying)

    async def delete(self, chat: Chat, number: int) -> None:
        """Take a message of the bot's back; raises as `edit` does."""
        if not await self.speaking.delete(chat, [number]):
            raise NoSuchMessage

    async def delete_all(self, chat: Chat, numbers: Sequence[int]) -> None:
        """Take messages back, at once, those that can be; raises `NotNow` if the server does not have one yet."""
        await self.speaking.delete(chat, numbers)

    async def stop_poll(self, chat: Chat, number: int) -> Said:
        """End a poll of the bot's, and return it with its votes; raises as `edit` does."""
        return await self._voting.stop(chat, await self.speaking.own(chat, number))

    async def react(self, chat: Chat, number: int, *, emoji: str) -> None:
        """React to a message, in place of an earlier reaction; with no emoji, only take that back."""
        await self.speaking.react(chat, number, emoji=emoji)

    async def message(self, chat: Chat, number: int) -> Said:
        """Return a message of the last 30 days; raises `NoSuchMessage`."""
        row = await find(self._on.store, number)
        if row is None or row.room_id != chat.room_id:
            raise NoSuchMessage
        sender = await self._known(row.user_id) if isinstance(row, MessageRow) else None
        return said_of(decode_kept(row.kept), number=number, chat=chat, ts=row.ts, sender=sender)

    async def show_typing(self, chat: Chat, *, seconds: int) -> None:
        """Show that the bot writes. Nothing happens where that cannot be shown."""
        await self._on.device.show_typing(chat.room_id, seconds=seconds)

    async def mark_read(self, chat: Chat, number: int) -> None:
        """Let people see that the bot has read a message; raises `NoSuchMessage`."""
        row = await self._on.store.first(MESSAGE_OF_NUMBER, number=number)
        if row is None or row.room_id != chat.room_id:
            raise NoSuchMessage
        await self._on.device.mark_read(chat.room_id, row.event_id)

    # Files.

    async def keep_file(self, content: Content, *, name: str, mimetype: str) -> int:
        """Encrypt a file, leave it with the server, and return its number; raises `NotNow`."""
        file, number = await self._on.device.upload(content), self._on.mint()
        row = FileRow(number, json.encode(file), holdable(name), holdable(mimetype), len(content), self._on.now_ms())
        await self._on.store.write(lambda tx: tx.put(FILES, row))
        return number

    async def file(self, number: int) -> KeptFile | None:
        """Return what is known of a file; None where the bot knows none of this number."""
        row = await self._on.store.first(FILE_OF_NUMBER, number=number)
        if row is None:
            return None
        return KeptFile(number=row.number, name=row.name, mimetype=row.mimetype, size=row.size, ts=row.ts)

    async def open_file(self, number: int) -> bytes | None:
        """Fetch a file and open it; None where that is not possible any more; raises `NotNow`."""
        row = await self._on.store.first(FILE_OF_NUMBER, number=number)
        return await self._on.device.download(json.decode(row.file)) if row else None

    async def read_file(self, number: int, *, spool: Spool) -> Opened | None:
        """Fetch a file into a spool, to be read piece by piece; as `open_file` otherwise, and raises `Full`."""
        row = await self._on.store.first(FILE_OF_NUMBER, number=number)
        return await self._on.device.fetch(json.decode(row.file), spool=spool) if row else None

    async def show_picture(self, content: bytes, *, mimetype: str) -> None:
        """Let the bot's account have a picture, which everybody can see; raises `NotNow`."""
        await self._on.device.show_picture(content, mimetype=mimetype)

    async def drop_file(self, number: int) -> bool:
        """Forget a file; whether there was one."""
        if await self.file(number) is None:
            return False
        await self._on.store.write(lambda tx: tx.delete(FILES, number))
        return True

    # What waits for the bot.

    async def updates(self, *, after: int, most: int) -> list[Update]:
        """Return what waits behind a position, the oldest first."""
        self._looked = self._updates.generation
        return await self._updates.after(after, most=most)

    async def last_updates(self, *, most: int) -> list[Update]:
        """Return the newest of what waits, the oldest of them first."""
        return await self._updates.last(most=most)

    async def confirm(self, *, to: int) -> None:
        """Forget every update up to a position, which the bot has."""
        await self._updates.confirm(to)

    async def count_updates(self) -> int:
        """Return how many wait."""
        return await self._updates.count()

    async def wait_for_update(self, *, seconds: float) -> None:
        """Return when one has come since `updates` was asked last, or when time is up."""
        await self._updates.wait(seconds, since=self._looked)

    # What an API keeps of its own.

    async def setting(self, name: str) -> bytes | None:
        """Return what was kept under a name."""
        row = await self._on.store.first(SETTING, name=name)
        return row.value if row else None

    async def keep_setting(self, name: str, value: bytes | None) -> None:
        """Keep something under a name; None forgets it."""
        await self.change_setting(name, lambda _: value)

    async def change_setting(self, name: str, change: Callable[[bytes | None], bytes | None]) -> None:
        """Keep what `change` makes of what is kept, with nobody else in between; what it raises changes nothing.

        It may be called twice, with the first time undone.
        """

        def keep(tx: Tx) -> None:
            row = tx.get(SETTINGS, name)
            value = change(row.value if row is not None else None)
            if value is None:
                tx.delete(SETTINGS, name)
            else:
                tx.put(SETTINGS, SettingRow(name, value))
            tx.after_commit(self._on.settings.wake)

        await self._on.store.write(keep, needs=[(SETTINGS, (name,))])

    # Webhooks.

    async def set_webhook(self, webhook: Webhook | None) -> None:
        """Deliver updates to an address from now on; without one, keep them."""
        since = replace(webhook, since_ts=self._on.now_ms()) if webhook else None
        await self._on.webhook.put(since)
        self._on.settings.wake()
        self.webhook_changed()

    async def webhook(self) -> Webhook | None:
        """Return where updates are delivered."""
        return await self._on.webhook.get()

    async def deliveries(self) -> list[Delivery]:
        """Return the last 100 tries, the newest first."""
        return await self.tries.last()

    async def replay(self, position: int) -> bool:
        """Deliver what a try of the last 100 brought again, byte for byte; whether it is still there."""
        return await self.tries.replay(position)

    async def _known(self, user_id: str) -> PersonRow | None:
        rows = await self._on.store.all(PEOPLE_OF, user_ids=[user_id]) if user_id else []
        return rows[0] if rows else None
