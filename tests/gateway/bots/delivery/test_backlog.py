"""Which chats have something to deliver: what memory says of it is what lies on disk."""

import asyncio

from amanat.db.tx import Tx
from amanat.gateway.bots.delivery.backlog import LARGEST_HELD, MOST_HELD, Backlog
from amanat.gateway.bots.tables import UPDATES, UpdateRow
from tests.gateway.service.bot_at_work import BotAtWork


def _update(chat: int, position: int, *, body: bytes = b"{}") -> UpdateRow:
    return UpdateRow(position, chat, "Came", body, 0, 0, 0)


async def _waiting(at_work: BotAtWork, *updates: tuple[int, int]) -> Backlog:
    """Put updates on disk, each by its chat and position."""

    def put(tx: Tx) -> None:
        for chat, position in updates:
            tx.put(UPDATES, _update(chat, position))

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
    backlog.came(_update(7, 2))
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
    backlog.came(_update(7, 3))
    assert backlog.take(9, now_ms=199) == [], "what is behind it waits for it"
    assert (backlog.take(9, now_ms=200), backlog.next_due_ts()) == ([7], None)


async def test_what_was_forgotten_is_asked_of_the_disk(at_work: BotAtWork) -> None:
    backlog = await _waiting(at_work, (7, 1), (5, 2))
    backlog.take(1, now_ms=0)
    backlog.leave(7, due_ts=1_000)
    backlog.forget()
    backlog.came(_update(9, 3))
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


def _oldest(backlog: Backlog, chat: int) -> int | None:
    row = backlog.oldest(chat)
    return row.position if row else None


async def test_what_came_to_an_empty_chat_is_in_memory_until_it_is_done_with(at_work: BotAtWork) -> None:
    backlog = await _waiting(at_work)
    for position in (1, 2, 3):
        backlog.came(_update(7, position))
    backlog.take(9, now_ms=0)
    assert _oldest(backlog, 7) == 1
    backlog.leave(7, done=1)
    assert _oldest(backlog, 7) == 2
    backlog.take(9, now_ms=0)
    backlog.leave(7, due_ts=100)
    assert _oldest(backlog, 7) is None, "its tries are on disk"
    backlog.came(_update(7, 4))
    assert _oldest(backlog, 7) is None, "others wait before it"


async def test_what_waits_behind_something_on_disk_is_not_the_oldest(at_work: BotAtWork) -> None:
    backlog = await _waiting(at_work, (7, 1))
    backlog.came(_update(7, 2))
    assert _oldest(backlog, 7) is None
    backlog.take(9, now_ms=0)
    backlog.leave(7, done=1)
    assert _oldest(backlog, 7) is None, "where it is was not noted: the disk knows"
    backlog.take(9, now_ms=0)
    backlog.leave(7, done=2)
    backlog.came(_update(7, 3))
    assert _oldest(backlog, 7) == 3


async def test_while_it_is_not_known_what_waits_nothing_is_the_oldest(at_work: BotAtWork) -> None:
    backlog = await _waiting(at_work, (7, 1))
    backlog.take(9, now_ms=0)
    backlog.forget()
    looking = asyncio.ensure_future(backlog.look())
    backlog.came(_update(7, 2))
    await looking
    backlog.came(_update(7, 3))
    backlog.leave(7, due_ts=5)
    assert _oldest(backlog, 7) is None


async def test_memory_holds_so_many_and_none_that_is_large(at_work: BotAtWork) -> None:
    backlog = await _waiting(at_work)
    backlog.came(_update(7, 1, body=b"." * (LARGEST_HELD + 1)))
    assert _oldest(backlog, 7) is None
    for chat in range(100, 100 + MOST_HELD + 1):
        backlog.came(_update(chat, chat))
    assert _oldest(backlog, 99 + MOST_HELD) is not None
    assert _oldest(backlog, 100 + MOST_HELD) is None
    backlog.forget()
    assert _oldest(backlog, 100) is None
