"""Serve the bare stack: `python -m bench.bare --port PORT --data DIR [--database URL]`."""

import argparse
import asyncio
import gc
from pathlib import Path

import uvicorn
import uvloop

from bench.bare.app import BareApp
from bench.bare.storage import PostgresStorage, SqliteStorage, Storage
from bench.machine import raise_descriptor_limit


async def _serve(options: argparse.Namespace) -> None:
    options.data.mkdir(parents=True, exist_ok=True)
    storage: Storage
    if options.database:
        storage = await PostgresStorage.open(options.database)
    else:
        storage = SqliteStorage(options.data / "bare.db")
    app = BareApp(storage, position=await storage.last_position())
    config = uvicorn.Config(
        app,
        host="127.0.0.1",
        port=options.port,
        loop="uvloop",
        http="httptools",
        lifespan="off",
        access_log=False,
        log_level="warning",
        server_header=False,
        date_header=False,
        timeout_graceful_shutdown=1,  # A parked poll whose client has gone waits for ever.
    )
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)  # Untuned, the collector is a quarter of a delivery.
    writing = asyncio.create_task(app.commits())
    await uvicorn.Server(config).serve()
    writing.cancel()


def main() -> None:
    """Parse the command line and serve."""
    parser = argparse.ArgumentParser(prog="python -m bench.bare", description="Serve the bare stack.")
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--database")
    raise_descriptor_limit()
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(_serve(parser.parse_args()))


if __name__ == "__main__":
    main()
