"""Which chats have something to deliver: what memory says of it is what lies on disk."""

from amanat.db.tx import Tx
from amanat.gateway.bots.backlog import Backlog
from amanat.gateway.bots.tables import UPDATES, UpdateRow
from tests.gateway.service.bot_at_work import BotAtWork


async def _waiting(at_work: BotAtWork, *updates: tuple[int, int]) -> Backlog:
    """Put updates on disk, each by its chat and position."""

    def put(tx: Tx) -> None:
        for chat, position in updates:
            tx.put(UPDATES, UpdateRow(position, chat, "Came", b"{}", 0, 0, 0))

    await at_work.ground.store.write(put)
    backlog = Backlog(at_work.ground.store)
    await backlog.look()
    return backlog


async def test_chats_are_taken_once_and_the_one_that_waits_longest_first(at_work: BotAtWork) -> None:
    backlog = await _waiting(at_work, (7, 1), (5, 2), (7, 3), (6, 4))
    assert backlog.take(2, now_ms=0) == [7, 5]
    backlog.leave(7, done=1)
    backlog.leave(5, done=2)
    assert backlog.take(9, now_ms=0) == [6, 7]
    assert backlog.take(9, now_ms=0) == []
    backlog.leave(7, done=3)
    backlog.leave(6, done=4)
    assert backlog.take(9, now_ms=0) == []


async def test_what_comes_while_a_chat_is_at_work_follows(at_work: BotAtWork) -> None:
    backlog = await _waiting(at_work, (7, 1))
    backlog.take(1, now_ms=0)
    backlog.came(7, 2)
    assert backlog.take(9, now_ms=0) == []
    backlog.leave(7, done=1)
    assert backlog.take(9, now_ms=0) == [7]


async def test_what_is_postponed_is_taken_when_it_is_due_and_not_before(at_work: BotAtWork) -> None:
    backlog = await _waiting(at_work, (7, 1), (5, 2))
    backlog.take(9, now_ms=0)
    backlog.leave(7, due_ts=200)
    backlog.leave(5, due_ts=100)
    assert (backlog.next_due_ts(), backlog.take(9, now_ms=99)) == (100, [])
    assert (backlog.take(9, now_ms=100), backlog.next_due_ts()) == ([5], 200)
    backlog.leave(5, done=2)
    backlog.came(7, 3)
    assert backlog.take(9, now_ms=199) == [], "what is behind it waits for it"
    assert (backlog.take(9, now_ms=200), backlog.next_due_ts()) == ([7], None)


async def test_what_was_forgotten_is_asked_of_the_disk(at_work: BotAtWork) -> None:
    backlog = await _waiting(at_work, (7, 1), (5, 2))
    backlog.take(1, now_ms=0)
    backlog.leave(7, due_ts=1_000)
    backlog.forget()
    backlog.came(9, 3)
    assert (backlog.take(9, now_ms=0), backlog.next_due_ts()) == ([], None)
    await backlog.look()
    assert backlog.take(9, now_ms=0) == [7, 5]


async def test_a_chat_that_was_at_work_when_all_was_forgotten_is_taken_again_once_it_is_given_back(
    at_work: BotAtWork,
) -> None:
    backlog = await _waiting(at_work, (7, 1), (7, 2))
    backlog.take(9, now_ms=0)
    backlog.forget()
    await backlog.look()
    assert backlog.take(9, now_ms=0) == []
    backlog.leave(7, done=1)
    assert backlog.take(9, now_ms=0) == [7]
