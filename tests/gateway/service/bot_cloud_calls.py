"""What the program of the story calls for at the Cloud API."""

import json
from typing import Any

from tests.gateway.service.bot_hearing import Came
from tests.gateway.service.bot_told import BUTTON, PRODUCT, TEMPLATE, Told
from tests.gateway.service.bot_wire import Form, get, post

Said = tuple[int, int, dict[str, Any]]


class CloudCalls:
    """Of one bot."""

    def __init__(self, told: Told) -> None:
        self._told = told
        self._token = told["cloud_token"]

    def content(self, file: str) -> bytes | None:
        """Return the bytes of a file that came; None where they cannot be had now."""
        graph = self._told["cloud"].rsplit("/", 2)[0]
        status, _, told = get(f"{graph}/{file}", token=self._token)
        status, _, content = get(json.loads(told)["url"], token=self._token) if status == 200 else (status, 0, b"")
        return content if status == 200 else None

    def say(self, came: Came, call: str, *, content: bytes) -> Said:
        """Answer a word; return the status, how long to leave it alone, and nothing that is needed."""
        text = f"{came.word} > {call}"
        if not came.file:
            return self._send(came.chat, *self._message(came.wish, text, call=call))
        form = Form({"messaging_product": "whatsapp"}, part="file", name="a.txt", content=content)
        status, wait_s, made = form.post(f"{self._told['cloud'].rsplit('/', 1)[0]}/media", token=self._token)
        if status != 200:
            return status, wait_s, {}
        return self._send(came.chat, "document", {"id": json.loads(made)["id"], "filename": text})

    def goes_on(self, came: Came, said: dict[str, Any]) -> bool:
        """Nothing else is to be done."""
        return True

    def _message(self, wish: str, text: str, *, call: str) -> tuple[str, dict[str, Any]]:
        body = {"body": {"text": text}}
        if wish == "template":
            parameters = [{"type": "text", "text": text}]
            language = {"name": TEMPLATE, "language": {"code": "id"}}
            return "template", language | {"components": [{"type": "body", "parameters": parameters}]}
        if wish == "form":
            form = {"flow_cta": "Isi", "flow_id": self._told["flow"], "flow_token": call, "flow_message_version": "3"}
            return "interactive", {"type": "flow", **body, "action": {"name": "flow", "parameters": form}}
        if wish == "shop":
            action = {"catalog_id": self._told["catalogue"], "product_retailer_id": PRODUCT}
            return "interactive", {"type": "product", **body, "action": action}
        button = {"type": "reply", "reply": {"id": call, "title": BUTTON}}
        return "interactive", {"type": "button", **body, "action": {"buttons": [button]}}

    def _send(self, chat: str, kind: str, value: dict[str, Any]) -> Said:
        message = {"messaging_product": "whatsapp", "to": chat, "type": kind, kind: value}
        return (*post(self._told["cloud"], message, token=self._token)[:2], {})
