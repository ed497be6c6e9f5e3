"""Media: nobody takes more than their share, and a file may be announced before it comes."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from amanat.handlers.media import MAX_ARRIVING, MAX_PENDING, PENDING_MS
from tests.client_api.media import UPLOAD, V1, download, files, raw, start_small, thumbnail, unfinished, upload
from tests.edge.asking import Client
from tests.server import Person, Server


@pytest.fixture
async def small(tmp_path: Path) -> AsyncIterator[Server]:
    """A server with small limits."""
    server = await start_small(tmp_path)
    yield server
    await server.amanat.close()


# Limits


@pytest.mark.parametrize("declared", [True, False])
async def test_a_file_that_is_too_large_leaves_nothing(small: Server, declared: bool) -> None:
    alice = await small.user("alice")
    headers = {"Content-Length": "100001"} if declared else {"Transfer-Encoding": "chunked"}
    refused = await raw(alice, "POST", UPLOAD, body=[b"x" * 50_000, b"x" * 50_001], headers=headers)
    assert (refused.status, refused.errcode) == (413, "M_TOO_LARGE")
    assert files(small) == []


@pytest.mark.parametrize("declared", [True, False])
async def test_a_person_keeps_no_more_than_their_quota(small: Server, declared: bool) -> None:
    alice = await small.user("alice")
    for _ in range(2):
        await upload(alice, b"x" * 90_000)
    headers = {"Content-Length": "40000"} if declared else {"Transfer-Encoding": "chunked"}
    refused = await raw(alice, "POST", UPLOAD, body=b"x" * 40_000, headers=headers)
    assert (refused.status, refused.errcode) == (403, "M_FORBIDDEN")
    assert len(files(small)) == 2


async def test_the_quota_is_each_person_s_own(small: Server) -> None:
    alice, bob = await small.user("alice"), await small.user("bob")
    for person in (alice, alice, bob, bob):
        await upload(person, b"x" * 90_000)
    assert len(files(small)) == 4


async def test_empty_files_are_not_free(small: Server) -> None:
    alice = await small.user("alice")
    answers = [(await raw(alice, "POST", UPLOAD)).status for _ in range(60)]
    assert (answers.count(200), answers[-1]) == (200_000 // 4096, 403)


async def test_few_files_arrive_at_a_time(amanat: Server) -> None:
    alice = await amanat.user("alice")
    clients = [Client([b"x"], then="silence") for _ in range(MAX_ARRIVING)]
    slow = [asyncio.create_task(unfinished(alice, client)) for client in clients]
    await asyncio.gather(*(client.silent.wait() for client in clients))
    refused = await raw(alice, "POST", UPLOAD, body=b"one too many")
    for task in slow:
        task.cancel()
    await asyncio.gather(*slow, return_exceptions=True)
    assert (refused.status, refused.errcode) == (429, "M_LIMIT_EXCEEDED")
    await upload(alice, b"and now there is room")


# Announced uploads


async def test_an_announced_file_follows(amanat: Server) -> None:
    alice = await amanat.user("alice")
    created = (await alice.post("/_matrix/media/v1/create")).json
    assert created["unused_expires_at"] > amanat.clock.ms
    put = await raw(alice, "PUT", f"{UPLOAD}/{created['content_uri'].removeprefix('mxc://')}", body=b"data")
    assert (put.status, put.json) == (200, {})
    assert (await download(alice, created["content_uri"])).body == b"data"


async def announce(person: Person) -> tuple[str, str]:
    uri: str = (await person.post("/_matrix/media/v1/create")).json["content_uri"]
    return uri, f"{UPLOAD}/{uri.removeprefix('mxc://')}"


async def test_a_file_is_never_overwritten(amanat: Server) -> None:
    alice = await amanat.user("alice")
    uri, address = await announce(alice)
    await raw(alice, "PUT", address, body=b"first")
    refused = await raw(alice, "PUT", address, body=b"second")
    assert (refused.status, refused.errcode) == (409, "M_CANNOT_OVERWRITE_MEDIA")
    assert (await download(alice, uri)).body == b"first"


async def test_of_two_uploads_at_once_one_is_refused_and_leaves_nothing(amanat: Server) -> None:
    alice = await amanat.user("alice")
    uri, address = await announce(alice)
    answers = await asyncio.gather(*(raw(alice, "PUT", address, body=data) for data in (b"one", b"two")))
    assert sorted(answer.status for answer in answers) == [200, 409]
    assert len(files(amanat)) == 1
    assert (await download(alice, uri)).body == (b"one" if answers[0].status == 200 else b"two")


async def test_nobody_else_may_fill_an_address(amanat: Server) -> None:
    alice, eve = await amanat.user("alice"), await amanat.user("eve")
    _, address = await announce(alice)
    assert (await raw(eve, "PUT", address, body=b"evil")).errcode == "M_FORBIDDEN"
    await raw(alice, "PUT", address, body=b"mine")
    assert (await raw(eve, "PUT", address, body=b"evil")).errcode == "M_FORBIDDEN"


@pytest.mark.parametrize("address", ["localhost/unknown", "elsewhere.example/unknown", "localhost/..%2F..%2Fetc"])
async def test_only_an_address_that_was_given_out_is_filled(amanat: Server, address: str) -> None:
    alice = await amanat.user("alice")
    assert (await raw(alice, "PUT", f"{UPLOAD}/{address}", body=b"x")).errcode == "M_NOT_FOUND"


async def test_an_address_runs_out(amanat: Server) -> None:
    alice = await amanat.user("alice")
    uri, address = await announce(alice)
    amanat.clock.pass_ms(PENDING_MS)
    assert (await raw(alice, "PUT", address, body=b"late")).errcode == "M_NOT_FOUND"
    assert (await download(alice, uri)).errcode == "M_NOT_FOUND"


async def test_few_addresses_are_given_out_ahead(amanat: Server) -> None:
    alice = await amanat.user("alice")
    addresses = [(await announce(alice))[1] for _ in range(MAX_PENDING)]
    refused = await alice.post("/_matrix/media/v1/create")
    assert (refused.status, refused.errcode) == (429, "M_LIMIT_EXCEEDED")
    assert 0 < refused.json["retry_after_ms"] <= PENDING_MS
    await raw(alice, "PUT", addresses[0], body=b"x")
    await announce(alice)
    amanat.clock.pass_ms(PENDING_MS)
    await announce(alice)


async def test_a_reader_waits_for_an_announced_file(amanat: Server) -> None:
    alice, bob = await amanat.user("alice"), await amanat.user("bob")
    uri = (await alice.post("/_matrix/media/v1/create")).json["content_uri"]
    address = uri.removeprefix("mxc://")
    waiting = asyncio.create_task(raw(bob, "GET", f"{V1}/download/{address}", query={"timeout_ms": 60_000}))
    await asyncio.sleep(0)
    await raw(alice, "PUT", f"{UPLOAD}/{address}", body=b"here it is")
    assert (await waiting).body == b"here it is"


async def test_a_reader_does_not_wait_for_ever(amanat: Server) -> None:
    alice = await amanat.user("alice")
    uri = (await alice.post("/_matrix/media/v1/create")).json["content_uri"]
    for timeout_ms in (0, 20):
        query = {"timeout_ms": timeout_ms}
        early = await raw(alice, "GET", f"{V1}/download/{uri.removeprefix('mxc://')}", query=query)
        assert (early.status, early.errcode) == (504, "M_NOT_YET_UPLOADED")
    assert (await thumbnail(alice, uri, timeout_ms=0)).errcode == "M_NOT_YET_UPLOADED"


async def test_a_stop_waits_for_no_file(amanat: Server) -> None:
    alice = await amanat.user("alice")
    uri = (await alice.post("/_matrix/media/v1/create")).json["content_uri"]
    path, query = f"{V1}/download/{uri.removeprefix('mxc://')}", {"timeout_ms": 60_000}
    waiting = asyncio.create_task(raw(alice, "GET", path, query=query))
    await asyncio.sleep(0)
    amanat.amanat.stop_waiting()
    assert (await waiting).errcode == "M_NOT_YET_UPLOADED"


@pytest.mark.parametrize("timeout_ms", ["-1", "soon", "1e3", ""])
async def test_a_wait_is_a_number(amanat: Server, timeout_ms: str) -> None:
    alice = await amanat.user("alice")
    refused = await raw(alice, "GET", f"{V1}/download/localhost/x", query={"timeout_ms": timeout_ms})
    assert (refused.status, refused.errcode) == (400, "M_INVALID_PARAM")
