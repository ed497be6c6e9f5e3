"""The programs of three bots in one process that may be killed: they note what comes, and what they say.

Run with a file of JSON, `Told`. Two bots have webhooks, one asks for its updates. Whatever somebody writes is answered
by calls, each with a name of its own in what it says, `WORD > CALL`, until one is answered with 200: a text with a
button whose data is the call's name, or the bytes of the file that came. A word is a text, a file's name, what a text
was changed to, a reaction or what a button holds. A note is a line of a file, written before anything follows from it:
a call without an answer may have been said, or not.
"""

import hmac
import json
import os
import sys
import threading
import time
import urllib.error
import urllib.request
import uuid
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, TypedDict
from urllib.parse import parse_qs, urlsplit

VERIFY_TOKEN = "mengetahui"
SECRET = "rahasia_3"
ANSWER_S = 20.0
POLL_S = 5
Update = dict[str, Any]
KINDS = ["message", "edited_message", "callback_query", "message_reaction"]
BUTTON = "Lagi"


class Told(TypedDict):
    """What it is told. `telegram`, `polling`: what `/METHOD` is added to; `cloud`: where messages are posted."""

    port: int
    notes: str
    telegram: str
    polling: str
    cloud: str
    cloud_token: str
    app_secret: str


class Notes:
    """Lines of JSON, each whole: a process that is killed loses nothing that it has written."""

    def __init__(self, path: str) -> None:
        with open(path, "a+b") as file:
            file.seek(0)
            self.answered = {note["of"] for note in map(json.loads, file) if note.get("status") == 200}
            self._file = os.dup(file.fileno())

    def put(self, **note: object) -> None:
        os.write(self._file, json.dumps(note).encode() + b"\n")


class Program:
    """Answers what people write, in the words of either API."""

    def __init__(self, told: Told) -> None:
        self.told = told
        self.notes = Notes(told["notes"])

    def takes(self, bot: str, body: bytes) -> bool:
        """Note an update and answer it; whether that is done."""
        update: Update = json.loads(body)
        name, chat, word, file = _cloud(update) if bot == "cloud" else _telegram(update)
        self.notes.put(bot=bot, update=name, chat=chat, word=word, body=body.decode("latin-1"))
        key = f"{bot} {name}"
        return not word or key in self.notes.answered or self._answer(bot, chat, word=word, key=key, file=file)

    def _answer(self, bot: str, chat: str, *, word: str, key: str, file: str) -> bool:
        content = self._content(bot, file) if file else b""
        if content is None:
            return False
        call = uuid.uuid4().hex[:10]
        self.notes.put(bot=bot, calls=call)
        said = f"{word} > {call}"
        status, wait_s = self._hand(bot, chat, said, content) if file else self._say(bot, chat, said, data=call)
        self.notes.put(bot=bot, called=call, status=status, of=key)
        if status == 200:
            self.notes.answered.add(key)
        time.sleep(min(wait_s, 5))
        return status == 200

    def _root(self, bot: str) -> str:
        return self.told["telegram"] if bot == "telegram" else self.told["polling"]

    def _say(self, bot: str, chat: str, text: str, *, data: str) -> tuple[int, int]:
        told = self.told
        if bot == "cloud":
            button = {"type": "reply", "reply": {"id": data, "title": BUTTON}}
            interactive = {"type": "button", "body": {"text": text}, "action": {"buttons": [button]}}
            message = {"messaging_product": "whatsapp", "to": chat, "type": "interactive", "interactive": interactive}
            return _post(told["cloud"], message, token=told["cloud_token"])[:2]
        markup = {"inline_keyboard": [[{"text": BUTTON, "callback_data": data}]]}
        return _post(f"{self._root(bot)}/sendMessage", {"chat_id": chat, "text": text, "reply_markup": markup})[:2]

    def _content(self, bot: str, file: str) -> bytes | None:
        """Return the bytes of a file that came; None where they cannot be had now."""
        if bot == "cloud":
            token = self.told["cloud_token"]
            status, _, told = _get(f"{self._graph}/{file}", token=token)
            status, _, content = _get(json.loads(told)["url"], token=token) if status == 200 else (status, 0, b"")
        else:
            root = self._root(bot)
            status, _, told = _post(f"{root}/getFile", {"file_id": file})
            path = json.loads(told)["result"]["file_path"] if status == 200 else ""
            status, _, content = _get(f"{root.replace('/bot', '/file/bot', 1)}/{path}") if path else (status, 0, b"")
        return content if status == 200 else None

    @property
    def _graph(self) -> str:
        """Where the version of the Cloud API begins."""
        return self.told["cloud"].rsplit("/", 2)[0]

    def _hand(self, bot: str, chat: str, name: str, content: bytes) -> tuple[int, int]:
        if bot != "cloud":
            form = _Form({"chat_id": chat}, part="document", name=name, content=content)
            return form.post(f"{self._root(bot)}/sendDocument")[:2]
        told, token = self.told, self.told["cloud_token"]
        form = _Form({"messaging_product": "whatsapp"}, part="file", name="a.txt", content=content)
        status, wait_s, made = form.post(f"{told['cloud'].rsplit('/', 1)[0]}/media", token=token)
        if status != 200:
            return status, wait_s
        document = {"id": json.loads(made)["id"], "filename": name}
        message = {"messaging_product": "whatsapp", "to": chat, "type": "document", "document": document}
        return _post(told["cloud"], message, token=token)[:2]

    def poll(self) -> None:
        """Take updates and answer each until that is done: the next offset says that it is."""
        offset = 0
        while True:
            asked = {"offset": offset, "timeout": POLL_S, "allowed_updates": KINDS}
            status, wait_s, answer = _post(f"{self.told['polling']}/getUpdates", asked)
            if status != 200:
                time.sleep(0.2 + wait_s)
                continue
            for body in _updates(answer):
                while not self.takes("polling", body):
                    time.sleep(0.2)
                offset = json.loads(body)["update_id"] + 1


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
        return self._reply(200 if self.program.takes(bot, body) else 503)

    def _is_right(self, bot: str, body: bytes) -> bool:
        if bot == "telegram":
            return self.headers["X-Telegram-Bot-Api-Secret-Token"] == SECRET
        signed = hmac.new(self.program.told["app_secret"].encode(), body, sha256).hexdigest()
        return self.headers["X-Hub-Signature-256"] == f"sha256={signed}"

    def _reply(self, status: int, body: bytes = b"") -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Nothing: the notes tell."""


Came = tuple[str, str, str, str]
"""Which update it is, in which chat, the word in it, and a file's id; no word for what is none."""


