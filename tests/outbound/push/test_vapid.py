from amanat.outbound.push.vapid import LASTS_S, MAX_HELD, Vapid
from tests.outbound.answering import Asked
from tests.outbound.push.browser import who_asks
from tests.server import FakeClock


def vapid(clock: FakeClock, secret: bytes = b"secret") -> Vapid:
    return Vapid(secret, contact="mailto:push@example.org", now_ms=clock.now_ms)


def claims(signer: Vapid, endpoint: str) -> dict[str, object]:
    return who_asks(Asked("", {"authorization": signer.authorization(endpoint)}, b""), key=signer.public_key)


def test_a_push_service_learns_who_asks_and_for_whom() -> None:
    clock = FakeClock()
    said = claims(vapid(clock), "https://push.example.org:8443/send/1?q=2")
    assert said["aud"] == "https://push.example.org:8443"
    assert said["sub"] == "mailto:push@example.org"
    assert said["exp"] == clock.ms // 1000 + LASTS_S


def test_the_key_stays_the_same_as_long_as_the_secret_does() -> None:
    clock = FakeClock()
    assert vapid(clock).public_key == vapid(clock).public_key != vapid(clock, b"other").public_key


def test_a_token_is_kept_until_it_is_about_to_end() -> None:
    clock = FakeClock()
    signer = vapid(clock)
    first = signer.authorization("https://push.example.org/1")
    assert signer.authorization("https://push.example.org/2") == first
    assert signer.authorization("https://other.example.org/2") != first
    clock.pass_ms((LASTS_S - 3600) * 1000 + 1000)
    assert signer.authorization("https://push.example.org/1") != first


def test_tokens_of_many_services_are_not_kept_for_ever() -> None:
    signer = vapid(FakeClock())
    for number in range(MAX_HELD + 1):
        signer.authorization(f"https://push{number}.example.org/1")
    assert claims(signer, "https://push0.example.org/1")["aud"] == "https://push0.example.org"
