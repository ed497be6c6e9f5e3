"""Signing up on the pages: number, code, name, the app let in, its first sync. Texts stay in the inbox of the lab."""

import asyncio
from collections.abc import Sequence
from statistics import median

from bench.figures import Figure, Line
from bench.lab import Lab
from bench.process import Server
from bench.rows.row import Row, of
from bench.visitor import Form, Visitor

# The inbox keeps the newest hundred texts, so no more may wait for theirs at once.
_AT_ONCE = 80
_TOGETHER = 8
_ALONE = 20
_SIGN_UPS = 400


async def _measure(lab: Lab) -> dict[str, Figure]:
    count = max(_AT_ONCE, round(_SIGN_UPS * lab.scale.people / 10_000))
    with lab.empty_folder() as data:
        async with lab.server(data) as server:
            async with Visitor(server.address, number=0) as first:
                client_id = await first.register_app()
                await first.sign_up(client_id)
            alone = [await _alone(server, client_id, number) for number in range(1, _ALONE + 1)]
            check = await _checks(server, client_id, range(1_000, 1_000 + _AT_ONCE))
            cpu = await _sign_ups(server, client_id, range(10_000, 10_000 + count))
    return {
        "sign_up": Figure(values=(median(alone) * 1e3,)),
        "otp_check": Figure(values=(check * 1e3,)),
        "sign_ups": Figure(values=(count / cpu * 60,), note=of(count, _SIGN_UPS, what="sign-ups")),
    }


async def _alone(server: Server, client_id: str, number: int) -> float:
    """Return how long the server took for everything that one person asked, one thing after the other."""
    async with Visitor(server.address, number=number) as visitor:
        await visitor.sign_up(client_id)
        return visitor.seconds


async def _checks(server: Server, client_id: str, numbers: Sequence[int]) -> float:
    """Return the processor seconds that one code takes: only codes are given meanwhile."""
    visitors = [Visitor(server.address, number=number) for number in numbers]
    try:
        forms = [await visitor.ask_for_code(client_id) for visitor in visitors]
        given: list[tuple[Visitor, Form, str]] = [
            (visitor, form, await visitor.code()) for visitor, form in zip(visitors, forms, strict=True)
        ]
        await server.quiet()
        before = sum(server.cpu())
        for visitor, form, code in given:
            await visitor.give_code(form, code)
        await server.quiet()
        return (sum(server.cpu()) - before) / len(given)
    finally:
        for visitor in visitors:
            await visitor.__aexit__(None, None, None)


async def _sign_ups(server: Server, client_id: str, numbers: Sequence[int]) -> float:
    """Return the processor seconds of many sign-ups, eight people at a time."""
    waiting = iter(numbers)

    async def people() -> None:
        for number in waiting:
            async with Visitor(server.address, number=number) as visitor:
                await visitor.sign_up(client_id)

    await server.quiet()
    before = sum(server.cpu())
    await asyncio.gather(*(people() for _ in range(_TOGETHER)))
    await server.quiet()
    return sum(server.cpu()) - before


ROW = Row(
    name="sign_up",
    subjects=frozenset({"amanat"}),
    measure=_measure,
    lines=(
        Line(key="sign_up", work="sign-up to first sync, all answers together", unit="ms", must=(300,), aim=(300,)),
        Line(key="otp_check", work="the check of a code from an SMS", unit="ms", must=(2,), aim=(2,)),
        Line(
            key="sign_ups",
            work="sign-ups that one core can do, by its processor time",
            unit="/min",
            must=(1_000,),
            aim=(1_000,),
            more_is_better=True,
        ),
    ),
)
