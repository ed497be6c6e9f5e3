"""What people decide about a bot: heard in the chat, kept, told to the bot, and held against what it says.

The state of their choice goes along, inside the ciphertext, with all that the bot says to them: so their app shows it,
and no server learns of it.
"""

from collections.abc import Mapping, Sequence
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from amanat.db.query import QueryFile
from amanat.db.table import Table
from amanat.db.tx import Need, Tx
from amanat.gateway.bots.answers import Answers
from amanat.gateway.bots.bodies import Sent
from amanat.gateway.bots.consents.consent_model import About, Answer, Consent, NotWanted, TooOften
from amanat.gateway.bots.consents.consent_words import OFFERS, STATES, TOLD, answer_of, wish_in
from amanat.gateway.bots.ground import Ground
from amanat.gateway.bots.model import Body, Chat, Choice, Decided, Json, Saying, Words
from amanat.gateway.bots.people import Scene, person_of
from amanat.gateway.bots.room_events import Event
from amanat.gateway.bots.tables import CHATS, PERSON_OF_NUMBER
from amanat.gateway.bots.updates import Updates

DAY_MS: Final = 24 * 3_600_000
ALL: Final[tuple[About, ...]] = ("offers", "calls")
_ANSWERS: Final[Mapping[str, Answer]] = {"yes": "yes", "no": "no"}


class ConsentRow(Struct, frozen=True):
    """What somebody decided about one thing. `answer`: an `Answer`; `sent`: so many offers went since `sent_ts`."""

    user_id: str
    about: str
    answer: str
    ts: int
    asked_ts: int
    sent: int = 0
    sent_ts: int = 0


CONSENTS = Table("bot_consents", ConsentRow, key=2)
CONSENT_OF = QueryFile("amanat.gateway.bots", "consents").query("consent_of", ConsentRow)


class Consents:
    """One bot's, as far as it says something and asks."""

    def __init__(self, on: Ground) -> None:
        self._on = on

    async def of(self, number: int, about: About) -> Consent:
        """Return what somebody decided."""
        person = await self._on.store.first(PERSON_OF_NUMBER, number=number)
        row = await self._on.store.first(CONSENT_OF, user_id=person.user_id, about=about) if person else None
        return consent_of(row) if row else Consent()

    async def whose(self, chat: Chat) -> str:
        """Return who decides in a chat about offers; nobody in a group, or where there are none."""
        if chat.kind != "private" or not self._on.api.sends_offers:
            return ""
        person = await self._on.store.first(PERSON_OF_NUMBER, number=chat.number)
        return person.user_id if person else ""

    @staticmethod
    def needs(user_id: str) -> Sequence[Need]:
        """Return what `settle` reads; nothing where nobody decides."""
        return [(CONSENTS, (user_id, "offers"))] if user_id else []

    def settle(self, tx: Tx, user_id: str, *, saying: Saying, heard_ts: int) -> Json:
        """Return what goes along with something that is said to somebody; raises `NotWanted` and `TooOften`.

        Once they have taken their word back, nothing that needs it is put. `heard_ts`: when they wrote last.
        """
        if not user_id:
            return {}
        row = tx.get(CONSENTS, user_id, "offers") or ConsentRow(user_id, "offers", "", 0, 0)
        if saying.needs == "offers" and row.answer != "yes":
            raise NotWanted
        if saying.minds == "offers" and row.answer == "no":
            raise NotWanted
        if saying.asks == "offers":
            if row.answer or row.asked_ts:
                raise NotWanted
            tx.put(CONSENTS, replace(row, asked_ts=self._on.now_ms()))
        if saying.offers_a_day:
            tx.put(CONSENTS, _counted(row, most=saying.offers_a_day, heard_ts=heard_ts, now_ms=self._on.now_ms()))
        return {OFFERS: STATES[consent_of(row).answer]}


class ConsentHearing:
    """Hears for one bot what people decide."""

    def __init__(self, on: Ground, updates: Updates, *, answers: Answers) -> None:
        self._on = on
        self._updates = updates
        self._answers = answers

    def needs(self, user_id: str) -> Sequence[Need]:
        """Return what the rest reads of who says something."""
        return [(CONSENTS, (user_id, "offers"))] if self._on.api.sends_offers else []

    def take(self, tx: Tx, event: Event, *, scene: Scene, body: Body | Sent) -> bool:
        """Take a message that is about offers; False where it is about something else."""
        if not self._on.api.sends_offers or not isinstance(body, Words):
            return False
        wish = wish_in(event.content, body.text)
        if wish is None:
            return False
        if wish != "?":
            self._decide(tx, scene, answer="yes" if wish == "on" else "no", ts=event.ts)
        self._say(tx, scene)
        return True

    def choose(self, tx: Tx, event: Event, *, scene: Scene, choice: Choice) -> bool:
        """Take a choice that decides something; whether the bot is told of no press beside it."""
        if choice.about == "calls":
            row = ConsentRow(scene.person.user_id, "calls", answer_of(choice), self._on.now_ms(), 0)
            tx.put(CONSENTS, row)
        if choice.about != "offers" or not self._on.api.sends_offers:
            return False
        self._decide(tx, scene, answer=answer_of(choice), ts=event.ts)
        self._say(tx, scene)
        return True

    def _decide(self, tx: Tx, scene: Scene, *, answer: Answer, ts: int) -> None:
        user_id, now_ms = scene.person.user_id, self._on.now_ms()
        before = tx.get(CONSENTS, user_id, "offers") or ConsentRow(user_id, "offers", "", 0, 0)
        # Who wants nothing more has not begun a conversation by saying so.
        heard_ts = now_ms if answer == "yes" else scene.row.heard_ts
        tx.put(CHATS, replace(scene.row, heard_ts=heard_ts, is_in=1))
        if before.answer == answer:
            return
        tx.put(CONSENTS, replace(before, answer=answer, ts=now_ms))
        told = Decided(chat=scene.chat, person=person_of(scene.person), about="offers", answer=answer, ts=ts)
        self._updates.put(tx, told, chat=scene.chat.number)

    def _say(self, tx: Tx, scene: Scene) -> None:
        """Say how their choice stands."""
        row = tx.get(CONSENTS, scene.person.user_id, "offers")
        state = STATES[consent_of(row).answer if row is not None else ""]
        self._answers.say(tx, scene, text=TOLD[state], beside={OFFERS: state})


def _counted(row: ConsentRow, *, most: int, heard_ts: int, now_ms: int) -> ConsentRow:
    """Count an offer: those of a day, or since somebody wrote something; raises `TooOften`."""
    if now_ms >= row.sent_ts + DAY_MS or heard_ts > row.sent_ts:
        return replace(row, sent=1, sent_ts=now_ms)
    if row.sent >= most:
        raise TooOften
    return replace(row, sent=row.sent + 1)


def consent_of(row: ConsentRow) -> Consent:
    """Return what a row says."""
    return Consent(answer=_ANSWERS.get(row.answer, ""), ts=row.ts, asked_ts=row.asked_ts)


def forget(tx: Tx, user_id: str) -> None:
    """Put that somebody has decided nothing."""
    for about in ALL:
        tx.delete(CONSENTS, user_id, about)
