"""A ticket is opened once for each request, under a number that nobody can guess."""

import re

from amanat.db.tx import Tx
from amanat.gateway.store.store import GatewayStore
from amanat.gateway.tickets import tickets
from amanat.gateway.tickets.tickets import OPEN_OF_DESK, Asked
from tests.gateway.device.conftest import database

__all__ = ["database"]


def _asked(request: str, seed: bytes) -> Asked:
    return Asked(request=request, desk="feedback", room_id="!a", person="@a:b", details={"message": "x"}, seed=seed)


async def _open(store: GatewayStore, asked: Asked) -> str | None:
    def run(tx: Tx) -> str | None:
        return tickets.open_ticket(tx, asked, now_ms=1)

    return await store.write(run, needs=tickets.needs(asked))


async def test_a_request_opens_one_ticket(gateway_store: GatewayStore) -> None:
    first = await _open(gateway_store, _asked("c/1", b"12345678"))
    assert first is not None
    assert await _open(gateway_store, _asked("c/1", b"87654321")) == first
    second = await _open(gateway_store, _asked("c/2", b"87654321"))
    rows = await gateway_store.all(OPEN_OF_DESK, desk="feedback")
    assert {row.number for row in rows} == {first, second}


async def test_a_number_that_is_taken_is_not_given_again(gateway_store: GatewayStore) -> None:
    assert await _open(gateway_store, _asked("c/1", b"12345678")) is not None
    assert await _open(gateway_store, _asked("c/2", b"12345678")) is None


def test_numbers_can_be_read_aloud() -> None:
    numbers = {tickets.number_of(seed.to_bytes(8, "big")) for seed in range(1 << 56, (1 << 56) + 500)}
    assert len(numbers) == 500
    assert all(re.fullmatch("[A-HJ-NP-Z2-9]{3}-[A-HJ-NP-Z2-9]{4}", number) for number in numbers)
