"""The operator's book: each act has its row, and rows go when they are old."""

import pytest

from amanat.core.errors import InvalidParam, NotFound
from amanat.handlers.operator_acts import KEPT_MS, MAX_REASON, OPERATOR, PER_PAGE, Act, By
from tests.server import Server


async def test_an_act_is_written_with_who_did_it_and_why(amanat: Server) -> None:
    ani = await amanat.user("ani")
    await amanat.amanat.moderation.set_suspended(ani.user_id, True, by=By("@head:localhost", "spam"))
    (row,) = await amanat.amanat.operator_acts.list()
    assert (row.actor, row.act, row.subject, row.reason) == ("@head:localhost", "suspend", ani.user_id, "spam")


async def test_what_changes_nothing_is_not_written(amanat: Server) -> None:
    ani = await amanat.user("ani")
    for _ in range(2):
        await amanat.amanat.moderation.set_locked(ani.user_id, True, by=OPERATOR)
    assert [row.act for row in await amanat.amanat.operator_acts.list()] == ["lock"]


async def test_an_act_that_fails_leaves_no_row(amanat: Server) -> None:
    with pytest.raises(NotFound):
        await amanat.amanat.moderation.set_locked("@nobody:localhost", True, by=OPERATOR)
    assert await amanat.amanat.operator_acts.list() == []


async def test_a_long_reason_is_refused(amanat: Server) -> None:
    ani = await amanat.user("ani")
    for reason in ("x" * (MAX_REASON + 1), "\0"):
        with pytest.raises(InvalidParam):
            await amanat.amanat.moderation.set_locked(ani.user_id, True, by=By(reason=reason))
    assert await amanat.amanat.operator_acts.list() == []


async def test_pages_go_back_in_time_and_can_be_of_one_subject(amanat: Server) -> None:
    acts, store = amanat.amanat.operator_acts, amanat.amanat.store
    for number in range(PER_PAGE + 2):
        await store.write(acts.noting(OPERATOR, Act.LOCK, subject=f"@p{number}:localhost"))
    first = await acts.list()
    second = await acts.list(before=(first[-1].ts, first[-1].act_id))
    assert [row.subject for row in (*first, *second)] == [f"@p{n}:localhost" for n in reversed(range(PER_PAGE + 2))]
    assert [row.subject for row in await acts.list(subject="@p7:localhost")] == ["@p7:localhost"]


async def test_rows_go_after_two_years(amanat: Server) -> None:
    acts = amanat.amanat.operator_acts
    await amanat.amanat.store.write(acts.noting(OPERATOR, Act.LOCK, subject="@old:localhost"))
    amanat.clock.pass_ms(KEPT_MS)
    await amanat.amanat.store.write(acts.noting(OPERATOR, Act.LOCK, subject="@new:localhost"))
    await acts.sweep()
    assert [row.subject for row in await acts.list()] == ["@new:localhost"]


async def test_what_was_written_of_somebody_goes_when_they_are_erased(amanat: Server) -> None:
    ani, budi = await amanat.user("ani"), await amanat.user("budi")
    for person in (ani, budi):
        await amanat.amanat.moderation.set_suspended(person.user_id, True, by=By(reason="said her name is Ani"))
    await amanat.amanat.account_administration.deactivate(ani.user_id, erase=True)
    await amanat.amanat.account_administration.deactivate(budi.user_id)
    for person in (ani, budi):
        await amanat.amanat.jobs.done("account_deactivation", person.user_id)
    assert {row.reason for row in await amanat.amanat.operator_acts.list(subject=ani.user_id)} == {""}
    assert "said her name is Ani" in {
        row.reason for row in await amanat.amanat.operator_acts.list(subject=budi.user_id)
    }
