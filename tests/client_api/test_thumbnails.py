"""Thumbnails: made once, of pictures alone, and never of what is encrypted."""

import asyncio

import pytest

from tests.client_api.media import V1, files, opened, picture, png, raw, thumbnail, upload
from tests.server import Server

POLICY = (
    "sandbox; default-src 'none'; script-src 'none'; plugin-types application/pdf; "
    "style-src 'unsafe-inline'; media-src 'self'; object-src 'self';"
)


async def test_a_thumbnail_is_small_and_kept(amanat: Server) -> None:
    alice = await amanat.user("alice")
    uri = await upload(alice, picture((1000, 500)), kind="image/png")
    first = await thumbnail(alice, uri, method="scale", width=320, height=240)
    assert first.status == 200, first.body
    assert opened(first.body).size == (320, 160)
    assert first.headers["content-type"] == "image/jpeg"
    assert first.headers["content-disposition"] == 'inline; filename="thumbnail.jpg"'
    assert first.headers["content-security-policy"] == POLICY
    assert len(files(amanat)) == 2
    again = await thumbnail(alice, uri, method="scale", width=300, height=200)
    assert (again.body, len(files(amanat))) == (first.body, 2)


async def test_many_who_ask_at_once_are_given_the_same(amanat: Server) -> None:
    alice = await amanat.user("alice")
    uri = await upload(alice, picture(), kind="image/png")
    answers = await asyncio.gather(*(thumbnail(alice, uri, method="crop") for _ in range(5)))
    assert {answer.body for answer in answers} == {answers[0].body}
    assert len(files(amanat)) == 2


async def test_a_small_picture_is_its_own_thumbnail(amanat: Server) -> None:
    alice = await amanat.user("alice")
    data = picture((20, 10))
    uri = await upload(alice, data, kind="image/png")
    got = await thumbnail(alice, uri)
    assert (got.body, got.headers["content-type"], len(files(amanat))) == (data, "image/png", 1)


async def test_a_picture_is_what_it_is_whatever_is_said_of_it(amanat: Server) -> None:
    alice = await amanat.user("alice")
    got = await thumbnail(alice, await upload(alice, picture((20, 10), form="GIF"), kind="image/png"))
    assert got.headers["content-type"] == "image/gif"


@pytest.mark.parametrize("kind", ["application/octet-stream", "text/plain", "image/svg+xml", "video/mp4"])
async def test_what_is_no_picture_or_encrypted_has_no_thumbnail(amanat: Server, kind: str) -> None:
    alice = await amanat.user("alice")
    refused = await thumbnail(alice, await upload(alice, picture(), kind=kind))
    assert (refused.status, refused.errcode) == (400, "M_UNKNOWN")
    assert amanat.amanat.thumbnails.worker_pid is None


async def test_what_only_says_it_is_a_picture_is_tried_once(amanat: Server) -> None:
    alice = await amanat.user("alice")
    uri = await upload(alice, b"<svg onload=alert(1)>", kind="image/png")
    for _ in range(2):
        refused = await thumbnail(alice, uri)
        assert (refused.status, refused.errcode) == (400, "M_UNKNOWN")
    assert len(files(amanat)) == 1


async def test_a_bomb_is_refused(amanat: Server) -> None:
    alice = await amanat.user("alice")
    uri = await upload(alice, png(60_000, 60_000), kind="image/png")
    for _ in range(2):
        refused = await thumbnail(alice, uri)
        assert (refused.status, refused.errcode) == (413, "M_TOO_LARGE")


@pytest.mark.parametrize(
    "query",
    [
        {"width": 0},
        {"width": -1},
        {"height": "x"},
        {"height": ""},
        {"width": "1.5"},
        {"method": "stretch"},
        {"animated": "perhaps"},
    ],
)
async def test_a_size_without_sense_is_refused(amanat: Server, query: dict[str, object]) -> None:
    alice = await amanat.user("alice")
    refused = await thumbnail(alice, await upload(alice, picture(), kind="image/png"), **query)
    assert (refused.status, refused.errcode) == (400, "M_INVALID_PARAM")


async def test_a_thumbnail_has_a_size(amanat: Server) -> None:
    alice = await amanat.user("alice")
    refused = await raw(alice, "GET", f"{V1}/thumbnail/localhost/x")
    assert (refused.status, refused.errcode) == (400, "M_MISSING_PARAM")
