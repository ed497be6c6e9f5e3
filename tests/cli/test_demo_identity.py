"""An identity is published once, and its parts are signed by one another as other apps check them."""

import base64
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from amanat.cli.demo_identity import publish_identity
from amanat.core import canonical_json
from tests import processes
from tests.clients.nio_person import NioPerson


@pytest.fixture
async def person(tmp_path: Path) -> AsyncIterator[NioPerson]:
    """Somebody whose device has uploaded its keys."""
    with processes.lab(tmp_path) as lab:
        person = await NioPerson.register(lab.url, "ani", tmp_path)
        await person.until(lambda: not person.client.should_upload_keys or None, "has uploaded keys")
        yield person
        await person.close()


async def test_each_part_is_signed_and_a_second_start_changes_nothing(person: NioPerson) -> None:
    await publish_identity(person.client)
    published = await _keys(person)
    await publish_identity(person.client)
    assert await _keys(person) == published

    user_id = person.user_id
    (master,) = published["master_keys"][user_id]["keys"].values()
    (self_signing,) = published["self_signing_keys"][user_id]["keys"].values()
    _check(published["self_signing_keys"][user_id], user_id, by=master)
    _check(published["user_signing_keys"][user_id], user_id, by=master)
    _check(published["device_keys"][user_id][person.device_id], user_id, by=self_signing)


def _check(value: dict[str, Any], user_id: str, *, by: str) -> None:
    covered = {name: part for name, part in value.items() if name not in ("signatures", "unsigned")}
    signature = value["signatures"][user_id][f"ed25519:{by}"]
    _key(by).verify(_decoded(signature), canonical_json.encode(covered))


def _key(name: str) -> Ed25519PublicKey:
    return Ed25519PublicKey.from_public_bytes(_decoded(name))


def _decoded(text: str) -> bytes:
    return base64.b64decode(text + "=" * (-len(text) % 4))


async def _keys(person: NioPerson) -> dict[str, Any]:
    client = person.client
    headers = {"Authorization": f"Bearer {client.access_token}", "Content-Type": "application/json"}
    body = b'{"device_keys": {"%s": []}}' % person.user_id.encode()
    answer: dict[str, Any] = await (await client.send("POST", "/_matrix/client/v3/keys/query", body, headers)).json()
    return answer
