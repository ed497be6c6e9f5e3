"""The Matrix requests of the load, as bytes, with content that looks as real clients' does."""

import base64
import json
import random
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote, urlencode

from msgspec import Struct

from bench.wire import request, request_head

CLIENT = "/_matrix/client/v3"
SYNC_FILTER = {
    "room": {"timeline": {"limit": 5}, "state": {"lazy_load_members": True}},
    "presence": {"types": []},
}
_ENCRYPTION = {"type": "m.room.encryption", "state_key": "", "content": {"algorithm": "m.megolm.v1.aes-sha2"}}
_MARK_DIGITS = 12
_MARK = re.compile(rb'"ciphertext": ?"AwgA(\d{12})')
_NEXT_BATCH = re.compile(rb'"next_batch": ?"([^"]+)"')
_EVENT_BYTES = 1024
_TO_DEVICE_BYTES = 1000  # A room key in an Olm pre-key message, as clients send it.

# One pool of random base64 to cut ciphertexts from: no server can compress it, and a cut costs nothing.
_POOL = base64.b64encode(random.Random(20).randbytes(64 * 1024)).decode().rstrip("=")


class Person(Struct, frozen=True, kw_only=True):
    """One account with the one device it got when it registered."""

    user_id: str
    device_id: str
    token: str


def _random_text(length: int) -> str:
    start = random.randrange(len(_POOL) - length)
    return _POOL[start : start + length]


def register(username: str, *, password: str | None) -> bytes:
    """Create an account in one request, which `m.login.dummy` allows."""
    body: dict[str, Any] = {"username": username, "auth": {"type": "m.login.dummy"}}
    if password is not None:
        body["password"] = password
    return request("POST", f"{CLIENT}/register", body=body)


def create_private_room(creator: Person, invite: list[Person]) -> bytes:
    """Create an encrypted room for the people invited."""
    body = {
        "preset": "private_chat",
        "invite": [person.user_id for person in invite],
        "initial_state": [_ENCRYPTION],
    }
    return request("POST", f"{CLIENT}/createRoom", token=creator.token, body=body)


def create_open_room(creator: Person) -> bytes:
    """Create an encrypted room that anyone may join, so that thousands can without an invite each."""
    body = {"preset": "public_chat", "initial_state": [_ENCRYPTION]}
    return request("POST", f"{CLIENT}/createRoom", token=creator.token, body=body)


def join(person: Person, room_id: str) -> bytes:
    """Join a room."""
    return request("POST", f"{CLIENT}/join/{quote(room_id)}", token=person.token, body={})


def _split_after_path(raw: bytes) -> tuple[bytes, bytes]:
    """Split a request where its path ends; a path has no space, but ids may have any letters in them."""
    end = raw.index(b" HTTP/1.1")
    return raw[:end], raw[end:]


def upload_filter(person: Person) -> bytes:
    """Store the filter that the person's syncs name."""
    return request("POST", f"{CLIENT}/user/{quote(person.user_id)}/filter", token=person.token, body=SYNC_FILTER)


def sync(person: Person, *, filter_id: str, since: str | None = None) -> bytes:
    """Sync as a client does: long poll from a token, or at once without one."""
    query = {"filter": filter_id, "timeout": "30000", "set_presence": "offline"}
    if since is not None:
        query["since"] = since
    return request("GET", f"{CLIENT}/sync?{urlencode(query)}", token=person.token)


class Poll:
    """One session's long polls, which differ in their token only."""

    def __init__(self, person: Person, *, filter_id: str) -> None:
        self._before, self._after = _split_after_path(sync(person, filter_id=filter_id, since=""))

    def since(self, token: str) -> bytes:
        """Build the poll that goes on from a token."""
        return b"%b%b%b" % (self._before, quote(token, safe="").encode(), self._after)


class Sender:
    """One person who sends encrypted events to one room; every event has a number that a reader can find again."""

    def __init__(self, person: Person, room_id: str, *, name: str) -> None:
        self.person = person
        self._path = f"{CLIENT}/rooms/{quote(room_id)}/send/m.room.encrypted/{name}-"
        self._before = '{"algorithm":"m.megolm.v1.aes-sha2","ciphertext":"AwgA'
        self._after = (
            f'","device_id":"{person.device_id}","sender_key":"{_random_text(43)}","session_id":"{_random_text(43)}"}}'
        )
        self._fill = _EVENT_BYTES - len(self._before) - len(self._after) - _MARK_DIGITS
        # Only the transaction id and the ciphertext differ between one's events: all else is made once.
        head = request_head("PUT", self._path, token=person.token, length=_EVENT_BYTES)
        self._head, self._tail = _split_after_path(head)
        self._sent = 0

    def event(self, mark: int = 0) -> bytes:
        """Build the next send; `mark` is the number that `marks_in` finds."""
        self._sent += 1
        body = f"{self._before}{mark:0{_MARK_DIGITS}d}{_random_text(self._fill)}{self._after}"
        return b"%b%d%b%b" % (self._head, self._sent, self._tail, body.encode())

    def events(self, count: int) -> Iterator[bytes]:
        """Yield that many sends."""
        for _ in range(count):
            yield self.event()


def marks_in(body: bytes) -> list[int]:
    """Find the numbers of the marked events in a sync's answer."""
    return [int(found) for found in _MARK.findall(body)]


def next_batch(body: bytes) -> str:
    """Find the token that the next sync starts from."""
    found = _NEXT_BATCH.search(body)
    if found is None:
        raise ValueError("a sync answer without next_batch")
    return found[1].decode()


def upload_keys(person: Person, body: bytes) -> bytes:
    """Upload device keys and one-time keys that were made beforehand."""
    return request("POST", f"{CLIENT}/keys/upload", token=person.token, body=body)


def claim(claimer: Person, people: list[Person]) -> bytes:
    """Claim one one-time key of each person's device, in one request."""
    wanted = {person.user_id: {person.device_id: "signed_curve25519"} for person in people}
    return request(
        "POST", f"{CLIENT}/keys/claim", token=claimer.token, body={"one_time_keys": wanted, "timeout": 10000}
    )


def send_to_devices(sender: Person, people: list[Person], *, txn_id: str) -> bytes:
    """Send one Olm message to each person's device, in one request."""
    messages = {person.user_id: {person.device_id: _olm_message()} for person in people}
    path = f"{CLIENT}/sendToDevice/m.room.encrypted/{txn_id}"
    return request("PUT", path, token=sender.token, body=json.dumps({"messages": messages}).encode())


def _olm_message() -> dict[str, Any]:
    return {
        "algorithm": "m.olm.v1.curve25519-aes-sha2",
        "ciphertext": {_random_text(43): {"body": _random_text(_TO_DEVICE_BYTES), "type": 0}},
        "org.matrix.msgid": _random_text(32),
        "sender_key": _random_text(43),
    }
