from amanat.product.accounts.credentials.challenges import LIFETIME_MS, MAX_CHALLENGES, Challenges
from tests.server import FakeClock


def test_a_challenge_is_used_once_and_where_it_was_asked_for() -> None:
    challenges = Challenges(now_ms=FakeClock().now_ms)
    challenge = challenges.new("sign_in", "one browser")
    assert challenges.take("sign_in", "another browser") is None
    assert challenges.take("add", "one browser") is None
    assert challenges.take("sign_in", "one browser") == challenge
    assert challenges.take("sign_in", "one browser") is None


def test_a_challenge_lives_two_minutes_and_voids_the_one_before() -> None:
    clock = FakeClock()
    challenges = Challenges(now_ms=clock.now_ms)
    first, second = challenges.new("browser"), challenges.new("browser")
    assert first != second
    assert challenges.take("browser") == second
    challenges.new("browser")
    clock.pass_ms(LIFETIME_MS)
    assert challenges.take("browser") is None


def test_the_oldest_gives_way() -> None:
    challenges = Challenges(now_ms=FakeClock().now_ms)
    for number in range(MAX_CHALLENGES + 1):
        challenges.new(str(number))
    assert challenges.take("0") is None
    assert challenges.take("1") is not None
