"""What a service says, as its editors see, try and publish it. What they try is what people will get."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from msgspec import Struct

from amanat.gateway.appointments.office import in_the_way
from amanat.gateway.desk import trail
from amanat.gateway.desk.changes import Changes
from amanat.gateway.desk.errors import Changed, FlowRefused, NoSuch
from amanat.gateway.office_files.problems import FilesRefused, Problem
from amanat.gateway.service import shelf as shelves
from amanat.gateway.service.changed_folder import changed_folder
from amanat.gateway.service.previews import preview, told
from amanat.gateway.service.shelf import NothingPublished, Shelf
from amanat.gateway.service_files import load_service
from amanat.gateway.store.store import GatewayStore

TOPIC: Final = "flow"
APPOINTMENTS: Final = "appointments.yaml"


class Ground(Struct, frozen=True, kw_only=True):
    """What editing stands on. `speak` takes over what was published last, and says whether it could."""

    folder: Path
    store: GatewayStore
    shelf: Shelf
    changes: Changes
    speak: Callable[[str], Awaitable[bool]]
    now_ms: Callable[[], int]


class DeskEditing:
    """The desk's `Editing` over a service's shelf."""

    def __init__(self, on: Ground) -> None:
        self._on = on
        self._publishing = asyncio.Lock()
        # One at a time: reading a folder takes the processor, and citizens are answered by the same one.
        self._previewing = asyncio.Lock()

    async def now(self) -> Mapping[str, Any]:
        """Return what is spoken, what was, and the files."""
        spoken = self._on.shelf.current.version
        files = await asyncio.to_thread(self._on.shelf.files, spoken)
        kept = await asyncio.to_thread(shelves.published_ms, self._on.folder)
        return {
            "version": spoken,
            "versions": [{"version": each, "ts": at, "current": each == spoken} for each, at in kept.items()],
            "files": [_file(name, content) for name, content in files.items()],
        }

    async def preview(
        self, base: str, changes: Mapping[str, str | None], *, said: list[str], language: str
    ) -> Mapping[str, Any]:
        """Talk to a changed folder from the start of a conversation."""
        files = await self._changed(base, changes)
        async with self._previewing:
            return await asyncio.to_thread(preview, files, said=said, language=language, now_ms=self._on.now_ms())

    async def publish(self, member: str, *, base: str, changes: Mapping[str, str | None]) -> str:
        """Speak a changed folder, and return its version."""
        async with self._publishing:
            spoken = self._on.shelf.current.version
            if base != spoken:
                raise Changed(version=spoken)
            files = await self._changed(base, changes)
            await self._check(files)
            version = await asyncio.to_thread(shelves.publish_files, files, self._on.folder)
            return await self._spoken(member, "published", version)

    async def go_back(self, member: str, version: str) -> str:
        """Speak an earlier version again."""
        async with self._publishing:
            await self._check(await self._files(version))
            await asyncio.to_thread(shelves.go_back, self._on.folder, version)
            return await self._spoken(member, "went_back", version)

    async def _files(self, version: str) -> dict[str, bytes]:
        try:
            return dict(await asyncio.to_thread(self._on.shelf.files, version))
        except NothingPublished as nothing:
            raise NoSuch(str(nothing)) from None

    async def _changed(self, base: str, changes: Mapping[str, str | None]) -> dict[str, bytes]:
        return changed_folder(await self._files(base), changes)

    async def _check(self, files: Mapping[str, bytes]) -> None:
        """Refuse what cannot be spoken: with slips, or such that somebody would lose their seat."""
        try:
            agenda = (await asyncio.to_thread(load_service, files)).agenda
        except FilesRefused as refused:
            raise _refused(refused.problems) from None
        in_way = await in_the_way(self._on.store, agenda) if agenda else []
        if in_way:
            raise _refused([Problem(APPOINTMENTS, 1, sentence) for sentence in in_way])

    async def _spoken(self, member: str, what: trail.What, version: str) -> str:
        now_ms = self._on.now_ms()
        await self._on.store.write(lambda tx: trail.note(tx, member, what=what, about=version, now_ms=now_ms))
        if not await self._on.speak(version):
            raise FlowRefused("It was published and cannot be spoken: the gateway's log says why.", problems=[])
        self._on.changes.tell(TOPIC)
        return version


def _file(name: str, content: bytes) -> dict[str, Any]:
    try:
        return {"name": name, "text": content.decode("utf-8-sig"), "editable": True}
    except UnicodeDecodeError:
        return {"name": name, "text": "", "editable": False}


def _refused(problems: Sequence[Problem]) -> FlowRefused:
    return FlowRefused(problems=told(problems))
