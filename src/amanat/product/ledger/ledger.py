"""The ledger: `disclose` is the only way in which a third party reads of a person, and it leaves a row each time.

The row, the grants it rests on and the data are one unit of work: what was taken back a moment ago is not read any
more, and no data leaves before its row is on disk. A refused read gives nothing away, so it is no disclosure.
"""

import secrets
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final

from msgspec import Struct

from amanat.core import merkle, scopes
from amanat.core.canonical_json import encode
from amanat.core.errors import Forbidden, InvalidParam, LimitExceeded, UnknownToken
from amanat.core.identifiers import fits
from amanat.core.requester import Requester
from amanat.db.tx import Need, Tx
from amanat.handlers.disclosure import Fact
from amanat.product.ledger import readers
from amanat.product.ledger.partners import DAY_MS, day_of
from amanat.product.ledger.tables import (
    GRANTS,
    LEAVES,
    LEDGER,
    LEDGER_BEFORE,
    LEDGER_ROW,
    LEDGER_STREAM,
    OLD_READS,
    READS,
    READS_BY_PARTNER,
    LeafRow,
    LedgerRow,
    ReadsRow,
)
from amanat.store.accounts import USERS
from amanat.store.store import Store

MAX_PURPOSE: Final = 200
SALT_BYTES: Final = 32
"""Nobody guesses a row from its leaf."""
KEPT_DAYS: Final = 400
"""How long the counts of a day are kept: a year, and time to report on it."""
SWEPT_PER_UNIT: Final = 100
NEWEST: Final = 2**53


class Disclosure(Struct, frozen=True, kw_only=True):
    """What a third party asks for: `reader` is a partner's id or an account's, `scope` what all the fields are in."""

    subject: str
    reader: str
    scope: Sequence[str]
    purpose: str
    fields: Sequence[str]


class Ledger:
    """Discloses what people allow, and shows each of them who read what."""

    def __init__(self, store: Store, *, facts: Mapping[str, Fact], now_ms: Callable[[], int]) -> None:
        self.facts = dict(facts)
        self._store = store
        self._now_ms = now_ms

    # For third parties

    async def disclose(self, asked: Disclosure) -> dict[str, str | None]:
        """Write down a read and return what was read; raises Forbidden unless its person allows all of it."""
        fields, purpose, facts = self._checked(asked)
        subject, reader, now = asked.subject, asked.reader, self._now_ms()
        day = day_of(now)

        def run(tx: Tx) -> dict[str, str | None]:
            self._count(tx, reader, now, most=self._allowed(tx, asked, now).reads_per_day)
            found = {name: fact.read(tx, subject) for name, fact in facts.items()}
            row = LedgerRow(
                user_id=subject,
                number=tx.next(LEDGER_STREAM),
                ts=now,
                partner_id=reader,
                scopes=" ".join(asked.scope),
                fields=" ".join(fields),
                purpose=purpose,
                salt=secrets.token_bytes(SALT_BYTES),
            )
            tx.put(LEDGER, row)
            tx.put(LEAVES, LeafRow(row.number, now, merkle.leaf_hash(leaf_of(row))))
            return found

        needs: list[Need] = [readers.need_of(reader), (READS, (reader, day)), (USERS, (subject,))]
        needs += [(GRANTS, (subject, reader, scope)) for scope in asked.scope]
        needs += [need for fact in facts.values() for need in fact.needs(subject)]
        return await self._store.write(run, needs=needs)

    def _checked(self, asked: Disclosure) -> tuple[list[str], str, dict[str, Fact]]:
        fields, purpose = list(dict.fromkeys(asked.fields)), asked.purpose.strip()
        if not set(scopes.needed_for(fields)) <= set(asked.scope):
            raise Forbidden("These fields are beyond that scope.")
        if not purpose or len(purpose) > MAX_PURPOSE or not purpose.isprintable():
            raise InvalidParam(f"Say in at most {MAX_PURPOSE} characters why you read this; the person will see it.")
        if not fits(asked.subject):
            raise _refused()
        unknown = [field for field in fields if field not in self.facts]
        if unknown:
            raise InvalidParam(f"This server keeps no {', '.join(unknown)}.")
        return fields, purpose, {field: self.facts[field] for field in fields}

    def _allowed(self, tx: Tx, asked: Disclosure, now: int) -> readers.Reader:
        reader = readers.reader_in(tx, asked.reader, now_ms=now)
        if reader is None:
            raise UnknownToken("This partner token is not known, or no longer.")
        granted = all(tx.get(GRANTS, asked.subject, asked.reader, scope) is not None for scope in asked.scope)
        admitted = set(asked.scope) <= set(reader.scopes)
        user = tx.get(USERS, asked.subject)
        if not (granted and admitted) or user is None or user.deactivated_ts is not None:
            raise _refused()
        return reader

    def _count(self, tx: Tx, reader: str, now: int, *, most: int) -> None:
        day = day_of(now)
        held = tx.get(READS, reader, day)
        reads = held.reads if held else 0
        if reads >= most:
            raise LimitExceeded("This reader has read as often as it may today.", retry_after_ms=DAY_MS - now % DAY_MS)
        tx.put(READS, ReadsRow(reader, day, reads + 1))

    # For the person

    async def names(self, reader_ids: Iterable[str]) -> Mapping[str, str]:
        """Return what people read these readers are called."""
        return await readers.names(self._store, reader_ids)

    async def page(self, requester: Requester, *, before: int = NEWEST, limit: int) -> Sequence[LedgerRow]:
        """Return reads of one's own data, the newest first."""
        return await self._store.all(LEDGER_BEFORE, user_id=requester.user_id, before=before, max_rows=limit)

    async def row(self, requester: Requester, number: int) -> LedgerRow | None:
        """Return one row of one's own."""
        return await self._store.first(LEDGER_ROW, user_id=requester.user_id, number=number)

    async def read_by(self, user_id: str, *, partner_id: str, since_ts: int) -> Sequence[str]:
        """Return which fields of a person a partner has read since some time: names, never the data."""
        rows = await self._store.all(READS_BY_PARTNER, user_id=user_id, partner_id=partner_id, since_ts=since_ts)
        return sorted({field for row in rows for field in row.fields.split()})

    # Keeping house

    async def sweep(self) -> None:
        """Drop counts that nobody will ask for any more."""
        before = day_of(self._now_ms()) - KEPT_DAYS
        while rows := await self._store.all(OLD_READS, before=before, max_rows=SWEPT_PER_UNIT):

            def run(tx: Tx, rows: Sequence[ReadsRow] = rows) -> None:
                for row in rows:
                    tx.delete(READS, row.partner_id, row.day)

            await self._store.write(run)


def leaf_of(row: LedgerRow) -> bytes:
    """Return what is hashed as the leaf of a row: canonical JSON that its person can write again from what they see."""
    return encode(
        {
            "fields": row.fields.split(),
            "number": row.number,
            "partner_id": row.partner_id,
            "purpose": row.purpose,
            "salt": row.salt.hex(),
            "scopes": row.scopes.split(),
            "ts": row.ts,
            "user_id": row.user_id,
        }
    )


def _refused() -> Forbidden:
    # Alike for who does not exist, who never allowed it and who took it back: a partner learns of nobody.
    return Forbidden("This person does not allow you to read that.")
