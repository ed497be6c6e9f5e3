"""Every part of every request is what it should not be: the answer is in the API's words, and never a 500."""

import asyncio
import json
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager
from copy import deepcopy
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

import httpx
import pytest

from amanat.edge.rate_limit import Rate
from amanat.edge.server import Server, ServerRules, listen
from amanat.gateway.cloud_api.access import access
from amanat.gateway.cloud_api.api import CloudApi
from amanat.gateway.cloud_api.app import Ground, cloud_app
from amanat.gateway.cloud_api.settings import Rates, Settings
from amanat.gateway.fake.bot import FakeBot
from amanat.gateway.service.bot_apis import BotsOf
from amanat.gateway.service.bot_file import BotFile
from amanat.outbound.http import HttpClient
from tests.gateway.cloud_api.flows.samples import PASSPORT

_OFTEN: Final = Rate(per_second=1_000_000, burst=1_000_000)
_SETTINGS: Final = Settings(window="off", stand_in_numbers=True, app="https://chat.example")
_HERE: Final = "@here"

WRONG: Final = (
    *("null", "true", "-1", "1.5", "9223372036854775808", f"1{'0' * 400}", '""', '"x"', '"a\\u0000b"', '"\u00b2"'),
    *('"ID.9999999999999999999"', '"9999999999999999999999"', '"49999999999999999999"', '"wamid.AAAA\u00ff"'),
    *("[]", "{}", "[[]]", "[{}]", "[null]", '{"type":1}', f'"{"[" * 5_000}"', f'"{"x" * 70_000}"'),
    *('"http://[::1"', '"http://127.0.0.1:1/x"', '"*_~`*_~"', '"${form.x}"'),
)
"""In JSON."""
WRONG_IN_ADDRESSES: Final = ("x", "\u00b2", "\u0663", "9" * 30, "9" * 5_000, "-1", "%00", "%ff", "%ed%a0%80", "[]")

_TEMPLATE: Final = {
    "name": "salam",
    "language": "id",
    "category": "UTILITY",
    "components": [
        {"type": "HEADER", "format": "TEXT", "text": "Hai {{1}}", "example": {"header_text": ["x"]}},
        {"type": "BODY", "text": "Halo {{1}}, selamat datang.", "example": {"body_text": [["x"]]}},
        {"type": "FOOTER", "text": "f"},
        {
            "type": "BUTTONS",
            "buttons": [
                {"type": "QUICK_REPLY", "text": "ya"},
                {"type": "URL", "text": "u", "url": "https://a.b/{{1}}", "example": ["https://a.b/x"]},
                {"type": "PHONE_NUMBER", "text": "p", "phone_number": "+62811"},
            ],
        },
    ],
}


def _message(kind: str, value: object, **more: object) -> dict[str, Any]:
    about = {"messaging_product": "whatsapp", "to": "{who}", "recipient_type": "individual"}
    return about | {"type": kind, kind: value, **more}


def _interactive(kind: str, action: object) -> dict[str, Any]:
    told = {"header": {"type": "text", "text": "h"}, "body": {"text": "b"}, "footer": {"text": "f"}}
    return _message("interactive", {"type": kind, "action": action} | told)


MESSAGES: Final = {
    "text": _message("text", {"body": "a"}, context={"message_id": "{wamid}"}, biz_opaque_callback_data="x"),
    "image": _message("image", {"id": "{media}", "caption": "c"}),
    "document": _message("document", {"link": "http://127.0.0.1:1/", "filename": "f", "caption": "c"}),
    "audio": _message("audio", {"link": "http://127.0.0.1:1/", "voice": True}),
    "location": _message("location", {"latitude": 1, "longitude": 2, "name": "n", "address": "a"}),
    "contacts": _message(
        "contacts",
        [
            {
                "name": {"formatted_name": "a", "first_name": "b"},
                "phones": [{"phone": "+62", "type": "HOME", "wa_id": "62"}],
                "org": {"company": "c"},
                "urls": [{"url": "u"}],
            }
        ],
    ),
    "reaction": _message("reaction", {"message_id": "{wamid}", "emoji": "\U0001f44d"}),
    "button": _interactive("button", {"buttons": [{"type": "reply", "reply": {"id": "a", "title": "b"}}]}),
    "list": _interactive(
        "list",
        {"button": "b", "sections": [{"title": "t", "rows": [{"id": "a", "title": "b", "description": "c"}]}]},
    ),
    "cta_url": _interactive("cta_url", {"parameters": {"display_text": "d", "url": "https://a.b"}}),
    "location_request_message": _interactive("location_request_message", {"name": "send_location"}),
    "flow": _interactive(
        "flow",
        {
            "parameters": {
                "flow_token": "t",
                "flow_id": "{flow}",
                "flow_cta": "c",
                "flow_action": "navigate",
                "flow_action_payload": {"screen": "DATA", "data": {"a": 1}},
            }
        },
    ),
    "template": _message(
        "template",
        {
            "name": "salam",
            "language": {"code": "id"},
            "components": [
                {"type": "header", "parameters": [{"type": "text", "text": "x"}]},
                {"type": "body", "parameters": [{"type": "text", "text": "x"}]},
                {"type": "button", "sub_type": "url", "index": "1", "parameters": [{"type": "text", "text": "p"}]},
            ],
        },
    ),
    "read": {
        "messaging_product": "whatsapp",
        "status": "read",
        "message_id": "{wamid}",
        "typing_indicator": {"type": "text"},
    },
}

