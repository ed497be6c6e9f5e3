"""A backup as one file: a tar of the database and the media, and last a manifest with the checksum of each.

Written under another name until it is whole and on disk. `secret.key` and `signing.key` are never in it.
"""

import hashlib
import os
import re
import tarfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from io import BytesIO
from pathlib import Path
from typing import IO, Final

from msgspec import DecodeError, Struct, json
from msgspec.structs import replace

from amanat.db.files import sync_folder

MANIFEST: Final = "manifest.json"
DATABASE: Final = "amanat.db"
FORMAT: Final = 1
PIECE_BYTES: Final = 1024 * 1024
# Nothing else is ever unpacked: a name cannot lead out of the folder.
_NAME: Final = re.compile(rf"{re.escape(DATABASE)}|media/kept/[A-Za-z0-9_-]{{2}}/[A-Za-z0-9_-][A-Za-z0-9_.-]*")


class DamagedBackup(Exception):
    """The file is no backup, or not all of it is there, or not as it was written."""


class Content(Struct, frozen=True):
    """One file of a backup."""

    size: int
    sha256: str


class Manifest(Struct, frozen=True, kw_only=True):
    """Whose data it is, and what is in the file. `database` is "sqlite", or "postgres" where it is kept elsewhere."""

    format: int = FORMAT
    amanat: str
    server_name: str
    mode: str
    epoch: str
    schema: int
    database: str
    created_ts: int
    files: dict[str, Content] = {}


def write(target: Path, facts: Manifest, *, files: Iterable[tuple[str, Path]]) -> Manifest:
    """Write a backup; raises `FileExistsError` rather than overwrite. Files that are gone meanwhile are left out.

    A blob without a row is swept one day; a row whose blob was just deleted is one that was to be deleted.
    """
    contents: dict[str, Content] = {}
    with _whole(target) as file, tarfile.open(fileobj=file, mode="w", format=tarfile.PAX_FORMAT) as tar:
        for name, path in files:
            with suppress(FileNotFoundError), path.open("rb") as source:
                contents[name] = _add(tar, name, source, size=os.fstat(source.fileno()).st_size)
        manifest = replace(facts, files=contents)
        encoded = json.format(json.encode(manifest))
        _add(tar, MANIFEST, BytesIO(encoded), size=len(encoded))
    return manifest


def extract(file: Path, folder: Path) -> Manifest:
    """Unpack a backup into a folder and return its manifest; raises `DamagedBackup`."""
    found: dict[str, Content] = {}
    manifest = None
    try:
        with tarfile.open(file, mode="r|") as tar:
            for member in tar:
                source = tar.extractfile(member)
                if manifest is not None or source is None or not member.isreg():
                    raise DamagedBackup(f"{file} holds {member.name!r}, which no backup does.")
                if member.name == MANIFEST:
                    manifest = json.decode(source.read(), type=Manifest)
                elif _NAME.fullmatch(member.name):
                    found[member.name] = _unpack(source, folder / member.name)
                else:
                    raise DamagedBackup(f"{file} holds {member.name!r}, which no backup does.")
    except (tarfile.TarError, DecodeError, EOFError) as error:
        raise DamagedBackup(f"{file} is no backup, or damaged: {error}.") from error
    _check(manifest, found, file)
    assert manifest is not None
    # One sync of everything: a file at a time, a backup of many small files would take hours.
    os.sync()
    return manifest


def media_files(media: Path) -> Iterator[tuple[str, Path]]:
    """Yield the media that have been taken in, each with its name in a backup."""
    for path in sorted((media / "kept").glob("*/*")):
        yield f"media/kept/{path.parent.name}/{path.name}", path


@contextmanager
def _whole(target: Path) -> Iterator[IO[bytes]]:
    """Give a file that gets its name once it is complete and on disk, and is deleted otherwise."""
    if target.exists():
        raise FileExistsError(f"{target} exists already.")
    partial = target.with_name(f".{target.name}.partial")
    descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o600)
    try:
        with open(descriptor, "wb") as file:
            yield file
            file.flush()
            os.fsync(descriptor)
        # Unlike a rename, a link never replaces what has come to be there meanwhile.
        os.link(partial, target)
    finally:
        partial.unlink()
    sync_folder(target.parent)


class _Hashing:
    """A source that is hashed while it is read."""

    def __init__(self, source: IO[bytes]) -> None:
        self._source = source
        self.hash = hashlib.sha256()

    def read(self, size: int) -> bytes:
        piece = self._source.read(size)
        self.hash.update(piece)
        return piece


def _add(tar: tarfile.TarFile, name: str, source: IO[bytes], *, size: int) -> Content:
    member = tarfile.TarInfo(name)
    member.size, member.mode = size, 0o600
    hashing = _Hashing(source)
    tar.addfile(member, hashing)  # type: ignore[arg-type]  # of a file object, tarfile only calls read
    return Content(size, hashing.hash.hexdigest())


def _unpack(source: IO[bytes], target: Path) -> Content:
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    hashing, size = _Hashing(source), 0
    descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    with open(descriptor, "wb") as file:
        while piece := hashing.read(PIECE_BYTES):
            size += file.write(piece)
    return Content(size, hashing.hash.hexdigest())


def _check(manifest: Manifest | None, found: dict[str, Content], file: Path) -> None:
    if manifest is None:
        raise DamagedBackup(f"{file} ends too early: it was cut off, or is no backup.")
    if manifest.format != FORMAT:
        raise DamagedBackup(f"{file} has format {manifest.format}; this release reads format {FORMAT}.")
    if found != manifest.files:
        wrong = sorted(name for name in {*found, *manifest.files} if found.get(name) != manifest.files.get(name))
        raise DamagedBackup(f"{file} is damaged: {wrong[0]} is not as it was written ({len(wrong)} such files).")
