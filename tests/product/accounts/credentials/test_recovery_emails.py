"""An address hears what happens to the account, is confirmed before, and never opens anything."""

import re

import pytest

from amanat.core.errors import Forbidden, InvalidParam, LimitExceeded
from amanat.outbound.email import Letter, MailFailed
from amanat.product.accounts.credentials.credentials import Credentials
from amanat.product.accounts.credentials.errors import MailNotSent, WrongEmailCode
from amanat.product.accounts.credentials.notices import MAIL, Kind
from amanat.product.accounts.credentials.recovery_emails import (
    CODE_MS,
    DAY_MS,
    GUESSES,
    LETTERS_A_DAY,
    STALE_MS,
    MailMeans,
    RecoveryEmails,
)
from amanat.product.accounts.credentials.tables import RECOVERY_EMAIL
from tests.server import Person, Server

ADDRESS = "ani@example.org"


def letters(amanat: Server, address: str = ADDRESS) -> list[str]:
    """What was mailed to an address, the newest first."""
    assert amanat.amanat.inbox is not None
    return [text.text for text in amanat.amanat.inbox.texts(address)]


def code(amanat: Server, address: str = ADDRESS) -> str:
    """The code that was mailed last."""
    found = re.search(r"\b\d{6}\b", letters(amanat, address)[0])
    assert found is not None
    return found[0]


async def confirmed(amanat: Server, credentials: Credentials, person: Person, address: str = ADDRESS) -> None:
    await credentials.recovery_emails.set(person.user_id, address, language="id")
    await credentials.recovery_emails.confirm(person.user_id, code(amanat, address))
    await amanat.amanat.jobs.done(MAIL, person.user_id)


async def happens(amanat: Server, credentials: Credentials, person: Person, kind: Kind) -> None:
    """Let something happen to an account, and wait for the mail."""
    await credentials.notices.tell(person.user_id, kind)
    await amanat.amanat.jobs.done(MAIL, person.user_id)


async def test_a_confirmed_address_is_mailed_what_happens(amanat: Server, credentials: Credentials) -> None:
    ani = await amanat.user("ani")
    await happens(amanat, credentials, ani, Kind.PIN_SET)
    await confirmed(amanat, credentials, ani)
    await happens(amanat, credentials, ani, Kind.RECOVERY_KEY_USED)
    told, changed, _code = letters(amanat)
    assert "dibuka dengan kode pemulihan" in told
    assert "Alamat untuk pemberitahuan diganti" in changed
    assert "PIN akun dipasang" not in told + changed


async def test_a_lab_shows_letters_beside_its_texts(amanat: Server, credentials: Credentials) -> None:
    ani = await amanat.user("ani")
    await credentials.recovery_emails.set(ani.user_id, ADDRESS, language="en")
    inbox = await amanat.request("GET", "/_amanat/lab/inbox", query={"to": ADDRESS})
    assert [(text["to"], text["purpose"]) for text in inbox.json["texts"]] == [(ADDRESS, "email")]


async def test_an_address_that_was_not_confirmed_is_mailed_its_code_alone(
    amanat: Server, credentials: Credentials
) -> None:
    ani = await amanat.user("ani")
    await credentials.recovery_emails.set(ani.user_id, ADDRESS, language="en")
    await happens(amanat, credentials, ani, Kind.PIN_SET)
    assert len(letters(amanat)) == 1
    assert await credentials.recovery_emails.address(ani.user_id) is None


async def test_each_thing_is_mailed_once(amanat: Server, credentials: Credentials) -> None:
    ani = await amanat.user("ani")
    await confirmed(amanat, credentials, ani)
    await happens(amanat, credentials, ani, Kind.PIN_SET)
    before = len(letters(amanat))
    await credentials.recovery_emails.mail_notices(ani.user_id)
    assert len(letters(amanat)) == before


