"""What a flow asks for is done once, whenever the gateway was stopped, and what nobody can do is answered."""

import msgspec

from amanat.gateway.flows.session import Act
from amanat.gateway.service.acting import effect_of, request_of
from amanat.gateway.service.tables import ACTS, CONVERSATION, OLDEST_ACTS, ActRow
from tests.gateway.service.at_work import AtWork


def _act(kind: str, target: str) -> Act:
    return msgspec.convert(
        {"type": "act", "id": "1", "kind": kind, "target": target, "arguments": {}, "secrets": [], "deadline_ms": 0},
        Act,
    )


def test_a_request_names_the_conversation_and_its_effect() -> None:
    assert effect_of(request_of("c/1", _act("book", "x"))) == ("c/1", "1")


async def test_an_act_that_was_left_is_done_after_the_next_start(on_each_database: AtWork) -> None:
    visitor = await on_each_database.visitor()
    for said, until in ("halo", "Selamat"), ("6", "sampaikan"), ("1", "Silakan tulis"):
        await visitor.says(said, until=until)
    await on_each_database.stop_acting()
    await visitor.writes("Pelayanannya baik")
    await on_each_database.until_acts(1)
    await on_each_database.stop()
    before = len(visitor.heard)
    await on_each_database.start()
    await visitor.hears("Terima kasih", after=before)
    assert await on_each_database.service.store.all(OLDEST_ACTS, limit=100) == []


async def test_an_act_of_a_conversation_that_went_elsewhere_is_dropped(passport: AtWork) -> None:
    visitor = await passport.visitor()
    await visitor.says("halo", until="Selamat")
    store = passport.service.store
    row = await store.first(CONVERSATION, room_id=visitor.room_id)
    assert row is not None
    stale = ActRow(visitor.room_id, row.conversation, msgspec.json.encode(_act("book", "nothing")), 1)
    await store.write(lambda tx: tx.put(ACTS, stale))
    passport.service.acting.came()
    await passport.until_acts(0)
    await visitor.says("5", until="Kantor Contoh")
    assert not any("tidak bisa memeriksanya" in text for text in visitor.heard)
