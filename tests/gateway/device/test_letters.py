"""A letter that cannot be opened asks for a new channel, at most once an hour; what is no letter is let go."""

from typing import Any

import msgspec

from amanat.gateway.device.letters import RECOVERY_MS, Letters
from amanat.gateway.device.olm import OlmChannels
from amanat.gateway.device.published_keys import OLM
from amanat.gateway.device.tables import INBOX, OLM_RECOVERIES, InboxRow, OlmRecoveryRow
from tests.gateway.device.town import Citizen, Town
from tests.store.schema import everything_in

EVE_KEY = "E" * 43


def sealed(office: Citizen, **other: Any) -> dict[str, Any]:
    ours = office.device._own.identity.curve25519
    ciphertext = {ours: {"type": 1, "body": "AAAA"}}
    content = {"algorithm": OLM, "sender_key": EVE_KEY, "ciphertext": ciphertext} | other
    return {"type": "m.room.encrypted", "sender": "@eve:localhost", "content": content}


async def came(office: Citizen, letter: dict[str, Any]) -> list[OlmRecoveryRow]:
    """Take a letter in, and return who is to get a new channel."""
    row = InboxRow(1_000_000, None, msgspec.json.encode(letter))
    await office.store.write(lambda tx: tx.put(INBOX, row))
    channels = OlmChannels(office.ground, office.device._own)
    await Letters(office.ground, channels).take_in([row], broken=lambda: None)
    assert await everything_in(office.store, INBOX) == []
    return await everything_in(office.store, OLM_RECOVERIES)


async def test_a_broken_channel_is_renewed_at_most_once_an_hour(town: Town) -> None:
    office = await town.office()
    (first,) = await came(office, sealed(office))
    assert (first.sender_key, first.user_id, first.done) == (EVE_KEY, "@eve:localhost", 0)
    assert await came(office, sealed(office)) == [first]
    old = OlmRecoveryRow(EVE_KEY, "@eve:localhost", first.since_ts - RECOVERY_MS, 1)
    await office.store.write(lambda tx: tx.put(OLM_RECOVERIES, old))
    (renewed,) = await came(office, sealed(office))
    assert renewed.done == 0


async def test_what_is_no_letter_to_us_asks_for_nothing(town: Town) -> None:
    office = await town.office()
    for letter in sealed(office, algorithm="m.other"), sealed(office, sender_key="\0"), {"type": "m.dummy"}:
        assert await came(office, letter) == []
