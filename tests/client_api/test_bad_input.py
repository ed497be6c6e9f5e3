"""What bad input gets, at every endpoint it can be sent to: the specification's errcode, a sentence, nothing stored.

Tables: a kind of bad input, the endpoints that take it, what each answers. Spec:
client-server-api#standard-error-response, appendices#canonical-json.
"""

import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from msgspec import json

from amanat.edge.request import BodyRules
from amanat.edge.routes import BoundRoute
from tests.client_api.backups import begin, key
from tests.client_api.keys import publish
from tests.client_api.messages import cancellation
from tests.server import Person, Reply, Server, ciphertext, start

ROOM = "/rooms/{room}"
UNSTABLE = "/_matrix/client/unstable"
OTHER = "!nothing:localhost"

JSON_BODIES = {
    "deactivateAccount": "POST /account/deactivate",
    "changePassword": "POST /account/password",
    "createRoom": "POST /createRoom",
    "deleteDevices": "POST /delete_devices",
    "deleteDevice": "DELETE /devices/{device}",
    "updateDevice": "PUT /devices/{device}",
    "setRoomVisibilityOnDirectory": "PUT /directory/list/room/{room}",
    "setRoomAlias": "PUT /directory/room/{alias}",
    "joinRoom": "POST /join/{room}",
    "claimKeys": "POST /keys/claim",
    "uploadCrossSigningKeys": "POST /keys/device_signing/upload",
    "queryKeys": "POST /keys/query",
    "uploadCrossSigningSignatures": "POST /keys/signatures/upload",
    "uploadKeys": "POST /keys/upload",
    "knockRoom": "POST /knock/{room}",
    "login": "POST /login",
    "setPresence": "PUT /presence/{alice}/status",
    "setProfileField": "PUT /profile/{alice}/displayname",
    "queryPublicRooms": "POST /publicRooms",
    "postPusher": "POST /pushers/set",
    "setPushRule": "PUT /pushrules/global/content/loud",
    "setPushRuleActions": "PUT /pushrules/global/content/loud/actions",
    "setPushRuleEnabled": "PUT /pushrules/global/content/loud/enabled",
    "generateLoginToken": "POST /_matrix/client/v1/login/get_token",
    "refresh": "POST /refresh",
    "register": "POST /register",
    "putRoomKeys": "PUT /room_keys/keys?version={backup}",
    "putRoomKeysByRoomId": "PUT /room_keys/keys/{room}?version={backup}",
    "putRoomKeyBySessionId": "PUT /room_keys/keys/{room}/session?version={backup}",
    "postRoomKeysVersion": "POST /room_keys/version",
    "putRoomKeysVersion": "PUT /room_keys/version/{backup}",
    "ban": f"POST {ROOM}/ban",
    "inviteUser": f"POST {ROOM}/invite",
    "joinRoomById": f"POST {ROOM}/join",
    "kick": f"POST {ROOM}/kick",
    "leaveRoom": f"POST {ROOM}/leave",
    "setReadMarker": f"POST {ROOM}/read_markers",
    "postReceipt": f"POST {ROOM}/receipt/m.read/{{event}}",
    "redactEvent": f"PUT {ROOM}/redact/{{event}}/txn",
    "reportRoom": f"POST {ROOM}/report",
    "reportEvent": f"POST {ROOM}/report/{{event}}",
    "sendMessage": f"PUT {ROOM}/send/m.room.encrypted/txn",
    "setRoomStateWithKey": f"PUT {ROOM}/state/m.room.topic",
    "setTyping": f"PUT {ROOM}/typing/{{alice}}",
    "unban": f"POST {ROOM}/unban",
    "upgradeRoom": f"POST {ROOM}/upgrade",
    "sendToDevice": "PUT /sendToDevice/m.room_key_request/txn",
    "setAccountData": "PUT /user/{alice}/account_data/org.example.setting",
    "defineFilter": "POST /user/{alice}/filter",
    "setAccountDataPerRoom": "PUT /user/{alice}/rooms/{room}/account_data/org.example.setting",
    "setRoomTag": "PUT /user/{alice}/rooms/{room}/tags/u.work",
    "searchUserDirectory": "POST /user_directory/search",
    "reportUser": "POST /users/{bob}/report",
    "dehydrate": f"PUT {UNSTABLE}/org.matrix.msc3814.v1/dehydrated_device",
}
"""Every endpoint that reads a JSON object, by its operationId."""
READS_NONE = {"createContent", "forgetRoom", "logout", "logout_all", "requestOpenIdToken"}
READS_NONE |= {"setAdminLockUser", "setAdminSuspendUser"}
READS_NONE |= {"uploadContent", "uploadContentToMXC"}
READS_NONE |= {"add3PID", "bind3PID", "delete3pidFromAccount", "post3PIDs", "unbind3pidFromAccount"}
READS_NONE |= {f"requestTokenTo{what}" for what in ("3PIDEmail", "3PIDMSISDN", "RegisterEmail", "RegisterMSISDN")}
READS_NONE |= {"requestTokenToResetPasswordEmail", "requestTokenToResetPasswordMSISDN"}
"""Endpoints that take no JSON, or refuse before they read it."""
NO_BODY_IS_GOOD = {
    "deactivateAccount",
    "deleteDevice",
    "joinRoom",
    "joinRoomById",
    "knockRoom",
    "leaveRoom",
    "postReceipt",
    "redactEvent",
}
"""Endpoints whose whole body is optional: clients send none."""
BODIES = {
    "nothing": (b"", "M_NOT_JSON"),
    "words": (b"hello", "M_NOT_JSON"),
    "half an object": (b'{"a":', "M_NOT_JSON"),
    "two objects": (b"{}{}", "M_NOT_JSON"),
    "not a number": (b'{"a":NaN}', "M_NOT_JSON"),
    "not UTF-8": (b'{"a":"\xff"}', "M_NOT_JSON"),
    "a surrogate in UTF-8": (b'{"a":"\xed\xa0\x80"}', "M_NOT_JSON"),
    "an array": (b"[]", "M_BAD_JSON"),
    "a string": (b'"a"', "M_BAD_JSON"),
    "null": (b"null", "M_BAD_JSON"),
    "a fraction": (b'{"a":1.5}', "M_BAD_JSON"),
    "an exponent": (b'{"a":1e3}', "M_BAD_JSON"),
    "a large integer": (b'{"a":9007199254740992}', "M_BAD_JSON"),
    "a very large integer": (b'{"a":-' + b"9" * 60 + b"}", "M_BAD_JSON"),
    "a lone surrogate": (rb'{"a":"\ud800"}', "M_BAD_JSON"),
    "a lone surrogate in a key": (rb'{"\udfff":1}', "M_BAD_JSON"),
    "a key twice": (b'{"a":1,"a":1}', "M_BAD_JSON"),
    "a key twice, escaped": (rb'{"a":1,"\u0061":2}', "M_BAD_JSON"),
    "101 levels": (b'{"a":' + b"[" * 100 + b"]" * 100 + b"}", "M_BAD_JSON"),
    "20,000 levels": (b'{"a":' + b"[" * 20_000 + b"]" * 20_000 + b"}", "M_BAD_JSON"),
}

