from amanat.core.push_targets import BrowserTarget, GatewayTarget, Target
from amanat.outbound.http import HttpClient
from amanat.outbound.push.push import End, Outcome, Push, Receiver
from amanat.outbound.push.services import PushServices
from amanat.outbound.push.vapid import Vapid
from amanat.outbound.push.web_push import WebPush
from tests.outbound.answering import Answering
from tests.outbound.push.browser import Browser, who_asks
from tests.server import FakeClock

PUSH = Push(unread=1, event_id="$e", room_id="!r", room_unread=1)
VAPID = Vapid(b"secret", contact="mailto:a@example.org", now_ms=FakeClock().now_ms)


def services(client: HttpClient) -> PushServices:
    return PushServices(client, web=WebPush(VAPID, secret=b"secret"))


def to(target: Target) -> Receiver:
    return Receiver(target=target, app_id="org.example.app", pushkey="key", since_ts=0)


def of(browser: Browser) -> BrowserTarget:
    return BrowserTarget(browser.data["endpoint"], browser.point, browser.auth)


def gateway(other: Answering) -> GatewayTarget:
    return GatewayTarget(f"{other.url}/_matrix/push/v1/notify", {})


async def test_a_browser_is_pushed_to_by_its_push_service(client: HttpClient, other: Answering) -> None:
    browser = Browser(f"{other.url}/send/1")
    assert await services(client).push(to(of(browser)), PUSH) == Outcome(End.DELIVERED)
    (asked,) = other.asked
    assert asked.line == "POST /send/1 HTTP/1.1"
    assert browser.opens(asked)["event_id"] == "$e"
    assert who_asks(asked, key=VAPID.public_key)["aud"] == other.url
    assert int(asked.headers["ttl"]) > 0


async def test_a_gateway_is_asked_where_the_specification_says(client: HttpClient, other: Answering) -> None:
    assert (await services(client).push(to(gateway(other)), PUSH)).end is End.DELIVERED
    assert other.asked[0].line == "POST /_matrix/push/v1/notify HTTP/1.1"


async def test_a_redirect_is_not_followed(client: HttpClient, other: Answering) -> None:
    other.status, other.headers = 307, f"location: {other.url}/elsewhere\r\n"
    assert (await services(client).push(to(gateway(other)), PUSH)).end is End.LATER
    assert (await services(client).push(to(of(Browser(other.url))), PUSH)).end is End.REFUSED
    assert len(other.asked) == 2


async def test_nothing_of_our_own_network_is_asked(other: Answering) -> None:
    client = HttpClient()
    assert (await services(client).push(to(gateway(other)), PUSH)).end is End.LATER
    assert (await services(client).push(to(of(Browser(other.url))), PUSH)).end is End.LATER
    assert other.asked == []
    await client.close()


async def test_who_is_slow_is_asked_again_later(other: Answering) -> None:
    other.silent = True
    client = HttpClient(private_networks=["127.0.0.0/8"], deadline_s=0.2)
    assert (await services(client).push(to(gateway(other)), PUSH)).end is End.LATER
    await client.close()


async def test_a_service_that_wants_to_be_left_alone_says_how_long(client: HttpClient, other: Answering) -> None:
    other.status, other.headers = 429, "retry-after: 120\r\n"
    assert await services(client).push(to(of(Browser(other.url))), PUSH) == Outcome(End.LATER, 120)
    other.headers = "retry-after: Wed, 21 Oct 2026 07:28:00 GMT\r\n"
    assert await services(client).push(to(of(Browser(other.url))), PUSH) == Outcome(End.LATER)
