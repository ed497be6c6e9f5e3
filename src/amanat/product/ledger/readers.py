"""Who may read what people allow: a partner that the operator has admitted, or an account, as a bot's is.

An account is a reader by its user id, which no partner's id can be: it begins with `@`.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from msgspec import Struct, json

from amanat.core import scopes
from amanat.db.tx import Need, Tx
from amanat.product.ledger.partners import MAX_NAME, is_active
from amanat.product.ledger.tables import ALL_PARTNERS, PARTNERS
from amanat.store.accounts import USERS
from amanat.store.profile import PROFILE
from amanat.store.store import Store

READS_PER_DAY: Final = 10_000
"""Of an account: many people share their number with a bot on one day, and one bot fills nobody's ledger for ever."""


class Reader(Struct, frozen=True, kw_only=True):
    """Somebody who may read: what for, and how often."""

    scopes: Sequence[str]
    reads_per_day: int


def is_account(reader_id: str) -> bool:
    """Whether a reader is an account."""
    return reader_id.startswith("@")


def offered_to(reader_id: str) -> Sequence[str]:
    """Return the scopes that a reader of this kind could be allowed."""
    return scopes.FOR_ACCOUNTS if is_account(reader_id) else scopes.FOR_PARTNERS


def need_of(reader_id: str) -> Need:
    """Return what `reader_in` reads."""
    return (USERS if is_account(reader_id) else PARTNERS, (reader_id,))


def reader_in(tx: Tx, reader_id: str, *, now_ms: int) -> Reader | None:
    """Return a reader as it is now; None for one that is unknown, or no longer."""
    if is_account(reader_id):
        account = tx.get(USERS, reader_id)
        is_gone = account is None or account.deactivated_ts is not None
        return None if is_gone else Reader(scopes=scopes.FOR_ACCOUNTS, reads_per_day=READS_PER_DAY)
    partner = tx.get(PARTNERS, reader_id)
    if partner is None or not is_active(partner, now_ms):
        return None
    return Reader(scopes=partner.scopes.split(), reads_per_day=partner.reads_per_day)


async def names(store: Store, reader_ids: Iterable[str]) -> Mapping[str, str]:
    """Return what people read a reader is called. An account's id stands beside its name, which it chose itself."""
    partners = {partner.partner_id: partner.name for partner in await store.all(ALL_PARTNERS)}
    wanted = set(reader_ids)
    accounts = {each: await _name_of_account(store, each) for each in wanted if is_account(each)}
    return {each: partners.get(each, each) for each in wanted} | accounts


async def _name_of_account(store: Store, user_id: str) -> str:
    rows = await store.all(PROFILE, user_id=user_id)
    value = next((json.decode(row.value) for row in rows if row.field == "displayname"), None)
    # What turns the direction of others, or is not seen, could make another's id of this one.
    seen = "".join(each for each in value if each.isprintable())[:MAX_NAME].strip() if isinstance(value, str) else ""
    return f"{seen} ({user_id})" if seen else user_id
