"""A backup made while people talk, restored after a disaster: clients go on, and talk encrypted to new devices."""

import asyncio
import re
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from tests.clients.js_person import JsHost, JsPerson
from tests.clients.nio_person import NioPerson
from tests.clients.person import Person, meet
from tests.processes import AmanatProcess, free_port

_PASSWORD = re.compile(r"Password, shown this once: (\S+)")


class Ministry:
    """A server for real use, its data, and the people it made accounts for."""

    def __init__(self, folder: Path, js_host: JsHost) -> None:
        self.folder = folder
        self.data = folder / "data"
        self.people: list[Person] = []
        self._js_host = js_host
        self._settings = folder / "amanat.toml"
        self._settings.write_text(f'listen = "127.0.0.1:{free_port()}"\n')
        self.server = self._serving(self.data)

    def _serving(self, data: Path) -> AmanatProcess:
        options = ("--config", str(self._settings), "--data", str(data))
        return AmanatProcess("serve", *options, log=self.folder / f"{data.name}.log")

    async def employ(self, sdk: str, name: str) -> Person:
        """Make an account through the admin socket and sign in with it on a first device."""
        made = self.run("user", "create", name, "--data", str(self.data))
        found = _PASSWORD.search(made)
        assert found is not None, made
        if sdk == "nio":
            person: Person = await NioPerson.log_in(self.server.url, name, found[1], self.folder)
        else:
            person = await JsPerson.log_in(self._js_host, self.server.url, name, found[1])
        self.people.append(person)
        return person

    def run(self, *arguments: str) -> str:
        """Run a command to its end and return what it printed."""
        done = subprocess.run(
            [sys.executable, "-m", "amanat", *arguments],
            cwd=self.folder,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def lose_everything_and_restore(self, backup: Path) -> None:
        """Kill the server, forget its data, and serve what the backup holds on the same port."""
        self.server.kill()
        restored = self.folder / "restored"
        self.run("restore", str(backup), "--data", str(restored), "--keep-sessions")
        self.server = self._serving(restored)
        self.server.start()


@pytest_asyncio.fixture(loop_scope="session")
async def ministry(tmp_path: Path, js_host: JsHost) -> AsyncIterator[Ministry]:
    """A server that is backed up, lost and restored."""
    here = Ministry(tmp_path, js_host)
    await asyncio.to_thread(here.server.start)
    yield here
    for person in here.people:
        await person.close()
    await asyncio.to_thread(here.server.stop)


@pytest.mark.parametrize(("first_sdk", "second_sdk"), [("nio", "nio"), ("js-sdk", "js-sdk"), ("nio", "js-sdk")])
async def test_people_go_on_after_a_restore(ministry: Ministry, first_sdk: str, second_sdk: str) -> None:
    ani, budi = await ministry.employ(first_sdk, "ani"), await ministry.employ(second_sdk, "budi")
    room_id = await meet(ani, budi)
    await ani.say(room_id, "before the backup")
    await budi.hears(room_id, "before the backup")

    backup = ministry.folder / "backup.tar"
    await asyncio.to_thread(ministry.run, "backup", str(backup), "--data", str(ministry.data))
    await asyncio.to_thread(ministry.lose_everything_and_restore, backup)
    await asyncio.gather(ani.look_now(), budi.look_now())

    await ani.say(room_id, "after the restore")
    await budi.hears(room_id, "after the restore")
    budi_too = await budi.new_device()
    await ani.knows_devices(budi.user_id, [budi.device_id, budi_too.device_id])
    await ani.say(room_id, "to your new device as well")
    await budi_too.hears(room_id, "to your new device as well")
    await budi.hears(room_id, "to your new device as well")