_CALLBACK: Final = {"override_callback_uri": "http://127.0.0.1:1", "verify_token": "x"}
OTHERS: Final[tuple[tuple[str, str, dict[str, Any]], ...]] = (
    ("POST", "{business}/message_templates", _TEMPLATE),
    ("POST", "{template}", {"components": _TEMPLATE["components"], "category": "UTILITY"}),
    ("DELETE", "{business}/message_templates", {"name": "none", "hsm_id": "5"}),
    ("POST", "{business}/flows", {"name": "f", "categories": ["OTHER"], "flow_json": "{}", "clone_flow_id": "61"}),
    ("POST", "{flow}", {"name": "x", "categories": ["OTHER"]}),
    ("POST", "{phone}/whatsapp_business_profile", {"about": "a", "email": "e", "websites": ["w"], "vertical": "OTHER"}),
    (
        "POST",
        "{phone}/conversational_automation",
        {"prompts": ["p"], "commands": [{"command_name": "a", "command_description": "b"}]},
    ),
    ("POST", "{phone}/block_users", {"block_users": [{"user": "ID.5"}]}),
    ("DELETE", "{phone}/block_users", {"block_users": [{"user": "{who}"}]}),
    ("POST", "{phone}/message_qrdls", {"prefilled_message": "a", "generate_qr_image": "PNG", "code": "x"}),
    ("POST", "{business}/subscribed_apps", _CALLBACK),
    ("POST", "{app}/subscriptions", {"object": "x", "callback_url": "http://127.0.0.1:1", "fields": ["messages"]}),
    ("POST", "{phone}", {"webhook_configuration": _CALLBACK}),
    ("POST", "{phone}/register", {"messaging_product": "whatsapp", "pin": "1"}),
)

ADDRESSES: Final = (
    *("{business}/message_templates?after=", "{business}/message_templates?limit=", "{business}/flows?limit="),
    *("{phone}/block_users?after=", "{phone}/block_users?limit=", "{phone}?fields=", "{phone}?appsecret_proof="),
    *("{media}?phone_number_id=", "debug_token?input_token=", "oauth/access_token?client_id=", "{flow}?fields="),
    *("", "4", "5", "6", "{phone}/message_qrdls/", "{business}/message_templates?name="),
)
"""What is followed by something that it should not be."""


class Program:
    """Asks the API of a bot; `names` are what stands in braces."""

    def __init__(self, http: httpx.AsyncClient, names: dict[str, str]) -> None:
        self._http = http
        self.names = names

    def filled(self, value: object) -> str:
        """Return a request with its names, as JSON where it is none yet."""
        text = value if isinstance(value, str) else json.dumps(value)
        for name, given in self.names.items():
            text = text.replace(f"{{{name}}}", given)
        return text

    async def ask(self, method: str, address: str, body: str = "") -> Any:
        """Return an answer, which is in the API's form."""
        headers = {"content-type": "application/json"} if body else {}
        answer = await self._http.request(method, f"v23.0/{address}", content=body.encode(), headers=headers)
        about = f"{method} {address[:100]} {body[:2_000]}: {answer.status_code} {answer.text[:300]}"
        assert answer.status_code < 500, about
        told = answer.json()
        assert answer.is_success or isinstance(told["error"]["code"], int), about
        return told

    async def meet(self, who: str, wamid: str) -> None:
        """Make what requests name."""
        self.names |= {"who": who, "wamid": wamid}
        form = {"messaging_product": "whatsapp"}
        picture = {"file": ("a.png", b"\x89PNG", "image/png")}
        media = await self._http.post(f"v23.0/{self.names['phone']}/media", data=form, files=picture)
        flow = {"name": "f", "categories": ["OTHER"], "flow_json": json.dumps(PASSPORT), "publish": True}
        business = self.names["business"]
        template = await self.ask("POST", f"{business}/message_templates", json.dumps(_TEMPLATE))
        made = await self.ask("POST", f"{business}/flows", json.dumps(flow))
        self.names |= {"media": media.json()["id"], "template": template["id"], "flow": made["id"]}


