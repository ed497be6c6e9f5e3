"""Channels to single devices: what is encrypted to one, what comes from one.

spec: client-server-api#molmv1curve25519-aes-sha2

A channel moves on with each message, and no state of it may be used twice. So whoever uses channels borrows them all,
one at a time, until what they did is on disk.
"""

from base64 import b64decode, b64encode
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from typing import Any, Final

import msgspec
from msgspec import Struct
from vodozemac import Account, AnyOlmMessage, Curve25519PublicKey, Session

from amanat.db.query import QueryFile
from amanat.db.tx import Need, Tx
from amanat.gateway.device.account import OwnAccount
from amanat.gateway.device.ground import Ground
from amanat.gateway.device.pickles import Pickles
from amanat.gateway.device.published_keys import OLM
from amanat.gateway.device.tables import OLM_SESSIONS, OlmSessionRow

KEPT_CHANNELS: Final = 5
"""Per device: two arise where both sides begin at once, others where one side lost its memory."""

_sql = QueryFile("amanat.gateway.device", "olm")
OLM_SESSIONS_OF = _sql.query("olm_sessions_of", OlmSessionRow)


class Unopened(Exception):
    """A message to this device cannot be read, or is not what it says it is."""


class Letter(Struct, frozen=True, kw_only=True):
    """What came through a channel; `user_id` wrote it, and `ed25519` is what their device says it signs with."""

    type: str
    content: dict[str, Any]
    user_id: str
    sender_key: str
    ed25519: str


class _Keys(Struct):
    ed25519: str


class _Payload(Struct):
    type: str
    content: dict[str, Any]
    sender: str
    recipient: str
    recipient_keys: _Keys
    keys: _Keys


class _Channel(Struct):
    session: Session
    used_ts: int
    touched: bool = False


_decode_payload = msgspec.json.Decoder(_Payload).decode


class Borrowed:
    """Channels to some devices, while nobody else has any. `put` belongs into the unit that keeps what was done."""

    def __init__(self, own: OwnAccount, rows: Iterable[OlmSessionRow], *, pickles: Pickles, now_ms: int) -> None:
        self._own = own
        self._pickles = pickles
        self._now_ms = now_ms
        self._account: Account | None = None
        self._begins: Account | None = None
        """Whose identity opens channels, which leaves it as it is; else no account is kept in memory: 10 kB each."""
        self._channels: dict[str, list[_Channel]] = {}
        self._forgotten: list[tuple[str, str]] = []
        for row in rows:
            channel = _Channel(pickles.olm_session(row.pickle), row.used_ts)
            self._channels.setdefault(row.sender_key, []).append(channel)

    @property
    def need(self) -> Need:
        """What `put` reads."""
        return self._own.need

    def has(self, sender_key: str) -> bool:
        """Whether there is a channel to that device."""
        return sender_key in self._channels

    async def begin(self, sender_key: str, *, one_time_key: str) -> None:
        """Begin a channel with a key that was claimed and verified; raises `ValueError` if it is no key."""
        identity, key = Curve25519PublicKey.from_base64(sender_key), Curve25519PublicKey.from_base64(one_time_key)
        if self._begins is None:
            self._begins = await self._own.opened()
        self._add(sender_key, self._begins.create_outbound_session(identity, key))

    def encrypt(self, event_type: str, content: dict[str, Any], *, to: tuple[str, str, str]) -> dict[str, Any]:
        """Return the content of an `m.room.encrypted` for one device: its user id, curve25519 and ed25519 keys."""
        user_id, curve25519, ed25519 = to
        identity = self._own.identity
        payload = msgspec.json.encode(
            {
                "type": event_type,
                "content": content,
                "sender": identity.user_id,
                "recipient": user_id,
                "recipient_keys": {"ed25519": ed25519},
                "keys": {"ed25519": identity.ed25519},
            }
        )
        # spec: client-server-api#molmv1curve25519-aes-sha2: the one that last received a message.
        channel = max(self._channels[curve25519], key=lambda channel: channel.used_ts)
        channel.touched = True
        kind, body = channel.session.encrypt(payload).to_parts()
        return {
            "algorithm": OLM,
            "sender_key": identity.curve25519,
            "ciphertext": {curve25519: {"type": kind, "body": b64encode(body).decode().rstrip("=")}},
        }

    async def open(self, content: dict[str, Any], *, sender: str) -> Letter:
        """Read the content of an `m.room.encrypted` to this device; raises `Unopened`."""
        identity = self._own.identity
        try:
            sender_key: str = content["sender_key"]
            part = content["ciphertext"][identity.curve25519]
            message = AnyOlmMessage.from_parts(part["type"], _bytes(part["body"]))
            payload = _decode_payload(await self._decrypt(sender_key, message))
        except (KeyError, TypeError, AttributeError, OverflowError, ValueError) as error:
            raise Unopened(type(error).__name__) from None
        if payload.sender != sender:
            raise Unopened("the sender is another")
        if (payload.recipient, payload.recipient_keys.ed25519) != (identity.user_id, identity.ed25519):
            raise Unopened("it is for another device")
        return Letter(
            type=payload.type,
            content=payload.content,
            user_id=sender,
            sender_key=sender_key,
            ed25519=payload.keys.ed25519,
        )

    def put(self, tx: Tx) -> None:
        """Keep the channels as they are by now, and the account if a one-time key of it was used."""
        for sender_key, channels in self._channels.items():
            for channel in channels:
                if channel.touched:
                    sealed = self._pickles.seal(channel.session)
                    tx.put(OLM_SESSIONS, OlmSessionRow(sender_key, channel.session.session_id, sealed, channel.used_ts))
        for key in self._forgotten:
            tx.delete(OLM_SESSIONS, *key)
        if self._account is not None:
            self._own.take(tx, self._account)

    async def _decrypt(self, sender_key: str, message: AnyOlmMessage) -> bytes:
        opening = message.to_pre_key()
        for channel in self._channels.get(sender_key, ()):
            if opening is not None and not channel.session.session_matches(opening):
                continue
            try:
                plain = channel.session.decrypt(message)
            except ValueError:
                continue
            channel.touched, channel.used_ts = True, self._now_ms
            return plain
        if opening is None:
            raise Unopened("no channel fits")
        if self._account is None:
            self._account = await self._own.opened()
        session, plain = self._account.create_inbound_session(Curve25519PublicKey.from_base64(sender_key), opening)
        self._add(sender_key, session)
        return plain

    def _add(self, sender_key: str, session: Session) -> None:
        channels = self._channels.setdefault(sender_key, [])
        channels.append(_Channel(session, self._now_ms, touched=True))
        if len(channels) > KEPT_CHANNELS:
            oldest = min(channels, key=lambda channel: channel.used_ts)
            channels.remove(oldest)
            self._forgotten.append((sender_key, oldest.session.session_id))


class OlmChannels:
    """All channels of the device."""

    def __init__(self, ground: Ground, own: OwnAccount) -> None:
        self._ground = ground
        self._own = own

    @asynccontextmanager
    async def borrow(self, sender_keys: Iterable[str]) -> AsyncIterator[Borrowed]:
        """Lend the channels to those devices. Inside, write a unit that calls `put`, and await it."""
        async with self._own.changing:
            rows = await self._ground.store.all(OLM_SESSIONS_OF, sender_keys=[*sender_keys])
            yield Borrowed(self._own, rows, pickles=self._ground.pickles, now_ms=self._ground.now_ms())


def _bytes(text: str) -> bytes:
    return b64decode(text + "=" * (-len(text) % 4), validate=True)
