"""Key backups, for the tests: a version is begun, and keys are put in it."""

from typing import Any

from tests.server import Person, Reply

ALGORITHM = "m.megolm_backup.v1.curve25519-aes-sha2"
INFO = {"algorithm": ALGORITHM, "auth_data": {"public_key": "k"}}
ROOM, OTHER = "!room:example.org", "!other:example.org"


def key(index: int = 1, *, verified: bool = False) -> dict[str, Any]:
    data = {"ciphertext": f"c{index}", "mac": "m", "ephemeral": "e"}
    return {"first_message_index": index, "forwarded_count": 0, "is_verified": verified, "session_data": data}


async def begin(person: Person, **info: Any) -> str:
    reply = await person.post("/room_keys/version", INFO | info)
    assert reply.status == 200, reply.json
    version: str = reply.json["version"]
    return version


async def put_keys(person: Person, version: str, body: Any, *, path: str = "") -> Reply:
    return await person.put(f"/room_keys/keys{path}?version={version}", body)


def rooms_of(**sessions: dict[str, Any]) -> dict[str, Any]:
    return {"rooms": {ROOM: {"sessions": sessions}}}
