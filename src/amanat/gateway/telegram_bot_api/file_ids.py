"""The names under which a bot knows files: each is a number that this bot alone was given. Pure."""

import re
from typing import Final

from amanat.gateway.bots.api import KeptFile

_FILE_ID: Final = re.compile(r"AmanatFile-([0-9]{1,18})", re.ASCII)
_PATH: Final = re.compile(r"file_([0-9]{1,18})(?:\.[A-Za-z0-9]{1,12})?", re.ASCII)
_ENDING: Final = re.compile(r"\.[A-Za-z0-9]{1,12}", re.ASCII)
_FOLDERS: Final = (("image/", "photos"), ("video/", "videos"), ("audio/", "music"))


def file_id(number: int) -> str:
    """Return what a file is asked for by."""
    return f"AmanatFile-{number}"


def unique_id(number: int) -> str:
    """Return what two files are told apart by."""
    return f"A{number:x}"


def number_of(name: str) -> int | None:
    """Return which file a `file_id` is of; None if it is none of ours."""
    found = _FILE_ID.fullmatch(name)
    return int(found[1]) if found else None


def path_of(kept: KeptFile) -> str:
    """Return the path to fetch a file at."""
    folder = next((name for kind, name in _FOLDERS if kept.mimetype.startswith(kind)), "documents")
    _, dot, ending = kept.name.rpartition(".")
    shown = f".{ending}" if dot and _ENDING.fullmatch(f".{ending}") else ""
    return f"{folder}/file_{kept.number}{shown}"


def number_in_path(name: str) -> int | None:
    """Return which file the last part of a path is of."""
    found = _PATH.fullmatch(name)
    return int(found[1]) if found else None
