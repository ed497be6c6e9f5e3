"""A story of requests that must succeed: each served operation at least once, on the prepared world.

A table: who asks, what, with which body, and the status of the answer where it is not 200.
"""

from typing import Any, Final

from msgspec import Struct, json

from tests.client_api.backups import ALGORITHM, key
from tests.client_api.media import picture
from tests.edge.asking import Answered, ask
from tests.server import Server, ciphertext
from tools.conformance.names import fill
from tools.conformance.world import PUSHER, WINDOW, World, sealed

V1: Final = "/_matrix/client/v1"
MEDIA: Final = "/_matrix/media"
_MEMBERS: Final = '{"lazy_load_members":true}'
_KEYS: Final = "/room_keys/keys"
_TEXT: Final = {"msgtype": "m.text", "body": "hi"}
_ROOMS: Final = "/rooms/!private"
_RULE: Final = "/pushrules/global/content/loud"


class Step(Struct, frozen=True):
    """One request of the story."""

    who: str
    request: str
    body: Any = None
    status: int = 200


def _password(name: str) -> dict[str, Any]:
    identifier = {"type": "m.id.user", "user": f"@{name}"}
    return {"type": "m.login.password", "identifier": identifier, "password": f"*{name}", "session": "SESSION"}


START: Final = [
    Step("", "GET /_matrix/client/versions"),
    Step("alice", "GET /_matrix/client/versions"),
    Step("", "GET /.well-known/matrix/client"),
    Step("", "GET /.well-known/matrix/support"),
    Step("", "GET /login"),
    Step("", "GET /login/sso/redirect?redirectUrl=https://app.example.org/", None, 302),
    Step("", f"GET {V1}/auth_metadata"),
    Step("", "GET /register/available?username=somebody"),
    Step("", f"GET {V1}/register/m.login.registration_token/validity?token=none"),
    Step("", "POST /register", {"username": "dina", "password": "x" * 12}, 401),
    Step("alice", "GET /account/whoami"),
    Step("alice", "GET /capabilities"),
    Step("alice", "GET /account/3pid"),
    Step("alice", "GET /voip/turnServer"),
    Step("alice", "GET /thirdparty/protocols"),
    Step("alice", "GET /thirdparty/protocol/irc", None, 404),
    Step("alice", "GET /thirdparty/location?alias=%23a:localhost"),
    Step("alice", "GET /thirdparty/location/irc", None, 404),
    Step("alice", "GET /thirdparty/user?userid=@alice"),
    Step("alice", "GET /thirdparty/user/irc", None, 404),
    Step("alice", "POST /user/@alice/openid/request_token", {}),
]
READING: Final = [
    Step("alice", "GET /sync?timeout=0"),
    Step("alice", "GET /sync?timeout=0&since=SINCE"),
    Step("alice", "GET /sync?timeout=0&filter=FILTER"),
    Step("alice", "GET /sync?timeout=0&full_state=true&since=SINCE&set_presence=offline"),
    Step("alice", "GET /sync?timeout=0&use_state_after=true"),
    Step("bob", "GET /sync?timeout=0"),
    Step("alice", "GET /joined_rooms"),
    Step("alice", "GET /publicRooms?limit=1"),
    Step("alice", "POST /publicRooms", {"limit": 5, "filter": {"generic_search_term": "town"}}),
    Step("alice", f"GET {V1}/room_summary/!public"),
    Step("carol", f"GET {V1}/room_summary/#public"),
    Step("alice", f"GET {V1}/rooms/!space/hierarchy?limit=1"),
    Step("alice", f"GET {V1}/rooms/!space/hierarchy"),
    Step("alice", f"GET {V1}/mutual_rooms?user_id=@bob"),
    Step("alice", f"GET {_ROOMS}/state"),
    Step("alice", f"GET {_ROOMS}/state/m.room.name/"),
    Step("alice", f"GET {_ROOMS}/state/m.room.member/@bob"),
    Step("alice", f"GET {_ROOMS}/state/m.room.name/?format=event"),
    Step("alice", f"GET {_ROOMS}/members"),
    Step("alice", f"GET {_ROOMS}/members?membership=join&at=SINCE"),
    Step("alice", f"GET {_ROOMS}/joined_members"),
    Step("alice", f"GET {_ROOMS}/aliases"),
    Step("alice", "GET /rooms/!public/aliases"),
    Step("alice", f"GET {_ROOMS}/messages?dir=b&limit=3&from=BEFORE"),
    Step("alice", f"GET {_ROOMS}/messages?dir=f"),
    Step("alice", f"GET {_ROOMS}/messages?dir=b&filter={_MEMBERS}"),
    Step("alice", "GET /rooms/!public/messages?dir=b"),
    Step("alice", f"GET {_ROOMS}/event/$hello"),
    Step("alice", f"GET {_ROOMS}/event/$redacted"),
    Step("alice", f"GET {_ROOMS}/event/$root"),
    Step("alice", "GET /rooms/!public/event/$said"),
    Step("alice", f"GET {_ROOMS}/context/$root?limit=4"),
    Step("alice", f"GET {V1}{_ROOMS}/timestamp_to_event?ts=1700000000000&dir=f"),
    Step("alice", f"GET {V1}{_ROOMS}/relations/$root"),
    Step("alice", f"GET {V1}{_ROOMS}/relations/$root/m.thread?dir=f&recurse=true"),
    Step("alice", f"GET {V1}{_ROOMS}/relations/$hello/m.annotation/m.reaction?limit=1"),
    Step("alice", f"GET {V1}{_ROOMS}/threads?include=participated"),
    Step("alice", "GET /notifications?limit=5"),
    Step("alice", "GET /notifications?only=highlight"),
    Step("alice", "GET /presence/@bob/status"),
    Step("alice", "GET /directory/room/#public"),
    Step("alice", "GET /directory/list/room/!public"),
    Step("alice", "POST /user_directory/search", {"search_term": "bob", "limit": 5}),
]
OWN: Final = [
    Step("alice", "PUT /presence/@alice/status", {"presence": "online", "status_msg": "here"}),
    Step("bob", "GET /presence/@alice/status"),
    Step("alice", "GET /profile/@alice"),
    Step("bob", "GET /profile/@alice/displayname"),
    Step("alice", "PUT /profile/@alice/org.example.field", {"org.example.field": ["a", 1]}),
    Step("alice", "DELETE /profile/@alice/org.example.field"),
    Step("alice", "POST /user/@alice/filter", WINDOW),
    Step("alice", "GET /user/@alice/filter/FILTER"),
    Step("alice", "GET /user/@alice/account_data/org.example.setting"),
    Step("alice", "PUT /user/@alice/account_data/org.example.setting", {}),
    Step("alice", "GET /user/@alice/rooms/!private/account_data/org.example.setting"),
    Step("alice", "PUT /user/@alice/rooms/!private/account_data/org.example.setting", {}),
    Step("alice", "GET /user/@alice/rooms/!private/tags"),
    Step("alice", "PUT /user/@alice/rooms/!private/tags/m.favourite", {"order": 0.25}),
    Step("alice", "DELETE /user/@alice/rooms/!private/tags/m.favourite"),
    Step("alice", "GET /pushrules/"),
    Step("alice", "GET /pushrules/global/"),
    Step("alice", f"GET {_RULE}"),
    Step("alice", f"GET {_RULE}/enabled"),
    Step("alice", f"PUT {_RULE}/enabled", {"enabled": False}),
    Step("alice", f"GET {_RULE}/actions"),
    Step("alice", f"PUT {_RULE}/actions", {"actions": ["notify"]}),
    Step("alice", "PUT /pushrules/global/room/!private", {"actions": []}),
    Step("alice", f"DELETE {_RULE}"),
    Step("alice", "GET /pushers"),
    Step("alice", "POST /pushers/set", PUSHER | {"pushkey": "other", "append": True}),
    Step("alice", "GET /devices"),
    Step("alice", "GET /devices/DEVICE"),
    Step("alice", "PUT /devices/DEVICE", {"display_name": "Phone"}),
]
TALKING: Final = [
    Step("alice", f"PUT {_ROOMS}/send/m.room.encrypted/s1", ciphertext("one more")),
    Step("alice", "PUT /rooms/!public/send/m.room.message/s2", _TEXT),
    Step("alice", f"PUT {_ROOMS}/state/m.room.topic/", {"topic": "Only us two"}),
    Step("alice", f"PUT {_ROOMS}/redact/$threaded/s3", {}),
    Step("alice", f"PUT {_ROOMS}/typing/@alice", {"typing": True, "timeout": 1000}),
    Step("alice", f"POST {_ROOMS}/receipt/m.read/$root", {"thread_id": "main"}),
    Step("alice", f"POST {_ROOMS}/read_markers", {"m.fully_read": "$root", "m.read.private": "$root"}),
    Step("alice", f"POST {_ROOMS}/report", {"reason": "spam"}),
    Step("alice", f"POST {_ROOMS}/report/$root", {"reason": "spam", "score": -50}),
    Step("alice", "POST /users/@bob/report", {"reason": "spam"}),
    Step("alice", "PUT /sendToDevice/m.room.encrypted/s4", {"messages": {"@bob": {"*": sealed()}}}),
]
KEYS: Final = [
    Step("alice", "POST /keys/query", {"device_keys": {"@alice": [], "@bob": []}}),
    Step("bob", "POST /keys/query", {"device_keys": {"@alice": ["DEVICE"], "@none:elsewhere.example": []}}),
    Step("bob", "POST /keys/claim", {"one_time_keys": {"@alice": {"DEVICE": "signed_curve25519"}}}),
    Step("alice", "GET /keys/changes?from=SINCE&to=SINCE"),
    Step("alice", "POST /keys/upload", {}),
    Step(
        "alice", "POST /keys/signatures/upload", {"@alice": {"NOTHING": {"user_id": "@alice", "device_id": "NOTHING"}}}
    ),
    Step("alice", "GET /room_keys/version"),
    Step("alice", "GET /room_keys/version/BACKUP"),
    Step("alice", "PUT /room_keys/version/BACKUP", {"algorithm": ALGORITHM, "auth_data": {"public_key": "k"}}),
    Step("alice", f"GET {_KEYS}?version=BACKUP"),
    Step("alice", f"GET {_KEYS}/!private?version=BACKUP"),
    Step("alice", f"GET {_KEYS}/!private/session?version=BACKUP"),
    Step("alice", f"PUT {_KEYS}/!private?version=BACKUP", {"sessions": {"other": key()}}),
    Step("alice", f"PUT {_KEYS}/!private/third?version=BACKUP", key()),
    Step("alice", f"PUT {_KEYS}?version=99", {"rooms": {}}, 403),
    Step("alice", f"DELETE {_KEYS}/!private/third?version=BACKUP"),
    Step("alice", f"DELETE {_KEYS}/!private?version=BACKUP"),
    Step("alice", f"DELETE {_KEYS}?version=BACKUP"),
    Step("alice", "POST /room_keys/version", {"algorithm": ALGORITHM, "auth_data": {"public_key": "new"}}),
    Step("alice", f"PUT {_KEYS}?version=BACKUP", {"rooms": {}}, 403),
    Step("alice", "DELETE /room_keys/version/BACKUP"),
]
FILES: Final = [
    Step("alice", f"GET {V1}/media/config"),
    Step("alice", f"GET {V1}/media/download/localhost/FILE"),
    Step("alice", f"GET {V1}/media/download/localhost/FILE/other.txt"),
    Step("alice", f"GET {V1}/media/thumbnail/localhost/PICTURE?width=32&height=32&method=crop"),
    Step("alice", f"POST {MEDIA}/v3/upload?filename=a.png", picture((8, 8))),
    Step("alice", f"PUT {MEDIA}/v3/upload/localhost/FILE", b"again", 409),
    Step("alice", f"POST {MEDIA}/v1/create"),
    Step("alice", f"PUT {MEDIA}/v3/upload/localhost/PENDING", b"late"),
]
ROOMS: Final = [
    Step("alice", "POST /createRoom", {"preset": "private_chat", "is_direct": True, "invite": ["@bob"]}),
    Step("alice", "PUT /directory/room/#free", {"room_id": "!public"}),
    Step("alice", "DELETE /directory/room/#free"),
    Step("alice", "PUT /directory/list/room/!public", {"visibility": "private"}),
    Step("carol", "POST /join/#public", {}),
    Step("carol", "POST /knock/!knock", {"reason": "please"}),
    Step("carol", "GET /sync?timeout=0"),
    Step("alice", "POST /rooms/!invites/join", {}),
    Step("alice", f"POST {_ROOMS}/invite", {"user_id": "@carol"}),
    Step("alice", f"POST {_ROOMS}/kick", {"user_id": "@carol"}),
    Step("alice", f"POST {_ROOMS}/ban", {"user_id": "@carol"}),
    Step("alice", f"POST {_ROOMS}/unban", {"user_id": "@carol"}),
    Step("alice", "POST /rooms/!invites/leave", {}),
    Step("alice", "GET /sync?timeout=0&since=SINCE"),
    Step("alice", "POST /rooms/!left/forget", {}),
    Step("alice", "POST /rooms/!public/upgrade", {"new_version": "12"}),
]
ENDING: Final = [
    Step("", "POST /login", _password("carol") | {"refresh_token": True}),
    Step("", "POST /refresh", {"refresh_token": "REFRESH"}),
    Step("alice", f"POST {V1}/login/get_token", {}, 401),
    Step("alice", f"POST {V1}/login/get_token", {"auth": _password("alice")}),
    Step("alice", "DELETE /devices/SPARE", {}, 401),
    Step("alice", "DELETE /devices/SPARE", {"auth": _password("alice")}),
    Step("alice", "POST /delete_devices", {"devices": ["SPARE"]}, 401),
    Step("alice", "POST /delete_devices", {"devices": ["SPARE"], "auth": _password("alice")}),
    Step("bob", "POST /account/password", {"new_password": "another long one"}, 401),
    Step("bob", "POST /account/password", {"new_password": "another long one", "auth": _password("bob")}),
    Step("bob", "POST /logout", {}),
    Step("carol", "POST /logout/all", {}),
    Step("alice", "POST /account/deactivate", {}, 401),
    Step("alice", "POST /account/deactivate", {"auth": _password("alice")}),
    Step("alice", "GET /account/whoami", None, 401),
]
OPERATING: Final = [
    *(
        Step("head", f"{method} {V1}/admin/{act}/@carol", body)
        for act, body in (("suspend", {"suspended": False}), ("lock", {"locked": False}))
        for method in ("GET", "PUT")
    ),
]
_LEDGER: Final = "/_amanat/v1/ledger"
PRODUCT: Final = [
    Step("", "POST /_amanat/v1/phone/code", {"number": "+6281234567890"}),
    Step("alice", f"PUT {_LEDGER}/grants/PARTNER", {"scopes": ["SCOPE"]}),
    Step("partner", "GET /_amanat/v1/partner/people/@alice?fields=handle&purpose=test"),
    Step("alice", f"PUT {_LEDGER}/grants/@bob", {"scopes": ["profile.phone"]}),
    Step("bob", f"GET {_LEDGER}/people/@alice?fields=phone&purpose=test"),
    Step("bob", f"POST {_LEDGER}/people", {"people": ["@alice"], "scope": "profile.phone"}),
    Step("alice", f"GET {_LEDGER}"),
    Step("alice", f"GET {_LEDGER}/grants"),
    Step("alice", f"DELETE {_LEDGER}/grants/PARTNER/SCOPE"),
    Step("alice", f"PUT {_LEDGER}/grants/PARTNER", {"scopes": ["SCOPE"]}),
    Step("alice", f"DELETE {_LEDGER}/grants/PARTNER"),
    Step("alice", "GET /_amanat/v1/push/key"),
    Step("alice", "POST /_amanat/v1/passkeys/options", {}, 401),
    Step("alice", "POST /_amanat/v1/passkeys/options", {"auth": _password("alice")}),
    Step("alice", "POST /_amanat/v1/export", {}, 401),
    Step("alice", "POST /_amanat/v1/export", {"auth": _password("alice")}),
    Step("alice", "GET /_amanat/v1/export/EXPORT"),
]
STORY: Final = START + OPERATING + PRODUCT + READING + OWN + TALKING + KEYS + FILES + ROOMS + ENDING


