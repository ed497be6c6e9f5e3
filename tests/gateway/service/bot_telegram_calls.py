"""What the programs of the story call for at the Telegram Bot API."""

import json
import time
from typing import Any

from tests.gateway.service.bot_hearing import Came
from tests.gateway.service.bot_told import BUTTON
from tests.gateway.service.bot_wire import Form, get, post

LIMIT_S = 31
"""How long a ban and a silence last: less than half a minute would be for ever."""
OPEN_S = 6
"""How long a poll is open that ends by itself."""
DONE = (200, 400)
"""What was done by a call before, whose answer never came, is refused."""
Said = tuple[int, int, dict[str, Any]]


class TelegramCalls:
    """Of one bot; `root`: what `/METHOD` is added to; `leads`: whether it is the one that changes groups."""

    def __init__(self, root: str, *, leads: bool) -> None:
        self._root = root
        self._leads = leads

    def content(self, file: str) -> bytes | None:
        """Return the bytes of a file that came; None where they cannot be had now."""
        status, told = self._call("getFile", file_id=file)
        if status != 200:
            return None
        path = self._root.replace("/bot", "/file/bot", 1)
        status, _, content = get(f"{path}/{told['file_path']}")
        return content if status == 200 else None

    def say(self, came: Came, call: str, *, content: bytes) -> Said:
        """Answer a word; return the status, how long to leave it alone, and what was said."""
        text, chat = f"{came.word} > {call}", came.chat
        if came.file:
            form = Form({"chat_id": chat}, part="document", name=text, content=content)
            return _said(form.post(self._at("sendDocument")))
        if came.wish in ("poll", "soon"):
            asked = {"question": text, "options": ["Ya", "Tidak"], "is_anonymous": False}
            asked |= {"open_period": OPEN_S} if came.wish == "soon" else {}
            return _said(post(self._at("sendPoll"), asked | {"chat_id": chat}))
        if came.wish in ("link", "ask") and self._leads:
            wish = {"member_limit": 1} if came.wish == "link" else {"creates_join_request": True}
            status, link = self._call("createChatInviteLink", chat_id=chat, **wish)
            if status != 200:
                return status, 0, {}
            text += f" {link['invite_link']}"
        markup = {"inline_keyboard": [[{"text": BUTTON, "callback_data": call}]]}
        return _said(post(self._at("sendMessage"), {"chat_id": chat, "text": text, "reply_markup": markup}))

    def goes_on(self, came: Came, said: dict[str, Any]) -> bool:
        """Do what else a word wishes once it is answered; whether that is done."""
        if not self._leads:
            return True
        if came.wish == "pin":
            return self._call("pinChatMessage", chat_id=came.chat, message_id=said["message_id"])[0] == 200
        if came.wish == "mute":
            limit = {"permissions": {"can_send_messages": False}, "until_date": int(time.time()) + LIMIT_S}
            return self._call("restrictChatMember", chat_id=came.chat, user_id=came.person, **limit)[0] == 200
        return True

    def ends(self, poll: dict[str, Any]) -> bool:
        """End a poll; whether it has ended."""
        return self._call("stopPoll", chat_id=poll["chat"]["id"], message_id=poll["message_id"])[0] in DONE

    def lets_in(self, came: Came) -> bool:
        """Approve of somebody who asks."""
        return self._call("approveChatJoinRequest", chat_id=came.chat, user_id=came.person)[0] in DONE

    def bans(self, came: Came) -> bool:
        """Put somebody out for a while."""
        until = int(time.time()) + LIMIT_S
        return self._call("banChatMember", chat_id=came.chat, user_id=came.person, until_date=until)[0] == 200

    def _at(self, method: str) -> str:
        return f"{self._root}/{method}"

    def _call(self, method: str, **fields: object) -> tuple[int, dict[str, Any]]:
        status, _, result = _said(post(self._at(method), fields))
        return status, result


def _said(answered: tuple[int, int, bytes]) -> Said:
    status, wait_s, answer = answered
    result = json.loads(answer)["result"] if status == 200 else {}
    return status, wait_s, result if isinstance(result, dict) else {}
