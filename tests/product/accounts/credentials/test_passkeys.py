"""Passkeys: who holds one gets in, from the right place, once per challenge, and nobody else does."""

from typing import Any

import pytest

from amanat.core.errors import InvalidParam, NotFound, ResourceLimitExceeded
from amanat.product.accounts.credentials.challenges import LIFETIME_MS
from amanat.product.accounts.credentials.credentials import Credentials
from amanat.product.accounts.credentials.errors import PasskeyRefused
from amanat.product.accounts.credentials.notices import Kind
from amanat.product.accounts.credentials.passkeys import MAX_PASSKEYS
from tests.product.accounts.credentials.authenticator import HONEST, PRESENT, Authenticator, Lies
from tests.server import Person, Server

HERE = "this browser"


async def add(
    credentials: Credentials, person: Person, key: Authenticator | None = None, lies: Lies = HONEST
) -> Authenticator:
    """Add a passkey to an account."""
    key = key or Authenticator()
    options = await credentials.passkeys.registration_options(person.user_id, binding=HERE)
    await credentials.passkeys.register(person.user_id, key.create(options, lies), name="HP", binding=HERE)
    return key


async def sign_in(credentials: Credentials, key: Authenticator, lies: Lies = HONEST) -> str:
    """Sign in with a passkey."""
    options = credentials.passkeys.authentication_options(binding=HERE)
    return await credentials.passkeys.authenticate(key.get(options, lies), binding=HERE)


async def test_a_passkey_signs_its_owner_in(amanat: Server, credentials: Credentials) -> None:
    ani, budi = await amanat.user("ani"), await amanat.user("budi")
    keys = {person.user_id: await add(credentials, person) for person in (ani, budi)}
    for user_id, key in keys.items():
        assert await sign_in(credentials, key) == user_id
        assert await sign_in(credentials, key) == user_id


async def test_one_that_does_not_count_its_uses_signs_in_too(amanat: Server, credentials: Credentials) -> None:
    ani = await amanat.user("ani")
    key = await add(credentials, ani, Authenticator(counts=False))
    assert [await sign_in(credentials, key) for _ in range(2)] == [ani.user_id] * 2


async def test_what_is_asked_of_an_authenticator(amanat: Server, credentials: Credentials) -> None:
    ani = await amanat.user("ani")
    key = await add(credentials, ani)
    options = await credentials.passkeys.registration_options(ani.user_id, binding=HERE)
    assert options["rp"] == {"name": "Amanat", "id": "localhost"}
    assert options["authenticatorSelection"]["residentKey"] == "required"
    assert options["extensions"]["prf"] == {}
    assert [held["id"] for held in options["excludeCredentials"]] == [key.id]
    assert "ani" not in options["user"]["id"]


async def test_the_list_tells_passkeys_apart(amanat: Server, credentials: Credentials) -> None:
    ani = await amanat.user("ani")
    key = await add(credentials, ani)
    (unused,) = await credentials.passkeys.list(ani.user_id)
    await sign_in(credentials, key)
    (used,) = await credentials.passkeys.list(ani.user_id)
    assert (unused.name, unused.prf, unused.used_ts) == ("HP", 1, None)
    assert used.used_ts is not None
    assert used.used_ts % 3_600_000 == 0


async def test_a_passkey_that_was_removed_opens_nothing(amanat: Server, credentials: Credentials) -> None:
    ani, eve = await amanat.user("ani"), await amanat.user("eve")
    key = await add(credentials, ani)
    with pytest.raises(NotFound):
        await credentials.passkeys.remove(eve.user_id, key.credential_id)
    await credentials.passkeys.remove(ani.user_id, key.credential_id)
    with pytest.raises(PasskeyRefused):
        await sign_in(credentials, key)
    kinds = [notice.kind for notice in await credentials.notices.list(ani.user_id)]
    assert kinds == [Kind.PASSKEY_ADDED, Kind.PASSKEY_REMOVED]


async def test_an_account_has_twenty_at_most(amanat: Server, credentials: Credentials) -> None:
    ani = await amanat.user("ani")
    for _ in range(MAX_PASSKEYS):
        await add(credentials, ani)
    with pytest.raises(ResourceLimitExceeded):
        await add(credentials, ani)


@pytest.mark.parametrize("name", ["", " ", "x" * 65, "a\nb", "a\0"])
async def test_a_name_can_be_read(amanat: Server, credentials: Credentials, name: str) -> None:
    ani = await amanat.user("ani")
    options = await credentials.passkeys.registration_options(ani.user_id, binding=HERE)
    with pytest.raises(InvalidParam):
        await credentials.passkeys.register(ani.user_id, Authenticator().create(options), name=name, binding=HERE)


# Attacks

LIES = [
    Lies(origin="https://evil.example.org"),
    Lies(origin="http://localhost:8009"),
    Lies(rp_id="evil.example.org"),
    Lies(flags=PRESENT),
    Lies(flags=0),
    Lies(challenge="A" * 43),
]


@pytest.mark.parametrize("lies", LIES)
async def test_a_passkey_from_elsewhere_is_not_added(amanat: Server, credentials: Credentials, lies: Lies) -> None:
    ani = await amanat.user("ani")
    with pytest.raises(PasskeyRefused):
        await add(credentials, ani, lies=lies)
    assert await credentials.passkeys.list(ani.user_id) == []


