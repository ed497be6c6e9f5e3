"""The requests that a device makes of its server, and what their answers mean for it.

spec: client-server-api#api-standards. There are three kinds of failure: `TryAgain`, where the same request is to be
made later; `Refused`, where it never will be granted; and `LoggedOut`, after which nothing will.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final, Protocol
from urllib.parse import quote

import msgspec
from msgspec import Struct

from amanat.gateway.device.credentials import Credentials
from amanat.gateway.device.sync_response import Event
from amanat.outbound.connection import Flow, Sink
from amanat.outbound.http import HttpAnswer, Unreachable

DEADLINE_S: Final = 30.0
POLL_MS: Final = 30_000
"""How long the server may hold a sync that has nothing to tell."""
_CLIENT: Final = "/_matrix/client/v3"
_DOWNLOAD: Final = "/_matrix/client/v1/media/download"
_MXC: Final = re.compile(r"mxc://([A-Za-z0-9.:\[\]-]{1,255})/([A-Za-z0-9_-]{1,255})", re.ASCII)
_E164: Final = re.compile(r"\+[1-9][0-9]{6,14}", re.ASCII)
_SHARED: Final = "/_amanat/v1/ledger/people"
LARGEST_FILE: Final = 128 * 1024 * 1024
"""Which is more than any API lets a bot send."""
_UPLOAD_BYTES_PER_S: Final = 1_000_000
"""At which a large file may still arrive."""
_UPLOAD: Final = "/_matrix/media/v3/upload"


class TryAgain(Exception):
    """No answer, or none yet: the same request may be made again, after `after_s` if the server says so."""

    def __init__(self, reason: str, *, after_s: float | None = None) -> None:
        super().__init__(reason)
        self.after_s = after_s


class Refused(Exception):
    """The server will not do this, now or later."""

    def __init__(self, error: str, *, status: int, errcode: str) -> None:
        super().__init__(f"{status} {errcode}: {error}")
        self.status = status
        self.errcode = errcode


class LoggedOut(Exception):
    """The server does not know the device's token any more: its sentence says what to do."""


class Asks(Protocol):
    """Makes one request of the server; `Origin` is one."""

    async def ask(
        self, method: str, target: str, *, headers: Mapping[str, str], body: bytes | Flow = b"", deadline_s: float
    ) -> HttpAnswer: ...

    async def fetch(
        self, target: str, *, headers: Mapping[str, str], into: Sink, most: int, deadline_s: float
    ) -> HttpAnswer:
        """Get something large: a good answer's body goes `into` something, here as a whole."""
        answer = await self.ask("GET", target, headers=headers, deadline_s=deadline_s)
        if answer.is_good and len(answer.body) <= most:
            into(answer.body)
        return answer


class _Error(Struct):
    errcode: str = "M_UNKNOWN"
    error: str = ""
    soft_logout: bool = False
    retry_after_ms: int | None = None


_DECODE_STATE = msgspec.json.Decoder(list[Event]).decode
_DECODE_ERROR = msgspec.json.Decoder(_Error, strict=False).decode