FITS_A_TAG = {
    "a fraction",
    "an exponent",
    "a large integer",
    "a very large integer",
    "a key twice",
    "a key twice, escaped",
    "101 levels",
    "a lone surrogate",
    "a lone surrogate in a key",
    "20,000 levels",
}
"""What the endpoint of tags takes: it keeps one number, maybe with a fraction, and asks for no canonical JSON."""

WRONG_TYPES: list[tuple[str, Any, str]] = [
    ("POST /createRoom", {"invite": "nobody"}, "M_BAD_JSON"),
    ("POST /createRoom", {"name": 7}, "M_BAD_JSON"),
    ("POST /createRoom", {"initial_state": [{"type": 7, "content": {}}]}, "M_BAD_JSON"),
    ("POST /createRoom", {"creation_content": []}, "M_BAD_JSON"),
    ("POST /createRoom", {"power_level_content_override": {"users": 7}}, "M_INVALID_ROOM_STATE"),
    ("POST /createRoom", {"room_version": 12}, "M_BAD_JSON"),
    ("POST /createRoom", {"room_version": "1"}, "M_UNSUPPORTED_ROOM_VERSION"),
    ("POST /createRoom", {"preset": "castle"}, "M_INVALID_PARAM"),
    ("POST /createRoom", {"visibility": True}, "M_BAD_JSON"),
    ("POST /createRoom", {"invite": ["bob"]}, "M_INVALID_PARAM"),
    ("POST /delete_devices", {"devices": "all"}, "M_BAD_JSON"),
    ("PUT /devices/{device}", {"display_name": 7}, "M_BAD_JSON"),
    ("PUT /directory/list/room/{room}", {"visibility": "seen"}, "M_BAD_JSON"),
    ("PUT /directory/room/{alias}", {"room_id": 7}, "M_BAD_JSON"),
    ("PUT /directory/room/{alias}", {}, "M_BAD_JSON"),
    ("POST /keys/claim", {"one_time_keys": []}, "M_BAD_JSON"),
    ("POST /keys/claim", {"one_time_keys": {"{bob}": "all"}}, "M_BAD_JSON"),
    ("POST /keys/query", {"device_keys": ["{bob}"]}, "M_BAD_JSON"),
    ("POST /keys/query", {"device_keys": {"{bob}": {}}}, "M_BAD_JSON"),
    ("POST /keys/query", {}, "M_BAD_JSON"),
    ("POST /keys/upload", {"device_keys": "key"}, "M_BAD_JSON"),
    ("POST /keys/upload", {"one_time_keys": ["key"]}, "M_BAD_JSON"),
    ("POST /login", {"type": 7}, "M_BAD_JSON"),
    ("POST /login", {"type": "m.login.password", "identifier": "alice", "password": "x"}, "M_BAD_JSON"),
    ("PUT /presence/{alice}/status", {"presence": "asleep"}, "M_INVALID_PARAM"),
    ("PUT /presence/{alice}/status", {"presence": 1}, "M_BAD_JSON"),
    ("PUT /profile/{alice}/displayname", {"displayname": 7}, "M_BAD_JSON"),
    ("PUT /profile/{alice}/avatar_url", {"avatar_url": ["mxc://a/b"]}, "M_BAD_JSON"),
    ("POST /publicRooms", {"limit": "many"}, "M_BAD_JSON"),
    ("POST /publicRooms", {"filter": []}, "M_BAD_JSON"),
    ("POST /pushers/set", {"kind": 7}, "M_BAD_JSON"),
    ("PUT /pushrules/global/content/other", {"pattern": "hi"}, "M_BAD_JSON"),
    ("PUT /pushrules/global/content/other", {"actions": "notify", "pattern": "hi"}, "M_BAD_JSON"),
    ("PUT /pushrules/global/content/loud/enabled", {"enabled": "no"}, "M_BAD_JSON"),
    ("PUT /pushrules/global/content/loud/actions", {"actions": {}}, "M_BAD_JSON"),
    ("POST /refresh", {"refresh_token": 7}, "M_BAD_JSON"),
    ("POST /register", {"username": 7, "auth": {"type": "m.login.dummy"}}, "M_BAD_JSON"),
    ("POST /register", {"username": "x", "password": 7, "auth": {"type": "m.login.dummy"}}, "M_BAD_JSON"),
    ("POST /register", {"auth": "m.login.dummy"}, "M_BAD_JSON"),
    ("PUT /room_keys/keys?version={backup}", {"rooms": []}, "M_BAD_JSON"),
    ("PUT /room_keys/keys?version={backup}", {"rooms": {"{room}": {"sessions": 7}}}, "M_BAD_JSON"),
    ("PUT /room_keys/keys/{room}/session?version={backup}", {"first_message_index": "0"}, "M_BAD_JSON"),
    ("POST /room_keys/version", {"algorithm": 7, "auth_data": {}}, "M_BAD_JSON"),
    ("POST /room_keys/version", {"algorithm": "m.x"}, "M_BAD_JSON"),
    (f"POST {ROOM}/ban", {"user_id": ["{bob}"]}, "M_BAD_JSON"),
    (f"POST {ROOM}/kick", {}, "M_BAD_JSON"),
    (f"POST {ROOM}/kick", {"user_id": "{bob}", "reason": 7}, "M_BAD_JSON"),
    (f"POST {ROOM}/invite", {"user_id": 7}, "M_BAD_JSON"),
    (f"POST {ROOM}/invite", {}, "M_MISSING_PARAM"),
    (f"POST {ROOM}/invite", {"user_id": "bob"}, "M_INVALID_PARAM"),
    (f"POST {ROOM}/leave", {"reason": []}, "M_BAD_JSON"),
    (f"POST {ROOM}/read_markers", {"m.fully_read": 7}, "M_BAD_JSON"),
    (f"POST {ROOM}/receipt/m.read/{{event}}", {"thread_id": 7}, "M_INVALID_PARAM"),
    (f"POST {ROOM}/receipt/m.seen/{{event}}", {}, "M_INVALID_PARAM"),
    (f"PUT {ROOM}/redact/{{event}}/txn", {"reason": 7}, "M_BAD_JSON"),
    (f"POST {ROOM}/report/{{event}}", {"reason": 7}, "M_BAD_JSON"),
    (f"PUT {ROOM}/typing/{{alice}}", {"typing": "yes"}, "M_BAD_JSON"),
    (f"PUT {ROOM}/typing/{{alice}}", {"typing": True, "timeout": "long"}, "M_BAD_JSON"),
    (f"POST {ROOM}/upgrade", {"new_version": 12}, "M_BAD_JSON"),
    (f"POST {ROOM}/upgrade", {"new_version": "1"}, "M_UNSUPPORTED_ROOM_VERSION"),
    ("PUT /sendToDevice/m.room_key_request/txn", {"messages": []}, "M_BAD_JSON"),
    ("PUT /sendToDevice/m.room_key_request/txn", {"messages": {"{bob}": {"*": "hi"}}}, "M_BAD_JSON"),
    ("POST /user/{alice}/filter", {"room": {"timeline": {"limit": "few"}}}, "M_BAD_JSON"),
    ("POST /user/{alice}/filter", {"room": {"rooms": "{room}"}}, "M_BAD_JSON"),
    ("PUT /user/{alice}/rooms/{room}/tags/u.work", {"order": "first"}, "M_BAD_JSON"),
    ("POST /user_directory/search", {"search_term": 7}, "M_BAD_JSON"),
    ("POST /user_directory/search", {"search_term": "b", "limit": "all"}, "M_BAD_JSON"),
    ("GET /sync?timeout=soon", None, "M_INVALID_PARAM"),
    ("GET /sync?full_state=maybe", None, "M_INVALID_PARAM"),
    ("GET /sync?set_presence=asleep", None, "M_INVALID_PARAM"),
    ("GET /sync?filter={{", None, "M_NOT_JSON"),
    ('GET /sync?filter={{"room":[]}}', None, "M_BAD_JSON"),
    (f"GET {ROOM}/messages", None, "M_MISSING_PARAM"),
    (f"GET {ROOM}/messages?dir=up", None, "M_INVALID_PARAM"),
    (f"GET {ROOM}/messages?dir=b&limit=1.5", None, "M_INVALID_PARAM"),
    (f"GET {ROOM}/messages?dir=b&limit=-1", None, "M_INVALID_PARAM"),
    (f"GET {ROOM}/messages?dir=b&limit=" + "9" * 30, None, "M_INVALID_PARAM"),
    (f"GET {ROOM}/messages?dir=b&filter=[]", None, "M_BAD_JSON"),
    (f"GET {ROOM}/context/{{event}}?limit=some", None, "M_INVALID_PARAM"),
    (f"GET {ROOM}/members?membership=friend", None, "M_INVALID_PARAM"),
    ("GET /publicRooms?limit=all", None, "M_INVALID_PARAM"),
    ("GET /notifications?limit=all", None, "M_INVALID_PARAM"),
    ("GET /keys/changes?to={since}", None, "M_MISSING_PARAM"),
    ("GET /_matrix/client/v1/rooms/{room}/timestamp_to_event?ts=now&dir=f", None, "M_INVALID_PARAM"),
    ("GET /_matrix/client/v1/rooms/{room}/hierarchy?max_depth=deep", None, "M_INVALID_PARAM"),
    ("GET /_matrix/client/v1/media/thumbnail/localhost/x?width=big&height=1", None, "M_INVALID_PARAM"),
]
"""Fields and parameters of a wrong type or value; `{bob}` and the like are ids."""

