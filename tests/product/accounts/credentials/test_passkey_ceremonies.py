"""What authenticators are asked for, and what they learn of whom."""

from amanat.product.accounts.credentials.passkey_ceremonies import PasskeyCeremonies, claimed
from amanat.product.accounts.credentials.relying_party import RelyingParty
from tests.product.accounts.credentials.authenticator import Authenticator
from tests.server import FakeClock

LOCAL = RelyingParty(id="localhost", origin="http://localhost:8008")
ANI = "@ani:localhost"


def ceremonies(secret: bytes = b"s" * 32) -> PasskeyCeremonies:
    return PasskeyCeremonies(LOCAL, secret=lambda: secret, now_ms=FakeClock().now_ms)


def test_an_authenticator_knows_an_account_by_a_name_that_says_nothing() -> None:
    handle = ceremonies().user_handle(ANI)
    assert len(handle) == 32
    assert handle == ceremonies().user_handle(ANI)
    assert handle not in (ceremonies().user_handle("@budi:localhost"), ceremonies(b"t" * 32).user_handle(ANI))


def test_owners_prove_to_be_there_and_passkeys_are_found_by_themselves() -> None:
    making = ceremonies().creation_options(ANI, name="ani", held=[b"held"], binding="here")
    assert making["authenticatorSelection"] == {
        "residentKey": "required",
        "requireResidentKey": True,
        "userVerification": "required",
    }
    assert making["attestation"] == "none"
    assert making["extensions"] == {"prf": {}, "credProps": True}
    using = ceremonies().request_options(binding="here")
    assert (using["userVerification"], using["allowCredentials"], using["rpId"]) == ("required", [], "localhost")


def test_every_ceremony_has_a_challenge_of_its_own() -> None:
    both = ceremonies()
    asked = [both.request_options(binding="here")["challenge"] for _ in range(2)]
    assert asked[0] != asked[1]


def test_what_was_made_is_described() -> None:
    conducted, key = ceremonies(), Authenticator()
    options = conducted.creation_options(ANI, name="ani", held=[], binding="here")
    made = conducted.made(ANI, key.create(options), binding="here")
    assert (made.credential_id, made.prf, made.backed_up, made.sign_count) == (key.credential_id, True, False, 0)
    used = key.get(conducted.request_options(binding="here"))
    assert claimed(used) == (key.credential_id, conducted.user_handle(ANI))
    challenge = conducted.take_challenge(binding="here")
    assert conducted.sign_count(used, challenge=challenge, public_key=made.public_key) == 1


def test_who_names_no_account_claims_nothing() -> None:
    assert claimed({}) is None
    assert claimed({"id": "AAAA", "response": {}}) is None
    assert claimed({"id": "AAAA", "response": {"userHandle": None}}) is None
