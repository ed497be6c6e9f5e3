"""Bots to measure: some as `amanat bot create` makes them, and many that only wait."""

from pathlib import Path

from msgspec import Struct

from amanat.gateway.bots.tokens import Tokens, make_secret
from amanat.gateway.device.credentials import Credentials
from amanat.gateway.service import bot_file
from amanat.gateway.service.bot_creating import WantedBot, create_bot
from amanat.gateway.service.bot_file import ApiName, BotFile
from amanat.gateway.service.creating import prepare
from amanat.outbound.origin import Origin
from bench import worlds
from bench.bots.receiver import Kind, Program
from bench.wire import Address

APIS: dict[Kind, ApiName] = {"telegram": "telegram", "telegram_in_webhook": "telegram", "cloud": "cloud"}


class Bot(Struct, frozen=True, kw_only=True):
    """A bot with a program: `webhook` is the path of its API that sets where its updates go."""

    user_id: str
    program: Program
    webhook: str

    async def hook(self, gateway: Origin, url: str) -> None:
        """Have its updates delivered to an address."""
        body = (
            f'{{"webhook_configuration": {{"override_callback_uri": "{url}", "verify_token": "bench"}}}}'
            if self.program.kind == "cloud"
            else f'{{"url": "{url}", "max_connections": 100}}'
        )
        headers = {"content-type": "application/json", "authorization": f"Bearer {self.program.token}"}
        answer = await gateway.ask("POST", self.webhook, headers=headers, body=body.encode(), deadline_s=30)
        assert answer.is_good, answer.body


async def make(kind: Kind, name: str, *, data: Path, homeserver: str, url: str) -> Bot:
    """Make one as its developer would, with its keys, its owner and its token."""
    made = await create_bot(
        WantedBot(
            name=name,
            homeserver=homeserver,
            data=data,
            owner=data.parent / "owners" / f"{name}.json",
            api=APIS[kind],
            title=name,
            url=url,
        )
    )
    if kind == "cloud":
        phone = f"/v23.0/{made.access['phone_number_id']}"
        return Bot(
            user_id=made.user_id,
            program=Program(kind=kind, call=f"{phone}/messages", token=made.token),
            webhook=phone,
        )
    call = f"/bot{made.token}/sendMessage"
    return Bot(
        user_id=made.user_id,
        program=Program(kind=kind, call=call, token=""),
        webhook=f"/bot{made.token}/setWebhook",
    )


async def make_idle(count: int, *, data: Path, homeserver: Address) -> None:
    """Make many, with accounts of their own. Their keys they make at their first start; no owner vouches for them."""
    url = f"http://{homeserver[0]}:{homeserver[1]}"
    for number, person in enumerate(await worlds.register(homeserver, count), start=1):
        folder = data / f"idle{number}"
        held = Credentials(
            homeserver=url, user_id=person.user_id, device_id=person.device_id, access_token=person.token
        )
        prepare(folder, held)
        api: ApiName = "telegram" if number % 2 else "cloud"
        bot_file.write(folder, BotFile(api=api, number=number, name=folder.name, secret=make_secret()))
        Tokens(folder).add(f"{number}:{make_secret()}", label="first", now_ms=0)
