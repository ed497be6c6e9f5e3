"""Encrypts what is said in a room, and gives its key to whoever may read it: checked anew before each message.

Ciphertexts, the state of the session behind them and the messages that carry its key are written in one unit, before
any of them goes out. So no state of a session is ever used twice, and what was encrypted is sent byte for byte.
"""

from collections.abc import Callable, Sequence
from typing import Any, Final

import msgspec
from msgspec import Struct
from vodozemac import GroupSession

from amanat.db.query import QueryFile
from amanat.db.tx import Tx
from amanat.gateway.device.account import OwnAccount
from amanat.gateway.device.claims import Claims
from amanat.gateway.device.device_lists import DEVICES_OF, IDENTITIES_OF, DeviceLists
from amanat.gateway.device.ground import Ground
from amanat.gateway.device.happenings import HeldBack
from amanat.gateway.device.olm import Borrowed, OlmChannels
from amanat.gateway.device.published_keys import MEGOLM
from amanat.gateway.device.rooms import MEMBERS_OF, WRITERS_OF, is_encrypted, receivers
from amanat.gateway.device.rotation import TOLD_NONE, is_held_by_others, is_spent, lacking
from amanat.gateway.device.server_api import TryAgain
from amanat.gateway.device.tables import (
    KEY_SHARES,
    OUTBOUND_SESSIONS,
    OUTBOX,
    DeviceRow,
    KeyShareRow,
    OutboundSessionRow,
    OutboxRow,
    RoomRow,
)
from amanat.gateway.device.to_device import Addressed, ToDeviceOutbox
from amanat.gateway.device.vouching import UNVERIFIED, Answers, Verdict, who_gets_it

NO_KEY_LEFT_S: Final = 31.0
"""Until they are asked again: a little longer than `Claims` remembers that there was none."""

_sql = QueryFile("amanat.gateway.device", "outbox")
OUTBOUND_SESSION = _sql.query("outbound_session", OutboundSessionRow)
SHARES_OF = _sql.query("shares_of", KeyShareRow, cached_on=[KEY_SHARES])


class _Plan(Struct):
    """A room's session, who is to be given its key, and who is to be told that they are not."""

    room: RoomRow
    session: GroupSession
    created_ts: int
    messages: int
    stale: list[KeyShareRow]
    missing: list[DeviceRow]
    untold: list[DeviceRow]