async def test_who_takes_an_account_over_cannot_silence_the_old_address(
    amanat: Server, credentials: Credentials
) -> None:
    ani = await amanat.user("ani")
    await confirmed(amanat, credentials, ani)
    await confirmed(amanat, credentials, ani, "eve@example.org")
    assert "diganti" in letters(amanat)[0]
    assert len(letters(amanat)) == 3
    await credentials.recovery_emails.remove(ani.user_id)
    await amanat.amanat.jobs.done(MAIL, ani.user_id)
    assert "dihapus" in letters(amanat, "eve@example.org")[0]
    row = await amanat.amanat.store.first(RECOVERY_EMAIL, user_id=ani.user_id)
    assert row is not None
    assert (row.address, row.pending, row.previous) == (None, None, None)


async def test_its_owner_sees_it_and_others_a_mask(amanat: Server, credentials: Credentials) -> None:
    ani, budi = await amanat.user("ani"), await amanat.user("budi")
    await confirmed(amanat, credentials, ani)
    assert await credentials.recovery_emails.address(ani.user_id) == ADDRESS
    assert await credentials.recovery_emails.masked(ani.user_id) == "a•••@e•••.org"
    assert await credentials.recovery_emails.masked(budi.user_id) is None


@pytest.mark.parametrize(
    "address",
    [
        "",
        "ani",
        "ani@",
        "@x.org",
        "ani@localhost",
        "a b@x.org",
        "ani@x.org\r\nBcc: e@x.org",
        "a@x.org,b@x.org",
        "<a@x.org>",
        "ani@x.org\0",
        f"{'a' * 65}@x.org",
        "a@" + 5 * f"{'x' * 60}." + "org",
    ],
)
async def test_what_is_no_address_is_refused(amanat: Server, credentials: Credentials, address: str) -> None:
    with pytest.raises(InvalidParam):
        await credentials.recovery_emails.set("@ani:localhost", address, language="id")


# Attacks


async def test_a_code_is_guessed_at_five_times(amanat: Server, credentials: Credentials) -> None:
    ani = await amanat.user("ani")
    await credentials.recovery_emails.set(ani.user_id, ADDRESS, language="id")
    right = code(amanat)
    for _ in range(GUESSES):
        with pytest.raises(WrongEmailCode):
            await credentials.recovery_emails.confirm(ani.user_id, "000000" if right != "000000" else "111111")
    with pytest.raises(WrongEmailCode):
        await credentials.recovery_emails.confirm(ani.user_id, right)


async def test_a_code_counts_once_and_for_its_own_account(amanat: Server, credentials: Credentials) -> None:
    ani, eve = await amanat.user("ani"), await amanat.user("eve")
    await credentials.recovery_emails.set(ani.user_id, ADDRESS, language="id")
    right = code(amanat)
    await credentials.recovery_emails.set(eve.user_id, ADDRESS, language="id")
    with pytest.raises(WrongEmailCode):
        await credentials.recovery_emails.confirm(eve.user_id, right)
    await credentials.recovery_emails.confirm(ani.user_id, right)
    with pytest.raises(WrongEmailCode):
        await credentials.recovery_emails.confirm(ani.user_id, right)


async def test_a_code_lives_half_an_hour(amanat: Server, credentials: Credentials) -> None:
    ani = await amanat.user("ani")
    await credentials.recovery_emails.set(ani.user_id, ADDRESS, language="id")
    amanat.clock.pass_ms(CODE_MS)
    with pytest.raises(WrongEmailCode):
        await credentials.recovery_emails.confirm(ani.user_id, code(amanat))


