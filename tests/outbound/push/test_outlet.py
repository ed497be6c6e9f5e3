from amanat.core.push_targets import GatewayTarget
from amanat.outbound.push.outlet import PushOutlet
from amanat.outbound.push.push import End, Push, Receiver
from tests.outbound.answering import Answering
from tests.server import FakeClock


def outlet(*private_networks: str) -> PushOutlet:
    return PushOutlet(
        secret=lambda: b"secret",
        contact="mailto:a@example.org",
        private_networks=private_networks,
        now_ms=FakeClock().now_ms,
    )


async def test_pushes_go_to_the_networks_that_are_allowed_alone(other: Answering) -> None:
    target = GatewayTarget(f"{other.url}/_matrix/push/v1/notify", {})
    receiver = Receiver(target=target, app_id="a", pushkey="k", since_ts=0)
    for way, end in ((outlet("127.0.0.0/8"), End.DELIVERED), (outlet(), End.LATER)):
        assert (await way.push(receiver, Push(unread=1))).end is end
        await way.close()
    assert len(other.asked) == 1


async def test_one_that_never_pushed_closes_too() -> None:
    await outlet().close()


def test_the_key_is_the_secrets() -> None:
    assert outlet().public_key() == outlet().public_key()
