"""Copies are made by a job that survives a crash, are kept for a week, and leave no file behind."""

from collections.abc import AsyncIterator
from typing import Any

from amanat.product.rights.exports import KEPT_MS
from tests.server import Server


async def _blobs(amanat: Server) -> list[str]:
    return [name async for names in amanat.amanat.blobs.names() for name in names]


async def test_asked_again_it_is_the_same_copy(amanat: Server) -> None:
    ani = await amanat.user("ani")
    exports = amanat.amanat.own_data.exports
    first, second = await exports.request(ani.user_id), await exports.request(ani.user_id)
    assert first == second
    await amanat.amanat.jobs.done("export", ani.user_id)
    assert len(await _blobs(amanat)) == 1


async def test_after_a_week_it_is_gone_with_its_file(amanat: Server) -> None:
    ani = await amanat.user("ani")
    exports = amanat.amanat.own_data.exports
    made = await exports.request(ani.user_id)
    await amanat.amanat.jobs.done("export", ani.user_id)
    await exports.sweep()
    assert len(await _blobs(amanat)) == 1
    amanat.clock.pass_ms(KEPT_MS)
    assert (await ani.get(f"/_amanat/v1/export/{made.export_id}")).status == 404
    await exports.sweep()
    assert await _blobs(amanat) == []


async def test_the_sweep_of_media_leaves_it_alone(amanat: Server) -> None:
    ani = await amanat.user("ani")
    await amanat.amanat.own_data.exports.request(ani.user_id)
    await amanat.amanat.jobs.done("export", ani.user_id)
    await amanat.amanat.media_sweep.sweep()
    assert len(await _blobs(amanat)) == 1


async def test_one_that_nobody_wants_any_more_leaves_no_file(amanat: Server, monkeypatch: Any) -> None:
    ani = await amanat.user("ani")
    exports, copies = amanat.amanat.own_data.exports, amanat.amanat.own_data.copies
    whole = copies.of

    async def meanwhile(user_id: str) -> AsyncIterator[bytes]:
        async for piece in whole(user_id):
            yield piece
        await exports.forget(user_id)

    monkeypatch.setattr(copies, "of", meanwhile)
    await exports.request(ani.user_id)
    await amanat.amanat.jobs.done("export", ani.user_id)
    assert await _blobs(amanat) == []


async def test_a_crash_between_asking_and_making_loses_nothing(amanat: Server, monkeypatch: Any) -> None:
    ani = await amanat.user("ani")
    exports, copies = amanat.amanat.own_data.exports, amanat.amanat.own_data.copies
    whole = copies.of

    async def dies(_user_id: str) -> AsyncIterator[bytes]:
        yield b"PK"
        raise OSError("the disk is full")

    monkeypatch.setattr(copies, "of", dies)
    made = await exports.request(ani.user_id)
    await amanat.amanat.jobs.done("export", ani.user_id)
    assert (await exports.of(ani.user_id, made.export_id)).blob is None
    monkeypatch.setattr(copies, "of", whole)
    await amanat.amanat.jobs.resume()
    await amanat.amanat.jobs.done("export", ani.user_id)
    assert (await exports.of(ani.user_id, made.export_id)).blob is not None
