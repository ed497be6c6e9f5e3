"""Who is woken by what, and what a listener knows."""

import asyncio
from collections.abc import Callable

import pytest

from amanat.notifier.local import IDLE_S, Listener, LocalNotifier

ANI, BUDI = "@ani:localhost", "@budi:localhost"
HOME, WORK = "!home", "!work"


class Time:
    """Seconds, as a test sets them."""

    def __init__(self) -> None:
        self.s = 0.0

    def now(self) -> float:
        return self.s


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture
def notifier(time: Time) -> LocalNotifier:
    return LocalNotifier(clock=time.now)


def listen(notifier: LocalNotifier, user_id: str, *rooms: str) -> Listener:
    return notifier.listen(user_id, rooms=rooms, room_since=10, user_since=10)


def stays(_told: Callable[[], object]) -> None:
    """Take the place of a client that does not hang up."""


async def test_an_event_wakes_those_who_listen_in_its_room(notifier: LocalNotifier) -> None:
    ani, budi = listen(notifier, ANI, HOME), listen(notifier, BUDI, WORK)
    polls = [asyncio.create_task(notifier.wait(each, timeout_s=60, hang_up=stays)) for each in (ani, budi)]
    await asyncio.sleep(0)
    notifier.room_changed(HOME, 11)
    done, parked = await asyncio.wait(polls, timeout=0.05)
    assert (done, parked) == ({polls[0]}, {polls[1]})
    polls[1].cancel()


async def test_a_listener_knows_what_changed_after_it_began(notifier: LocalNotifier) -> None:
    ani = listen(notifier, ANI, HOME, WORK)
    notifier.room_changed(HOME, 11)
    notifier.room_changed(WORK, 12)
    notifier.room_changed(HOME, 13)
    assert ani.changed_rooms(10) == {HOME: 13, WORK: 12}
    assert ani.changed_rooms(12) == {HOME: 13}
    assert ani.changed_rooms(13) == {}
    assert ani.changed_rooms(9) is None


async def test_joining_and_leaving_change_what_is_heard(notifier: LocalNotifier) -> None:
    ani = listen(notifier, ANI, HOME)
    notifier.left(ANI, HOME)
    notifier.entered(ANI, WORK)
    notifier.room_changed(HOME, 11)
    notifier.room_changed(WORK, 12)
    assert ani.changed_rooms(10) == {WORK: 12}


async def test_a_client_that_hangs_up_ends_its_poll(notifier: LocalNotifier) -> None:
    told: list[Callable[[], object]] = []
    ani = listen(notifier, ANI, HOME)
    poll = asyncio.create_task(notifier.wait(ani, timeout_s=60, hang_up=told.append))
    await asyncio.sleep(0)
    told[0]()
    assert await poll is True
    assert ani.waiters == []


async def test_a_poll_that_is_cancelled_leaves_nothing_behind(notifier: LocalNotifier) -> None:
    ani = listen(notifier, ANI, HOME)
    poll = asyncio.create_task(notifier.wait(ani, timeout_s=60, hang_up=stays))
    await asyncio.sleep(0)
    poll.cancel()
    await asyncio.gather(poll, return_exceptions=True)
    assert ani.waiters == []


async def test_an_own_change_wakes_all_devices_of_a_person(notifier: LocalNotifier) -> None:
    ani = listen(notifier, ANI)
    polls = [asyncio.create_task(notifier.wait(ani, timeout_s=60, hang_up=stays)) for _ in range(2)]
    await asyncio.sleep(0)
    notifier.user_changed(ANI, 11)
    assert await asyncio.gather(*polls) == [False, False]
    assert ani.user_changed_after(10)
    assert not ani.user_changed_after(11)


async def test_a_change_of_devices_reaches_each_peer_once(notifier: LocalNotifier) -> None:
    ani, budi = listen(notifier, ANI, HOME, WORK), listen(notifier, BUDI, WORK)
    notifier.peers_changed([HOME, WORK], 11)
    assert ani.user_changed_after(10)
    assert budi.user_changed_after(10)


async def test_each_device_is_told_of_typing_once(notifier: LocalNotifier) -> None:
    ani = listen(notifier, ANI, HOME)
    notifier.typing_changed(HOME)
    assert ani.unseen_typing("PHONE") == {HOME}
    ani.saw_typing("PHONE", upto=ani.newest_typing)
    assert ani.unseen_typing("PHONE") == frozenset()
    assert ani.unseen_typing("LAPTOP") == {HOME}


