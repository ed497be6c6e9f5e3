import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from amanat.db.sqlite import SqliteDatabase
from amanat.handlers.jobs import Jobs
from amanat.store.jobs import ALL_JOBS
from amanat.store.store import Store


@pytest.fixture
async def kept(tmp_path: Path) -> AsyncIterator[Store]:
    """A store on SQLite."""
    store = Store(SqliteDatabase(tmp_path / "amanat.db", portable=True))
    await store.open()
    yield store
    await store.close()


async def _ask(store: Store, jobs: Jobs) -> None:
    await store.write(lambda tx: jobs.ask(tx, "greet", subject="ani"), needs=jobs.needs("greet", "ani"))


async def _left(store: Store) -> list[str]:
    return [row.subject for row in await store.all(ALL_JOBS, max_rows=100)]


async def test_a_job_is_done_and_gone(kept: Store) -> None:
    jobs, greeted = Jobs(kept), []

    async def greet(subject: str) -> None:
        greeted.append(subject)

    jobs.workers["greet"] = greet
    await _ask(kept, jobs)
    await jobs.done("greet", "ani")
    assert greeted == ["ani"]
    assert await _left(kept) == []


async def test_what_a_dead_process_left_behind_is_done_by_the_next(kept: Store) -> None:
    await _ask(kept, Jobs(kept))
    assert await _left(kept) == ["ani"]
    jobs, greeted = Jobs(kept), []

    async def greet(subject: str) -> None:
        greeted.append(subject)

    jobs.workers["greet"] = greet
    await jobs.resume()
    await jobs.done("greet", "ani")
    assert greeted == ["ani"]
    assert await _left(kept) == []


async def test_a_job_asked_for_while_it_is_done_is_done_once_more(kept: Store) -> None:
    jobs, greeted, begun, going = Jobs(kept), 0, asyncio.Event(), asyncio.Event()

    async def greet(_subject: str) -> None:
        nonlocal greeted
        greeted += 1
        begun.set()
        await going.wait()

    jobs.workers["greet"] = greet
    await _ask(kept, jobs)
    await begun.wait()
    await _ask(kept, jobs)
    await _ask(kept, jobs)
    going.set()
    await jobs.done("greet", "ani")
    await jobs.done("greet", "ani")
    assert greeted == 2
    assert await _left(kept) == []


async def test_a_job_that_fails_is_kept_and_tried_again(kept: Store) -> None:
    jobs, fails = Jobs(kept), True

    async def greet(_subject: str) -> None:
        if fails:
            raise ValueError("no")

    jobs.workers["greet"] = greet
    await _ask(kept, jobs)
    await jobs.done("greet", "ani")
    assert await _left(kept) == ["ani"]
    fails = False
    await jobs.resume()
    await jobs.done("greet", "ani")
    assert await _left(kept) == []


async def test_a_job_that_is_interrupted_is_kept(kept: Store) -> None:
    jobs = Jobs(kept)
    begun = asyncio.Event()

    async def greet(_subject: str) -> None:
        begun.set()
        await asyncio.Event().wait()

    jobs.workers["greet"] = greet
    await _ask(kept, jobs)
    await begun.wait()
    await jobs.close()
    await _ask(kept, jobs)
    assert await _left(kept) == ["ani"]
