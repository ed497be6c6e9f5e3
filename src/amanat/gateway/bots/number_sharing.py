"""Numbers that people share with a bot: their app only says so, and the server tells which number it tested.

So no app can claim a number that is not its person's. The server writes each such read into the person's ledger.
"""

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from typing import Any, Final

from msgspec import Struct
from msgspec.structs import replace

from amanat.core.identifiers import NAMESPACE
from amanat.db.tx import Need, Tx
from amanat.gateway.bots.ground import Ground
from amanat.gateway.bots.tables import PEOPLE, PERSON_OF_PHONE, PersonRow

SHARED: Final = f"{NAMESPACE}.shared"
"""What a message shares without saying it."""
PHONE: Final = "phone"
_REMEMBERED: Final = 1_000


class _Shared(Struct, frozen=True):
    """A number, and who had shared the same before: it has come into other hands."""

    phone: str
    former: str | None


def shares_number(event_type: str, content: Mapping[str, Any]) -> bool:
    """Whether a message says that its sender shares their number. An edit of one says nothing new."""
    return event_type == "m.room.message" and content.get(SHARED) == PHONE and "m.new_content" not in content


class NumberSharing:
    """One bot's. `look_up` before the unit, then `take` in it, as often as it is run."""

    def __init__(self, on: Ground) -> None:
        self._on = on
        self.shares = 0
        """Grows with every number that is taken."""
        self._shared: OrderedDict[str, _Shared | None] = OrderedDict()

    async def look_up(self, event_id: str, *, sender: str) -> Sequence[Need]:
        """Ask for the number of who shares theirs; return what `take` reads."""
        phone = await self._on.device.shared_number(sender)
        former = await self._on.store.first(PERSON_OF_PHONE, phone=phone) if phone else None
        self._shared[event_id] = _Shared(phone, former.user_id if former else None) if phone else None
        while len(self._shared) > _REMEMBERED:
            self._shared.popitem(last=False)
        return [(PEOPLE, (former.user_id,))] if former else []

    def take(self, tx: Tx, event_id: str, *, person: PersonRow) -> PersonRow | None:
        """Note the number of a person, and return their row; None where the server told none."""
        shared = self._shared.get(event_id)
        if shared is None:
            return None
        self.shares += 1
        former = tx.get(PEOPLE, shared.former) if shared.former else None
        if former is not None and former.user_id != person.user_id:
            tx.put(PEOPLE, replace(former, phone=""))
        person = replace(person, phone=shared.phone)
        tx.put(PEOPLE, person)
        return person
