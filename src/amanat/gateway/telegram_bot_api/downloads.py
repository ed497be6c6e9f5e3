"""The files that people sent, opened for the bot."""

from typing import Final

from amanat.gateway.bots.api import Line
from amanat.gateway.spooling import Opened, Spool
from amanat.gateway.telegram_bot_api.calls import Call, method
from amanat.gateway.telegram_bot_api.errors import BadRequest, NotFound
from amanat.gateway.telegram_bot_api.file_ids import number_in_path, number_of, path_of
from amanat.gateway.telegram_bot_api.objects import Object, file

MAX_DOWNLOAD: Final = 20 * 1024 * 1024
"""In bytes; source: core.telegram.org/bots/api#getfile."""


class Downloads:
    """Tells where files are, and opens them."""

    @method("getFile")
    async def get_file(self, call: Call) -> Object:
        """Return the path that a file is fetched at."""
        number = number_of(call.fields.required_text("file_id", "file_id not specified"))
        kept = None if number is None else await call.line.file(number)
        if kept is None:
            raise BadRequest("wrong file_id or the file is temporarily unavailable")
        if kept.size > MAX_DOWNLOAD:
            raise BadRequest("file is too big")
        return file(kept, path=path_of(kept))

    async def opened(self, line: Line, name: str, *, spool: Spool) -> Opened:
        """Return a file, by the last part of its path; raises `Full`."""
        number = number_in_path(name)
        if number is None or await line.file(number) is None:
            raise NotFound
        opened = await line.read_file(number, spool=spool)
        if opened is None or opened.size > MAX_DOWNLOAD:
            raise NotFound
        return opened