MISPLACED = [
    "none",
    "v1",
    "v1.0.0",
    "v2.abc.1.1",
    "v1.ABC.1.1",
    "v1.abc.-1.1",
    "v1.abc.1.1.1.1",
    "v1.a.1.99999999999999999",
]
"""Tokens that this server never gives."""
TOKEN_READERS = [
    "/sync?since={}",
    "/rooms/{{room}}/messages?dir=b&from={}",
    "/rooms/{{room}}/messages?dir=b&to={}",
    "/rooms/{{room}}/members?at={}",
    "/keys/changes?from={}&to={{since}}",
    "/keys/changes?from={{since}}&to={}",
    "/_matrix/client/v1/rooms/{{room}}/relations/{{event}}?from={}",
    "/_matrix/client/v1/rooms/{{room}}/threads?from={}",
    "/_matrix/client/v1/rooms/{{room}}/hierarchy?from={}",
    "/notifications?from={}",
    "/publicRooms?since={}",
]

UNKNOWN_ROOM: list[tuple[str, Any, tuple[int, str]]] = [
    ("GET /rooms/{other}/state", None, (403, "M_FORBIDDEN")),
    ("GET /rooms/{other}/state/m.room.name", None, (403, "M_FORBIDDEN")),
    ("GET /rooms/{other}/members", None, (403, "M_FORBIDDEN")),
    ("GET /rooms/{other}/joined_members", None, (403, "M_FORBIDDEN")),
    ("GET /rooms/{other}/messages?dir=b", None, (403, "M_FORBIDDEN")),
    ("GET /rooms/{other}/aliases", None, (403, "M_FORBIDDEN")),
    ("GET /rooms/{other}/event/{event}", None, (404, "M_NOT_FOUND")),
    ("GET /rooms/{other}/context/{event}", None, (404, "M_NOT_FOUND")),
    ("GET /_matrix/client/v1/rooms/{other}/relations/{event}", None, (404, "M_NOT_FOUND")),
    ("GET /_matrix/client/v1/rooms/{other}/threads", None, (403, "M_FORBIDDEN")),
    ("GET /_matrix/client/v1/rooms/{other}/hierarchy", None, (403, "M_FORBIDDEN")),
    ("GET /_matrix/client/v1/rooms/{other}/timestamp_to_event?ts=1&dir=f", None, (403, "M_FORBIDDEN")),
    ("GET /_matrix/client/v1/room_summary/{other}", None, (404, "M_NOT_FOUND")),
    ("GET /directory/list/room/{other}", None, (404, "M_NOT_FOUND")),
    ("PUT /directory/list/room/{other}", {"visibility": "public"}, (404, "M_NOT_FOUND")),
    ("POST /join/{other}", {}, (404, "M_NOT_FOUND")),
    ("POST /rooms/{other}/join", {}, (404, "M_NOT_FOUND")),
    ("POST /knock/{other}", {}, (404, "M_NOT_FOUND")),
    ("POST /rooms/{other}/leave", {}, (403, "M_FORBIDDEN")),
    ("POST /rooms/{other}/invite", {"user_id": "{bob}"}, (403, "M_FORBIDDEN")),
    ("POST /rooms/{other}/kick", {"user_id": "{bob}"}, (403, "M_FORBIDDEN")),
    ("POST /rooms/{other}/ban", {"user_id": "{bob}"}, (403, "M_FORBIDDEN")),
    ("POST /rooms/{other}/unban", {"user_id": "{bob}"}, (403, "M_FORBIDDEN")),
    ("PUT /rooms/{other}/send/m.room.encrypted/txn", ciphertext("x"), (403, "M_FORBIDDEN")),
    ("PUT /rooms/{other}/state/m.room.topic", {"topic": "x"}, (403, "M_FORBIDDEN")),
    ("PUT /rooms/{other}/redact/{event}/txn", {}, (403, "M_FORBIDDEN")),
    ("PUT /rooms/{other}/typing/{alice}", {"typing": True}, (403, "M_FORBIDDEN")),
    ("POST /rooms/{other}/receipt/m.read/{event}", {}, (404, "M_NOT_FOUND")),
    ("POST /rooms/{other}/read_markers", {"m.read": "{event}"}, (404, "M_NOT_FOUND")),
    ("POST /rooms/{other}/upgrade", {"new_version": "12"}, (403, "M_FORBIDDEN")),
    ("POST /rooms/{other}/report/{event}", {"reason": "x"}, (404, "M_NOT_FOUND")),
]
"""What somebody asks of a room that is not, and is answered: as of one they are not in, so that nobody can probe."""

