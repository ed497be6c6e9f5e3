"""What devices publish, for the tests of keys: shaped and signed as clients do it."""

from typing import Any

from tests.core.signing import Pair, cross_signing_key, device
from tests.server import Person

ALGORITHM = "signed_curve25519"


def one_time_keys(person: Person, names: list[str], *, fallback: bool = False) -> dict[str, Any]:
    """Return signed keys of a device by those ids; the same id gives the same key."""
    made = {}
    for name in names:
        key = {"key": Pair(f"{person.device_id} {name}").public} | ({"fallback": True} if fallback else {})
        made[f"{ALGORITHM}:{name}"] = Pair(person.device_id).sign(key, person.user_id, person.device_id)
    return made


async def publish(person: Person, *, keys: list[str] | None = None, fallback: str | None = None) -> dict[str, Any]:
    """Upload a device's keys, its one-time keys of these ids and a fallback key; return its device keys."""
    device_keys = device(person.user_id, person.device_id)
    body: dict[str, Any] = {"device_keys": device_keys, "one_time_keys": one_time_keys(person, keys or [])}
    if fallback is not None:
        body["fallback_keys"] = one_time_keys(person, [fallback], fallback=True)
    reply = await person.post("/keys/upload", body)
    assert reply.status == 200, reply.json
    return device_keys


async def claim(claimer: Person, *others: Person) -> dict[str, str]:
    """Claim a key of each device and return the ids given, by device."""
    wanted: dict[str, dict[str, str]] = {}
    for other in others:
        wanted.setdefault(other.user_id, {})[other.device_id] = ALGORITHM
    reply = await claimer.post("/keys/claim", {"one_time_keys": wanted})
    assert reply.status == 200, reply.json
    return {
        device_id: next(iter(keys)).removeprefix(f"{ALGORITHM}:")
        for devices in reply.json["one_time_keys"].values()
        for device_id, keys in devices.items()
    }


class Identity:
    """A person's cross-signing keys."""

    def __init__(self, person: Person, name: str = "") -> None:
        self.user_id = person.user_id
        self.master, self.self_signing, self.user_signing = (
            Pair(f"{use}{name}{person.user_id}") for use in ("m", "s", "u")
        )

    def upload(self) -> dict[str, Any]:
        """Return the body that publishes the keys."""
        return {
            "master_key": cross_signing_key(self.user_id, "master", self.master),
            "self_signing_key": self._signed("self_signing", self.self_signing),
            "user_signing_key": self._signed("user_signing", self.user_signing),
        }

    def _signed(self, use: str, pair: Pair) -> dict[str, Any]:
        return self.master.sign(cross_signing_key(self.user_id, use, pair), self.user_id)
