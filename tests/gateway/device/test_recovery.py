"""A channel that broke is begun anew, and then carries what is said."""

from amanat.db.tx import Tx
from amanat.gateway.device.tables import OLM_RECOVERIES, OLM_SESSIONS, OUTBOUND_SESSIONS
from tests.gateway.device.town import Citizen, Town, until
from tests.store.schema import everything_in


async def forget_channels(office: Citizen) -> None:
    """Lose what an older backup would not have."""
    rows = await everything_in(office.store, OLM_SESSIONS)

    def forget(tx: Tx) -> None:
        for row in rows:
            tx.delete(OLM_SESSIONS, row.sender_key, row.session_id)

    await office.store.write(forget)


async def test_a_lost_channel_is_renewed_and_the_next_key_comes_through(town: Town) -> None:
    office, alice = await town.office(), await town.citizen("alice")
    room_id = await alice.create_room(office)
    await alice.say(room_id, "one")
    await alice.echo.hears("You said: one")
    await forget_channels(office)
    await alice.store.write(lambda tx: tx.delete(OUTBOUND_SESSIONS, room_id))
    await alice.say(room_id, "unreadable")  # its key goes through the channel that the office has lost
    await office.road.has_asked("sendToDevice/m.room.encrypted", times=2)  # the key of the first answer, m.dummy
    (row,) = await everything_in(office.store, OLM_RECOVERIES)
    assert row.done == 1

    async def renewed() -> bool:
        return len(await everything_in(alice.store, OLM_SESSIONS)) == 2

    await until(renewed)
    await alice.store.write(lambda tx: tx.delete(OUTBOUND_SESSIONS, room_id))
    await alice.say(room_id, "two")
    await alice.echo.hears("You said: two")
    assert office.echo.texts == ["one", "two"]
