"""One subject's bench: starts its server on folders of data, and keeps the worlds that were built for reuse."""

import shutil
import sys
import tempfile
from collections.abc import AsyncIterator, Collection, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

from bench import worlds
from bench.machine import Cores, sync_seconds
from bench.postgres import Cluster
from bench.process import Server, ServerProcess, free_port
from bench.subjects.subject import Scale, Subject
from bench.worlds import World


class Lab:
    """What a row is given: a server on a fresh or a prepared folder, pinned to the server's core."""

    def __init__(self, subject: Subject, *, folder: Path, cores: Cores, scale: Scale) -> None:
        self.subject = subject
        self.scale = scale
        self.cores = cores
        self._folder = folder
        self._built: dict[str, World] = {}

    @asynccontextmanager
    async def server(
        self, data: Path, *, cluster: Cluster | None = None, cores: Collection[int] | None = None
    ) -> AsyncIterator[Server]:
        """Run the server on a data folder; with a cluster, on an empty database of it."""
        port = free_port()
        database = cluster.create_database(f"bench{port}") if cluster else None
        launch = self.subject.launch(data=data, port=port, database=database)
        process = ServerProcess(
            launch.command,
            port=port,
            log=self._folder / "server.log",
            cores=cores or self.cores.server,
            companions=[cluster.pid] if cluster else [],
        )
        async with process as server:
            yield server

    @contextmanager
    def empty_folder(self) -> Iterator[Path]:
        """Give a path for data that is removed afterwards."""
        parent = Path(tempfile.mkdtemp(dir=self._folder))
        try:
            yield parent / "data"
        finally:
            shutil.rmtree(parent)

    @contextmanager
    def copy_of(self, world: World) -> Iterator[Path]:
        """Copy a world's data, so that a row may change it; what earlier rows did is not in it."""
        with self.empty_folder() as data:
            shutil.copytree(world.data, data)
            yield data

    async def world(self, name: str) -> World:
        """Give a world by name, built on all cores the first time it is asked for."""
        if name not in self._built:
            plan = worlds.PLANS[name]
            data = self._folder / f"world-{name}"
            base = await self.world(plan.base) if plan.base else World(data=data)
            self.say(f"building the world '{name}'")
            if plan.base:
                shutil.copytree(base.data, data)
            try:
                async with self.server(data, cores=self.cores.all) as server:
                    self._built[name] = await plan.build(server, World(data=data, people=base.people), self.scale)
            except BaseException:
                # Half a world would stand in the way of the next row that wants it.
                shutil.rmtree(data, ignore_errors=True)
                raise
        return self._built[name]

    def sync_seconds(self) -> float:
        """Measure what one fsync costs beside the data now: the part of a latency that is the disk's."""
        return sync_seconds(self._folder)

    def say(self, text: str) -> None:
        """Tell the person who waits what is going on."""
        print(f"{self.subject.name}: {text}", file=sys.stderr, flush=True)
