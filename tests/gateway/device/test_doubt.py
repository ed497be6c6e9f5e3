"""What is on disk is handled and said, once, also where the database could not say any more that it is."""

from pathlib import Path
from typing import Final

from amanat.db.sqlite import SqliteDatabase
from amanat.gateway.device.tables import INBOX, OUTBOX, ROOM_KEYS
from tests.db.doubtful import Doubtful, Is
from tests.gateway.device.town import Town

# Of an outbox's row the last column is what goes to the server.
COMMITS: Final[dict[str, Is]] = {
    "what came": lambda table, row: table is INBOX and row is not None and row[1] is not None,
    "its key": lambda table, _: table is ROOM_KEYS,
    "what it says and what is answered": lambda table, row: table is OUTBOX and row is not None and row[-1] is None,
    "the answer, encrypted": lambda table, row: table is OUTBOX and row is not None and row[-1] is not None,
    "that it is sent": lambda table, row: table is OUTBOX and row is None,
}


async def test_each_message_is_answered_once(town: Town, tmp_path: Path) -> None:
    doubtful = Doubtful(SqliteDatabase(tmp_path / "office" / "gateway.db", portable=True))
    office, alice = await town.office(database=doubtful), await town.citizen("alice")
    for what, is_it in COMMITS.items():
        room_id = await alice.create_room(office)
        doubtful.lose_answer(is_it)
        await alice.say(room_id, what)
        await alice.echo.hears(f"You said: {what}")
        await doubtful.has_lost_it()
    await alice.say(room_id, "the end")
    await alice.echo.hears("You said: the end")
    assert sorted(alice.echo.texts) == sorted(f"You said: {what}" for what in (*COMMITS, "the end"))