class ServerApi:
    """The server, as one device sees it."""

    def __init__(self, credentials: Credentials, *, asks: Asks) -> None:
        self._asks = asks
        self._user_id = credentials.user_id
        self._headers = {
            "Authorization": f"Bearer {credentials.access_token}",
            "Content-Type": "application/json",
        }

    async def whoami(self) -> dict[str, Any]:
        """Return whose token it is."""
        return await self._object("GET", f"{_CLIENT}/account/whoami")

    async def keep_filter(self, described: dict[str, Any]) -> str:
        """Have the server keep a filter and return its id."""
        answer = await self._object("POST", f"{_CLIENT}/user/{quote(self._user_id, safe='')}/filter", described)
        return str(answer["filter_id"])

    async def sync(self, *, since: str | None, filter_id: str, timeout_ms: int) -> bytes:
        """Return what has happened since; waits until something has, or `timeout_ms` have passed."""
        target = f"{_CLIENT}/sync?filter={quote(filter_id, safe='')}&timeout={timeout_ms}&set_presence=offline"
        if since is not None:
            target += f"&since={quote(since, safe='')}"
        return await self._ask("GET", target, deadline_s=DEADLINE_S + timeout_ms / 1000)

    async def messages_before(self, room_id: str, *, start: str, end: str, limit: int) -> bytes:
        """Return a page of a room's events, newest first, from `start` back to `end`."""
        target = f"{_CLIENT}/rooms/{quote(room_id, safe='')}/messages"
        query = f"dir=b&from={quote(start, safe='')}&to={quote(end, safe='')}&limit={limit}"
        return await self._ask("GET", f"{target}?{query}")

    async def join(self, room_id: str) -> None:
        """Accept an invitation."""
        await self._ask("POST", f"{_CLIENT}/rooms/{quote(room_id, safe='')}/join", b"{}")

    async def leave(self, room_id: str, *, reason: str = "") -> None:
        """Leave a room, or decline an invitation."""
        body = {"reason": reason} if reason else {}
        await self._object("POST", f"{_CLIENT}/rooms/{quote(room_id, safe='')}/leave", body)

    async def room_state(self, room_id: str) -> list[Event]:
        """Return all that a room is now: who is in it, who may do what, and the rest."""
        answer = await self._ask("GET", f"{_CLIENT}/rooms/{quote(room_id, safe='')}/state")
        try:
            return _DECODE_STATE(answer)
        except msgspec.DecodeError:
            raise TryAgain("the answer is no state") from None

    async def set_room_state(self, room_id: str, event_type: str, *, content: dict[str, Any]) -> None:
        """Change a piece of what a room is."""
        target = f"{_CLIENT}/rooms/{quote(room_id, safe='')}/state/{quote(event_type)}/"
        await self._object("PUT", target, content)

    async def act_on_member(self, room_id: str, act: str, *, user_id: str, reason: str = "") -> None:
        """Have somebody invited, put out, banned or let come again."""
        body = {"user_id": user_id} | ({"reason": reason} if reason else {})
        await self._object("POST", f"{_CLIENT}/rooms/{quote(room_id, safe='')}/{act}", body)

    async def send(self, room_id: str, event_type: str, *, txn_id: str, content: bytes) -> str:
        """Send an event and return its id; the same `txn_id` makes it once, however often it is asked."""
        target = f"{_CLIENT}/rooms/{quote(room_id, safe='')}/send/{quote(event_type)}/{quote(txn_id, safe='')}"
        return str(_object(await self._ask("PUT", target, content))["event_id"])

    async def redact(self, room_id: str, event_id: str, *, txn_id: str) -> str:
        """Take an event back and return the redaction's id; once for each `txn_id`."""
        target = f"{_CLIENT}/rooms/{quote(room_id, safe='')}/redact/{quote(event_id, safe='')}/{quote(txn_id, safe='')}"
        return str(_object(await self._ask("PUT", target, b"{}"))["event_id"])

    async def show_typing(self, room_id: str, *, timeout_ms: int) -> None:
        """Show that the account writes, for as long."""
        target = f"{_CLIENT}/rooms/{quote(room_id, safe='')}/typing/{quote(self._user_id, safe='')}"
        await self._object("PUT", target, {"typing": timeout_ms > 0, "timeout": timeout_ms})

    async def mark_read(self, room_id: str, event_id: str) -> None:
        """Tell everybody in a room how far it was read."""
        target = f"{_CLIENT}/rooms/{quote(room_id, safe='')}/receipt/m.read/{quote(event_id, safe='')}"
        await self._object("POST", target, {})

    async def send_to_device(self, event_type: str, *, txn_id: str, messages: bytes) -> None:
        """Send messages to devices, once for each `txn_id`; `messages` is `{"messages": {user: {device: content}}}`."""
        await self._ask("PUT", f"{_CLIENT}/sendToDevice/{quote(event_type)}/{quote(txn_id, safe='')}", messages)

    async def upload_keys(self, keys: dict[str, Any]) -> dict[str, int]:
        """Publish device keys, one-time keys or a fallback key; return how many one-time keys the server has."""
        answer = await self._object("POST", f"{_CLIENT}/keys/upload", keys)
        counts: dict[str, int] = answer["one_time_key_counts"]
        return counts

    async def query_keys(self, user_ids: Sequence[str]) -> dict[str, Any]:
        """Return the published keys of some people."""
        return await self._object("POST", f"{_CLIENT}/keys/query", {"device_keys": {user: [] for user in user_ids}})

    async def claim_keys(self, wanted: Mapping[str, Sequence[str]]) -> dict[str, Any]:
        """Claim a one-time key of each device, by user id; return `{user: {device: {key id: key}}}`."""
        body = {"one_time_keys": {user: dict.fromkeys(ids, "signed_curve25519") for user, ids in wanted.items()}}
        answer = await self._object("POST", f"{_CLIENT}/keys/claim", body)
        claimed: dict[str, Any] = answer["one_time_keys"]
        return claimed

    async def account_data(self, data_type: str) -> dict[str, Any]:
        """Return what the account keeps under a type; empty if there is nothing."""
        return await self._object_or_nothing(self._account_data(data_type))

    async def keep_account_data(self, data_type: str, content: dict[str, Any]) -> None:
        """Keep something under a type, in place of what was there."""
        await self._object("PUT", self._account_data(data_type), content)

    async def profile_field(self, field: str) -> dict[str, Any]:
        """Return an object of the account's profile; empty if there is none."""
        found: dict[str, Any] = (await self._object_or_nothing(self._profile(field))).get(field, {})
        return found

    async def set_profile_field(self, field: str, value: object) -> None:
        """Show something in the account's profile."""
        await self._object("PUT", self._profile(field), {field: value})

    async def log_out(self) -> None:
        """End the device's session: the server forgets the device and its keys."""
        await self._object("POST", f"{_CLIENT}/logout", {})

    async def upload(self, content: bytes | Flow, *, mimetype: str = "application/octet-stream") -> str:
        """Give the server a file, of which it is told nothing but its bytes; return its `mxc://` address.

        `mimetype`: of one that everybody may see.
        """
        unnamed = {**self._headers, "Content-Type": mimetype}
        size = content.size if isinstance(content, Flow) else len(content)
        deadline_s = DEADLINE_S + size / _UPLOAD_BYTES_PER_S
        answer = await self._ask("POST", _UPLOAD, content, headers=unnamed, deadline_s=deadline_s)
        return str(_object(answer)["content_uri"])

    async def download(self, address: str) -> bytes:
        """Return the file at an `mxc://` address, at most as large as `Origin` takes."""
        return await self._ask("GET", _file_at(address))

    async def fetch(self, address: str, *, into: Sink) -> None:
        """Put the file at an `mxc://` address into something, piece by piece."""
        target, deadline_s = _file_at(address), DEADLINE_S + LARGEST_FILE / _UPLOAD_BYTES_PER_S
        try:
            answer = await self._asks.fetch(
                target, headers=self._headers, into=into, most=LARGEST_FILE, deadline_s=deadline_s
            )
        except Unreachable as unreachable:
            raise TryAgain(str(unreachable)) from None
        if not answer.is_good:
            raise _failure(answer)

    async def display_name(self, user_id: str) -> str | None:
        """Return what somebody calls themselves; `None` where that is nothing, or not shown to this service."""
        try:
            answer = await self._object("GET", f"{_CLIENT}/profile/{quote(user_id, safe='')}/displayname")
        except Refused:
            return None
        name = answer.get("displayname")
        return name if isinstance(name, str) and name.strip() else None

    async def shared_number(self, user_id: str, *, purpose: str) -> str | None:
        """Return the number of somebody who lets this account read it; `None` where they do not, or have none.

        The person sees each such read, and the purpose.
        """
        target = f"{_SHARED}/{quote(user_id, safe='')}?fields=phone&purpose={quote(purpose, safe='')}"
        try:
            fields = (await self._object("GET", target)).get("fields")
        except Refused:
            return None
        number = fields.get("phone") if isinstance(fields, dict) else None
        return number if isinstance(number, str) and _E164.fullmatch(number) else None

    async def people_who_share(self, user_ids: Sequence[str]) -> frozenset[str]:
        """Return who of some people lets this account read their number, of whom nothing is read."""
        asked = {"people": list(user_ids), "scope": "profile.phone"}
        allowing = (await self._object("POST", _SHARED, asked)).get("people")
        if not isinstance(allowing, list):
            raise TryAgain("the answer names nobody")
        return frozenset(each for each in allowing if isinstance(each, str))

    async def post(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        """Make a request that no method above has, as the service's owner may need it."""
        return await self._object("POST", path, body)

    def _account_data(self, data_type: str) -> str:
        return f"{_CLIENT}/user/{quote(self._user_id, safe='')}/account_data/{quote(data_type, safe='')}"

    def _profile(self, field: str) -> str:
        return f"{_CLIENT}/profile/{quote(self._user_id, safe='')}/{quote(field, safe='')}"

    async def _object_or_nothing(self, target: str) -> dict[str, Any]:
        try:
            return await self._object("GET", target)
        except Refused as refused:
            if refused.status == 404:
                return {}
            raise

    async def _object(self, method: str, target: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
        return _object(await self._ask(method, target, b"" if body is None else msgspec.json.encode(body)))

    async def _ask(
        self,
        method: str,
        target: str,
        body: bytes | Flow = b"",
        *,
        headers: Mapping[str, str] | None = None,
        deadline_s: float = DEADLINE_S,
    ) -> bytes:
        headers = headers or self._headers
        try:
            answer = await self._asks.ask(method, target, headers=headers, body=body, deadline_s=deadline_s)
        except Unreachable as unreachable:
            raise TryAgain(str(unreachable)) from None
        if answer.is_good:
            return answer.body
        raise _failure(answer)


def _file_at(address: str) -> str:
    parts = _MXC.fullmatch(address)
    if parts is None:
        raise Refused("This is no address of a file.", status=400, errcode="M_INVALID_PARAM")
    return f"{_DOWNLOAD}/{quote(parts[1], safe='')}/{parts[2]}"


def _object(body: bytes) -> dict[str, Any]:
    try:
        return msgspec.json.decode(body, type=dict[str, Any])
    except msgspec.DecodeError:
        raise TryAgain("the answer is no JSON object") from None


def _failure(answer: HttpAnswer) -> Exception:
    try:
        error = _DECODE_ERROR(answer.body)
    except msgspec.DecodeError:
        # Not the server's own words: a proxy in front of it, while the server is away.
        return TryAgain(f"status {answer.status}")
    if answer.status == 429 or error.errcode == "M_LIMIT_EXCEEDED":
        after_s = answer.retry_after_s if error.retry_after_ms is None else error.retry_after_ms / 1000
        return TryAgain("the server asks for patience", after_s=after_s)
    if answer.status >= 500:
        return TryAgain(f"{answer.status} {error.errcode}")
    if error.errcode in ("M_UNKNOWN_TOKEN", "M_MISSING_TOKEN"):
        kept = "soft" if error.soft_logout else "for good"
        return LoggedOut(
            f"The server does not know this device's token any more ({error.errcode}, {kept}). Its keys are still "
            "here: sign the same device in again and put the new token into its credentials. A new device could not "
            "read what is written to this one."
        )
    return Refused(error.error, status=answer.status, errcode=error.errcode)
