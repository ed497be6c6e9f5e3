"""Whoever refuses a policy loses nothing but what it is about. All stories can run so: see `tests/policy.py`."""

from pathlib import Path

import httpx
import pytest

from tests import policy, processes
from tests.clients.nio_person import NioPerson
from tests.clients.person import meet


@pytest.mark.parametrize("choice", policy.CHOICES)
async def test_who_refuses_talks_like_who_accepts(choice: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(policy.VARIABLE, choice)
    with processes.lab(tmp_path, "--gate") as lab:
        alice, bob, eve = [await NioPerson.register(lab.url, name, tmp_path) for name in ("alice", "bob", "eve")]
        room_id = await meet(alice, bob)
        said = await alice.say(room_id, "Shall we?")
        assert await bob.hears(room_id, "Shall we?") == said
        await bob.read(room_id, said)
        await alice.sees_read(room_id, said, by=bob.user_id)
        await bob.send_file(room_id, name="plan.txt", data=b"plan")
        assert await alice.receives_file(room_id, name="plan.txt") == b"plan"
        assert await _found(eve, called="alice") == [alice.user_id]
        await alice.client.set_displayname("Wayan")
        assert await _found(bob, called="wayan") == [alice.user_id]
        assert await _found(eve, called="wayan") == [alice.user_id] * (choice == "accepted")
        for person in (alice, bob, eve):
            await person.close()


async def _found(person: NioPerson, *, called: str) -> list[str]:
    headers = {"Authorization": f"Bearer {person.client.access_token}"}
    url = f"{person.client.homeserver}/_matrix/client/v3/user_directory/search"
    async with httpx.AsyncClient(headers=headers, timeout=60) as client:
        found = (await client.post(url, json={"search_term": called})).json()["results"]
    return [result["user_id"] for result in found]
