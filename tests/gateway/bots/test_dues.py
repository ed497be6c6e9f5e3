"""What is to be done at its time is kept once, is bounded, and is not dropped once it has been changed."""

import pytest
from msgspec.structs import replace

from amanat.gateway.bots import dues as of_bots
from amanat.gateway.bots.dues import NEXT_DUE, DueRow, TooMany
from tests.gateway.service.bot_at_work import BotAtWork

ROW = DueRow("unban", "!r:x", "@budi:x", 0, 2**50, 2**50)


async def test_what_was_changed_meanwhile_is_neither_dropped_nor_postponed(on_both: BotAtWork) -> None:
    dues, store = on_both.ground.dues, on_both.ground.store
    later = replace(ROW, until_ts=2**51)
    await dues.keep(ROW)
    await dues.keep(later)
    assert not await dues.stands(ROW)
    await dues.drop(ROW)
    await dues.postpone(ROW, due_ts=5)
    assert await store.first(NEXT_DUE) == later
    await dues.postpone(later, due_ts=2**50 + 1)
    assert await dues.of("unban", "!r:x", user_id="@budi:x") == replace(later, due_ts=2**50 + 1, tries=1)


async def test_there_are_only_so_many(at_work: BotAtWork, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(of_bots, "MOST", 1)
    await at_work.ground.dues.keep(ROW)
    with pytest.raises(TooMany):
        await at_work.ground.dues.keep(replace(ROW, user_id="@ani:x"))
