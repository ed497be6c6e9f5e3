"""The published versions of a service's folder: what is spoken now, and what earlier conversations go on with.

    published/current       the version that is spoken now
    published/<version>/    the files of each version, as they were published

Publishing needs no running gateway, and a running one takes up what was published within a second: `current` is
replaced as a whole, after the files of its version are on the disk.
"""

import shutil
from collections import OrderedDict
from pathlib import Path
from typing import Final

from amanat.db.files import sync_folder, write_durably
from amanat.gateway.appointments.office import Appointments
from amanat.gateway.flows.folder import read_folder
from amanat.gateway.flows.loading import Files, version_of
from amanat.gateway.flows.model import Flow
from amanat.gateway.office_files.quick_replies import QuickReply
from amanat.gateway.service_files import ServiceFiles, load_service

FOLDER: Final = "published"
MAX_VERSIONS: Final = 50
"""Older ones go: a conversation that began with one of them begins anew."""
MAX_LOADED: Final = 8

_CURRENT: Final = "current"


class NothingPublished(Exception):
    """No version of the service's folder has been published."""


def publish(source: Path, service: Path) -> str:
    """Check a folder and publish it; return its version. Raises `FilesRefused`, and nothing is published then."""
    return publish_files(read_folder(source), service)


def publish_files(files: Files, service: Path) -> str:
    """Check the files of a folder and publish them; return their version. Raises `FilesRefused` as `publish` does."""
    load_service(files)
    version = version_of(files)
    shelf = service / FOLDER
    target = shelf / version
    if not target.exists():
        _write(files, target)
    _point(shelf, version)
    _thin_out(shelf)
    return version


def go_back(service: Path, version: str) -> None:
    """Speak an earlier version again; raises `NothingPublished` if there is none of this name."""
    if version not in versions(service):
        raise NothingPublished(f"There is no published version {version}.")
    _point(service / FOLDER, version)


def versions(service: Path) -> list[str]:
    """Return what was published, the latest first."""
    return list(published_ms(service))


def published_ms(service: Path) -> dict[str, int]:
    """Return what was published and when it was last pointed at, the latest first."""
    shelf = service / FOLDER
    if not shelf.is_dir():
        return {}
    found = {path: path.stat().st_mtime_ns for path in shelf.iterdir() if path.is_dir()}
    kept = {path.name: at for path, at in found.items() if not path.name.endswith(".new")}
    return {name: at // 1_000_000 for name, at in sorted(kept.items(), key=lambda each: each[1], reverse=True)}


class Shelf:
    """The versions of one service, read when they are needed."""

    current: Flow
    """What is spoken now."""
    appointments: Appointments | None
    """What can be booked now."""
    quick_replies: tuple[QuickReply, ...]
    """What the staff often reply."""

    def __init__(self, service: Path, *, secret: bytes) -> None:
        self._service = service
        self._folder = service / FOLDER
        self._secret = secret
        self._loaded: OrderedDict[str, ServiceFiles] = OrderedDict()
        self.speak(self.pointed())

    def pointed(self) -> str:
        """Return the version that was published last; raises `NothingPublished`."""
        try:
            return (self._folder / _CURRENT).read_text("ascii").strip()
        except FileNotFoundError:
            raise NothingPublished(
                f"{self._folder} holds nothing: publish a folder with `amanat flow publish`."
            ) from None

    def earlier(self) -> list[str]:
        """Return what is kept, the latest first."""
        return versions(self._service)

    def speak(self, version: str) -> None:
        """Speak a version from now on."""
        office = self.read(version)
        self.current = office.flow
        self.appointments = Appointments(office.agenda, self._secret) if office.agenda else None
        self.quick_replies = office.quick_replies

    def version(self, version: str) -> Flow:
        """Return the flow that a conversation began in, or the present one if that is gone."""
        try:
            return self.read(version).flow
        except NothingPublished:
            return self.current

    def files(self, version: str) -> Files:
        """Return the files of a published version; raises `NothingPublished`."""
        if version not in versions(self._service):
            raise NothingPublished(f"There is no published version {version}.")
        return read_folder(self._folder / version)

    def read(self, version: str) -> ServiceFiles:
        """Return a published version without speaking it yet; raises `NothingPublished` and `FilesRefused`."""
        held = self._loaded.get(version)
        if held is None:
            folder = self._folder / version
            if not version or not folder.is_dir():
                raise NothingPublished(f"{folder} is gone.")
            held = self._loaded[version] = load_service(read_folder(folder))
        self._loaded.move_to_end(version)
        while len(self._loaded) > MAX_LOADED:
            self._loaded.popitem(last=False)
        return held


def _write(files: Files, target: Path) -> None:
    new = target.with_name(f"{target.name}.new")
    shutil.rmtree(new, ignore_errors=True)
    for name, content in files.items():
        file = new / name
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_durably(file, content, mode=0o600)
    new.rename(target)
    sync_folder(target.parent)


def _point(shelf: Path, version: str) -> None:
    (shelf / version).touch()
    write_durably(shelf / _CURRENT, f"{version}\n".encode(), mode=0o600)


def _thin_out(shelf: Path) -> None:
    for old in versions(shelf.parent)[MAX_VERSIONS:]:
        shutil.rmtree(shelf / old)
