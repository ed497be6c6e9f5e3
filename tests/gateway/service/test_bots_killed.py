"""Server, gateway, database and bots' programs are killed at random under load: nothing is lost or said twice.

Of both APIs: two bots with webhooks, and one that asks for its updates; two of them in a group as well. The run's name
says by which seed it was decided who is killed when: `KILL_SEED` repeats it.
"""

import asyncio
import json
import os
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import pytest

from amanat.gateway.store.data_folder import ServiceFolder
from amanat.outbound.origin import Origin
from tests.gateway.device.office import PATIENCE_S, Office, register
from tests.gateway.device.town import TRUSTING
from tests.gateway.service.aftermath import Aftermath
from tests.gateway.service.asking_killed import Asking
from tests.gateway.service.bots_made import BOTS, Setup, make, told_of
from tests.gateway.service.circle import Circle
from tests.gateway.service.customer import Customer
from tests.gateway.service.guest import Guest
from tests.gateway.service.held_against import OfCircle, calls_were_heard, was_read, words_came
from tests.gateway.service.killing import TRIES, Databases, Victim, ciphertexts, databases, kill_in_turn, lab, seed
from tests.processes import AmanatProcess, BesideProcess, free_port

__all__ = ["databases", "lab", "seed"]

PEOPLE = 2 if "SOAK" in os.environ else 1
"""Of each bot."""
OUTSIDERS = ("first", "second", "banished")
"""Who comes to the group, and goes."""


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


@pytest.fixture
async def ending() -> AsyncIterator[AsyncExitStack]:
    """What is closed at the end."""
    async with AsyncExitStack() as stack:
        yield stack


@pytest.fixture
async def outsiders(lab: AmanatProcess, ending: AsyncExitStack) -> dict[str, Asking]:
    came = {name: Asking(await register(lab.url, name)) for name in OUTSIDERS}
    for name, each in came.items():
        ending.push_async_callback(each.close)
        await each.ask("PUT", f"/profile/{each.user_id}/displayname", {"displayname": name})
    return came


async def test_nothing_is_lost_or_said_twice(
    lab: AmanatProcess,
    databases: Databases,
    seed: int,
    devices: dict[str, list[Office]],
    outsiders: dict[str, Asking],
    ending: AsyncExitStack,
    tmp_path: Path,
) -> None:
    data, notes, place = tmp_path / "gateway", tmp_path / "notes.jsonl", f"127.0.0.1:{free_port()}"
    made = await make(lab.url, data, database=databases.gateway, url=f"http://{place}")
    setup = Setup(told_of(made, notes=notes, port=free_port()), made["cloud"])
    options = ("--verbose", "--data", str(data), "--bots", place, "--allow-private", "127.0.0.0/8")
    with AmanatProcess("gateway", *options, log=tmp_path / "gateway.log") as gateway:
        (tmp_path / "told.json").write_text(json.dumps(await setup.stock()))
        module, told = "tests.gateway.service.bot_program", str(tmp_path / "told.json")
        with BesideProcess(module, told, log=tmp_path / "program.log") as program:
            await setup.set_webhooks(url=program.url)
            aftermaths = {bot: Aftermath(lab, gateway, ServiceFolder(data / bot).database) for bot in BOTS}
            guests = [
                (Customer if bot == "cloud" else Guest)(device, f"{bot}{number}", aftermath=aftermaths[bot])
                for bot, each in devices.items()
                for number, device in enumerate(each)
            ]
            await asyncio.gather(*(guest.arrive(made[guest.name[:-1]].user_id) for guest in guests))
            bots = {bot: made[bot].user_id for bot in ("telegram", "polling")}
            people = [devices[bot][0] for bot in BOTS]
            circle = Circle(people, outsiders, bots=bots, aftermath=aftermaths["telegram"], notes=notes)
            ending.push_async_callback(circle.asking.close)
            await circle.gather()
            processes = {"server": lab, "gateway": gateway, "program": program}
            victims = [Victim(name, each.kill, each.start) for name, each in processes.items()]
            victims += databases.victims
            visits: list[Guest | Circle] = [*guests, circle]
            ended = asyncio.Event()
            async with asyncio.TaskGroup() as tasks:
                for visit in visits:
                    tasks.create_task(visit.talk(ended))
                await kill_in_turn(victims, visits, alive=list(processes.values()), seed=seed)
                ended.set()
            await circle.limits_end()
            await _settles(notes)
            events = await circle.events()
            for guest in guests:
                await _is_there_once(guest)
            await _is_in_the_group_once(circle)
    told_by_programs = _read(notes)
    assert not [note for note in told_by_programs if "forged" in note]
    words_came(told_by_programs, guests)
    calls_were_heard(told_by_programs, [call for visit in visits for call in visit.calls])
    OfCircle(circle, told_by_programs, events).hold()


async def _is_there_once(guest: Guest) -> None:
    sent = await guest.sent()
    assert len(sent) == len({*sent}) == guest.heard, "the server has nothing twice"
    await guest.files_are_whole()
    if isinstance(guest, Customer):
        guest.was_served_once()


async def _is_in_the_group_once(circle: Circle) -> None:
    for bot in circle.bots.values():
        sent = await ciphertexts(circle.owner, circle.room_id, sender=bot)
        assert len(sent) == len({*sent}) == sum(each.sender == bot for each in circle.heard)


async def _settles(path: Path) -> None:
    """Wait until the program of the Cloud API is told that all it said was read, each after it was sent."""
    async with asyncio.timeout(TRIES * PATIENCE_S):
        while True:
            if was_read(_read(path)):
                return
            await asyncio.sleep(0.2)


def _read(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text().splitlines()]