OF_OTHERS = [
    ("GET /user/{bob}/account_data/m.direct", None),
    ("PUT /user/{bob}/account_data/org.example.setting", {}),
    ("PUT /user/{bob}/rooms/{room}/account_data/org.example.setting", {}),
    ("GET /user/{bob}/rooms/{room}/tags", None),
    ("PUT /user/{bob}/rooms/{room}/tags/u.work", {}),
    ("DELETE /user/{bob}/rooms/{room}/tags/u.work", None),
    ("POST /user/{bob}/filter", {}),
    ("GET /user/{bob}/filter/0", None),
    ("POST /user/{bob}/openid/request_token", {}),
    ("PUT /profile/{bob}/displayname", {"displayname": "Not Bob"}),
    ("DELETE /profile/{bob}/displayname", None),
    ("PUT /presence/{bob}/status", {"presence": "online"}),
    ("PUT /rooms/{room}/typing/{bob}", {"typing": True}),
]
"""What is another's own, asked for with one's own token."""

NUL = "a\0b"
DUMMY = {"auth": {"type": "m.login.dummy"}}
PASSWORD = {"type": "m.login.password", "user": "alice", "password": "alice's long password"}
IDS_WITH_NUL: list[tuple[str, Any, str]] = [
    ("POST /createRoom", {"invite": ["@a\0:localhost"]}, "M_INVALID_PARAM"),
    ("POST /createRoom", {"room_alias_name": NUL, "preset": "public_chat"}, "M_INVALID_PARAM"),
    ("POST /createRoom", {"room_version": NUL}, "M_UNSUPPORTED_ROOM_VERSION"),
    ("POST /createRoom", {"initial_state": [{"type": NUL, "content": {}}]}, "M_INVALID_PARAM"),
    ("POST /createRoom", {"initial_state": [{"type": "org.x", "state_key": NUL, "content": {}}]}, "M_INVALID_PARAM"),
    ("POST /login", PASSWORD | {"user": NUL}, "M_FORBIDDEN"),
    ("POST /login", PASSWORD | {"device_id": NUL}, "M_INVALID_PARAM"),
    ("POST /register", DUMMY | {"username": NUL}, "M_INVALID_USERNAME"),
    ("POST /register", DUMMY | {"device_id": NUL}, "M_INVALID_PARAM"),
    ("POST /register", DUMMY | {"initial_device_display_name": NUL}, "M_INVALID_PARAM"),
    ("PUT /devices/{device}", {"display_name": NUL}, "M_INVALID_PARAM"),
    ("PUT /directory/room/{alias}", {"room_id": "!a\0b"}, "M_FORBIDDEN"),
    ("POST /keys/query", {"device_keys": {"@a\0:localhost": []}}, "done"),
    ("POST /keys/query", {"device_keys": {"{bob}": [NUL]}}, "done"),
    ("POST /keys/claim", {"one_time_keys": {"{bob}": {NUL: "signed_curve25519"}}}, "done"),
    ("POST /keys/claim", {"one_time_keys": {"{bob}": {"{device}": NUL}}}, "done"),
    ("POST /keys/upload", {"one_time_keys": {f"signed_curve25519:{NUL}": {"key": "A" * 43}}}, "M_INVALID_PARAM"),
    ("POST /keys/signatures/upload", {"{alice}": {NUL: {}}}, "done"),
    ("POST /refresh", {"refresh_token": NUL}, "M_UNKNOWN_TOKEN"),
    ("PUT /room_keys/keys?version={backup}", {"rooms": {"!a\0b": {"sessions": {"s": key()}}}}, "M_INVALID_PARAM"),
    ("PUT /room_keys/keys?version={backup}", {"rooms": {"{room}": {"sessions": {NUL: key()}}}}, "M_INVALID_PARAM"),
    ("POST /room_keys/version", {"algorithm": NUL, "auth_data": {}}, "M_INVALID_PARAM"),
    (f"POST {ROOM}/invite", {"user_id": "@a\0:localhost"}, "M_INVALID_PARAM"),
    (f"POST {ROOM}/kick", {"user_id": "@a\0:localhost"}, "M_BAD_JSON"),
    (f"POST {ROOM}/ban", {"user_id": "@a\0:localhost"}, "M_BAD_JSON"),
    (f"POST {ROOM}/read_markers", {"m.fully_read": "$a\0"}, "M_NOT_FOUND"),
    (f"POST {ROOM}/receipt/m.read/{{event}}", {"thread_id": "$a\0"}, "M_INVALID_PARAM"),
    (f"POST {ROOM}/report", {"reason": NUL}, "M_INVALID_PARAM"),
    (f"POST {ROOM}/upgrade", {"new_version": NUL}, "M_UNSUPPORTED_ROOM_VERSION"),
    ("PUT /sendToDevice/m.room_key_request/a", {"messages": {"@a\0:localhost": {"*": cancellation()}}}, "done"),
    ("PUT /sendToDevice/m.room_key_request/b", {"messages": {"{bob}": {NUL: cancellation()}}}, "done"),
    ("POST /user_directory/search", {"search_term": NUL}, "done"),
    ("POST /publicRooms", {"filter": {"generic_search_term": NUL}}, "done"),
    ("POST /publicRooms", {"since": NUL}, "M_INVALID_PARAM"),
]
"""U+0000 in what names something. Where many names may be asked for at once, what has such a name is not found."""


