"""Where a person's notifications are pushed to. Spec: client-server-api#push-notifications."""

from collections.abc import Callable, Sequence
from typing import Any

from msgspec import Struct

from amanat.core import canonical_json
from amanat.core.errors import InvalidParam, ResourceLimitExceeded
from amanat.core.push_targets import BrowserTarget, target_of
from amanat.core.requester import Requester
from amanat.db.tx import Need, Tx
from amanat.store.pushers import PUSH_RETRIES, PUSHERS, PUSHERS_BY_KEY, PUSHERS_OF_USER, PusherRow
from amanat.store.store import Store

MAX_PUSHERS = 100
"""Per account; an app sets one per device."""
MAX_TAKEN_OVER = 100
"""Others' pushers with the same app and push key that a new one replaces: a phone that changes hands has one."""
MAX_NAME = 512
MAX_DATA = 8192


class NewPusher(Struct, frozen=True, kw_only=True):
    """A pusher as its app describes it."""

    app_id: str
    pushkey: str
    kind: str
    app_display_name: str
    device_display_name: str
    profile_tag: str | None
    lang: str
    data: dict[str, Any]


class PusherRules(Struct, frozen=True, kw_only=True):
    """Which pushers there may be: the schemes of their addresses, and whether browsers' are delivered here."""

    schemes: frozenset[str] = frozenset({"https"})
    browsers: bool = True

    def check(self, pushkey: str, data: dict[str, Any]) -> None:
        """Refuse what could push nothing anywhere."""
        target = target_of(pushkey, data, schemes=self.schemes)
        if isinstance(target, BrowserTarget) and not self.browsers:
            raise InvalidParam("This server does not push to browsers.")


class Pushers:
    """Keeps pushers. They go with the device that set them."""

    def __init__(
        self, store: Store, *, rules: PusherRules, has_set: Callable[[str], None], now_ms: Callable[[], int]
    ) -> None:
        """`has_set` is told who has set a pusher, once it is on disk."""
        self._store = store
        self._rules = rules
        self._has_set = has_set
        self._now_ms = now_ms

    async def of(self, user_id: str) -> Sequence[PusherRow]:
        """Return a person's pushers."""
        return await self._store.all(PUSHERS_OF_USER, user_id=user_id)

    async def put(self, requester: Requester, wanted: NewPusher, *, append: bool) -> None:
        """Set a pusher; unless it is to be appended, other people's with its app and push key go."""
        if wanted.kind != "http":
            raise InvalidParam("This server pushes to gateways and browsers: the kind of a pusher is http.")
        self._rules.check(wanted.pushkey, wanted.data)
        pusher = _row(requester, wanted, now_ms=self._now_ms())
        taken = [] if append else await self._others(pusher)

        def run(tx: Tx) -> None:
            held = {(row.app_id, row.pushkey): row for row in tx.scan(PUSHERS, pusher.user_id)}
            if (pusher.app_id, pusher.pushkey) not in held and len(held) >= MAX_PUSHERS:
                raise ResourceLimitExceeded(f"You have {MAX_PUSHERS} pushers; delete one.")
            tx.put(PUSHERS, pusher)
            for other in taken:
                _drop(tx, other)
            tx.after_commit(lambda: self._has_set(pusher.user_id))

        await self._store.write(run, needs=[(PUSHERS, (pusher.user_id,))])

    async def _others(self, pusher: PusherRow) -> list[PusherRow]:
        found = await self._store.all(
            PUSHERS_BY_KEY, app_id=pusher.app_id, pushkey=pusher.pushkey, max_rows=MAX_TAKEN_OVER
        )
        return [row for row in found if row.user_id != pusher.user_id]

    async def delete(self, user_id: str, *, app_id: str, pushkey: str) -> None:
        """Delete a pusher, if there is one."""

        def run(tx: Tx) -> None:
            tx.delete(PUSHERS, user_id, app_id, pushkey)
            tx.delete(PUSH_RETRIES, user_id, app_id, pushkey)

        await self._store.write(run)

    # What goes with a device

    def needs(self, user_id: str, _device_id: str) -> Sequence[Need]:
        """Return what `remove` reads."""
        return [(PUSHERS, (user_id,))]

    def remove(self, tx: Tx, user_id: str, *, device_id: str) -> None:
        """Delete the pushers that a device has set."""
        for row in [row for row in tx.scan(PUSHERS, user_id) if row.device_id == device_id]:
            _drop(tx, row)


def _drop(tx: Tx, row: PusherRow) -> None:
    tx.delete(PUSHERS, row.user_id, row.app_id, row.pushkey)
    tx.delete(PUSH_RETRIES, row.user_id, row.app_id, row.pushkey)


def _row(requester: Requester, wanted: NewPusher, *, now_ms: int) -> PusherRow:
    """Return the row of a pusher; raises where it is too long."""
    limits = {"app_id": (wanted.app_id, 64), "pushkey": (wanted.pushkey, 512), "lang": (wanted.lang, 64)}
    limits |= {name: (getattr(wanted, name) or "", MAX_NAME) for name in ("app_display_name", "device_display_name")}
    limits["profile_tag"] = (wanted.profile_tag or "", 32)
    for name, (value, most) in limits.items():
        if len(value.encode("utf-8", "surrogatepass")) > most or "\0" in value:
            raise InvalidParam(f"`{name}` has at most {most} bytes and no U+0000.")
    data = canonical_json.encode(wanted.data)
    if len(data) > MAX_DATA:
        raise InvalidParam(f"`data` has at most {MAX_DATA} bytes.")
    return PusherRow(
        user_id=requester.user_id,
        app_id=wanted.app_id,
        pushkey=wanted.pushkey,
        device_id=requester.device_id,
        kind=wanted.kind,
        app_display_name=wanted.app_display_name,
        device_display_name=wanted.device_display_name,
        profile_tag=wanted.profile_tag,
        lang=wanted.lang,
        data=data,
        created_ts=now_ms,
    )
