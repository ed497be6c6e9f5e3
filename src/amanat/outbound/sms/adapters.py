"""The adapters that an operator has named, in their order."""

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from amanat.config import Config
from amanat.outbound.sms.console import Console
from amanat.outbound.sms.sms import Sms

if TYPE_CHECKING:
    from amanat.outbound.http import HttpClient

Close = Callable[[], Awaitable[None]]


def adapters_of(config: Config) -> tuple[dict[str, Sms], Close]:
    """Return the adapters by name, and what lets go of their connections."""
    if not {"http", "twilio"} & set(config.sms_adapters):
        return {name: Console() for name in config.sms_adapters}, _nothing
    # Loaded only where it is used: the HTTP client takes 6 MB, a quarter of a server that has just started.
    from amanat.outbound.http import HttpClient

    client = HttpClient(private_networks=config.outbound_private_networks)
    return {name: _adapter(name, config, client=client) for name in config.sms_adapters}, client.close


def _adapter(name: str, config: Config, *, client: "HttpClient") -> Sms:
    if name == "console":
        return Console()
    return _http(config, client) if name == "http" else _twilio(config, client)


def _http(config: Config, client: "HttpClient") -> Sms:
    from amanat.outbound.sms.http_template import HttpTemplate, SmsRequest

    assert config.sms_http_url, "the configuration was checked"
    request = SmsRequest(
        url=config.sms_http_url,
        method=config.sms_http_method,
        headers=dict(line.split(": ", 1) for line in config.sms_http_headers),
        body=config.sms_http_body,
        success=config.sms_http_success,
    )
    return HttpTemplate(client, request, price=config.sms_http_price)


def _twilio(config: Config, client: "HttpClient") -> Sms:
    from amanat.outbound.sms.twilio import Twilio, TwilioAccount

    account, token, sender = config.sms_twilio_account, config.sms_twilio_token, config.sms_twilio_sender
    assert account, "the configuration was checked"
    assert token, "the configuration was checked"
    assert sender, "the configuration was checked"
    return Twilio(client, TwilioAccount(account=account, token=token, sender=sender), price=config.sms_twilio_price)


async def _nothing() -> None:
    """There is nothing to let go of."""