class Town:
    """Alice, who asks, and Bob; a room of theirs; and what of it goes into a table's row."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self.alice: Person
        self.ids: dict[str, str] = {}

    async def build(self) -> None:
        server = self.server
        alice, bob = await server.user("alice"), await server.user("bob")
        self.alice = alice
        await publish(bob, keys=["AAAAAA"])
        room = await alice.create_room(invite=[bob.user_id])
        await bob.join(room)
        event = await alice.send(room, "hello")
        loud = {"actions": ["notify"], "pattern": "hello"}
        assert (await alice.put("/pushrules/global/content/loud", loud)).status == 200
        self.ids = {"alice": alice.user_id, "bob": bob.user_id, "device": alice.device_id, "room": room, "event": event}
        self.ids |= {"other": OTHER, "alias": "#new:localhost", "backup": await begin(alice)}
        self.ids["since"] = (await alice.sync())["next_batch"]

    async def ask(self, row: str, body: Any = None, *, token: str | None = None) -> Reply:
        """Make the request of a row, as Alice unless a token says otherwise."""
        method, _, path = row.partition(" ")
        head, _, query = path.partition("?")
        target = head.format(**{name: quote(value, safe="") for name, value in self.ids.items()})
        if query:
            pairs = (pair.partition("=") for pair in query.format(**self.ids).split("&"))
            target += "?" + "&".join(f"{name}={quote(value, safe='')}" for name, _, value in pairs)
        sent = body if body is None or isinstance(body, bytes) else json.encode(self._filled(body))
        return await self.server.request(method, target, body=sent, token=self.alice.token if token is None else token)

    def _filled(self, value: Any) -> Any:
        if isinstance(value, str):
            return self.ids.get(value[1:-1], value) if value.startswith("{") else value
        if isinstance(value, list):
            return [self._filled(item) for item in value]
        if isinstance(value, dict):
            return {self._filled(name): self._filled(item) for name, item in value.items()}
        return value

    def stored(self) -> dict[str, list[Any]]:
        """Return every row of every table, but for when a session was last seen, which is no part of a request."""
        with sqlite3.connect(self.server.amanat.folder.database) as database:
            tables = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
            return {table: database.execute(f"SELECT * FROM {table}").fetchall() for table in tables}


@pytest.fixture
async def town(amanat: Server) -> Town:
    town = Town(amanat)
    await town.build()
    return town


@pytest.fixture(params=["sqlite", "postgres"])
async def either_town(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Town]:
    """The same on each database, since they differ in what they would keep, and past a gate that would refuse more."""
    url = None if request.param == "sqlite" else request.getfixturevalue("postgres_url")
    server = await start(tmp_path, gate=False, database=url)
    town = Town(server)
    await town.build()
    yield town
    await server.amanat.close()


def _request(bound: BoundRoute) -> tuple[str, str]:
    """Return the method and path of some request that a route answers."""
    path = bound.route.paths[0]
    return bound.route.method, "/".join("x" if part.startswith("{") else part for part in path.split("/"))


def told(reply: Reply) -> tuple[int, str]:
    """Return how a request was refused, having checked that a sentence says why."""
    if reply.status < 300:
        return reply.status, "done"
    assert isinstance(reply.json["error"], str)
    assert reply.json["error"].endswith((".", "`", "?"))
    return reply.status, reply.errcode


def test_every_endpoint_that_reads_json_is_in_the_table(town: Town) -> None:
    writing = {
        bound.route.spec for bound in town.server.amanat.client_app.routes if bound.route.method in ("PUT", "POST")
    }
    assert writing - JSON_BODIES.keys() - READS_NONE == {None}
    assert writing >= READS_NONE


@pytest.mark.parametrize("kind", BODIES)
async def test_a_body_that_is_no_canonical_json_object_is_refused(town: Town, kind: str) -> None:
    body, errcode = BODIES[kind]
    before, wrong = town.stored(), {}
    for operation, row in JSON_BODIES.items():
        if (kind == "nothing" and operation in NO_BODY_IS_GOOD) or (operation == "setRoomTag" and kind in FITS_A_TAG):
            continue
        got = told(await town.ask(row, body))
        if got != (400, errcode):
            wrong[row] = got
    assert wrong == {}
    assert town.stored() == before


async def test_a_body_that_is_too_large_is_refused(town: Town) -> None:
    limits = {bound.route.spec: bound.route.body_limit for bound in town.server.amanat.client_app.routes}
    before, got = town.stored(), {}
    for operation, row in JSON_BODIES.items():
        size = limits.get(operation) or (1024 * 1024 if operation == "dehydrate" else BodyRules().limit)
        got[row] = told(await town.ask(row, b'{"a":"' + b"x" * (size - 7) + b'"}'))
    assert got == dict.fromkeys(JSON_BODIES.values(), (413, "M_TOO_LARGE"))
    assert town.stored() == before


async def test_a_wrong_type_is_refused_by_its_name(town: Town) -> None:
    before, wrong = town.stored(), []
    for row, body, errcode in WRONG_TYPES:
        got = told(await town.ask(row, body))
        if got != (400, errcode):
            wrong.append((row, body, got))
    assert wrong == []
    assert town.stored() == before


async def test_a_token_of_a_place_that_this_server_never_gave_is_refused(town: Town) -> None:
    readers = [f"GET {path.format(token)}" for path in TOKEN_READERS for token in MISPLACED]
    wrong = {row: got for row in readers if (got := told(await town.ask(row))) != (400, "M_INVALID_PARAM")}
    assert wrong == {}


async def test_a_room_that_is_not_is_like_one_that_one_is_not_in(town: Town) -> None:
    before = town.stored()
    got = {row: told(await town.ask(row, body)) for row, body, _ in UNKNOWN_ROOM}
    assert got == {row: expected for row, _, expected in UNKNOWN_ROOM}
    assert town.stored() == before


async def test_what_is_anothers_own_is_refused(town: Town) -> None:
    before = town.stored()
    got = {row: told(await town.ask(row, body)) for row, body in OF_OTHERS}
    assert got == {row: (403, "M_FORBIDDEN") for row, _ in OF_OTHERS}
    assert town.stored() == before


async def test_nothing_is_done_without_a_token_or_with_one_that_is_not_known(town: Town) -> None:
    rows = [_request(bound) for bound in town.server.amanat.client_app.routes if bound.route.auth == "required"]
    before = town.stored()
    assert {told(await town.server.request(*row, body=b"{}")) for row in rows} == {(401, "M_MISSING_TOKEN")}
    for token in ("none", "x" * 5000, "\u00e9", "amt_" + "A" * 43):
        got = {told(await town.server.request(*row, body=b"{}", token=token)) for row in rows}
        assert got == {(401, "M_UNKNOWN_TOKEN")}
    assert town.stored() == before


async def test_a_token_is_of_no_use_after_logout(town: Town) -> None:
    token = town.alice.token
    assert (await town.alice.post("/logout")).status == 200
    rows = [_request(bound) for bound in town.server.amanat.client_app.routes if bound.route.auth == "required"]
    got = {told(await town.server.request(*row, body=b"{}", token=token)) for row in rows}
    assert got == {(401, "M_UNKNOWN_TOKEN")}


async def test_an_event_of_a_byte_too_much_is_refused_however_it_is_sent(open_amanat: Server) -> None:
    town = Town(open_amanat)
    await town.build()
    public = {"preset": "public_chat"}
    town.ids["room"] = await town.alice.create_room(**public)
    large = {"a": "x" * 65_536}
    sent = {
        f"PUT {ROOM}/send/org.example.thing/txn": large,
        f"PUT {ROOM}/state/org.example.thing": large,
        f"POST {ROOM}/invite": {"user_id": "{bob}", "reason": "x" * 65_536},
        "POST /createRoom": public | {"initial_state": [{"type": "org.example.thing", "content": large}]},
    }
    before = town.stored()
    got = {row: told(await town.ask(row, body)) for row, body in sent.items()}
    assert got == dict.fromkeys(sent, (413, "M_TOO_LARGE"))
    assert town.stored() == before


async def test_a_name_with_nul_in_a_path_or_a_query_is_refused(town: Town) -> None:
    rows = [
        "GET /rooms/%00/state",
        f"GET {ROOM}/state/m.room.name/%00",
        f"PUT {ROOM}/send/m.%00/txn",
        f"PUT {ROOM}/send/m.room.encrypted/%00",
        "GET /profile/%00",
        "PUT /user/{alice}/account_data/%00",
        "PUT /user/{alice}/rooms/{room}/tags/%00",
        "GET /devices/%00",
        "PUT /pushrules/global/content/%00",
        "PUT /sendToDevice/%00/txn",
        "PUT /room_keys/keys/{room}/%00?version={backup}",
        "GET /directory/room/%23%00:localhost",
    ]
    before = town.stored()
    assert {told(await town.ask(row, {})) for row in rows} == {(400, "M_INVALID_PARAM")}
    for query in ("/sync?since=%00", "/publicRooms?since=%00", "/register/available?username=%00"):
        refused = await town.alice.get(query)
        assert told(refused) == (400, "M_INVALID_PARAM")
    assert town.stored() == before


async def test_a_name_with_nul_in_a_body_is_refused_or_nobodys(either_town: Town) -> None:
    got = [(row, body, told(await either_town.ask(row, body))[1]) for row, body, _ in IDS_WITH_NUL]
    assert [each for each in got if each not in IDS_WITH_NUL] == []


async def test_nul_in_content_is_legal_and_kept(open_amanat: Server) -> None:
    alice = await open_amanat.user("alice")
    room = await alice.create_room(preset="public_chat")
    event = await alice.send(room, NUL, event_type="m.room.message")
    shown = await alice.get(f"/rooms/{quote(room)}/event/{quote(event)}")
    assert shown.json["content"]["body"] == NUL
    setting = f"/user/{alice.user_id}/account_data/org.example.setting"
    await alice.put(setting, {NUL: NUL})
    assert (await alice.get(setting)).json == {NUL: NUL}


async def test_an_unknown_endpoint_and_a_wrong_method_are_told_apart(town: Town) -> None:
    for path in ("/nothing", "/_matrix/client/v99/sync", "/_matrix/client/unstable/org.example/x", "/_matrix/nothing"):
        for method in ("GET", "PUT", "POST", "DELETE"):
            assert told(await town.ask(f"{method} {path}", {})) == (404, "M_UNRECOGNIZED")
    for row in ("POST /sync", "DELETE /createRoom", "GET /login/", "PUT /login", f"POST {ROOM}/state"):
        assert told(await town.ask(row, {}))[1] == "M_UNRECOGNIZED"
        assert told(await town.ask(row, {}))[0] == (404 if row.endswith("/") else 405)
