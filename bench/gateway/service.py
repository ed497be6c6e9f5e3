"""`python -m bench.gateway.service FOLDER [URL]`: a service that answers every text, until it is told to stop.

Its database is in the folder, or the PostgreSQL at the URL; what it signs in with is in FOLDER.json.
"""

import asyncio
import signal
import sys
from collections.abc import Sequence
from pathlib import Path

from amanat.cli.loop import run
from amanat.db.postgres import PostgresDatabase
from amanat.db.tx import Need, Tx
from amanat.gateway.device import credentials
from amanat.gateway.device.device import ServiceDevice
from amanat.gateway.device.ground import ground
from amanat.gateway.device.happenings import Happening, Outgoing, Received
from amanat.gateway.store.data_folder import ServiceFolder
from amanat.gateway.store.stamp import ServiceStamp
from amanat.gateway.store.store import GatewayStore
from amanat.outbound.origin import Origin
from bench.gateway.citizen import ANSWER


class Echo:
    """Answers each text with the same words."""

    device: ServiceDevice

    async def needs(self, _happening: Happening) -> Sequence[Need]:
        """Read nothing."""
        return []

    def handle(self, happening: Happening, tx: Tx) -> None:
        """Answer a text."""
        if isinstance(happening, Received) and happening.type == "m.room.message":
            body = f"{ANSWER}{happening.content.get('body')}"
            content = {"msgtype": "m.text", "body": body}
            self.device.say(
                tx, Outgoing(room_id=happening.room_id, txn_id=f"echo.{happening.event_id}", content=content)
            )


async def serve(path: Path, url: str | None = None) -> None:
    """Answer until a SIGTERM."""
    signed_in = credentials.read(path.with_suffix(".json"))
    folder = ServiceFolder(path)
    stamp = ServiceStamp(server_name=signed_in.server_name, user_id=signed_in.user_id, created_ts=1)
    folder.prepare(stamp)
    database = PostgresDatabase(url) if url else folder.database()
    store, echo, origin = GatewayStore(database), Echo(), Origin(signed_in.homeserver)
    await store.open(stamp)
    echo.device = ServiceDevice(ground(store, signed_in, key=folder.make_key(), asks=origin), handler=echo)
    await echo.device.open()
    running = asyncio.ensure_future(echo.device.run())
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, running.cancel)
    print("ready", flush=True)
    await asyncio.wait({running})
    origin.close()
    await store.close()
    if not running.cancelled():
        running.result()


if __name__ == "__main__":
    run(serve(Path(sys.argv[1]), *sys.argv[2:]))