async def test_an_address_that_nobody_confirms_is_forgotten(amanat: Server, credentials: Credentials) -> None:
    ani = await amanat.user("ani")
    await confirmed(amanat, credentials, ani)
    await credentials.recovery_emails.set(ani.user_id, "typo@example.org", language="id")
    await credentials.recovery_emails.sweep()
    row = await amanat.amanat.store.first(RECOVERY_EMAIL, user_id=ani.user_id)
    assert row is not None
    assert row.pending is not None
    amanat.clock.pass_ms(CODE_MS)
    await credentials.recovery_emails.sweep()
    row = await amanat.amanat.store.first(RECOVERY_EMAIL, user_id=ani.user_id)
    assert row is not None
    assert (row.pending, row.code_hash) == (None, None)
    assert await credentials.recovery_emails.address(ani.user_id) == ADDRESS


async def test_nobody_s_mailbox_is_filled(amanat: Server, credentials: Credentials) -> None:
    ani = await amanat.user("ani")
    for _ in range(LETTERS_A_DAY):
        await credentials.recovery_emails.set(ani.user_id, ADDRESS, language="id")
        await credentials.recovery_emails.remove(ani.user_id)
    with pytest.raises(LimitExceeded):
        await credentials.recovery_emails.set(ani.user_id, ADDRESS, language="id")
    amanat.clock.pass_ms(DAY_MS)
    await credentials.recovery_emails.set(ani.user_id, ADDRESS, language="id")
    assert len(letters(amanat)) == LETTERS_A_DAY + 1


# When mail does not work


class Broken:
    """A relay that is down, until it is not."""

    def __init__(self) -> None:
        self.down = True
        self.sent: list[Letter] = []

    async def send(self, letter: Letter) -> None:
        if self.down:
            raise MailFailed("no connection")
        self.sent.append(letter)


def with_mail(amanat: Server, credentials: Credentials, mail: Broken | None) -> RecoveryEmails:
    return RecoveryEmails(
        amanat.amanat.store,
        means=MailMeans(mail=mail, server="localhost"),
        notices=credentials.notices,
        secret=lambda: amanat.amanat.keys.secret,
        now_ms=amanat.clock.now_ms,
    )


async def test_what_could_not_be_mailed_is_mailed_later_but_not_for_ever(
    amanat: Server, credentials: Credentials
) -> None:
    ani = await amanat.user("ani")
    await confirmed(amanat, credentials, ani)
    relay = Broken()
    emails = with_mail(amanat, credentials, relay)
    amanat.amanat.jobs.workers.pop(MAIL)
    await credentials.notices.tell(ani.user_id, Kind.PIN_SET)
    with pytest.raises(MailFailed):
        await emails.mail_notices(ani.user_id)
    relay.down = False
    await emails.mail_notices(ani.user_id)
    assert len(relay.sent) == 1
    await credentials.notices.tell(ani.user_id, Kind.PIN_REMOVED)
    amanat.clock.pass_ms(STALE_MS)
    await emails.mail_notices(ani.user_id)
    assert len(relay.sent) == 1


async def test_who_asks_for_a_code_is_told_when_it_could_not_be_sent(amanat: Server, credentials: Credentials) -> None:
    ani = await amanat.user("ani")
    with pytest.raises(MailNotSent):
        await with_mail(amanat, credentials, Broken()).set(ani.user_id, ADDRESS, language="id")


async def test_a_server_without_a_relay_takes_no_address(amanat: Server, credentials: Credentials) -> None:
    ani = await amanat.user("ani")
    emails = with_mail(amanat, credentials, None)
    assert not emails.available
    with pytest.raises(Forbidden):
        await emails.set(ani.user_id, ADDRESS, language="id")


async def test_an_address_is_forgotten_even_if_it_can_no_longer_be_told(
    amanat: Server, credentials: Credentials
) -> None:
    ani = await amanat.user("ani")
    await confirmed(amanat, credentials, ani)
    amanat.amanat.jobs.workers.pop(MAIL)
    emails = with_mail(amanat, credentials, None)
    await emails.remove(ani.user_id)
    await emails.mail_notices(ani.user_id)
    row = await amanat.amanat.store.first(RECOVERY_EMAIL, user_id=ani.user_id)
    assert row is not None
    assert (row.address, row.previous) == (None, None)
