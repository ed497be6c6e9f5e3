"""What a restored backup needs before anybody uses it: time has passed that this data knows nothing of.

Keys that were given away since would be given again, so all one-time keys count as given and fallback keys as used;
apps upload new ones. Devices that were added or lost since are unknown, so everybody's device list is reported as
changed. Somebody may have logged out since, so access tokens end, softly: apps keep their keys and ask to sign in.
"""

import asyncio
from collections.abc import Callable
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from amanat.db.tx import Tx
from amanat.db.unit_store import MetaRow
from amanat.store.accounts import USERS_PAGE
from amanat.store.device_lists import DEVICE_LIST_CHANGES, DeviceListRow
from amanat.store.one_time_keys import FALLBACK_KEYS, ONE_TIME_KEY_COUNTERS
from amanat.store.sessions import ACCESS_TOKENS, REFRESH_TOKENS
from amanat.store.stamp import EPOCH
from amanat.store.store import Store
from amanat.store.streams import META, USER_STREAM

PAGE: Final = 100


class Epoch(Struct, frozen=True, kw_only=True):
    """What has been done."""

    people: int
    one_time_keys: int
    sessions: int


async def begin_epoch(
    store: Store, *, now_ms: int, mint_epoch: Callable[[], str], keep_sessions: bool = False
) -> Epoch:
    """Begin a new epoch on data that nobody uses yet. It may be begun again where it was not finished."""
    people = keys = sessions = 0
    last = ""
    while page := await store.all(USERS_PAGE, after=last, max_rows=PAGE):
        done = await asyncio.gather(
            *(_person(store, user.user_id, expires_ts=None if keep_sessions else now_ms) for user in page)
        )
        people, last = people + len(page), page[-1].user_id
        keys += sum(dropped for dropped, _ in done)
        sessions += sum(ended for _, ended in done)
    epoch = mint_epoch()
    await store.write(lambda tx: tx.put(META, MetaRow(EPOCH, epoch)))
    store.epoch = epoch
    return Epoch(people=people, one_time_keys=keys, sessions=sessions)


async def _person(store: Store, user_id: str, *, expires_ts: int | None) -> tuple[int, int]:
    """Do it for one person, in one unit; return how many one-time keys were dropped and sessions ended."""

    def run(tx: Tx) -> tuple[int, int]:
        counters = list(tx.scan(ONE_TIME_KEY_COUNTERS, user_id))
        for counter in counters:
            tx.put(ONE_TIME_KEY_COUNTERS, replace(counter, given=counter.uploaded))
        for fallback in list(tx.scan(FALLBACK_KEYS, user_id)):
            tx.put(FALLBACK_KEYS, replace(fallback, used=1))
        tx.put(DEVICE_LIST_CHANGES, DeviceListRow(user_id, tx.next(USER_STREAM)))
        return sum(counter.left for counter in counters), 0 if expires_ts is None else _end_softly(
            tx, user_id, expires_ts
        )

    tables = (ONE_TIME_KEY_COUNTERS, FALLBACK_KEYS, ACCESS_TOKENS, REFRESH_TOKENS)
    return await store.write(run, needs=[(table, (user_id,)) for table in tables])


def _end_softly(tx: Tx, user_id: str, expires_ts: int) -> int:
    # spec: client-server-api#soft-logout
    tokens = list(tx.scan(ACCESS_TOKENS, user_id))
    for token in tokens:
        tx.put(ACCESS_TOKENS, replace(token, expires_ts=expires_ts))
    for refresh in list(tx.scan(REFRESH_TOKENS, user_id)):
        tx.delete(REFRESH_TOKENS, user_id, refresh.device_id, refresh.token_hash)
    return len(tokens)
