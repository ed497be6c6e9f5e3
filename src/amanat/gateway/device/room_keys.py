"""The keys of others' messages: taken in, kept, and what they open. spec: client-server-api#mmegolmv1aes-sha2."""

from collections.abc import Sequence
from typing import Any

import msgspec
from msgspec import Struct
from vodozemac import InboundGroupSession, MegolmMessage, SessionKey

from amanat.core.identifiers import fits
from amanat.core.signed_json import is_key
from amanat.db.query import QueryFile
from amanat.db.tx import Need, Tx
from amanat.gateway.device.olm import Letter
from amanat.gateway.device.pickles import Pickles
from amanat.gateway.device.published_keys import MEGOLM
from amanat.gateway.device.tables import (
    IN_STREAM,
    INBOX,
    OPENED_MESSAGES,
    ROOM_KEYS,
    ROOMS,
    WAITING_EVENTS,
    InboxRow,
    OpenedMessageRow,
    RoomKeyRow,
)

_sql = QueryFile("amanat.gateway.device", "room_keys")
ROOM_KEYS_OF = _sql.query("room_keys_of", RoomKeyRow, cached_on=[ROOM_KEYS])


class Replayed(Exception):
    """Another event has used this index of this key: somebody sends again what was said before."""


class Forged(Exception):
    """A message is not what it says it is."""


class RoomKey(Struct, frozen=True, kw_only=True):
    """A key that came through a channel, opened, and whose it is."""

    room_id: str
    session: InboundGroupSession
    letter: Letter

    @property
    def needs(self) -> list[Need]:
        """What `keep` reads."""
        session_id = self.session.session_id
        of_session = (self.room_id, session_id)
        return [(ROOMS, (self.room_id,)), (ROOM_KEYS, of_session), (WAITING_EVENTS, of_session)]


class Opened(Struct, frozen=True, kw_only=True):
    """What a message says, and the place in its key that it takes up. `state_key`: of state, as the message has it."""

    type: str
    content: dict[str, Any]
    state_key: str | None
    session_id: str
    message_index: int


class _Payload(Struct, frozen=True):
    room_id: str
    type: str
    content: dict[str, Any]
    state_key: str | None = None


_decode_payload = msgspec.json.Decoder(_Payload).decode


def room_key_in(letter: Letter) -> RoomKey | None:
    """Read an `m.room_key`; `None` if it is none, or not one that fits its own description."""
    content = letter.content
    room_id, session_id, key = (content.get(name) for name in ("room_id", "session_id", "session_key"))
    if content.get("algorithm") != MEGOLM or not (isinstance(room_id, str) and isinstance(key, str)):
        return None
    try:
        session = InboundGroupSession(SessionKey(key))
    except ValueError:
        return None
    if session.session_id != session_id or not fits(room_id):
        return None
    return RoomKey(room_id=room_id, session=session, letter=letter)


def keep(tx: Tx, key: RoomKey, *, pickles: Pickles, now_ms: int) -> None:
    """Put a key, and have handled what waited for it. One that is kept already is replaced only by its beginning.

    A key of a room that the service has nothing to do with is not kept: anybody could send any number of them.
    """
    if tx.get(ROOMS, key.room_id) is None:
        return
    letter, session = key.letter, key.session
    held = tx.get(ROOM_KEYS, key.room_id, session.session_id)
    if held is not None and not (
        (held.user_id, held.sender_key) == (letter.user_id, letter.sender_key)
        and session.first_known_index < held.first_index
    ):
        return
    row = RoomKeyRow(
        room_id=key.room_id,
        session_id=session.session_id,
        user_id=letter.user_id,
        sender_key=letter.sender_key,
        ed25519=letter.ed25519,
        first_index=session.first_known_index,
        pickle=pickles.seal(session),
        received_ts=now_ms,
    )
    tx.put(ROOM_KEYS, row)
    for waiting in list(tx.scan(WAITING_EVENTS, key.room_id, session.session_id)):
        tx.delete(WAITING_EVENTS, waiting.room_id, waiting.session_id, waiting.event_id)
        tx.put(INBOX, InboxRow(tx.next(IN_STREAM), waiting.room_id, waiting.event))


def open_message(row: RoomKeyRow, content: dict[str, Any], *, sender: str, pickles: Pickles) -> Opened | None:
    """Decrypt the content of an `m.room.encrypted`; `None` if the key begins later; raises `Forged`."""
    if row.user_id != sender:
        raise Forged("the key is another person's")
    try:
        message = MegolmMessage.from_base64(content["ciphertext"])
        if message.message_index() < row.first_index:
            return None
        decrypted = pickles.room_key(row.pickle).decrypt(message)
        payload = _decode_payload(decrypted.plaintext)
    except (KeyError, TypeError, ValueError) as error:
        raise Forged(type(error).__name__) from None
    if payload.room_id != row.room_id:
        raise Forged("it was said in another room")
    said = dict(payload.content)
    # spec: client-server-api#mroomencrypted: what it relates to stands outside, where the server needs it.
    if "m.relates_to" in content and "m.relates_to" not in said:
        said["m.relates_to"] = content["m.relates_to"]
    return Opened(
        type=payload.type,
        content=said,
        state_key=payload.state_key,
        session_id=row.session_id,
        message_index=decrypted.message_index,
    )


def opened_need(room_id: str, opened: Opened) -> Need:
    """Return what `remember` reads."""
    return (OPENED_MESSAGES, (room_id, opened.session_id, opened.message_index))


def remember(tx: Tx, opened: Opened, *, room_id: str, event_id: str, ts: int) -> bool:
    """Put that an event has used its index; `False` if it had before; raises `Replayed` if another has."""
    held = tx.get(OPENED_MESSAGES, room_id, opened.session_id, opened.message_index)
    if held is None:
        tx.put(OPENED_MESSAGES, OpenedMessageRow(room_id, opened.session_id, opened.message_index, event_id, ts))
        return True
    if (held.event_id, held.ts) != (event_id, ts):
        raise Replayed
    return False


def session_ids(contents: Sequence[dict[str, Any]]) -> list[str]:
    """Return the ids of the keys that some messages need."""
    named = {content.get("session_id") for content in contents}
    return [str(session_id) for session_id in named if is_key(session_id)]
