"""What is tried against codes: guessing, repeating, racing, asking who is here, pumping, and stealing the database."""

import asyncio
from collections.abc import Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
import structlog

from amanat.core.errors import LimitExceeded, MatrixError
from amanat.core.otp import DAY_MS
from amanat.db.database import RowNeed, Writes
from amanat.db.query import Query, Row
from amanat.db.sqlite import SqliteDatabase
from amanat.db.tx import Source
from amanat.product.accounts.phone.codes import Phone
from amanat.product.accounts.phone.errors import Expired, TooManyGuesses, WrongCode
from amanat.store.store import Store
from tests.product.accounts.phone.people import ANI, BUDI, MINUTE_MS, Phones


async def outcome(waiting: Any) -> str:
    """What became of something: the name of its refusal, or that it was done."""
    try:
        await waiting
    except MatrixError as error:
        return type(error).__name__
    return "done"


async def test_guessing_from_many_addresses_is_guessing_five_times_a_code_and_five_codes_a_day(phones: Phones) -> None:
    judged = 0
    for number in range(200):
        phones.clock.pass_ms(DAY_MS // 200)
        try:
            challenge = await phones.request(ANI, address=f"2001:db8:{number:x}::1")
        except LimitExceeded:
            continue
        for _ in range(10):
            with pytest.raises((WrongCode, TooManyGuesses, Expired)) as refused:
                await phones.feature.codes.verify(challenge.id, phones.wrong_code(ANI))
            judged += refused.type is WrongCode
    assert len(phones.inbox.texts(ANI)) <= 6  # Five in any 24 hours, and the first of the next.
    assert judged <= 6 * 4


async def test_guesses_made_at_once_are_counted_one_by_one(store: Store) -> None:
    phones = Phones(store)
    challenge = await phones.request(ANI)
    guesses = [phones.feature.codes.verify(challenge.id, phones.wrong_code(ANI)) for _ in range(20)]
    outcomes = await asyncio.gather(*map(outcome, guesses))
    assert sorted(outcomes) == ["TooManyGuesses"] * 16 + ["WrongCode"] * 4
    assert await outcome(phones.feature.codes.verify(challenge.id, phones.code(ANI))) == "TooManyGuesses"


async def test_guesses_are_counted_on_disk(tmp_path: Path) -> None:
    store = Store(SqliteDatabase(tmp_path / "amanat.db", portable=True))
    await store.open()
    phones = Phones(store)
    challenge = await phones.request(ANI)
    for _ in range(5):
        await outcome(phones.feature.codes.verify(challenge.id, phones.wrong_code(ANI)))
    await store.close()
    again = Store(SqliteDatabase(tmp_path / "amanat.db", portable=True))
    await again.open()
    after = Phones(again).feature.codes
    assert await outcome(after.verify(challenge.id, phones.code(ANI))) == "TooManyGuesses"
    await again.close()


async def test_of_two_who_enter_a_code_at_once_one_gets_in(store: Store) -> None:
    phones = Phones(store)
    challenge = await phones.request(ANI)
    entered = [phones.feature.codes.verify(challenge.id, phones.code(ANI)) for _ in range(8)]
    assert sorted(await asyncio.gather(*map(outcome, entered))) == ["Expired"] * 7 + ["done"]


async def test_of_two_who_ask_at_once_one_is_sent_a_code(phones: Phones) -> None:
    asked = [phones.request(ANI) for _ in range(5)]
    assert sorted(await asyncio.gather(*map(outcome, asked))) == ["LimitExceeded"] * 4 + ["done"]
    assert len(phones.inbox.texts(ANI)) == 1


class Watched(SqliteDatabase):
    """A database that says what is asked of it."""

    def __init__(self, file: Path) -> None:
        super().__init__(file, portable=True)
        self.work: list[Any] = []

    async def prefetch(self, needs: Sequence[Sequence[RowNeed]]) -> Source:
        self.work.append(sorted(f"{need[0]} {len(need[1])}" for unit in needs for need in unit))
        return await super().prefetch(needs)

    async def commit(self, writes: Writes) -> None:
        self.work.append({str(table): len(rows) for table, rows in writes.items()})
        await super().commit(writes)

    async def all(self, query: Query[Row], parameters: Mapping[str, Any]) -> list[Row]:
        self.work.append(str(query))
        return await super().all(query, parameters)


async def test_a_number_with_an_account_and_one_without_are_answered_and_worked_for_alike(tmp_path: Path) -> None:
    """By text, and by time: the database does the same for both, and nothing else takes any."""
    database = Watched(tmp_path / "amanat.db")
    store = Store(database)
    await store.open()
    phones = Phones(store)
    hers = Phone(phones.feature.phones.hash_of(ANI), ANI)
    linked = phones.feature.phones
    await store.write(lambda tx: linked.link(tx, hers, user_id="@ani:x"), needs=linked.needs("@ani:x", hers))
    seen = []
    for number in (ANI, BUDI):
        database.work.clear()
        challenge = await phones.request(number)
        wrong = phones.feature.codes.verify(challenge.id, phones.wrong_code(number))
        said = [len(challenge.id), challenge.resend_after_s, await outcome(wrong)]
        again = await outcome(phones.request(number))
        right = await outcome(phones.feature.codes.verify(challenge.id, phones.code(number)))
        seen.append([*said, again, right, *database.work])
    await store.close()
    assert seen[0] == seen[1]


async def test_pumping_a_range_is_stopped_and_its_neighbours_are_not(phones: Phones) -> None:
    """Somebody who earns by each text asks from everywhere for every number of a range, and enters nothing."""
    outcomes = []
    for number in range(200):
        asked = phones.request(f"+628123456{number:04d}", address=f"2001:db8:{number:x}::1")
        outcomes.append(await outcome(asked))
    assert outcomes == ["done"] * 50 + ["LimitExceeded"] * 150
    assert (await phones.prove("+6281234570001")).number == "+6281234570001"
    # The range is open again once its unanswered codes are a day old.
    phones.clock.pass_ms(DAY_MS)
    assert (await phones.prove("+6281234560199")).number == "+6281234560199"


async def test_a_range_whose_people_enter_their_codes_goes_on(phones: Phones) -> None:
    for number in range(100):
        phone, address = f"+628123456{number:04d}", f"2001:db8:{number:x}::1"
        await (phones.prove(phone, address=address) if number % 4 == 0 else phones.request(phone, address=address))
    assert len({text.to for text in phones.inbox.texts()}) == 100


async def test_a_stolen_database_has_no_number_and_no_code(tmp_path: Path) -> None:
    store = Store(SqliteDatabase(tmp_path / "amanat.db", portable=True))
    await store.open()
    phones = Phones(store, phone_work_bits=4)
    address = "203.0.113.77"
    phone = await phones.prove(ANI, address=address, work=phones.work())
    linked = phones.feature.phones
    await store.write(lambda tx: linked.link(tx, phone, user_id="@ani:x"), needs=linked.needs("@ani:x", phone))
    challenge = await phones.request(BUDI, address=address, work=phones.work())
    codes = {phones.code(ANI), phones.code(BUDI)}
    secrets = {BUDI, ANI[1:], ANI[3:], BUDI[3:], ANI[:-4], BUDI[3:-4], address, challenge.id, *codes}
    hashes = [sha256(secret.encode()) for secret in secrets if secret != challenge.id]
    plain = [secret.encode() for secret in secrets]
    plain += [hashed.digest() for hashed in hashes] + [hashed.hexdigest().encode() for hashed in hashes]
    while_open = _bytes_in(tmp_path)
    await store.close()
    for written in (while_open, _bytes_in(tmp_path)):
        assert [secret for secret in plain if secret in written] == []
    assert b"phone_codes" in while_open


def _bytes_in(folder: Path) -> bytes:
    return b"".join(file.read_bytes() for file in sorted(folder.rglob("*")) if file.is_file())


async def test_logs_have_neither_numbers_nor_codes(phones: Phones) -> None:
    with structlog.testing.capture_logs() as lines:
        challenge = await phones.request(ANI)
        await outcome(phones.feature.codes.verify(challenge.id, phones.wrong_code(ANI)))
        await outcome(phones.feature.codes.verify(challenge.id, phones.code(ANI)))
        await outcome(phones.request("+62 809 123 4567"))
        phones.clock.pass_ms(MINUTE_MS)
        await outcome(phones.request(ANI))
    said = repr(lines)
    assert [secret for secret in (ANI, ANI[3:], phones.code(ANI), challenge.id) if secret in said] == []
