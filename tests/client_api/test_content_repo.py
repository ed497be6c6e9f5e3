"""Uploads: what is answered is on disk, and nobody takes more than their share."""

import pytest

from tests.client_api.media import UPLOAD, V1, download, files, raw, unfinished, upload
from tests.edge.asking import Client
from tests.server import Server


async def test_what_is_uploaded_is_downloaded(amanat: Server) -> None:
    alice, bob = await amanat.user("alice"), await amanat.user("bob")
    data = bytes(range(256)) * 4000
    uri = await upload(alice, data)
    assert uri.startswith("mxc://localhost/")
    assert (await download(bob, uri)).body == data


async def test_an_empty_file_is_a_file(amanat: Server) -> None:
    alice = await amanat.user("alice")
    got = await download(alice, await upload(alice, b""))
    assert (got.status, got.body, got.headers["content-length"]) == (200, b"", "0")


async def test_an_answered_upload_is_one_file_under_its_final_name(amanat: Server) -> None:
    alice = await amanat.user("alice")
    await upload(alice, b"data")
    (file,) = files(amanat)
    assert (file.parent.parent.name, file.read_bytes()) == ("kept", b"data")


async def test_an_upload_that_breaks_off_leaves_nothing(amanat: Server) -> None:
    alice = await amanat.user("alice")
    await unfinished(alice, Client([b"x" * 700_000], then="gone"))
    assert files(amanat) == []


async def test_uploads_need_a_token(amanat: Server) -> None:
    for method, path in (("POST", UPLOAD), ("POST", "/_matrix/media/v1/create"), ("PUT", f"{UPLOAD}/localhost/x")):
        assert (await amanat.request(method, path)).status == 401


async def test_how_much_may_be_uploaded_is_told(amanat: Server) -> None:
    alice = await amanat.user("alice")
    for path in (f"{V1}/config", "/_matrix/media/v3/config"):
        assert (await alice.get(path)).json == {"m.upload.size": amanat.amanat.config.max_upload_bytes}
        assert (await amanat.request("GET", path)).status == 401


# Names and types


async def test_a_file_keeps_its_name_and_type(amanat: Server) -> None:
    alice = await amanat.user("alice")
    got = await download(alice, await upload(alice, b"%PDF", kind="application/pdf", name="War and Peace.pdf"))
    assert got.headers["content-type"] == "application/pdf"
    assert got.headers["content-disposition"] == 'attachment; filename="War and Peace.pdf"'


@pytest.mark.parametrize("name", ["a\nb", "a\rb", "a\0b", "\x7f", "n" * 1025])
async def test_a_name_that_no_file_can_have_is_refused(amanat: Server, name: str) -> None:
    alice = await amanat.user("alice")
    refused = await raw(alice, "POST", UPLOAD, body=b"x", query={"filename": name})
    assert (refused.status, refused.errcode) == (400, "M_INVALID_PARAM")
    assert files(amanat) == []


# What is closed


@pytest.mark.parametrize("what", ["download/{}", "download/{}/name", "thumbnail/{}"])
async def test_without_a_token_there_is_no_media(amanat: Server, what: str) -> None:
    alice = await amanat.user("alice")
    address = (await upload(alice, b"x")).removeprefix("mxc://")
    refused = await amanat.request("GET", f"/_matrix/media/v3/{what.format(address)}")
    assert (refused.status, refused.errcode) == (404, "M_NOT_FOUND")
    assert (await amanat.request("GET", f"{V1}/{what.format(address)}")).status == 401


@pytest.mark.parametrize("path", [f"{V1}/preview_url", "/_matrix/media/v3/preview_url"])
async def test_no_link_is_previewed(amanat: Server, path: str) -> None:
    alice = await amanat.user("alice")
    refused = await alice.get(path, url="https://example.org")
    assert (refused.status, refused.errcode) == (404, "M_UNRECOGNIZED")
