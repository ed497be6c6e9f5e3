"""How the programs of the story ask the gateway: one request, and what came of it, whoever is killed meanwhile."""

import json
import urllib.error
import urllib.request
import uuid

ANSWER_S = 20.0
Answered = tuple[int, int, bytes]
"""The status, 0 where there was no answer; how long to leave it alone; and the answer."""


def updates(answer: bytes) -> list[bytes]:
    """Return each update of an answer in its own bytes."""
    text, found, at = answer.decode(), [], len('{"ok":true,"result":[')
    while text[at] == "{":
        end = json.JSONDecoder().raw_decode(text, at)[1]
        found.append(text[at:end].encode())
        at = end + (text[end] == ",")
    return found


def post(url: str, body: object, *, token: str = "") -> Answered:
    """Send a body of JSON."""
    return _ask(url, json.dumps(body).encode(), kind="application/json", token=token)


def get(url: str, *, token: str = "") -> Answered:
    """Fetch what lies there."""
    return _ask(url, None, token=token)


class Form:
    """A form with a file."""

    def __init__(self, fields: dict[str, str], *, part: str, name: str, content: bytes) -> None:
        self._edge = uuid.uuid4().hex
        pieces = [f'Content-Disposition: form-data; name="{each}"\r\n\r\n{value}' for each, value in fields.items()]
        told = f'Content-Disposition: form-data; name="{part}"; filename="{name}"\r\nContent-Type: text/plain\r\n\r\n'
        whole = [*(piece.encode() for piece in pieces), told.encode() + content]
        self._body = b"".join(b"--%s\r\n%s\r\n" % (self._edge.encode(), piece) for piece in whole)

    def post(self, url: str, *, token: str = "") -> Answered:
        """Send it."""
        body = self._body + b"--%s--\r\n" % self._edge.encode()
        return _ask(url, body, kind=f"multipart/form-data; boundary={self._edge}", token=token)


def _ask(url: str, body: bytes | None, *, kind: str = "", token: str = "") -> Answered:
    headers = ({"Content-Type": kind} if kind else {}) | ({"Authorization": f"Bearer {token}"} if token else {})
    asked = urllib.request.Request(url, body, headers)
    try:
        with urllib.request.urlopen(asked, timeout=ANSWER_S) as answer:
            return answer.status, 0, answer.read()
    except urllib.error.HTTPError as error:
        return error.code, int(error.headers.get("Retry-After") or 0), error.read()
    except Exception:  # the gateway has been killed: before it answered, or in the middle of its answer
        return 0, 0, b""
