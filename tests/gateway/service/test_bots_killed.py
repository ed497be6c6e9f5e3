"""Server, gateway, database and bots' programs are killed at random under load: nothing is lost or said twice.

Of both APIs: two bots with webhooks, and one that asks for its updates.
"""

import asyncio
import json
import os
from collections import Counter, defaultdict
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from amanat.gateway.service.bot_creating import MadeBot, WantedBot, create_bot
from amanat.gateway.store.data_folder import ServiceFolder
from amanat.outbound.origin import Origin
from tests.gateway.device.office import PATIENCE_S, Office, register
from tests.gateway.device.town import TRUSTING
from tests.gateway.service.aftermath import Aftermath
from tests.gateway.service.bot_program import KINDS, SECRET, VERIFY_TOKEN, Told
from tests.gateway.service.guest import Guest
from tests.gateway.service.killing import TRIES, Databases, Victim, databases, kill_in_turn, lab
from tests.processes import AmanatProcess, BesideProcess, free_port

__all__ = ["databases", "lab"]

BOTS = {"telegram": "telegram", "polling": "telegram", "cloud": "cloud"}
"""Each with the API that its program speaks."""
PEOPLE = 2 if "SOAK" in os.environ else 1
"""Of each bot."""
Note = dict[str, Any]


@pytest.fixture
async def devices(lab: AmanatProcess, tmp_path: Path) -> AsyncIterator[dict[str, list[Office]]]:
    """Who writes to which bot."""
    origin = Origin(lab.url)
    arrived: dict[str, list[Office]] = defaultdict(list)
    for name in [f"{bot}{number}" for bot in BOTS for number in range(PEOPLE)]:
        held = await register(lab.url, f"guest-{name}")
        device = await Office.open(held, tmp_path / name, asks=origin, policy=TRUSTING)
        device.echo.quiet = True
        arrived[name[:-1]].append(device)
    yield arrived
    for each in arrived.values():
        for device in each:
            await device.close()
    origin.close()


async def _make(lab: AmanatProcess, data: Path, *, database: str | None, url: str) -> dict[str, MadeBot]:
    return {
        name: await create_bot(
            WantedBot(
                name=name,
                api="cloud" if api == "cloud" else "telegram",
                title=name,
                homeserver=lab.url,
                data=data,
                owner=data.parent / f"{name}-owner.json",
                url=url,
                database=database,
            )
        )
        for name, api in BOTS.items()
    }


def _told(made: dict[str, MadeBot], *, notes: Path, port: int) -> Told:
    cloud: dict[str, Any] = made["cloud"].access
    root = {name: f"{made[name].access['base_url']}{made[name].token}" for name in ("telegram", "polling")}
    return Told(
        telegram=root["telegram"],
        polling=root["polling"],
        port=port,
        notes=str(notes),
        cloud=f"{cloud['base_url']}/{cloud['phone_number_id']}/messages",
        cloud_token=cloud["access_token"],
        app_secret=cloud["app_secret"],
    )


async def _set_webhooks(told: Told, business: str, *, url: str) -> None:
    async with httpx.AsyncClient(trust_env=False, timeout=60) as http:
        telegram = {"url": f"{url}/telegram", "secret_token": SECRET, "allowed_updates": KINDS}
        (await http.post(f"{told['telegram']}/setWebhook", json=telegram)).raise_for_status()
        cloud = {"override_callback_uri": f"{url}/cloud", "verify_token": VERIFY_TOKEN}
        headers = {"Authorization": f"Bearer {told['cloud_token']}"}
        (await http.post(f"{business}/subscribed_apps", json=cloud, headers=headers)).raise_for_status()


