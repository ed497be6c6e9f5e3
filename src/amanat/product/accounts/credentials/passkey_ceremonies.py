"""The two ceremonies of passkeys, making one and using one, as py_webauthn conducts them; nothing is stored here.

The library is imported where it is used: it takes 25 MB, which a server does not pay before somebody has a passkey.
"""

from collections.abc import Callable, Sequence
from typing import Any, Final

from msgspec import Struct

from amanat.core.base64url import decode
from amanat.core.keyed_hash import keyed_hash, subkey
from amanat.product.accounts.credentials.challenges import LIFETIME_MS, Challenges
from amanat.product.accounts.credentials.errors import PasskeyRefused
from amanat.product.accounts.credentials.relying_party import RelyingParty

MAX_CREDENTIAL_ID: Final = 1023
"""Bytes. Spec: WebAuthn, section 4, Credential ID."""
ADD: Final = "add"
SIGN_IN: Final = "sign_in"

Credential = dict[str, Any]
"""What the browser's `PublicKeyCredential.toJSON()` gives."""


class Made(Struct, frozen=True, kw_only=True):
    """What an authenticator says of the passkey it has made."""

    credential_id: bytes
    public_key: bytes
    sign_count: int
    prf: bool
    backed_up: bool


class PasskeyCeremonies:
    """Asks authenticators and tests their answers. `binding` names the browser or device that both go through."""

    def __init__(self, relying_party: RelyingParty, *, secret: Callable[[], bytes], now_ms: Callable[[], int]) -> None:
        self._relying_party = relying_party
        self._secret = secret
        self._challenges = Challenges(now_ms=now_ms)

    @property
    def rp_id(self) -> str:
        """The domain that passkeys are bound to."""
        return self._relying_party.id

    def user_handle(self, user_id: str) -> bytes:
        """Return what authenticators know an account by: nothing that says whose it is."""
        # WebAuthn, section 14.6.1.
        return keyed_hash(subkey(self._secret(), "passkey-user"), user_id)

    # Making

    def creation_options(self, user_id: str, *, name: str, held: Sequence[bytes], binding: str) -> dict[str, Any]:
        """Return what `navigator.credentials.create` takes as `publicKey`, in JSON. `held` are not made again."""
        import webauthn
        from webauthn.helpers import options_to_json_dict, structs

        options = webauthn.generate_registration_options(
            rp_id=self._relying_party.id,
            rp_name="Amanat",
            user_id=self.user_handle(user_id),
            user_name=name,
            challenge=self._challenges.new(ADD, user_id, binding),
            timeout=LIFETIME_MS,
            authenticator_selection=structs.AuthenticatorSelectionCriteria(
                resident_key=structs.ResidentKeyRequirement.REQUIRED,
                user_verification=structs.UserVerificationRequirement.REQUIRED,
            ),
            exclude_credentials=[structs.PublicKeyCredentialDescriptor(credential_id) for credential_id in held],
        )
        # PRF lets the app make a key of its own with the passkey; the server never sees what comes of it.
        return options_to_json_dict(options) | {"extensions": {"prf": {}, "credProps": True}}

    def made(self, user_id: str, credential: Credential, *, binding: str) -> Made:
        """Return the passkey that was made for an account; raises PasskeyRefused."""
        import webauthn

        challenge = self._challenges.take(ADD, user_id, binding)
        if challenge is None:
            raise PasskeyRefused
        try:
            verified = webauthn.verify_registration_response(
                credential=credential,
                expected_challenge=challenge,
                expected_rp_id=self._relying_party.id,
                expected_origin=self._relying_party.origin,
                require_user_verification=True,
            )
        except Exception as error:
            # The library lets through what its decoders of CBOR, keys and certificates raise.
            raise PasskeyRefused from error
        if len(verified.credential_id) > MAX_CREDENTIAL_ID:
            raise PasskeyRefused
        return Made(
            credential_id=verified.credential_id,
            public_key=verified.credential_public_key,
            sign_count=verified.sign_count,
            prf=_has_prf(credential),
            backed_up=verified.credential_backed_up,
        )

    # Using

    def request_options(self, *, binding: str) -> dict[str, Any]:
        """Return what `navigator.credentials.get` takes as `publicKey`, in JSON: any passkey of this server will do."""
        import webauthn
        from webauthn.helpers import options_to_json_dict, structs

        options = webauthn.generate_authentication_options(
            rp_id=self._relying_party.id,
            challenge=self._challenges.new(SIGN_IN, binding),
            timeout=LIFETIME_MS,
            user_verification=structs.UserVerificationRequirement.REQUIRED,
        )
        return options_to_json_dict(options)

    def take_challenge(self, *, binding: str) -> bytes:
        """Return what the authenticator was to sign, once; raises PasskeyRefused."""
        challenge = self._challenges.take(SIGN_IN, binding)
        if challenge is None:
            raise PasskeyRefused
        return challenge

    def sign_count(self, credential: Credential, *, challenge: bytes, public_key: bytes) -> int:
        """Return how often the authenticator says the passkey was used; raises PasskeyRefused."""
        import webauthn

        try:
            used = webauthn.verify_authentication_response(
                credential=credential,
                expected_challenge=challenge,
                expected_rp_id=self._relying_party.id,
                expected_origin=self._relying_party.origin,
                credential_public_key=public_key,
                # The count is compared where it is written.
                credential_current_sign_count=0,
                require_user_verification=True,
            )
        except Exception as error:
            raise PasskeyRefused from error
        return used.new_sign_count


def claimed(credential: Credential) -> tuple[bytes, bytes] | None:
    """Return the credential id and the user handle that an authenticator names."""
    response = credential.get("response")
    handle = response.get("userHandle") if type(response) is dict else None
    named = (_bytes(credential.get("id")), _bytes(handle))
    return None if named[0] is None or named[1] is None else (named[0], named[1])


def _has_prf(credential: Credential) -> bool:
    results = credential.get("clientExtensionResults")
    prf = results.get("prf") if type(results) is dict else None
    return type(prf) is dict and prf.get("enabled") is True


def _bytes(text: Any) -> bytes | None:
    """Decode base64url."""
    if type(text) is not str or len(text) > 2 * MAX_CREDENTIAL_ID:
        return None
    try:
        return decode(text)
    except ValueError:
        return None
