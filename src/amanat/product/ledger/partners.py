"""Partners: third parties that the operator has admitted. A token is random, stored as a hash, and ends at once."""

import secrets
from collections.abc import Callable, Mapping, Sequence
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from amanat.core import scopes as known_scopes
from amanat.core.errors import InvalidParam, NotFound, ResourceLimitExceeded, UnknownToken
from amanat.db.tx import Tx
from amanat.handlers.operator_acts import Noting, unnoted
from amanat.handlers.sessions import hash_of, new_token
from amanat.product.ledger.tables import ALL_PARTNERS, PARTNER_BY_TOKEN, PARTNERS, READS_SINCE, PartnerRow
from amanat.store.store import Store

MAX_PARTNERS: Final = 1000
"""Ever made, the revoked ones too: a ledger names them."""
MAX_NAME: Final = 100
DAY_MS: Final = 86_400_000


class NewPartner(Struct, frozen=True, kw_only=True):
    """What the operator says of a partner."""

    name: str
    scopes: Sequence[str]
    days: int
    reads_per_day: int


class Partners:
    """Admits partners, recognises them, and sends them away."""

    def __init__(self, store: Store, *, now_ms: Callable[[], int]) -> None:
        self._store = store
        self._now_ms = now_ms

    async def create(self, new: NewPartner, *, noting: Callable[[str], Noting] = lambda _: unnoted) -> tuple[str, str]:
        """Admit a partner; return its id, and its token, which is told this once."""
        name, scopes = new.name.strip(), known_scopes.check(new.scopes)
        if not name or len(name) > MAX_NAME or not name.isprintable():
            raise InvalidParam(f"A partner has a name of at most {MAX_NAME} characters that people will read.")
        if len(await self.all()) >= MAX_PARTNERS:
            raise ResourceLimitExceeded(f"There are {MAX_PARTNERS} partners already.")
        token, token_hash = new_token()
        now = self._now_ms()
        row = PartnerRow(
            partner_id=secrets.token_hex(8),
            name=name,
            token_hash=token_hash,
            scopes=" ".join(scopes),
            reads_per_day=new.reads_per_day,
            created_ts=now,
            expires_ts=now + new.days * DAY_MS,
            revoked_ts=None,
        )
        note = noting(row.partner_id)

        def run(tx: Tx) -> None:
            tx.put(PARTNERS, row)
            note(tx)

        await self._store.write(run)
        return row.partner_id, token

    async def revoke(self, partner_id: str, *, note: Noting = unnoted) -> None:
        """Send a partner away: its next read is refused. Doing so again changes nothing."""

        def run(tx: Tx) -> None:
            partner = tx.get(PARTNERS, partner_id)
            if partner is None:
                raise NotFound("There is no such partner.")
            if partner.revoked_ts is None:
                tx.put(PARTNERS, replace(partner, revoked_ts=self._now_ms()))
                note(tx)

        await self._store.write(run, needs=[(PARTNERS, (partner_id,))])

    async def all(self) -> Sequence[PartnerRow]:
        """Return every partner there ever was."""
        return await self._store.all(ALL_PARTNERS)

    async def active(self) -> Sequence[PartnerRow]:
        """Return the partners that may read what people allow them."""
        now = self._now_ms()
        return [partner for partner in await self.all() if is_active(partner, now)]

    async def reads(self, *, days: int) -> Mapping[str, int]:
        """Return how often each partner has read in the last days, today included."""
        since = day_of(self._now_ms()) - days + 1
        return {row.partner_id: row.reads for row in await self._store.all(READS_SINCE, since=since)}

    async def of(self, token: str) -> PartnerRow:
        """Return the partner that a token is of; raises UnknownToken."""
        partner = await self._store.first(PARTNER_BY_TOKEN, token_hash=hash_of(token))
        if partner is None or not is_active(partner, self._now_ms()):
            raise UnknownToken("This partner token is not known, or no longer.")
        return partner


def is_active(partner: PartnerRow, now_ms: int) -> bool:
    """Whether a partner was neither sent away nor has run out."""
    return partner.revoked_ts is None and partner.expires_ts > now_ms


def day_of(ts: int) -> int:
    """Return the day of a time, in UTC, counted from 1970."""
    return ts // DAY_MS