@asynccontextmanager
async def _running(folder: Path) -> AsyncIterator[Program]:
    async with AsyncExitStack() as stack:
        outside = HttpClient()
        stack.push_async_callback(outside.close)
        described = BotFile(api="cloud", number=77, name="Fake", secret="s" * 35)
        fake = FakeBot(described, folder=folder, api=CloudApi(lambda _: _SETTINGS), posts=outside)
        await fake.open()
        stack.push_async_callback(fake.close)
        running = asyncio.create_task(fake.run())
        stack.callback(running.cancel)
        program = Program(await _served(stack, fake, outside), _names(fake))
        await fake.hear("budi", {"msgtype": "m.text", "body": "halo"})
        (update,) = await fake.line.updates(after=0, most=1)
        came = json.loads(update.body)["entry"][0]["changes"][0]["value"]["messages"][0]
        await program.meet(came["from_user_id"], came["id"])
        yield program


async def _served(stack: AsyncExitStack, fake: FakeBot, outside: HttpClient) -> httpx.AsyncClient:
    bound = listen("127.0.0.1", 0)
    url = f"http://127.0.0.1:{bound.getsockname()[1]}"
    rates = Rates(throughput=_OFTEN, pair=_OFTEN)
    ground = Ground(bots=BotsOf("cloud", [fake]), base_url=url, http=outside, settings=lambda _: _SETTINGS, rates=rates)
    server = Server(cloud_app(ground), stopping=lambda: None, rules=ServerRules(grace_s=1))
    serving = asyncio.create_task(server.serve([bound]))
    stack.push_async_callback(asyncio.wait, {serving})
    stack.callback(server.stop)
    headers = {"authorization": f"Bearer {fake.token}"}
    client = httpx.AsyncClient(base_url=url, headers=headers, trust_env=False, timeout=30)
    return await stack.enter_async_context(client)


def _names(fake: FakeBot) -> dict[str, str]:
    held = access(fake.line.me, fake.token, base_url="", secret=fake.line.secret)
    return {"phone": held["phone_number_id"], "business": held["business_account_id"], "app": held["app_id"]}


def _places(value: object, at: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """Return where anything stands in a request, the whole first."""
    yield at
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, each in inside:
        yield from _places(each, (*at, name))


def _with(value: Any, at: tuple[str | int, ...], wrong: str) -> str:
    """Return a request as JSON, with something else in one place."""
    whole = {"": deepcopy(value)}
    holder, place = whole, ""
    for step in at:
        holder, place = holder[place], step  # type: ignore[assignment]  # a list is held by its numbers
    holder[place] = _HERE
    return json.dumps(whole[""]).replace(json.dumps(_HERE), wrong)


@pytest.mark.parametrize("kind", MESSAGES)
async def test_no_message_fails(tmp_path: Path, kind: str) -> None:
    async with _running(tmp_path) as program:
        told = await program.ask("POST", program.filled("{phone}/messages"), program.filled(MESSAGES[kind]))
        assert ("error" in told) is (kind in ("document", "audio")), "what is at no address cannot be sent"
        await _go_wrong(program, "POST", "{phone}/messages", MESSAGES[kind])


@pytest.mark.parametrize(("method", "address", "body"), OTHERS, ids=lambda each: each if isinstance(each, str) else "")
async def test_nothing_else_fails(tmp_path: Path, method: str, address: str, body: dict[str, Any]) -> None:
    async with _running(tmp_path) as program:
        await _go_wrong(program, method, address, body)


async def _go_wrong(program: Program, method: str, address: str, body: dict[str, Any]) -> None:
    for at in _places(body):
        for wrong in WRONG:
            await program.ask(method, program.filled(address), program.filled(_with(body, at, wrong)))


@pytest.mark.parametrize("method", ["GET", "POST", "DELETE"])
async def test_no_address_fails(tmp_path: Path, method: str) -> None:
    async with _running(tmp_path) as program:
        for address in ADDRESSES:
            for wrong in WRONG_IN_ADDRESSES:
                await program.ask(method, program.filled(address) + quote(wrong, safe="%"))
