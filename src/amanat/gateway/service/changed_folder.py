"""A service's folder with an editor's changes: only names that a folder may have, of a bounded size. Pure."""

import re
from collections.abc import Mapping
from typing import Final

from amanat.gateway.desk.errors import WrongValue
from amanat.gateway.flows.folder import MAX_FILES
from amanat.gateway.flows.loading import MAX_BYTES, Files

MAX_FOLDER_BYTES: Final = 8 * MAX_BYTES

# The kinds of files that a service is written in; nothing hidden, and nothing above the folder.
_PART: Final = r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,99}"
_NAME: Final = re.compile(rf"(?:{_PART}/){{0,3}}{_PART}(?<![~.])\.(?:md|yaml|csv|ics)", re.ASCII)


def changed_folder(files: Files, changes: Mapping[str, str | None]) -> dict[str, bytes]:
    """Return the files with texts put in their place, or taken away where the text is `None`; raises `WrongValue`."""
    after = dict(files)
    for name, text in changes.items():
        if name not in files and not _NAME.fullmatch(name):
            raise WrongValue(f"A service has no file {name!r}: .md, .yaml, .csv and .ics, in folders of plain names.")
        if text is None:
            after.pop(name, None)
        else:
            after[name] = _encoded(name, text)
    if len(after) > MAX_FILES or sum(map(len, after.values())) > MAX_FOLDER_BYTES:
        raise WrongValue(f"A service has at most {MAX_FILES} files of {MAX_FOLDER_BYTES} bytes in all.")
    return after


def _encoded(name: str, text: str) -> bytes:
    try:
        content = text.encode()
    except UnicodeEncodeError:
        raise WrongValue(f"{name!r} is no text.") from None
    if len(content) > MAX_BYTES:
        raise WrongValue(f"{name!r} is larger than {MAX_BYTES} bytes.")
    return content
