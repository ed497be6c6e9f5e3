"""Downloads: headers that let no file act in the page's name, ranges, waiting, thumbnails."""

import asyncio

import pytest

from amanat.core.media import INLINE
from tests.client_api.media import UPLOAD, V1, download, files, opened, picture, raw, thumbnail, upload
from tests.server import Server

POLICY = (
    "sandbox; default-src 'none'; script-src 'none'; plugin-types application/pdf; "
    "style-src 'unsafe-inline'; media-src 'self'; object-src 'self';"
)


# Headers


@pytest.mark.parametrize("kind", ["text/html", "image/png", "image/svg+xml", "application/octet-stream"])
async def test_no_file_acts_in_the_page_s_name(amanat: Server, kind: str) -> None:
    alice = await amanat.user("alice")
    got = await download(alice, await upload(alice, b"<script>alert(1)</script>", kind=kind))
    assert got.headers["content-security-policy"] == POLICY
    assert got.headers["x-content-type-options"] == "nosniff"
    assert got.headers["cross-origin-resource-policy"] == "cross-origin"
    assert got.headers["access-control-allow-origin"] == "*"
    assert got.headers["cache-control"] == "private, max-age=31536000, immutable"


@pytest.mark.parametrize(
    "kind",
    [
        "text/html",
        "TEXT/HTML",
        "text/html; charset=utf-8",
        "image/svg+xml",
        "application/xhtml+xml",
        "text/xml",
        "application/javascript",
        "application/pdf",
        "image/png, text/html",
        "image/png;x=y, text/html",
        " ",
    ],
)
async def test_what_could_run_is_never_shown_in_place(amanat: Server, kind: str) -> None:
    alice = await amanat.user("alice")
    got = await download(alice, await upload(alice, b"<script>alert(1)</script>", kind=kind))
    assert got.headers["content-disposition"] == "attachment"
    assert got.headers["content-type"].partition(";")[0] not in INLINE


async def test_a_picture_is_shown_in_place(amanat: Server) -> None:
    alice = await amanat.user("alice")
    got = await download(alice, await upload(alice, picture(), kind="image/png", name="a.png"))
    assert got.headers["content-disposition"] == 'inline; filename="a.png"'
    assert got.headers["content-type"] == "image/png"


@pytest.mark.parametrize(
    ("name", "header"),
    [
        ("other.txt", 'attachment; filename="other.txt"'),
        ('a"; filename="b.html', "attachment; filename*=utf-8''a%22%3B%20filename%3D%22b.html"),
        ("../../etc/passwd", "attachment; filename*=utf-8''..%2F..%2Fetc%2Fpasswd"),
        ("ünï.txt", "attachment; filename*=utf-8''%C3%BCn%C3%AF.txt"),
    ],
)
async def test_a_reader_may_ask_for_another_name(amanat: Server, name: str, header: str) -> None:
    alice = await amanat.user("alice")
    got = await download(alice, await upload(alice, b"x", name="mine.txt"), name=name)
    assert got.headers["content-disposition"] == header


async def test_a_name_that_no_file_can_have_is_refused(amanat: Server) -> None:
    alice = await amanat.user("alice")
    assert (await download(alice, await upload(alice, b"x"), name="a\r\nb")).errcode == "M_INVALID_PARAM"


# Ranges and caches


@pytest.mark.parametrize(
    ("asked", "status", "part", "told"),
    [
        ("bytes=0-3", 206, slice(0, 4), "bytes 0-3/600000"),
        ("bytes=599999-", 206, slice(599_999, None), "bytes 599999-599999/600000"),
        ("bytes=-5", 206, slice(-5, None), "bytes 599995-599999/600000"),
        ("bytes=100-999999", 206, slice(100, None), "bytes 100-599999/600000"),
        ("bytes=0-1,5-6", 200, slice(None), None),
        ("nonsense", 200, slice(None), None),
    ],
)
async def test_a_part_is_served(amanat: Server, asked: str, status: int, part: slice, told: str | None) -> None:
    alice = await amanat.user("alice")
    data = bytes(number % 251 for number in range(600_000))
    got = await download(alice, await upload(alice, data), range=asked)
    assert (got.status, got.headers.get("content-range")) == (status, told)
    assert got.body == data[part]
    assert got.headers["content-length"] == str(len(data[part]))
    assert got.headers["accept-ranges"] == "bytes"


async def test_a_part_that_does_not_exist_is_refused(amanat: Server) -> None:
    alice = await amanat.user("alice")
    refused = await download(alice, await upload(alice, b"short"), range="bytes=5-")
    assert (refused.status, refused.headers["content-range"]) == (416, "bytes */5")


async def test_a_head_tells_all_but_the_bytes(amanat: Server) -> None:
    alice = await amanat.user("alice")
    got = await download(alice, await upload(alice, b"12345", kind="text/plain"), method="HEAD")
    assert (got.status, got.body, got.headers["content-length"]) == (200, b"", "5")
    assert got.headers["content-type"] == "text/plain"


@pytest.mark.parametrize("form", ["{}", "W/{}", '"other", {}', "*"])
async def test_what_a_cache_has_is_not_sent_again(amanat: Server, form: str) -> None:
    alice = await amanat.user("alice")
    uri = await upload(alice, b"12345")
    tag = (await download(alice, uri)).headers["etag"]
    got = await download(alice, uri, if_none_match=form.format(tag))
    assert (got.status, got.body, got.headers["etag"]) == (304, b"", tag)
    assert "content-length" not in got.headers


async def test_a_part_of_other_bytes_is_not_mixed_in(amanat: Server) -> None:
    alice = await amanat.user("alice")
    uri = await upload(alice, b"12345")
    tag = (await download(alice, uri)).headers["etag"]
    assert (await download(alice, uri, range="bytes=1-2", if_range=tag)).body == b"23"
    assert (await download(alice, uri, range="bytes=1-2", if_range='"other"')).body == b"12345"


# What is not there


@pytest.mark.parametrize(
    "address",
    ["localhost/unknown", "elsewhere.example/AAAA", "localhost/..%2F..%2Fstamp.json", "..%2Fx/AAAA"],
)
async def test_what_is_not_here_is_not_found(amanat: Server, address: str) -> None:
    alice = await amanat.user("alice")
    for path in (f"{V1}/download/{address}", f"{V1}/download/{address}/name"):
        missing = await raw(alice, "GET", path, query={"allow_remote": "true"})
        assert (missing.status, missing.errcode) == (404, "M_NOT_FOUND")


async def test_bytes_that_were_taken_from_the_disk_are_not_found(amanat: Server) -> None:
    alice = await amanat.user("alice")
    uri = await upload(alice, picture(), kind="image/png")
    files(amanat)[0].unlink()
    assert (await download(alice, uri)).errcode == "M_NOT_FOUND"
    assert (await thumbnail(alice, uri)).errcode == "M_NOT_FOUND"


# Announced uploads


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


@pytest.mark.parametrize("timeout_ms", ["-1", "soon", "1e3", ""])
async def test_a_wait_is_a_number(amanat: Server, timeout_ms: str) -> None:
    alice = await amanat.user("alice")
    refused = await raw(alice, "GET", f"{V1}/download/localhost/x", query={"timeout_ms": timeout_ms})
    assert (refused.status, refused.errcode) == (400, "M_INVALID_PARAM")


# Thumbnails


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
    uri = await upload(alice, picture((20_000, 20_000), mode="1"), kind="image/png")
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