def _telegram(update: Update) -> Came:
    kind, told = next((kind, update[kind]) for kind in (*KINDS, "") if kind in update)
    chat = str((told["message"] if kind == "callback_query" else told)["chat"]["id"])
    file = told.get("document", {})
    word = told.get("text") or told.get("data") or file.get("file_name") or ""
    if kind == "message_reaction":
        word = told["new_reaction"][0]["emoji"]
    return str(update["update_id"]), chat, word, file.get("file_id", "")


def _cloud(update: Update) -> Came:
    value = update["entry"][0]["changes"][0]["value"]
    status = next(iter(value.get("statuses", ())), None)
    if status is not None:
        return f"{status['id']} {status['status']}", "", "", ""
    message = value["messages"][0]
    said = message["edit"]["message"] if message["type"] == "edit" else message
    words = {
        "text": said.get("text", {}).get("body"),
        "document": said.get("document", {}).get("filename"),
        "reaction": said.get("reaction", {}).get("emoji"),
        "interactive": said.get("interactive", {}).get("button_reply", {}).get("id"),
    }
    return message["id"], message["from_user_id"], words[said["type"]] or "", said.get("document", {}).get("id", "")


def _updates(answer: bytes) -> list[bytes]:
    """Return each update of an answer in its own bytes."""
    text, found, at = answer.decode(), [], len('{"ok":true,"result":[')
    while text[at] == "{":
        end = json.JSONDecoder().raw_decode(text, at)[1]
        found.append(text[at:end].encode())
        at = end + (text[end] == ",")
    return found


def _post(url: str, body: object, *, token: str = "") -> tuple[int, int, bytes]:
    """Return the status, 0 where there was no answer; how long to leave it alone; and the answer."""
    return _ask(url, json.dumps(body).encode(), kind="application/json", token=token)


def _get(url: str, *, token: str = "") -> tuple[int, int, bytes]:
    return _ask(url, None, token=token)


class _Form:
    """A form with a file."""

    def __init__(self, fields: dict[str, str], *, part: str, name: str, content: bytes) -> None:
        self._edge = uuid.uuid4().hex
        pieces = [f'Content-Disposition: form-data; name="{each}"\r\n\r\n{value}' for each, value in fields.items()]
        told = f'Content-Disposition: form-data; name="{part}"; filename="{name}"\r\nContent-Type: text/plain\r\n\r\n'
        whole = [*(piece.encode() for piece in pieces), told.encode() + content]
        self._body = b"".join(b"--%s\r\n%s\r\n" % (self._edge.encode(), piece) for piece in whole)

    def post(self, url: str, *, token: str = "") -> tuple[int, int, bytes]:
        """Send it."""
        body = self._body + b"--%s--\r\n" % self._edge.encode()
        return _ask(url, body, kind=f"multipart/form-data; boundary={self._edge}", token=token)


def _ask(url: str, body: bytes | None, *, kind: str = "", token: str = "") -> tuple[int, int, bytes]:
    headers = ({"Content-Type": kind} if kind else {}) | ({"Authorization": f"Bearer {token}"} if token else {})
    asked = urllib.request.Request(url, body, headers)
    try:
        with urllib.request.urlopen(asked, timeout=ANSWER_S) as answer:
            return answer.status, 0, answer.read()
    except urllib.error.HTTPError as error:
        return error.code, int(error.headers.get("Retry-After") or 0), error.read()
    except Exception:  # the gateway has been killed: before it answered, or in the middle of its answer
        return 0, 0, b""


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
