"""A passkey authenticator in software: what a phone or a key does, and what a forger could make it do."""

import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from hashlib import sha256
from typing import Any

import cbor2
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from msgspec import Struct, json

PRESENT, VERIFIED, WITH_CREDENTIAL = 0x01, 0x04, 0x40


class Lies(Struct, frozen=True, kw_only=True):
    """What an answer says instead of the truth."""

    origin: str = "http://localhost:8008"
    rp_id: str | None = None
    flags: int = PRESENT | VERIFIED
    challenge: str | None = None
    user_handle: str | None = None


HONEST = Lies()


class Authenticator:
    """Holds one passkey, made by the first ceremony."""

    def __init__(self, *, credential_id: bytes | None = None, counts: bool = True) -> None:
        self._key = ec.generate_private_key(ec.SECP256R1())
        self.credential_id = credential_id or secrets.token_bytes(16)
        self._counts = counts
        self.count = 0
        self._user_handle = ""

    @property
    def id(self) -> str:
        """The credential's id as JSON writes it."""
        return _text(self.credential_id)

    def create(self, options: dict[str, Any], lies: Lies = HONEST) -> dict[str, Any]:
        """Make the passkey."""
        assert options["authenticatorSelection"]["userVerification"] == "required"
        self._user_handle = options["user"]["id"]
        numbers = self._key.public_key().public_numbers()
        cose = {1: 2, 3: -7, -1: 1, -2: numbers.x.to_bytes(32, "big"), -3: numbers.y.to_bytes(32, "big")}
        held = bytes(16) + len(self.credential_id).to_bytes(2, "big") + self.credential_id + cbor2.dumps(cose)
        data = self._data(lies.rp_id or options["rp"]["id"], lies.flags | WITH_CREDENTIAL) + held
        attestation = cbor2.dumps({"fmt": "none", "attStmt": {}, "authData": data})
        response = {"attestationObject": _text(attestation), "clientDataJSON": _client("create", options, lies)}
        return self._credential(response) | {"clientExtensionResults": {"prf": {"enabled": True}}}

    def get(self, options: dict[str, Any], lies: Lies = HONEST) -> dict[str, Any]:
        """Use the passkey."""
        self.count += self._counts
        data = self._data(lies.rp_id or options["rpId"], lies.flags)
        client = _client("get", options, lies)
        signed = data + sha256(_bytes(client)).digest()
        return self._credential(
            {
                "authenticatorData": _text(data),
                "clientDataJSON": client,
                "signature": _text(self._key.sign(signed, ec.ECDSA(hashes.SHA256()))),
                "userHandle": lies.user_handle or self._user_handle,
            }
        )

    def _data(self, rp_id: str, flags: int) -> bytes:
        return sha256(rp_id.encode()).digest() + bytes([flags]) + self.count.to_bytes(4, "big")

    def _credential(self, response: dict[str, str]) -> dict[str, Any]:
        return {"id": self.id, "rawId": self.id, "type": "public-key", "response": response}


def _client(ceremony: str, options: dict[str, Any], lies: Lies) -> str:
    said = {
        "type": f"webauthn.{ceremony}",
        "challenge": lies.challenge or options["challenge"],
        "origin": lies.origin,
        "crossOrigin": False,
    }
    return _text(json.encode(said))


def _text(raw: bytes) -> str:
    return urlsafe_b64encode(raw).decode().rstrip("=")


def _bytes(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))
