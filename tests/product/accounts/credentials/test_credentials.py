"""All of an account's credentials: where they are not to be found, and that they end with the account."""

from pathlib import Path

from amanat.handlers.account_deactivation import CLEAR
from amanat.product.accounts.credentials.credentials import Credentials
from amanat.product.accounts.credentials.notices import MAIL
from amanat.product.accounts.credentials.tables import PIN, RECOVERY_EMAIL, RECOVERY_KEY
from tests.product.accounts.credentials.authenticator import Authenticator
from tests.server import Person, Server, start

PIN_OF_ANI = "48291537"
ADDRESS = "ani.rahasia@example.org"


async def equip(amanat: Server, credentials: Credentials, person: Person) -> str:
    """Give somebody one of everything and return their recovery key."""
    await credentials.pins.set(person.user_id, PIN_OF_ANI)
    options = await credentials.passkeys.registration_options(person.user_id, binding="here")
    await credentials.passkeys.register(person.user_id, Authenticator().create(options), name="HP", binding="here")
    await credentials.recovery_emails.set(person.user_id, ADDRESS, language="id")
    assert amanat.amanat.inbox is not None
    code = amanat.amanat.inbox.texts(ADDRESS)[0].text.partition("Kode: ")[2][:6]
    await credentials.recovery_emails.confirm(person.user_id, code)
    return await credentials.recovery_keys.new(person.user_id)


def everything_in(folder: Path) -> bytes:
    """Read every byte that lies there."""
    return b"".join(file.read_bytes() for file in folder.rglob("*") if file.is_file())


async def test_a_stolen_disk_holds_no_pin_no_address_and_no_recovery_key(tmp_path: Path) -> None:
    amanat = await start(tmp_path)
    ani = await amanat.user("ani")
    key = await equip(amanat, amanat.amanat.credentials, ani)
    await amanat.amanat.jobs.done(MAIL, ani.user_id)
    written = everything_in(tmp_path)
    await amanat.amanat.close()
    assert ani.user_id.encode() in written
    for secret in (PIN_OF_ANI, ADDRESS, "rahasia", key, key.replace("-", "")):
        assert secret.encode() not in written


async def test_they_end_with_the_account(amanat: Server, credentials: Credentials) -> None:
    ani = await amanat.user("ani")
    await equip(amanat, credentials, ani)
    await amanat.amanat.deactivation.deactivate(ani.user_id, erase=True)
    await amanat.amanat.jobs.done(CLEAR, ani.user_id)
    store = amanat.amanat.store
    assert await store.first(PIN, user_id=ani.user_id) is None
    assert await store.first(RECOVERY_KEY, user_id=ani.user_id) is None
    assert await store.first(RECOVERY_EMAIL, user_id=ani.user_id) is None
    assert await credentials.passkeys.list(ani.user_id) == []
    assert await credentials.notices.list(ani.user_id) == []
