from amanat.config import SMS_BODIES, Config
from amanat.outbound.sms.adapters import adapters_of
from amanat.outbound.sms.console import Console
from amanat.outbound.sms.http_template import ESCAPES, HttpTemplate
from amanat.outbound.sms.twilio import Twilio

EVERYTHING = Config(
    sms_adapters=("twilio", "console", "http"),
    sms_http_url="https://sms.example.org",
    sms_http_headers=("Authorization: Bearer a: b",),
    sms_http_price=300,
    sms_twilio_account="AC1",
    sms_twilio_token="secret",
    sms_twilio_sender="MG1",
    sms_twilio_price=500,
)


async def test_adapters_stand_in_the_order_of_the_settings() -> None:
    adapters, close = adapters_of(EVERYTHING)
    await close()
    assert [(name, type(adapter)) for name, adapter in adapters.items()] == [
        ("twilio", Twilio),
        ("console", Console),
        ("http", HttpTemplate),
    ]
    assert [await adapter.price("+62811") for adapter in adapters.values()] == [500, 0, 300]


async def test_nothing_is_named_by_default() -> None:
    adapters, close = adapters_of(Config())
    await close()
    assert adapters == {}


def test_every_body_that_a_setting_may_name_can_be_written() -> None:
    assert set(SMS_BODIES) == set(ESCAPES)
