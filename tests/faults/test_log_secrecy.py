"""A server that refuses requests and whose database fails logs that it happened, and nothing of what was said."""

import resource
import subprocess
import sys
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from secrets import token_hex
from typing import TypeAlias
from urllib.parse import quote

import asyncpg
import pytest
from msgspec import Struct

from tests.faults.device import CLIENT, Device, ciphertext, olm, send_path, sync_path
from tests.faults.wire import Wire
from tests.processes import AmanatProcess, free_port

Break: TypeAlias = Callable[[AmanatProcess], Awaitable[None]]


class Service(Struct):
    """An `amanat serve`, and what makes its commits fail."""

    process: AmanatProcess
    password: str
    break_database: Break
    happening: str


@pytest.fixture(params=["sqlite", "postgres"])
def service(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Service]:
    """A server as people run it, once on each database."""
    settings = {"listen": f"127.0.0.1:{free_port()}", "data": str(tmp_path / "data"), "log_format": "json"}
    break_database: Break = _fill_disk
    happening = "commit_failed"
    if request.param == "postgres":
        url: str = request.getfixturevalue("postgres_url")
        settings["database"] = url
        break_database, happening = (lambda _: _refuse_events(url)), "rows_refused"
    config = tmp_path / "amanat.toml"
    config.write_text("".join(f'{name} = "{value}"\n' for name, value in settings.items()))
    with AmanatProcess("serve", "--config", str(config), log=tmp_path / "log") as process:
        yield Service(process, _account(config, "alice"), break_database, happening)


def _account(config: Path, name: str) -> str:
    """Make an account; return its password."""
    command = [sys.executable, "-m", "amanat", "user", "create", name, "--config", str(config)]
    shown = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return shown.rpartition(": ")[2].strip()


async def _fill_disk(process: AmanatProcess) -> None:
    _, hard = resource.prlimit(process.pid, resource.RLIMIT_FSIZE)
    resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (65536, hard))


async def _refuse_events(url: str) -> None:
    """PostgreSQL's refusal of a row quotes the whole row."""
    connection = await asyncpg.connect(url)
    await connection.execute("ALTER TABLE events ADD CONSTRAINT refuse_all CHECK (false) NOT VALID")
    await connection.close()


class Said:
    """Mints things to say that can be looked for."""

    def __init__(self) -> None:
        self.secrets: set[str] = set()

    def __call__(self) -> str:
        return self.keep(f"secret{token_hex(8)}")

    def keep(self, secret: str) -> str:
        """Look for this too."""
        self.secrets.add(secret)
        return secret


async def test_logs_hold_no_content_no_token_and_no_password(service: Service) -> None:
    said = Said()
    wire = Wire(service.process.url)
    alice = await _log_in(wire, said, said.keep(service.password))
    room_id = await _talk(alice, said)
    await _be_refused(alice, wire, said, room_id)
    await service.break_database(service.process)
    failed = [await alice.ask("PUT", send_path(room_id, said()), ciphertext(said())) for _ in range(3)]
    assert [reply.status for reply in failed] == [500, 500, 500]
    wire.close()
    alice.close()
    service.process.kill()
    service_log = service.process.log.read_text()
    assert service.happening in service_log
    written = {form for secret in said.secrets for form in (secret, secret.encode().hex(), quote(secret))}
    assert {secret for secret in written if secret in service_log} == set()


async def _log_in(wire: Wire, said: Said, password: str) -> Device:
    """Log in, after a wrong guess."""
    login = {"type": "m.login.password", "identifier": {"type": "m.id.user", "user": "alice"}, "refresh_token": True}
    assert (await wire.ask("POST", f"{CLIENT}/login", body={**login, "password": said()})).status == 403
    name = {"initial_device_display_name": said()}
    account = (await wire.ask("POST", f"{CLIENT}/login", body={**login, **name, "password": password})).json()
    said.keep(account["refresh_token"])
    said.keep(account["access_token"])
    return Device(wire.url, account)


async def _talk(alice: Device, said: Said) -> str:
    """Say what a server takes."""
    body = {"preset": "private_chat", "name": said(), "topic": said()}
    room_id: str = (await alice.ask("POST", "/createRoom", body)).json()["room_id"]
    user = f"/user/{quote(alice.user_id)}"
    for method, path, content in (
        ("PUT", send_path(room_id, said()), ciphertext(said())),
        ("PUT", f"/profile/{quote(alice.user_id)}/displayname", {"displayname": said()}),
        ("PUT", f"{user}/account_data/org.example.note", {"text": said()}),
        ("PUT", "/sendToDevice/m.room.encrypted/t1", {"messages": {alice.user_id: {alice.device_id: olm(said())}}}),
        ("POST", "/user_directory/search", {"search_term": said()}),
        ("GET", sync_path(None), None),
    ):
        (await alice.ask(method, path, content)).json()
    return room_id


async def _be_refused(alice: Device, wire: Wire, said: Said, room_id: str) -> None:
    """Ask for what is refused, in every way there is."""
    room = f"/rooms/{quote(room_id)}"
    text = {"msgtype": "m.text", "body": said()}
    for method, path, content in (
        ("PUT", f"{room}/send/m.room.message/{said()}", text),
        ("PUT", f"{room}/send/m.room.encrypted/t", {"algorithm": said(), "float": 1.5}),
        ("PUT", f"{room}/state/{said()}/{said()}", text),
        ("PUT", f"{room}/state/m.room.name/", {"name": {said(): said()}}),
        ("PUT", f"{room}/state/m.room.topic/", {"topic": f"{said()}\0"}),
        ("POST", "/createRoom", {"preset": said()}),
        ("POST", "/keys/upload", {"one_time_keys": {f"signed_curve25519:{said()}": {"key": said()}}}),
        ("GET", f"{room}/messages?dir=b&from={said()}", None),
        ("GET", f"/sync?since={said()}&filter={said()}", None),
        ("GET", f"/{said()}?{said()}={said()}", None),
    ):
        assert (await alice.ask(method, path, content)).status in (200, 400, 403, 404), path
    assert (await wire.ask("GET", f"{CLIENT}/sync", token=said())).status == 401
