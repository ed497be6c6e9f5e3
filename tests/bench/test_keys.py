"""The keys that are uploaded are truly signed by the device that they belong to."""

import base64
import json
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from bench.keys import canonical, key_upload
from bench.matrix import Person

ANI = Person(user_id="@ani:localhost", device_id="ANIDEVICE", token="ani-token")


def decode(text: str) -> bytes:
    return base64.b64decode(text + "=" * (-len(text) % 4))


def test_device_keys_and_one_time_keys_carry_valid_signatures() -> None:
    upload: dict[str, Any] = json.loads(key_upload(ANI, one_time_keys=3))
    signer = Ed25519PublicKey.from_public_bytes(decode(upload["device_keys"]["keys"]["ed25519:ANIDEVICE"]))
    signed = [upload["device_keys"], *upload["one_time_keys"].values()]
    assert len(signed) == 4
    for value in signed:
        signature = value.pop("signatures")["@ani:localhost"]["ed25519:ANIDEVICE"]
        signer.verify(decode(signature), canonical(value))
