"""The feature as the settings make it."""

import pytest
from msgspec.structs import replace

from amanat.config import Config
from amanat.core.errors import LimitExceeded
from amanat.product.accounts.phone.codes import Phone
from amanat.product.accounts.phone.errors import SmsUnavailable, WorkNeeded
from amanat.product.accounts.phone.feature import PhoneFeature
from amanat.product.accounts.phone.tables import SMS_SPENDING
from amanat.store.store import Store
from tests.outbound.answering import answering
from tests.product.accounts.phone.people import ANI, BUDI, SECRET, Phones, solve
from tests.server import Server
from tests.store.schema import everything_in


def feature(store: Store, config: Config) -> PhoneFeature:
    return PhoneFeature(store, config=config, secret=lambda: SECRET, now_ms=lambda: 1_700_000_000_000)


async def ask(phone: PhoneFeature, number: str, *, work: str | None = None) -> None:
    await phone.codes.request(number, purpose="sign-in", address="192.0.2.1", language="id", work=work)


async def test_settings_name_the_limits(lite: Store) -> None:
    config = Config(sms_adapters=("console",), phone_work_bits=4, phone_daily_per_country=1, phone_countries=("SG",))
    phone = feature(lite, config)
    with pytest.raises(WorkNeeded):
        await ask(phone, "+6581234567")
    await ask(phone, "+6581234567", work=solve(phone.work.challenge()))
    with pytest.raises(LimitExceeded):
        await ask(phone, "+6581234568", work=solve(phone.work.challenge()))


async def test_codes_go_out_by_the_adapters_in_their_order_and_stop_at_the_cap(lite: Store) -> None:
    async with answering() as broken, answering() as working:
        broken.status = 402
        config = Config(
            public_url="https://chat.example.id",
            phone_work_bits=0,
            sms_adapters=("http", "console"),
            sms_http_url=broken.url,
            sms_http_body='{"text": "{text}"}',
            sms_http_price=7,
            sms_daily_cap=7,
            outbound_private_networks=("127.0.0.0/8",),
        )
        phone = feature(lite, config)
        await ask(phone, ANI)
        await phone.close()
        assert [(row.adapter, row.spent, row.sent, row.failed) for row in await everything_in(lite, SMS_SPENDING)] == [
            ("console", 0, 1, 0),
            ("http", 0, 0, 1),
        ]
        phone = feature(lite, replace(config, sms_http_url=working.url))
        await ask(phone, BUDI)
        with pytest.raises(SmsUnavailable):
            await ask(phone, "+6281100000001")
        await phone.close()
        assert b"@chat.example.id #" in working.asked[0].body
        assert (len(broken.asked), len(working.asked)) == (1, 1)


async def test_a_lab_has_no_limits(lite: Store) -> None:
    phones = Phones(lite, limited=False, phone_work_bits=20, phone_daily_per_address=1)
    for number in range(60):
        await phones.request(f"+62812345600{number:02d}")
    assert len(phones.inbox.texts()) == 60


async def test_an_account_that_ends_has_no_number(amanat: Server) -> None:
    ani = await amanat.user("ani")
    phones, store = amanat.amanat.phone.phones, amanat.amanat.store
    hers = Phone(phones.hash_of(ANI), ANI)
    await store.write(lambda tx: phones.link(tx, hers, user_id=ani.user_id), needs=phones.needs(ani.user_id, hers))
    await amanat.amanat.deactivation.deactivate(ani.user_id, erase=True)
    await amanat.amanat.jobs.done("account_deactivation", ani.user_id)
    assert (await phones.owner(hers.number_hash), await phones.masked(ani.user_id)) == (None, None)
