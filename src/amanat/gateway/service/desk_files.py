"""Files of chats, as the desk opens and leaves them: over the service's device, and in its memory alone."""

import asyncio
from collections.abc import Mapping
from typing import Any, Final

from amanat.gateway.desk.errors import FileGone, FileNotTaken, FileTooLarge, ServerAway
from amanat.gateway.desk.joints import Left, Upload
from amanat.gateway.device.attachments import NotOpened
from amanat.gateway.device.device import ServiceDevice
from amanat.gateway.device.server_api import LoggedOut, Refused, TryAgain
from amanat.gateway.messages.attachments import Attachment, content_with

AT_ONCE: Final = 2
"""Each stands in memory locked and opened."""


class DeskFiles:
    """The desk's `Files` over a service's device."""

    def __init__(self, device: ServiceDevice) -> None:
        self._device = device
        self._turn = asyncio.Semaphore(AT_ONCE)

    async def open(self, file: Mapping[str, Any], *, most: int) -> bytes:
        """Return what an `EncryptedFile` opens."""
        async with self._turn:
            try:
                content = await self._device.download(file)
            except (Refused, NotOpened):
                raise FileGone from None
            except (TryAgain, LoggedOut):
                raise ServerAway from None
        if len(content) > most:
            raise FileTooLarge
        return content

    async def leave(self, upload: Upload) -> Left:
        """Lock a file and leave it with the server."""
        async with self._turn:
            try:
                file = await self._device.upload(upload.content)
            except Refused:
                raise FileNotTaken from None
            except (TryAgain, LoggedOut):
                raise ServerAway from None
        attachment = Attachment(
            name=upload.name,
            mimetype=upload.mimetype,
            content=upload.content,
            # No words beside it: an app shows a body that is the file's name as none.
            caption=upload.name,
            width=upload.width,
            height=upload.height,
        )
        return Left(file=file, content=content_with(attachment, file))