async def test_nothing_is_lost_or_said_twice(
    lab: AmanatProcess, databases: Databases, devices: dict[str, list[Office]], tmp_path: Path
) -> None:
    data, notes, place = tmp_path / "gateway", tmp_path / "notes.jsonl", f"127.0.0.1:{free_port()}"
    made = await _make(lab, data, database=databases.gateway, url=f"http://{place}")
    told = _told(made, notes=notes, port=free_port())
    (tmp_path / "told.json").write_text(json.dumps(told))
    options = ("--verbose", "--data", str(data), "--bots", place, "--allow-private", "127.0.0.0/8")
    script = str(Path(__file__).with_name("bot_program.py"))
    with (
        AmanatProcess("gateway", *options, log=tmp_path / "gateway.log") as gateway,
        BesideProcess(script, str(tmp_path / "told.json"), log=tmp_path / "program.log") as program,
    ):
        access = made["cloud"].access
        await _set_webhooks(told, f"{access['base_url']}/{access['business_account_id']}", url=program.url)
        guests = [
            Guest(device, f"{bot}{number}", aftermath=Aftermath(lab, gateway, ServiceFolder(data / bot).database))
            for bot, each in devices.items()
            for number, device in enumerate(each)
        ]
        await asyncio.gather(*(guest.arrive(made[guest.name[:-1]].user_id) for guest in guests))
        processes_at_work = {"server": lab, "gateway": gateway, "program": program}
        victims = [Victim(name, each.kill, each.start) for name, each in processes_at_work.items()]
        ended = asyncio.Event()
        async with asyncio.TaskGroup() as tasks:
            for guest in guests:
                tasks.create_task(guest.talk(ended))
            await kill_in_turn([*victims, *databases.victims], guests, alive=list(processes_at_work.values()))
            ended.set()
        for guest in guests:
            sent = await guest.sent()
            assert len(sent) == len({*sent}) == len(guest.calls), "the server has nothing twice"
            await guest.files_are_whole()
        await _is_all_read(notes)
    _check(_read(notes), guests)


async def _is_all_read(path: Path) -> None:
    """Wait until the program of the Cloud API is told that all it said was read, each after it was sent."""
    async with asyncio.timeout(TRIES * PATIENCE_S):
        while True:
            notes = _read(path)
            told = dict.fromkeys(note["update"] for note in notes if note.get("bot") == "cloud" and "update" in note)
            order = {name: place for place, name in enumerate(told)}
            sent = {name.partition(" ")[0] for name in order if name.endswith(" sent")}
            read = {name.partition(" ")[0] for name in order if name.endswith(" read")}
            assert all(order.get(f"{wamid} sent", len(order)) < order[f"{wamid} read"] for wamid in read)
            if sent and sent == read:
                return
            await asyncio.sleep(0.2)


def _read(path: Path) -> list[Note]:
    return [json.loads(line) for line in path.read_text().splitlines()]


def _check(notes: list[Note], guests: list[Guest]) -> None:
    """Hold what the programs noted against what people said and heard."""
    assert not [note for note in notes if "forged" in note]
    updates = [note for note in notes if "update" in note]
    bodies: dict[tuple[str, str], set[str]] = defaultdict(set)
    for note in updates:
        bodies[note["bot"], note["update"]].add(note["body"])
    assert {len(each) for each in bodies.values()} == {1}, "each try brings the same bytes"

    ids: dict[str, set[str]] = defaultdict(set)
    came: dict[tuple[str, str], list[str]] = defaultdict(list)
    for note in (each for each in updates if each["word"]):
        ids[note["word"]].add(note["update"])
        words = came[note["bot"], note["chat"]]
        # A webhook is told of nothing before the last was taken; who asks for updates is told of all that it has not.
        if note["word"] not in (words if note["bot"] == "polling" else words[-1:]):
            words.append(note["word"])
    assert {word: len(each) for word, each in ids.items()} == {word: 1 for guest in guests for word in guest.said}
    assert sorted(came.values()) == sorted(guest.said for guest in guests), "in the order in which it was said"

    statuses = {note["called"]: note["status"] for note in notes if "called" in note}
    assert {status for status in statuses.values() if status < 500} <= {0, 200, 429}
    heard = Counter(call for guest in guests for call in guest.calls)
    assert set(heard.values()) == {1}, "nothing is said twice"
    assert set(heard) <= {note["calls"] for note in notes if "calls" in note}
    assert {call for call, status in statuses.items() if status == 200} <= set(heard), "what is answered is said"
    assert not {call for call, status in statuses.items() if status == 429} & set(heard), "what is refused is not"
