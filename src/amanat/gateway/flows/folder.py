"""The one place that reads a flow from a disk."""

from pathlib import Path
from typing import Final

from amanat.gateway.flows.loading import MAX_BYTES
from amanat.gateway.office_files.problems import FilesRefused, Problem

MAX_FILES: Final = 500


def read_folder(folder: Path) -> dict[str, bytes]:
    """Return every file of a flow's folder; hidden ones are an editor's or a version control's."""
    if not folder.is_dir():
        raise FilesRefused([Problem(str(folder), 1, "There is no such folder.")])
    files: dict[str, bytes] = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder)
        if not path.is_file() or any(part.startswith((".", "~")) or part.endswith("~") for part in name.parts):
            continue
        if len(files) == MAX_FILES:
            raise FilesRefused([Problem(str(folder), 1, f"A flow has {MAX_FILES} files at most: is this its folder?")])
        with path.open("rb") as file:
            files[name.as_posix()] = file.read(MAX_BYTES + 1)
    return files
