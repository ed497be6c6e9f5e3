"""Each day's reads become one Merkle root, against which everybody can check their own rows."""

import pytest

from amanat.core import merkle
from amanat.db.tx import Tx
from amanat.product.ledger.partners import DAY_MS
from amanat.product.ledger.roots import TILE
from amanat.product.ledger.tables import LEAVES, ROOTS, LeafRow
from amanat.store.store import Store
from tests.product.ledger.partners import admit, allow, reads
from tests.server import Person, Server
from tests.store.schema import everything_in


async def _roots(person: Person) -> list[dict[str, int | str]]:
    found: list[dict[str, int | str]] = (await person.get("/_amanat/v1/ledger/roots")).json["roots"]
    return found


async def _is_shown(person: Person, read: dict[str, str]) -> bool:
    proof = (await person.get(f"/_amanat/v1/ledger/{read['number']}/proof")).json
    return merkle.is_proven(
        merkle.leaf_hash(read["leaf"].encode()),
        index=proof["index"],
        size=proof["size"],
        proof=[bytes.fromhex(hashed) for hashed in proof["hashes"]],
        root=bytes.fromhex(proof["root"]["root"]),
    )


async def _grow(store: Store, *leaves: LeafRow) -> None:
    def run(tx: Tx) -> None:
        for leaf in leaves:
            tx.put(LEAVES, leaf)

    await store.write(run)


async def test_a_day_that_is_over_has_a_root_that_proves_each_row(on_both: Server) -> None:
    ani, budi, partner = await on_both.user("ani"), await on_both.user("budi"), await admit(on_both)
    for person in (ani, budi, ani):
        await allow(person, partner)
        await partner.read(person.user_id)
    close = on_both.amanat.own_data.roots.close_days
    await close()
    assert await _roots(ani) == []
    assert (await ani.get("/_amanat/v1/ledger/1/proof")).errcode == "M_NOT_FOUND"
    on_both.clock.pass_ms(DAY_MS)
    await partner.read(ani.user_id)
    for _ in range(2):
        await close()
        (root,) = await _roots(ani)
        assert (root["first_number"], root["last_number"]) == (1, 3)
    _today, second, first = await reads(ani)
    assert await _is_shown(ani, first)
    assert await _is_shown(ani, second)
    changed = first | {"leaf": first["leaf"].replace("handle", "avatar")}
    assert not await _is_shown(ani, changed)


@pytest.mark.parametrize("size", [1, TILE - 1, TILE, TILE + 1, 2 * TILE + 44])
async def test_a_large_day_is_one_tree_of_its_leaves(amanat: Server, size: int) -> None:
    ani, now, store = await amanat.user("ani"), amanat.clock.now_ms(), amanat.amanat.store
    hashes = [merkle.leaf_hash(number.to_bytes(4, "big")) for number in range(1, size + 1)]
    for at in range(0, size, 100):
        some = enumerate(hashes[at : at + 100], start=at + 1)
        await _grow(store, *(LeafRow(number, now, hashed) for number, hashed in some))
    amanat.clock.pass_ms(DAY_MS)
    roots = amanat.amanat.own_data.roots
    await roots.close_days()
    (told,) = await _roots(ani)
    assert told["root"] == merkle.root(hashes).hex()
    for number in {1, size // 2 + 1, size}:
        proof = await roots.prove(number)
        assert list(proof.hashes) == merkle.path(hashes, number - 1)


async def test_each_day_has_its_own_root_and_no_day_is_reopened(amanat: Server) -> None:
    store, roots = amanat.amanat.store, amanat.amanat.own_data.roots
    today = amanat.clock.now_ms()
    times = [today - 2 * DAY_MS, today - DAY_MS, today - 3 * DAY_MS, today - DAY_MS]
    await _grow(store, *(LeafRow(number, ts, bytes(32)) for number, ts in enumerate(times, start=1)))
    await roots.close_days()
    spans = [(root.first_number, root.last_number) for root in await everything_in(store, ROOTS)]
    assert spans == [(1, 1), (2, 4)]
    await _grow(store, LeafRow(5, today - 2 * DAY_MS, bytes(32)))
    await roots.close_days()
    spans = [(root.first_number, root.last_number) for root in await everything_in(store, ROOTS)]
    assert spans == [(1, 1), (2, 4), (5, 5)]


async def test_a_root_that_was_interrupted_is_made_again(amanat: Server) -> None:
    store, roots = amanat.amanat.store, amanat.amanat.own_data.roots
    await _grow(store, LeafRow(1, amanat.clock.now_ms(), bytes(32)))
    amanat.clock.pass_ms(DAY_MS)
    await roots.close_days()
    await store.write(lambda tx: tx.delete(ROOTS, 1))
    await roots.close_days()
    assert [root.root for root in await everything_in(store, ROOTS)] == [bytes(32)]