@pytest.mark.parametrize("lies", LIES)
async def test_a_passkey_used_elsewhere_opens_nothing(amanat: Server, credentials: Credentials, lies: Lies) -> None:
    ani = await amanat.user("ani")
    key = await add(credentials, ani)
    with pytest.raises(PasskeyRefused):
        await sign_in(credentials, key, lies)


async def test_an_answer_counts_once(amanat: Server, credentials: Credentials) -> None:
    ani = await amanat.user("ani")
    key = await add(credentials, ani, Authenticator(counts=False))
    answer = key.get(credentials.passkeys.authentication_options(binding=HERE))
    assert await credentials.passkeys.authenticate(answer, binding=HERE) == ani.user_id
    with pytest.raises(PasskeyRefused):
        await credentials.passkeys.authenticate(answer, binding=HERE)
    credentials.passkeys.authentication_options(binding=HERE)
    with pytest.raises(PasskeyRefused):
        await credentials.passkeys.authenticate(answer, binding=HERE)


async def test_an_answer_counts_in_the_browser_that_asked(amanat: Server, credentials: Credentials) -> None:
    key = await add(credentials, await amanat.user("ani"))
    answer = key.get(credentials.passkeys.authentication_options(binding=HERE))
    with pytest.raises(PasskeyRefused):
        await credentials.passkeys.authenticate(answer, binding="another browser")


async def test_an_answer_that_comes_late_is_none(amanat: Server, credentials: Credentials) -> None:
    key = await add(credentials, await amanat.user("ani"))
    answer = key.get(credentials.passkeys.authentication_options(binding=HERE))
    amanat.clock.pass_ms(LIFETIME_MS)
    with pytest.raises(PasskeyRefused):
        await credentials.passkeys.authenticate(answer, binding=HERE)


async def test_a_passkey_of_one_account_opens_no_other(amanat: Server, credentials: Credentials) -> None:
    ani, eve = await amanat.user("ani"), await amanat.user("eve")
    await add(credentials, ani)
    hers = await add(credentials, eve)
    anis = (await credentials.passkeys.registration_options(ani.user_id, binding="x"))["user"]["id"]
    with pytest.raises(PasskeyRefused):
        await sign_in(credentials, hers, Lies(user_handle=anis))


async def test_nobody_adds_the_credential_of_somebody_else(amanat: Server, credentials: Credentials) -> None:
    ani, eve = await amanat.user("ani"), await amanat.user("eve")
    key = await add(credentials, ani)
    with pytest.raises(PasskeyRefused):
        await add(credentials, eve, Authenticator(credential_id=key.credential_id))
    assert await sign_in(credentials, key) == ani.user_id


async def test_what_was_made_for_one_account_is_added_to_no_other(amanat: Server, credentials: Credentials) -> None:
    ani, eve = await amanat.user("ani"), await amanat.user("eve")
    options = await credentials.passkeys.registration_options(ani.user_id, binding=HERE)
    with pytest.raises(PasskeyRefused):
        await credentials.passkeys.register(eve.user_id, Authenticator().create(options), name="HP", binding=HERE)


async def test_a_copy_is_refused_and_told(amanat: Server, credentials: Credentials) -> None:
    ani = await amanat.user("ani")
    key = await add(credentials, ani)
    for _ in range(3):
        await sign_in(credentials, key)
    key.count -= 2
    with pytest.raises(PasskeyRefused):
        await sign_in(credentials, key)
    assert (await credentials.notices.list(ani.user_id))[-1].kind is Kind.PASSKEY_COPIED


async def test_an_account_that_has_ended_is_not_opened(amanat: Server, credentials: Credentials) -> None:
    ani = await amanat.user("ani")
    key = await add(credentials, ani)
    await amanat.amanat.deactivation.deactivate(ani.user_id, erase=False)
    with pytest.raises(PasskeyRefused):
        await sign_in(credentials, key)


def broken(answer: dict[str, Any]) -> list[dict[str, Any]]:
    """Return answers that no authenticator gives."""
    response = answer["response"]
    deep = "81" * 5000
    return [
        {},
        {"id": 1},
        answer | {"response": None},
        answer | {"id": "é"},
        answer | {"type": "password"},
        answer | {"rawId": "AAAA"},
        answer | {"clientExtensionResults": {"prf": 1}, "response": {**response, "clientDataJSON": "AAAA"}},
        *(answer | {"response": response | {name: junk}} for name in response for junk in (None, 1, "", "=", "AAAA")),
        answer | {"response": response | {"attestationObject": deep, "authenticatorData": deep}},
    ]


async def test_junk_is_refused_and_never_breaks_anything(amanat: Server, credentials: Credentials) -> None:
    ani = await amanat.user("ani")
    key = await add(credentials, ani)
    for number in range(len(broken(key.get(credentials.passkeys.authentication_options(binding=HERE))))):
        options = credentials.passkeys.authentication_options(binding=HERE)
        with pytest.raises(PasskeyRefused):
            await credentials.passkeys.authenticate(broken(key.get(options))[number], binding=HERE)
    other = Authenticator()
    made = other.create(await credentials.passkeys.registration_options(ani.user_id, binding=HERE))
    for number in range(len(broken(made))):
        options = await credentials.passkeys.registration_options(ani.user_id, binding=HERE)
        with pytest.raises(PasskeyRefused):
            await credentials.passkeys.register(
                ani.user_id, broken(other.create(options))[number], name="HP", binding=HERE
            )