async def test_a_listener_that_nobody_asks_is_forgotten(notifier: LocalNotifier, time: Time) -> None:
    listen(notifier, ANI, HOME)
    time.s += IDLE_S + 1
    notifier.forget_idle()
    assert notifier.find(ANI) is None
    assert len(notifier) == 0


async def test_a_listener_with_a_parked_poll_is_kept(notifier: LocalNotifier, time: Time) -> None:
    ani = listen(notifier, ANI, HOME)
    poll = asyncio.create_task(notifier.wait(ani, timeout_s=60, hang_up=stays))
    await asyncio.sleep(0)
    time.s += IDLE_S + 1
    notifier.forget_idle()
    assert notifier.find(ANI) is ani
    poll.cancel()


async def test_after_a_failed_commit_everybody_reads_anew(notifier: LocalNotifier) -> None:
    ani = listen(notifier, ANI, HOME)
    poll = asyncio.create_task(notifier.wait(ani, timeout_s=60, hang_up=stays))
    await asyncio.sleep(0)
    notifier.wake_all()
    assert await poll is False
    assert notifier.find(ANI) is None


async def test_a_server_that_stops_wakes_everybody_and_says_so(notifier: LocalNotifier) -> None:
    ani = listen(notifier, ANI, HOME)
    poll = asyncio.create_task(notifier.wait(ani, timeout_s=60, hang_up=stays))
    await asyncio.sleep(0)
    assert not notifier.stopping
    notifier.stop()
    assert await poll is False
    assert notifier.stopping


async def test_a_large_room_is_woken_in_slices(notifier: LocalNotifier, time: Time) -> None:
    """With a clock that runs at every look, each turn of the loop wakes one listener, and the loop turns in between."""
    people = [listen(notifier, f"@p{n}:localhost", HOME) for n in range(5)]
    polls = [asyncio.create_task(notifier.wait(each, timeout_s=60, hang_up=stays)) for each in people]
    await asyncio.sleep(0)
    turns: list[int] = []
    notifier._clock = _running(time)
    notifier.room_changed(HOME, 11)
    while not all(poll.done() for poll in polls):
        await asyncio.sleep(0)
        turns.append(sum(not each.waiters for each in people))
    assert turns[0] < len(people)


def _running(time: Time) -> Callable[[], float]:
    def now() -> float:
        time.s += 0.001
        return time.s

    return now


async def test_typing_that_changes_during_a_look_is_told_by_the_next(notifier: LocalNotifier) -> None:
    ani = listen(notifier, ANI, HOME)
    notifier.typing_changed(HOME)
    looked_at = ani.newest_typing
    notifier.typing_changed(HOME)
    ani.saw_typing("PHONE", upto=looked_at)
    assert ani.unseen_typing("PHONE") == {HOME}


async def test_everything_that_wakes_is_a_new_version(notifier: LocalNotifier) -> None:
    ani = listen(notifier, ANI, HOME)
    seen = [ani.version]
    for change in (
        lambda: notifier.room_changed(HOME, 11),
        lambda: notifier.room_changed_for(ANI, room_id=WORK, position=12),
        lambda: notifier.user_changed(ANI, 11),
        lambda: notifier.peers_changed([HOME], 12),
        lambda: notifier.typing_changed(HOME),
        lambda: notifier.wake(ANI),
    ):
        change()
        seen.append(ani.version)
    assert len(set(seen)) == len(seen)


async def test_nobody_parks_where_nothing_would_wake_them(notifier: LocalNotifier) -> None:
    ani = listen(notifier, ANI, HOME)
    notifier.wake_all()
    assert await notifier.wait(ani, timeout_s=60, hang_up=stays) is False


async def test_a_room_keeps_those_of_its_listeners_who_are_asked(notifier: LocalNotifier, time: Time) -> None:
    listen(notifier, ANI, HOME, WORK)
    time.s += IDLE_S + 1
    budi = listen(notifier, BUDI, HOME)
    notifier.forget_idle()
    notifier.room_changed(HOME, 11)
    notifier.room_changed(WORK, 12)
    assert len(notifier) == 1
    assert budi.changed_rooms(10) == {HOME: 11}
