"""The programs of three bots in one process that may be killed: they note what comes, and what they say.

Run as a module with a file of JSON, `Told`. Two bots have webhooks, one asks for its updates. Whatever somebody writes
is answered by calls, each with a name of its own in what it says, `WORD > CALL`, until one is answered with 200: with a
text with a button whose data is the call's name, with the bytes of the file that came, or with what the word wishes. A
note is a line of a file, written before anything follows from it: a call without an answer may have been said, or not.

What is said in a webhook's answer has no answer of its own: it is called the same at each try of its update.
"""

import hmac
import json
import os
import sys
import threading
import time
import uuid
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from tests.gateway.service import bot_hearing
from tests.gateway.service.bot_cloud_calls import CloudCalls
from tests.gateway.service.bot_hearing import KINDS, Came
from tests.gateway.service.bot_telegram_calls import TelegramCalls
from tests.gateway.service.bot_told import VERIFY_TOKEN, Told
from tests.gateway.service.bot_wire import post, updates

SECRET = "rahasia_3"
POLL_S = 5
ALBUM = 3
"""Files of one."""
VOTERS = 2
"""Once so many have voted, a poll is ended."""


class Notes:
    """Lines of JSON, each whole: a process that is killed loses nothing that it has written."""

    def __init__(self, path: str) -> None:
        self.answered: set[str] = set()
        self.said: dict[str, Any] = {}
        self.polls: dict[tuple[str, str], dict[str, Any]] = {}
        self.voters: dict[tuple[str, str], set[int]] = {}
        with open(path, "a+b") as file:
            file.seek(0)
            for note in map(json.loads, file):
                self._learn(note)
            self._file = os.dup(file.fileno())

    def put(self, **note: object) -> None:
        os.write(self._file, json.dumps(note).encode() + b"\n")
        self._learn(note)

    def _learn(self, note: dict[str, Any]) -> None:
        if note.get("status") == 200:
            self.said[note["of"]] = note.get("result")
            poll = (note.get("result") or {}).get("poll")
            self.polls |= {(note["bot"], poll["id"]): note["result"]} if poll else {}
        elif "done" in note:
            self.answered.add(note["done"])
        elif "voter" in note:
            self.voters.setdefault((note["bot"], note["poll"]), set()).add(note["voter"])


class Program:
    """Answers what people write, in the words of either API."""

    def __init__(self, told: Told) -> None:
        self.told = told
        self.notes = Notes(told["notes"])
        self._cloud = CloudCalls(told)
        self._telegram = {
            "telegram": TelegramCalls(told["telegram"], leads=True),
            "polling": TelegramCalls(told["polling"], leads=False),
        }

    def takes(self, bot: str, body: bytes) -> bytes | None:
        """Note an update and answer it; return what the webhook answers, or nothing where that is to be tried again."""
        came = (bot_hearing.cloud if bot == "cloud" else bot_hearing.telegram)(json.loads(body))
        noted = {"bot": bot, "update": came.update, "chat": came.chat, "word": came.word}
        self.notes.put(**noted, **came.told, body=body.decode("latin-1"))
        key = f"{bot} {came.update}"
        if key in self.notes.answered:
            return b""
        if came.wish == "album" and bot == "telegram":
            return self._album(came)
        if not (self._answer(bot, came, key=key) if came.word else self._follows(bot, came)):
            return None
        self.notes.put(done=key)
        return b""

    def _album(self, came: Came) -> bytes:
        """Answer the webhook with a call: nobody says what became of it."""
        call = f"w{came.update}"
        media = [
            {"type": "document", "media": came.file, "caption": f"{came.word} > {call}.{part}"} for part in range(ALBUM)
        ]
        self.notes.put(bot="telegram", calls=call)
        return json.dumps({"method": "sendMediaGroup", "chat_id": came.chat, "media": media}).encode()

    def _answer(self, bot: str, came: Came, *, key: str) -> bool:
        calls = self._cloud if bot == "cloud" else self._telegram[bot]
        if key not in self.notes.said:
            content = calls.content(came.file) if came.file else b""
            if content is None:
                return False
            call = uuid.uuid4().hex[:10]
            self.notes.put(bot=bot, calls=call)
            status, wait_s, result = calls.say(came, call, content=content)
            self.notes.put(bot=bot, called=call, status=status, of=key, result=_noted(result))
            time.sleep(min(wait_s, 5))
            if status != 200:
                return False
        return calls.goes_on(came, self.notes.said[key])

    def _follows(self, bot: str, came: Came) -> bool:
        """Do what follows from something that nobody wrote; whether that is done."""
        if bot == "cloud":
            return True
        calls, told = self._telegram[bot], came.told
        poll = (bot, told.get("poll", ""))
        if poll in self.notes.polls and len(self.notes.voters[poll]) == VOTERS:
            return calls.ends(self.notes.polls[poll])
        if bot == "telegram" and told.get("link"):
            return calls.lets_in(came)
        if bot == "telegram" and told.get("moved", "").startswith("banished") and told["after"] == "member":
            return calls.bans(came)
        return True

    def poll(self) -> None:
        """Take updates and answer each until that is done: the next offset says that it is."""
        offset = 0
        while True:
            asked = {"offset": offset, "timeout": POLL_S, "allowed_updates": KINDS}
            status, wait_s, answer = post(f"{self.told['polling']}/getUpdates", asked)
            if status != 200:
                time.sleep(0.2 + wait_s)
                continue
            for body in updates(answer):
                while self.takes("polling", body) is None:
                    time.sleep(0.2)
                offset = json.loads(body)["update_id"] + 1


def _noted(result: dict[str, Any]) -> dict[str, Any]:
    """Return what is noted of what was said."""
    return {name: result[name] for name in ("message_id", "chat", "poll") if name in result}


class Receiver(BaseHTTPRequestHandler):
    """The webhooks of two bots."""

    program: Program

    def do_GET(self) -> None:
        """Prove to the Cloud API that its webhooks are expected here."""
        query = parse_qs(urlsplit(self.path).query)
        right = query.get("hub.verify_token") == [VERIFY_TOKEN]
        self._reply(200 if right else 403, query["hub.challenge"][0].encode() if right else b"")

    def do_POST(self) -> None:
        """Take an update, if it is from whom it should be."""
        bot, length = self.path.removeprefix("/"), int(self.headers["Content-Length"])
        body = self.rfile.read(length)
        if len(body) < length:
            return None  # whoever sent it was killed in the middle
        if not self._is_right(bot, body):
            self.program.notes.put(bot=bot, forged=body.decode("latin-1"))
            return self._reply(401)
        answer = self.program.takes(bot, body)
        return self._reply(503) if answer is None else self._reply(200, answer)

    def _is_right(self, bot: str, body: bytes) -> bool:
        if bot == "telegram":
            return self.headers["X-Telegram-Bot-Api-Secret-Token"] == SECRET
        signed = hmac.new(self.program.told["app_secret"].encode(), body, sha256).hexdigest()
        return self.headers["X-Hub-Signature-256"] == f"sha256={signed}"

    def _reply(self, status: int, body: bytes = b"") -> None:
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Nothing: the notes tell."""


def main(told: Told) -> None:
    """Work until killed."""
    Receiver.program = program = Program(told)
    server = ThreadingHTTPServer(("127.0.0.1", told["port"]), Receiver)
    server.daemon_threads = True
    threading.Thread(target=program.poll, daemon=True).start()
    sys.stdout.write(f"http://127.0.0.1:{told['port']}\n")
    sys.stdout.flush()
    server.serve_forever()


if __name__ == "__main__":
    with open(sys.argv[1], "rb") as file:
        main(json.load(file))
