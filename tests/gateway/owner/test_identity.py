"""An owner's identity is made once, published once, and vouches for the service's device."""

from pathlib import Path
from typing import Any

import pytest

from amanat.gateway.owner.identity import NoOwner, make, publish, read, vouch, write
from tests.client_api.keys import publish as publish_device
from tests.server import Person, Server


class Post:
    """Makes the owner's requests as the service."""

    def __init__(self, person: Person) -> None:
        self._person = person

    async def __call__(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        reply = await self._person.post(path, body)
        assert reply.status == 200, reply.json
        answer: dict[str, Any] = reply.json
        return answer


def test_keys_are_kept_closed_never_replaced_and_not_shown(tmp_path: Path) -> None:
    keys, file = make("@office:x"), tmp_path / "owner.json"
    write(keys, file)
    assert (read(file), file.stat().st_mode & 0o777) == (keys, 0o600)
    assert keys.master not in repr(keys)
    with pytest.raises(FileExistsError):
        write(make("@office:x"), file)


@pytest.mark.parametrize("content", [None, "{"])
def test_a_file_that_is_not_there_is_named(tmp_path: Path, content: str | None) -> None:
    file = tmp_path / "owner.json"
    if content is not None:
        file.write_text(content)
    with pytest.raises(NoOwner, match=r"owner\.json"):
        read(file)


async def test_a_device_is_signed_by_the_identity(amanat: Server) -> None:
    office = await amanat.user("office")
    keys, post = make(office.user_id), Post(office)
    with pytest.raises(NoOwner, match="start its gateway once"):
        await vouch(keys, post, device_id=office.device_id)
    await publish_device(office)
    for _ in range(2):
        await publish(keys, post)
    await vouch(keys, post, device_id=office.device_id)
    known = (await office.post("/keys/query", {"device_keys": {office.user_id: []}})).json
    (self_signing,) = known["self_signing_keys"][office.user_id]["keys"]
    assert self_signing in known["device_keys"][office.user_id][office.device_id]["signatures"][office.user_id]


async def test_another_identity_is_not_replaced(amanat: Server) -> None:
    office = await amanat.user("office")
    await publish(make(office.user_id), Post(office))
    with pytest.raises(NoOwner, match="another identity"):
        await publish(make(office.user_id), Post(office))
