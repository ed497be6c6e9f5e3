"""A person takes a copy with their password, and nobody else gets it."""

import io
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from tests.client_api.media import raw
from tests.product.rights.people import prove
from tests.server import Person, Server

EXPORT = "/_amanat/v1/export"
HOUR_MS = 3_600_000


async def take(person: Person) -> Any:
    asked = await prove(person, EXPORT)
    assert asked.status == 200, asked.json
    await person.server.amanat.jobs.done("export", person.user_id)
    return asked.json


async def test_a_copy_is_made_and_downloaded(on_both: Server) -> None:
    ani = await on_both.user("ani")
    asked = await take(ani)
    path = f"{EXPORT}/{asked['export_id']}"
    ready = (await ani.get(path)).json
    assert (ready["state"], ready["expires_ts"] - ready["requested_ts"]) == ("ready", 7 * 24 * HOUR_MS)
    downloaded = await raw(ani, "GET", f"{path}/download")
    assert downloaded.headers["content-type"] == "application/zip"
    assert "attachment" in downloaded.headers["content-disposition"]
    assert len(downloaded.body) == ready["size"]
    assert "index.html" in ZipFile(io.BytesIO(downloaded.body)).namelist()


async def test_it_needs_the_password(amanat: Server) -> None:
    ani = await amanat.user("ani")
    assert (await ani.post(EXPORT)).status == 401
    wrong = {"type": "m.login.password", "password": "guessed"}
    assert (await ani.post(EXPORT, {"auth": wrong})).errcode == "M_FORBIDDEN"
    assert (await ani.post(EXPORT, {"auth": "please"})).errcode == "M_BAD_JSON"


async def test_it_is_its_person_s_alone(amanat: Server) -> None:
    ani, eve = await amanat.user("ani"), await amanat.user("eve")
    export_id = (await take(ani))["export_id"]
    await take(eve)
    for path in (f"{EXPORT}/{export_id}", f"{EXPORT}/{export_id}/download"):
        assert (await eve.get(path)).status == 404
        assert (await amanat.request("GET", path)).status == 401


async def test_there_is_one_at_a_time(amanat: Server, tmp_path: Path) -> None:
    ani = await amanat.user("ani")
    first = await take(ani)
    again = await prove(ani, EXPORT)
    assert (again.status, again.json["retry_after_ms"] <= HOUR_MS) == (429, True)
    amanat.clock.pass_ms(HOUR_MS)
    second = await take(ani)
    assert (await ani.get(f"{EXPORT}/{first['export_id']}")).status == 404
    assert (await ani.get(f"{EXPORT}/{second['export_id']}")).json["state"] == "ready"
