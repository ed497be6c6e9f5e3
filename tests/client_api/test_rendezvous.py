"""Two devices meet: what js-sdk and the Rust SDK rely on, and what a flood meets."""

import pytest

from amanat.handlers import rendezvous
from amanat.handlers.rendezvous import LIFETIME_MS, MAX_BYTES, MAX_PER_BLOCK
from tests.edge.asking import Answered, ask
from tests.server import Server

PATH = "/_matrix/client/unstable/org.matrix.msc4108/rendezvous"
BASE = "http://localhost:8008"


async def _ask(
    amanat: Server, method: str, path: str, body: bytes = b"", *, client: str = "192.0.2.1", **headers: str
) -> Answered:
    named = {"Host": "localhost", "Content-Type": "text/plain"}
    named |= {name.replace("_", "-"): value for name, value in headers.items()}
    return await ask(amanat.amanat.client_app, method, path, body=body, headers=named, client=client)


async def _begin(amanat: Server, body: bytes = b"first", *, client: str = "192.0.2.1") -> tuple[str, Answered]:
    begun = await _ask(amanat, "POST", PATH, body, client=client)
    assert begun.status == 201, begun.body
    assert begun.json["url"].startswith(f"{BASE}{PATH}/")
    return begun.json["url"].removeprefix(BASE), begun


async def test_two_devices_leave_each_other_messages(amanat: Server) -> None:
    url, begun = await _begin(amanat)
    seen = await _ask(amanat, "GET", url)
    assert (seen.status, seen.body, seen.headers["content-type"]) == (200, b"first", "text/plain")
    assert seen.headers["etag"] == begun.headers["etag"]
    assert (await _ask(amanat, "GET", url, if_none_match=seen.headers["etag"])).status == 304
    left = await _ask(amanat, "PUT", url, b"second", if_match=seen.headers["etag"])
    assert left.status == 202
    assert left.headers["etag"] != seen.headers["etag"]
    answer = await _ask(amanat, "GET", url, if_none_match=seen.headers["etag"])
    assert (answer.status, answer.body) == (200, b"second")
    assert (await _ask(amanat, "DELETE", url)).status == 204
    assert (await _ask(amanat, "GET", url)).errcode == "M_NOT_FOUND"


async def test_a_device_does_not_write_over_what_it_has_not_seen(amanat: Server) -> None:
    url, begun = await _begin(amanat)
    first = begun.headers["etag"]
    assert (await _ask(amanat, "PUT", url, b"mine", if_match=first)).status == 202
    late = await _ask(amanat, "PUT", url, b"too late", if_match=first)
    assert (late.status, late.errcode) == (412, "M_UNKNOWN")
    assert late.json["org.matrix.msc4108.errcode"] == "M_CONCURRENT_WRITE"
    assert (await _ask(amanat, "GET", url)).body == b"mine"
    missing = await _ask(amanat, "PUT", url, b"x")
    assert (missing.status, missing.errcode) == (400, "M_MISSING_PARAM")


async def test_the_same_words_again_are_another_message(amanat: Server) -> None:
    url, begun = await _begin(amanat, b"ok")
    again = await _ask(amanat, "PUT", url, b"ok", if_match=begun.headers["etag"])
    assert (await _ask(amanat, "GET", url, if_none_match=begun.headers["etag"])).status == 200
    assert again.headers["etag"] != begun.headers["etag"]


async def test_a_page_of_another_site_sees_the_tags(amanat: Server) -> None:
    url, begun = await _begin(amanat)
    for answered in (begun, await _ask(amanat, "GET", url)):
        assert answered.headers["access-control-allow-origin"] == "*"
        assert "ETag" in answered.headers["access-control-expose-headers"]
        assert answered.headers["cache-control"] == "no-store, no-transform"
    preflight = await _ask(amanat, "OPTIONS", url)
    assert {"If-Match", "If-None-Match"} <= set(preflight.headers["access-control-allow-headers"].split(", "))


async def test_a_meeting_lasts_two_minutes_however_lively(amanat: Server) -> None:
    url, begun = await _begin(amanat)
    assert begun.headers["expires"].endswith(" GMT")
    amanat.clock.pass_ms(LIFETIME_MS - 1000)
    assert (await _ask(amanat, "PUT", url, b"x", if_match=begun.headers["etag"])).status == 202
    amanat.clock.pass_ms(1000)
    for answered in (await _ask(amanat, "GET", url), await _ask(amanat, "DELETE", url)):
        assert (answered.status, answered.errcode) == (404, "M_NOT_FOUND")


async def test_a_message_has_four_kilobytes_of_plain_text(amanat: Server) -> None:
    await _begin(amanat, b"x" * MAX_BYTES)
    large = await _ask(amanat, "POST", PATH, b"x" * (MAX_BYTES + 1))
    assert (large.status, large.errcode) == (413, "M_TOO_LARGE")
    url, begun = await _begin(amanat)
    large = await _ask(amanat, "PUT", url, b"x" * (MAX_BYTES + 1), if_match=begun.headers["etag"])
    assert large.status == 413
    other = await _ask(amanat, "POST", PATH, b"{}", content_type="application/json")
    assert (other.status, other.errcode) == (400, "M_INVALID_PARAM")


async def test_a_flood_from_one_address_keeps_nobody_else_out(amanat: Server) -> None:
    for _ in range(MAX_PER_BLOCK):
        await _begin(amanat)
    refused = await _ask(amanat, "POST", PATH, b"x")
    assert (refused.status, refused.errcode) == (429, "M_LIMIT_EXCEEDED")
    url, _ = await _begin(amanat, client="198.51.100.9")
    assert (await _ask(amanat, "GET", url)).status == 200
    amanat.clock.pass_ms(LIFETIME_MS)
    await _begin(amanat)


async def test_a_flood_from_everywhere_ends_at_a_ceiling_and_drowns_no_meeting(
    amanat: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rendezvous, "MAX_MEETINGS", 3)
    url, _ = await _begin(amanat)
    answers = [await _ask(amanat, "POST", PATH, b"x", client=f"198.51.100.{n}") for n in range(1, 6)]
    assert [answer.status for answer in answers] == [201, 201, 429, 429, 429]
    assert (await _ask(amanat, "GET", url)).status == 200


async def test_nobody_finds_a_meeting_they_were_not_shown(amanat: Server) -> None:
    url, _ = await _begin(amanat)
    other, _ = await _begin(amanat)
    assert len(url.rpartition("/")[2]) >= 32
    assert url != other
    assert (await _ask(amanat, "GET", f"{PATH}/unknown")).status == 404


async def test_apps_are_told(amanat: Server) -> None:
    told = await amanat.request("GET", "/_matrix/client/versions")
    assert told.json["unstable_features"]["org.matrix.msc4108"] is True
