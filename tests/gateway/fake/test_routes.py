"""What a test asks in place of people."""

import pytest

from amanat.gateway.fake import device
from tests.gateway.fake.conftest import Fake


async def test_what_makes_no_sense_is_refused(fake: Fake) -> None:
    for path, status in (
        ("/fake/irc/budi/says", 404),
        ("/fake/telegram/Budi!/says", 400),
    ):
        assert (await fake.http.post(path, json={"text": "halo"})).status_code == status
    assert (await fake.http.post("/fake/telegram/budi/says", json={"text": 5})).status_code == 400
    assert (await fake.http.get("/fake/telegram/budi/hears", params={"after": "x"})).status_code == 400


async def test_any_event_can_be_said(fake: Fake) -> None:
    content = {"msgtype": "m.location", "body": "Sini", "geo_uri": "geo:-6.2,106.8"}
    body = {"type": "m.room.message", "content": content}
    assert (await fake.http.post("/fake/telegram/budi/says", json=body)).status_code == 200
    token = fake.bots["telegram"]["token"]
    updates = (await fake.http.get(f"/bot{token}/getUpdates", params={"timeout": 10})).json()["result"]
    assert updates[0]["message"]["location"] == {"latitude": -6.2, "longitude": 106.8}


async def test_somebody_shares_their_number(fake: Fake) -> None:
    shared = await fake.http.post("/fake/telegram/budi/shares", json={"phone": "+6281234567834"})
    assert shared.status_code == 200
    token = fake.bots["telegram"]["token"]
    (update,) = (await fake.http.get(f"/bot{token}/getUpdates", params={"timeout": 10})).json()["result"]
    message = update["message"]
    assert message["contact"] == {
        "phone_number": "6281234567834",
        "first_name": "Budi",
        "user_id": message["from"]["id"],
    }
    for wrong in ({"phone": "0812"}, {"phone": 5}, {}):
        assert (await fake.http.post("/fake/telegram/budi/shares", json=wrong)).status_code == 400


async def test_more_people_than_are_kept_are_refused(fake: Fake, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(device, "MAX_ROOMS", 1)
    for _ in range(2):
        assert (await fake.http.post("/fake/telegram/ani/says", json={"text": "halo"})).status_code == 200
    for way, body in ("says", {"text": "halo"}), ("shares", {"phone": "+6281234567834"}):
        refused = await fake.http.post(f"/fake/telegram/budi/{way}", json=body)
        assert (refused.status_code, refused.json()["errcode"]) == (403, "M_FORBIDDEN")
    assert (await fake.http.get("/fake/telegram/budi/hears")).json() == {"said": []}