async def tell(server: Server, world: World) -> list[str]:
    """Ask everything in order, and return what was answered otherwise than the table says."""
    wrong = []
    for step in STORY:
        answered = await _take(step, server, world)
        if answered.status != step.status:
            wrong.append(f"{step.who or 'nobody'}: {step.request}: {answered.status} {answered.body[:300]!r}")
        elif answered.headers.get("content-type") == "application/json":
            _remember(world, answered.json)
    return wrong


async def _take(step: Step, server: Server, world: World) -> Answered:
    method, _, path = step.request.partition(" ")
    whole = path if path.startswith(("/_matrix", "/.well-known", "/_amanat")) else f"/_matrix/client/v3{path}"
    body = step.body if isinstance(step.body, bytes) else b"" if step.body is None else _written(step.body, world)
    person = world.people.get(step.who)
    headers = {"Host": "localhost", "Content-Length": str(len(body))}
    token = person.token if person else None
    return await ask(server.amanat.client_app, method, world.path(whole), body=body, headers=headers, token=token)


def _written(body: Any, world: World) -> bytes:
    return json.encode(fill(body, world.ids))


def _remember(world: World, answer: Any) -> None:
    """Keep what a later step needs: an address of media, a token, a session of authentication."""
    if not isinstance(answer, dict):
        return
    for field, name in (
        ("content_uri", "PENDING"),
        ("refresh_token", "REFRESH"),
        ("session", "SESSION"),
        ("export_id", "EXPORT"),
    ):
        if field in answer:
            world.ids[name] = answer[field].rpartition("/")[2]
