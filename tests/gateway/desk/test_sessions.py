"""A session lasts a working day of use, and never longer than twelve hours."""

from amanat.gateway.desk.sessions import IDLE_MS, LONGEST_MS, MAX_SESSIONS, Sessions


class _Clock:
    now = 1000

    def __call__(self) -> int:
        return self.now


def test_it_ends_when_it_is_not_used() -> None:
    clock = _Clock()
    sessions = Sessions(now_ms=clock)
    token = sessions.open("@budi:localhost", name="Budi")
    clock.now += IDLE_MS - 1
    session = sessions.find(token)
    assert session is not None
    assert (session.user_id, session.name) == ("@budi:localhost", "Budi")
    clock.now += IDLE_MS - 1 - (2 * IDLE_MS - LONGEST_MS)
    assert sessions.find(token) is not None
    clock.now += IDLE_MS
    assert sessions.find(token) is None
    assert sessions.find(token) is None


def test_it_ends_in_the_end_however_much_it_is_used() -> None:
    clock = _Clock()
    sessions = Sessions(now_ms=clock)
    token = sessions.open("@budi:localhost", name="")
    for _ in range(11):
        clock.now += 3_600_000
        assert sessions.find(token) is not None
    clock.now += 3_600_000
    assert sessions.find(token) is None


def test_it_ends_when_one_signs_out_and_another_token_is_none() -> None:
    sessions = Sessions(now_ms=_Clock())
    token, other = sessions.open("@a:b", name=""), sessions.open("@a:b", name="")
    sessions.end(token)
    sessions.end("unknown")
    assert sessions.find(token) is None
    assert sessions.find(other) is not None
    assert sessions.find("\ud800") is None


def test_the_first_give_way_to_too_many() -> None:
    sessions = Sessions(now_ms=_Clock())
    first = sessions.open("@a:b", name="")
    for _ in range(MAX_SESSIONS):
        last = sessions.open("@a:b", name="")
    assert sessions.find(first) is None
    assert sessions.find(last) is not None
