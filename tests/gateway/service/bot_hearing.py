"""What an update of either API tells the programs of the story, in words that both have."""

import json
from typing import Any, NamedTuple

Update = dict[str, Any]
KINDS = [
    "message",
    "edited_message",
    "callback_query",
    "message_reaction",
    "poll",
    "poll_answer",
    "my_chat_member",
    "chat_member",
    "chat_join_request",
]


class Came(NamedTuple):
    """Which update it is, in which chat, and the word in it; `file`: a file's id; `told`: what is noted of the rest.

    There is no word where nothing is to be answered. What a word asks for stands behind its last dash.
    """

    update: str
    chat: str
    word: str = ""
    file: str = ""
    person: int = 0
    told: dict[str, Any] = {}

    @property
    def wish(self) -> str:
        """What is to be answered with."""
        return self.word.rpartition("-")[2]


def telegram(update: Update) -> Came:
    """Read an update of the Telegram Bot API."""
    number, kind = str(update["update_id"]), next(kind for kind in (*KINDS, "") if kind in update or not kind)
    told: Any = update.get(kind, {})
    if kind == "poll":
        return Came(number, "", told={"closed": told["id"]} if told["is_closed"] else {})
    if kind == "poll_answer":
        return Came(number, "", told={"poll": told["poll_id"], "voter": told["user"]["id"]})
    if kind == "my_chat_member":
        return Came(number, str(told["chat"]["id"]), told={"is": told["new_chat_member"]["status"]})
    if kind == "chat_member":
        return _moved(number, told)
    if kind == "chat_join_request":
        link = told.get("invite_link", {}).get("invite_link", "")
        asked = {"asks": told["from"]["first_name"], "link": link}
        return Came(number, str(told["chat"]["id"]), person=told["from"]["id"], told=asked)
    chat = (told["message"] if kind == "callback_query" else told)["chat"]["id"]
    file = told.get("document", {})
    word = told.get("text") or told.get("data") or file.get("file_name") or ""
    if kind == "message_reaction":
        word = told["new_reaction"][0]["emoji"]
    sender = told.get("from", {}).get("id", 0)
    return Came(number, str(chat), word.removeprefix("/"), file.get("file_id", ""), sender)


def _moved(number: str, told: Update) -> Came:
    who, before, after = told["new_chat_member"]["user"], told["old_chat_member"], told["new_chat_member"]
    moved = {"moved": who["first_name"], "before": before["status"], "after": after["status"]}
    return Came(number, str(told["chat"]["id"]), person=who["id"], told=moved)


def cloud(update: Update) -> Came:
    """Read a webhook of the Cloud API."""
    value = update["entry"][0]["changes"][0]["value"]
    status = next(iter(value.get("statuses", ())), None)
    if status is not None:
        return Came(f"{status['id']} {status['status']}", "")
    message = value["messages"][0]
    said = message["edit"]["message"] if message["type"] == "edit" else message
    words = {
        "text": said.get("text", {}).get("body"),
        "document": said.get("document", {}).get("filename"),
        "reaction": said.get("reaction", {}).get("emoji"),
        "interactive": _interactive(said.get("interactive", {})),
        "order": said.get("order", {}).get("text"),
    }
    file = said.get("document", {}).get("id", "")
    return Came(message["id"], message["from_user_id"], words[said["type"]] or "", file)


def _interactive(told: Update) -> str | None:
    """Return what a button holds, or what somebody filled in."""
    if told.get("type") != "nfm_reply":
        button: dict[str, str] = told.get("button_reply", {})
        return button.get("id")
    return str(json.loads(told["nfm_reply"]["response_json"])["nama"])
