"""The inbox over HTTP. One method per endpoint: decode, call, encode."""

from typing import Annotated, Final, get_args

from msgspec import Meta, Struct

from amanat.edge.routes import get, post
from amanat.gateway.desk import reading
from amanat.gateway.desk.acts import MAX_TEXT
from amanat.gateway.desk.errors import NoSuch, WrongValue
from amanat.gateway.desk.visits import AGENTS, SERVICE, Visit, Visits, for_staff

MAX_TXN_ID: Final = 64
CHAT: Final = f"{SERVICE}/chats/{{room}}"
Text = Annotated[str, Meta(min_length=1, max_length=MAX_TEXT)]
TxnId = Annotated[str, Meta(min_length=1, max_length=MAX_TXN_ID)]


class _Assignment(Struct, frozen=True):
    assignee: str | None


class _Words(Struct, frozen=True):
    text: Text
    txn_id: TxnId


class _Read(Struct, frozen=True):
    position: Annotated[int, Meta(ge=0)]


class InboxRoutes:
    """What the staff do with chats."""

    def __init__(self, visits: Visits) -> None:
        self.visits = visits

    @get(f"{SERVICE}/inbox", auth="none")
    @for_staff(AGENTS)
    async def list_chats(self, visit: Visit) -> reading.Listing:
        """List the chats that wait, one's own, or all."""
        show = visit.request.query("show") or "all"
        if show not in get_args(reading.Show):
            raise WrongValue("show is one of waiting, mine and all.")
        return await reading.listing(visit.office, visit.member, show=show)  # type: ignore[arg-type]  # looked up above

    @get(CHAT, auth="none")
    @for_staff(AGENTS)
    async def open_chat(self, visit: Visit) -> reading.Opened:
        """Return a chat; whoever looks into one is noted."""
        room_id = visit.request.params["room"]
        before = visit.request.query_int("before", reading.MAX_POSITION, minimum=0, maximum=reading.MAX_POSITION)
        opened = await reading.opened(visit.office, room_id, before=before)
        if opened is None:
            raise NoSuch
        await visit.office.acts.opened(visit.member, room_id)
        return opened

    @post(f"{CHAT}/assign", auth="none")
    @for_staff(AGENTS)
    async def assign(self, visit: Visit) -> dict[str, object]:
        """Give a chat to a colleague, to oneself, or to nobody."""
        assignee = (await visit.request.struct(_Assignment)).assignee
        if assignee is not None and visit.office.staff.role_of(assignee) not in AGENTS:
            raise WrongValue("The assignee is none of the staff who answer chats.")
        await visit.office.acts.assign(visit.member, visit.request.params["room"], assignee=assignee)
        return {}

    @post(f"{CHAT}/replies", auth="none")
    @for_staff(AGENTS)
    async def reply(self, visit: Visit) -> dict[str, int]:
        """Say something to the person."""
        text, txn_id = await _words(visit)
        room_id = visit.request.params["room"]
        return {"position": await visit.office.acts.reply(visit.member, room_id, text=text, txn_id=txn_id)}

    @post(f"{CHAT}/notes", auth="none")
    @for_staff(AGENTS)
    async def note(self, visit: Visit) -> dict[str, int]:
        """Note something for the staff alone."""
        text, txn_id = await _words(visit)
        room_id = visit.request.params["room"]
        return {"position": await visit.office.acts.note(visit.member, room_id, text=text, txn_id=txn_id)}

    @post(f"{CHAT}/hand_back", auth="none")
    @for_staff(AGENTS)
    async def hand_back(self, visit: Visit) -> dict[str, object]:
        """Give a chat back to the flow."""
        await visit.office.acts.hand_back(visit.member, visit.request.params["room"])
        return {}

    @post(f"{CHAT}/read", auth="none")
    @for_staff(AGENTS)
    async def read(self, visit: Visit) -> dict[str, object]:
        """Note up to where the staff have read."""
        position = (await visit.request.struct(_Read)).position
        await visit.office.acts.read(visit.request.params["room"], position)
        return {}


async def _words(visit: Visit) -> tuple[str, str]:
    words = await visit.request.struct(_Words)
    text = words.text.strip()
    if not text:
        raise WrongValue("The text is empty.")
    return text, words.txn_id
