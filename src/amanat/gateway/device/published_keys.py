"""A device's keys as others see them: its identity and one-time keys, signed. spec: client-server-api#device-keys."""

from typing import Any, Final

from vodozemac import Account, Curve25519PublicKey

from amanat.core import canonical_json

OLM: Final = "m.olm.v1.curve25519-aes-sha2"
MEGOLM: Final = "m.megolm.v1.aes-sha2"
ONE_TIME: Final = "signed_curve25519"

Json = dict[str, Any]


def device_keys(account: Account, *, user_id: str, device_id: str) -> Json:
    """Return the identity of the device, signed by itself."""
    keys: Json = {
        "user_id": user_id,
        "device_id": device_id,
        "algorithms": [OLM, MEGOLM],
        "keys": {
            f"curve25519:{device_id}": account.curve25519_key.to_base64(),
            f"ed25519:{device_id}": account.ed25519_key.to_base64(),
        },
    }
    return _signed(keys, account, user_id=user_id, device_id=device_id)


def one_time_keys(account: Account, *, user_id: str, device_id: str) -> Json:
    """Return the keys that were made and never published, each signed."""
    return _one_time(account.one_time_keys, account, {}, owner=(user_id, device_id))


def fallback_keys(account: Account, *, user_id: str, device_id: str) -> Json:
    """Return the fallback key if it was never published: given away when one-time keys run out."""
    return _one_time(fallback_key_of(account), account, {"fallback": True}, owner=(user_id, device_id))


def fallback_key_of(account: Account) -> dict[str, Curve25519PublicKey]:
    """Return the fallback key that was made and never published, by its id. vodozemac's stubs do not name it."""
    key: dict[str, Curve25519PublicKey] = account.fallback_key  # type: ignore[attr-defined]
    return key


def make_fallback_key(account: Account) -> None:
    """Make a fallback key in place of the one before, which still opens what was sent to it."""
    account.generate_fallback_key()  # type: ignore[attr-defined]


def _one_time(keys: dict[str, Curve25519PublicKey], account: Account, marks: Json, *, owner: tuple[str, str]) -> Json:
    user_id, device_id = owner
    return {
        f"{ONE_TIME}:{key_id}": _signed({"key": key.to_base64()} | marks, account, user_id=user_id, device_id=device_id)
        for key_id, key in keys.items()
    }


def _signed(value: Json, account: Account, *, user_id: str, device_id: str) -> Json:
    signature = account.sign(canonical_json.encode(value)).to_base64()
    return value | {"signatures": {user_id: {f"ed25519:{device_id}": signature}}}
