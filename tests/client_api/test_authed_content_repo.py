"""Downloads: headers that let no file act in the page's name, ranges, waiting, thumbnails."""

import pytest

from amanat.core.media import INLINE
from tests.client_api.media import V1, download, files, picture, raw, thumbnail, upload
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
