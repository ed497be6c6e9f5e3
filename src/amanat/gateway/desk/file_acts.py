"""What the staff do with files in a chat: open one that came, and send one."""

from amanat.db.tx import Tx
from amanat.gateway.desk.acts import Acts, Bot, Reply
from amanat.gateway.desk.errors import NoSuch
from amanat.gateway.desk.files import MAX_BYTES, KeptFile, kept_of
from amanat.gateway.desk.joints import Files, Upload
from amanat.gateway.desk.sending import TxnIds
from amanat.gateway.desk.tables import LineRow


class FileActs:
    """Opens and sends files. Nothing of them is kept here: they lie locked with the server."""

    def __init__(self, acts: Acts, *, bot: Bot, files: Files) -> None:
        self._acts = acts
        self._bot = bot
        self._files = files

    async def open(self, member: str, row: LineRow) -> bytes:
        """Return the file of a line; who opens one is noted, once an hour, before they see anything of it.

        Raises `NoSuch`, `FileGone`, `FileTooLarge` and `ServerAway`.
        """
        kept = kept_of(row)
        if kept is None:
            raise NoSuch
        content = await self._files.open(kept.file, most=MAX_BYTES)
        await self._acts.looked_at(member, "file_opened", about=f"{row.room_id} {row.position}")
        return content

    async def send(self, member: str, room_id: str, *, upload: Upload, txn_id: str) -> int:
        """Send a file to the person, once for each `txn_id`; return its position.

        It lies with the server before anything is said. What is killed in between leaves a file there that nobody can
        open, and is asked for again. Raises `NotWithStaff`, `FileNotTaken` and `ServerAway`.
        """
        asked = await self._acts.asked(member, room_id, txn_id=txn_id)
        if asked is not None:
            return asked
        left = await self._files.leave(upload)

        def say(tx: Tx, ids: TxnIds) -> None:
            self._bot.send(tx, left.content, room_id=room_id, ids=ids)

        kind = "picture" if upload.mimetype.startswith("image/") else "file"
        kept = KeptFile(name=upload.name, size=len(upload.content), file=left.file)
        return await self._acts.say(room_id, Reply(member=member, txn_id=txn_id, kind=kind, file=kept), say=say)
