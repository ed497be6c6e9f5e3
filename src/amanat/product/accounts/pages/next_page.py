"""Where to go after signing in: a page of this server, whatever the address that led here says. Pure."""

import re
from typing import Final

MAX_NEXT: Final = 4096

# A browser reads "\" as "/", drops tabs and line breaks, and takes "//host" for another site.
_OWN_PATH = re.compile(r"/(?![/\\])[!-\[\]-~]*")


def own_path(wanted: str | None) -> str | None:
    """Return `wanted` if it is a path of this server, with or without a query."""
    if wanted is None or len(wanted) > MAX_NEXT or _OWN_PATH.fullmatch(wanted) is None:
        return None
    return wanted