class Sharing:
    """The service's own messages, encrypted."""

    def __init__(
        self,
        ground: Ground,
        own: OwnAccount,
        *,
        channels: OlmChannels,
        lists: DeviceLists,
        answers: Answers,
    ) -> None:
        self._store = ground.store
        self._pickles = ground.pickles
        self._now_ms = ground.now_ms
        self._own = own
        self._channels = channels
        self._lists = lists
        self._claims = Claims(ground)
        self._to_device = ToDeviceOutbox(ground)
        self._answers = answers

    async def encrypt(
        self, rows: Sequence[OutboxRow], *, room_id: str, room: RoomRow | None
    ) -> list[OutboxRow] | HeldBack:
        """Encrypt what is to be said in a room, or some of it; or say why it is held back. Raises `TryAgain`."""
        if room is None or not is_encrypted(room):
            return HeldBack(room_id=room_id, reason="not_encrypted", user_ids=[])
        members = await self._store.all(MEMBERS_OF, room_id=room.room_id)
        user_ids = receivers(room, members)
        verdict = await self._verdict(room, user_ids)
        if verdict.changed:
            return HeldBack(room_id=room_id, reason="identity_changed", user_ids=verdict.changed)
        own_user_id = self._own.identity.user_id
        if all(device.user_id == own_user_id for device in verdict.give):
            return HeldBack(room_id=room_id, reason="no_device", user_ids=sorted({*user_ids} - {own_user_id}))
        plan = await self._plan(room, verdict)
        rows = rows[: max(1, room.rotation_messages - plan.messages)]
        if plan.missing or plan.untold:
            return await self._share_and_encrypt(plan, rows, reachable=len(verdict.give) - len(plan.missing))
        return await self._store.write(self._keeping(plan, rows, shares=[], letters=[], borrowed=None))

    async def _verdict(self, room: RoomRow, user_ids: Sequence[str]) -> Verdict:
        await self._lists.know(user_ids)
        own = self._own.identity
        devices = [
            device
            for device in await self._store.all(DEVICES_OF, user_ids=user_ids)
            if (device.user_id, device.device_id) != (own.user_id, own.device_id)
        ]
        identities = await self._store.all(IDENTITIES_OF, user_ids=user_ids)
        writers = await self._store.all(WRITERS_OF, room_id=room.room_id)
        return who_gets_it(
            devices,
            identities={row.user_id: row for row in identities},
            writers=[row.user_id for row in writers],
            answers=self._answers,
        )

    async def _plan(self, room: RoomRow, verdict: Verdict) -> _Plan:
        now_ms = self._now_ms()
        held = await self._store.first(OUTBOUND_SESSION, room_id=room.room_id)
        shares = await self._store.all(SHARES_OF, room_id=room.room_id)
        if (
            held is None
            or is_spent(held, room, now_ms=now_ms)
            or is_held_by_others(held.session_id, shares, give=verdict.give)
        ):
            session, created_ts, messages = GroupSession(), now_ms, 0
        else:
            session = self._pickles.outbound_session(held.pickle)
            created_ts, messages = held.created_ts, held.messages
        return _Plan(
            room=room,
            session=session,
            created_ts=created_ts,
            messages=messages,
            stale=[share for share in shares if share.session_id != session.session_id],
            missing=lacking(session.session_id, shares, among=verdict.give),
            untold=lacking(session.session_id, shares, among=verdict.refuse, told_is_enough=True),
        )

    async def _share_and_encrypt(self, plan: _Plan, rows: Sequence[OutboxRow], *, reachable: int) -> list[OutboxRow]:
        claimed = await self._claims.claim(plan.missing)
        async with self._channels.borrow([d.curve25519 for d in plan.missing]) as borrowed:
            for device, key in claimed:
                # Another room may have begun one meanwhile. Of too many the oldest are forgotten, here and over there,
                # while letters through them are still on their way.
                if not borrowed.has(device.curve25519):
                    await borrowed.begin(device.curve25519, one_time_key=key)
            given = [device for device in plan.missing if borrowed.has(device.curve25519)]
            if not given and not reachable:
                raise TryAgain("nobody there has a one-time key left", after_s=NO_KEY_LEFT_S)
            letters = self._letters(plan, given, borrowed)
            index = plan.session.message_index
            shares = [self._share(plan, device, index) for device in given]
            shares += [self._share(plan, device, TOLD_NONE) for device in plan.untold]
            room_id = plan.room.room_id
            sealed = self._to_device.prepare("m.room.encrypted", letters, room_id=room_id)
            refusals = [(d.user_id, d.device_id, self._withheld(plan)) for d in plan.untold]
            told = self._to_device.prepare("m.room_key.withheld", refusals, room_id=room_id)
            keep = self._keeping(plan, rows, shares=shares, letters=[*sealed, *told], borrowed=borrowed)
            return await self._store.write(keep, needs=[borrowed.need])

    def _letters(self, plan: _Plan, given: Sequence[DeviceRow], borrowed: Borrowed) -> list[Addressed]:
        content = {
            "algorithm": MEGOLM,
            "room_id": plan.room.room_id,
            "session_id": plan.session.session_id,
            "session_key": plan.session.session_key.to_base64(),
        }
        return [
            (
                device.user_id,
                device.device_id,
                borrowed.encrypt("m.room_key", content, to=(device.user_id, device.curve25519, device.ed25519)),
            )
            for device in given
        ]

    def _withheld(self, plan: _Plan) -> dict[str, Any]:
        # spec: client-server-api#mroom_keywithheld
        return {
            "algorithm": MEGOLM,
            "room_id": plan.room.room_id,
            "session_id": plan.session.session_id,
            "sender_key": self._own.identity.curve25519,
            "code": UNVERIFIED,
            "reason": "This device is not signed by its owner.",
        }

    def _share(self, plan: _Plan, device: DeviceRow, index: int) -> KeyShareRow:
        return KeyShareRow(
            plan.room.room_id, device.user_id, device.device_id, plan.session.session_id, device.curve25519, index
        )

    def _keeping(
        self,
        plan: _Plan,
        rows: Sequence[OutboxRow],
        *,
        shares: Sequence[KeyShareRow],
        letters: Sequence[Any],
        borrowed: Borrowed | None,
    ) -> Callable[[Tx], list[OutboxRow]]:
        """Encrypt, and return the unit that keeps all of it and returns what is encrypted."""
        room_id = plan.room.room_id
        encrypted = [self._encrypted(plan.session, row) for row in rows]
        session = OutboundSessionRow(
            room_id=room_id,
            session_id=plan.session.session_id,
            pickle=self._pickles.seal(plan.session),
            created_ts=plan.created_ts,
            messages=plan.messages + len(rows),
            history_visibility=plan.room.history_visibility,
        )

        def keep(tx: Tx) -> list[OutboxRow]:
            tx.put(OUTBOUND_SESSIONS, session)
            for share in plan.stale:
                tx.delete(KEY_SHARES, share.room_id, share.user_id, share.device_id)
            for share in shares:
                tx.put(KEY_SHARES, share)
            for row in encrypted:
                tx.put(OUTBOX, row)
            self._to_device.put(tx, letters)
            if borrowed is not None:
                borrowed.put(tx)
            return encrypted

        return keep

    def _encrypted(self, session: GroupSession, row: OutboxRow) -> OutboxRow:
        said = msgspec.json.decode(row.content, type=dict[str, Any])
        payload = msgspec.json.encode({"room_id": row.room_id, "type": row.type, "content": said})
        identity = self._own.identity
        content: dict[str, Any] = {
            "algorithm": MEGOLM,
            "ciphertext": session.encrypt(payload).to_base64(),
            "device_id": identity.device_id,
            "sender_key": identity.curve25519,
            "session_id": session.session_id,
        }
        if "m.relates_to" in said:
            # spec: client-server-api#mroomencrypted: the server needs it, for threads and edits.
            content["m.relates_to"] = said["m.relates_to"]
        return OutboxRow(row.room_id, row.position, row.txn_id, row.type, row.content, msgspec.json.encode(content))
