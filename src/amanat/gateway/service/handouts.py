"""What people get beside the words: the ticket as a picture and the calendar file, or word that those are void.

A handout is put in the unit of the answer that it belongs to; its files are drawn, locked and uploaded afterwards, and
said in the unit that takes its row away. A process that is killed in between uploads once more and says once.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, Final
from urllib.parse import quote

import msgspec
import structlog
from msgspec import Struct

from amanat.core.errors import InternalError
from amanat.db.tx import Tx
from amanat.gateway.appointments.citizen_calendar import Entry, calendar_file, entry_of
from amanat.gateway.appointments.qr_picture import qr_picture
from amanat.gateway.appointments.telling import values_of
from amanat.gateway.appointments.wishes import Papers
from amanat.gateway.device.ground import Ground
from amanat.gateway.device.server_api import LoggedOut, TryAgain
from amanat.gateway.messages.attachments import Attachment, content_with
from amanat.gateway.service.notice_words import words_of
from amanat.gateway.service.shelf import Shelf
from amanat.gateway.service.tables import HANDOUT_STREAM, HANDOUTS, OLDEST_HANDOUTS, HandoutRow
from amanat.gateway.service.turns import Turns
from amanat.gateway.signals import Signal

Upload = Callable[[bytes], Awaitable[dict[str, Any]]]
"""`ServiceDevice.upload`, or what raises as it does."""

RETRY_S: Final = 2.0
AT_ONCE: Final = 4
"""Chats whose files are uploaded side by side: a lot brings hundreds, and a server has others to serve."""

log = structlog.get_logger()


class Handout(Struct, frozen=True, kw_only=True):
    """All that its files are made of, and not the files: to draw them takes longer than a unit may.

    `ticket` is empty where it is void. `then` is said below them.
    """

    ticket: str
    ticket_words: str
    entry: Entry
    calendar_words: str
    then: list[dict[str, Any]] = []


_DECODER: Final = msgspec.json.Decoder(Handout)


class Handouts:
    """Hands out what answers bring, in their order."""

    def __init__(
        self,
        on: Ground,
        turns: Turns,
        *,
        shelf: Shelf,
        upload: Upload,
    ) -> None:
        self._on = on
        self._store = on.store
        self._turns = turns
        self._shelf = shelf
        self._upload = upload
        # spec: appendices#matrix-uri-scheme
        self._organizer = f"matrix:u/{quote(on.credentials.user_id.removeprefix('@'), safe=':')}"
        self._came = Signal()

    def came(self) -> None:
        """Have what is to be handed out looked into."""
        self._came.set()

    def put(self, tx: Tx, papers: Papers | None, *, room_id: str, then: Sequence[dict[str, Any]] = ()) -> None:
        """Put what is to be handed out, in the unit of its answer; see `turns.HandsOut`."""
        appointments = self._shelf.appointments
        if papers is None or appointments is None or not room_id:
            for content in then:
                self._turns.send(tx, content, room_id=room_id)
            return
        language, visit, agenda = self._turns.language_of(tx, room_id), papers.visit, appointments.agenda
        values = values_of(visit, agenda, language=language)
        entry = entry_of(visit, agenda, language=language, now_ms=self._on.now_ms(), cancelled=papers.void)
        titles = self._shelf.current.title
        title = titles.get(language) or next(iter(titles.values()))
        handout = Handout(
            ticket="" if papers.void else appointments.desk.ticket(visit),
            ticket_words=words_of("ticket", values, language=language),
            entry=msgspec.structs.replace(entry, organizer=self._organizer, organizer_name=title),
            calendar_words=words_of("calendar_void" if papers.void else "calendar", values, language=language),
            then=list(then),
        )
        tx.put(HANDOUTS, HandoutRow(tx.next(HANDOUT_STREAM), room_id, msgspec.json.encode(handout)))
        tx.after_commit(self.came)

    async def work(self) -> None:
        """Hand out what there is and what comes, until cancelled; raises `LoggedOut`."""
        while True:
            self._came.clear()
            try:
                rows = await self._store.all(OLDEST_HANDOUTS)
                await self._hand_out_all(rows)
            except (TryAgain, InternalError) as error:
                # The server or the database is away: nothing is lost, and the next round begins with the same row.
                await asyncio.sleep(max(RETRY_S, getattr(error, "after_s", None) or 0.0))
                continue
            if not rows:
                await self._came.wait()

    async def _hand_out_all(self, rows: Sequence[HandoutRow]) -> None:
        """Hand out a few at a time, those of one chat one after the other; what fails keeps none of the others back."""
        chats: dict[str, list[HandoutRow]] = {}
        for row in rows:
            chats.setdefault(row.room_id, []).append(row)
        turn = asyncio.Semaphore(AT_ONCE)

        async def of_chat(those: list[HandoutRow]) -> None:
            async with turn:
                for row in those:
                    await self._hand_out(row)

        results = await asyncio.gather(*map(of_chat, chats.values()), return_exceptions=True)
        errors = sorted((each for each in results if each), key=lambda error: not isinstance(error, LoggedOut))
        if errors:
            raise errors[0]

    async def _hand_out(self, row: HandoutRow) -> None:
        handout = _DECODER.decode(row.handout)
        contents: list[dict[str, Any]] = []
        try:
            for attachment in await asyncio.to_thread(attachments_of, handout):
                contents.append(content_with(attachment, await self._upload(attachment.content)))
        except (TryAgain, LoggedOut):
            raise
        except Exception as error:
            # The server takes no files, or no more of them. The number alone is as good, and others wait.
            log.error("not_handed_out", reason=type(error).__name__)
            contents = []

        def say(tx: Tx) -> None:
            tx.delete(HANDOUTS, row.position)
            for content in contents:
                self._turns.send(tx, content, room_id=row.room_id)
            if not contents and handout.ticket:
                values = {"number": handout.entry.number}
                self._turns.tell_in_words(tx, "no_ticket", values=values, room_id=row.room_id)
            for content in handout.then:
                self._turns.send(tx, content, room_id=row.room_id)

        await self._store.write(say, needs=self._turns.needs(row.room_id))


def attachments_of(handout: Handout) -> list[Attachment]:
    """Return the files of a handout, in the order in which they are said."""
    files, number = [], handout.entry.number
    if handout.ticket:
        picture = qr_picture(handout.ticket)
        files.append(
            Attachment(
                name=f"{number}.png",
                mimetype="image/png",
                content=picture.png,
                caption=handout.ticket_words,
                width=picture.side,
                height=picture.side,
            )
        )
    calendar = Attachment(
        name=f"{number}.ics",
        mimetype="text/calendar",
        content=calendar_file(handout.entry),
        caption=handout.calendar_words,
    )
    return [*files, calendar]
