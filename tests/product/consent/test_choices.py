"""Each person accepts, postpones or refuses, changes their mind, and is asked no more than need be."""

from pathlib import Path
from typing import Any

import pytest

from amanat.product.consent.choices import MAX_POSTPONED_MS
from tests.product.consent.conftest import Start
from tests.product.consent.folder import publish
from tests.server import Person, Reply

CHOICES = "/_amanat/v1/policies/choices"
DAY_MS = 86_400_000


async def choose(person: Person, choice: str, version: int = 1, **more: Any) -> Reply:
    return await person.put(CHOICES, {"policy": "suggestions", "version": version, "choice": choice} | more)


async def asks(person: Person) -> dict[str, bool]:
    return {choice["policy"]: choice["ask"] for choice in (await person.get(CHOICES)).json["choices"]}


@pytest.fixture(autouse=True)
def published(folder: Path) -> None:
    """A policy about a feature, its next version two days ahead, and one that is there to be read."""
    publish(folder, feature="suggestions")
    publish(folder, version=2, effective="2023-11-16", feature="suggestions")
    publish(folder, "privacy")


async def test_people_are_asked_about_what_is_optional_alone(start_anew: Start) -> None:
    ani = await (await start_anew()).user("ani")
    assert await asks(ani) == {"privacy": False, "suggestions": True}
    refused = await ani.put(CHOICES, {"policy": "privacy", "version": 1, "choice": "accepted"})
    assert refused.errcode == "M_INVALID_PARAM"


async def test_a_choice_is_kept_and_can_be_changed(start_anew: Start) -> None:
    ani = await (await start_anew()).user("ani")
    for choice in ("accepted", "refused", "accepted"):
        own = {one["policy"]: one for one in (await choose(ani, choice)).json["choices"]}["suggestions"]
        assert [(one["number"], one["choice"]) for one in own["chosen"]] == [(1, choice)]
        assert own["ask"] is False


async def test_what_is_postponed_comes_back(start_anew: Start) -> None:
    amanat = await start_anew()
    ani = await amanat.user("ani")
    await choose(ani, "postponed", until_ts=amanat.clock.now_ms() + DAY_MS)
    assert (await asks(ani))["suggestions"] is False
    amanat.clock.pass_ms(DAY_MS)
    assert (await asks(ani))["suggestions"] is True


async def test_a_new_version_asks_who_accepted_the_old_one_and_never_who_refused(start_anew: Start) -> None:
    amanat = await start_anew()
    ani, budi, citra = [await amanat.user(name) for name in ("ani", "budi", "citra")]
    await choose(ani, "accepted")
    await choose(budi, "refused")
    await choose(citra, "accepted")
    await choose(citra, "accepted", 2)
    amanat.clock.pass_ms(3 * DAY_MS)
    assert [(await asks(person))["suggestions"] for person in (ani, budi, citra)] == [True, False, False]


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"choice": "maybe"},
        {"choice": "accepted", "version": "1"},
        {"choice": "accepted", "for": "@budi:localhost"},
        {"choice": "postponed"},
        {"choice": "accepted", "until_ts": 1_800_000_000_000},
        {"choice": "postponed", "until_ts": 1},
        {"choice": "postponed", "until_ts": 1_700_000_000_000 + 2 * MAX_POSTPONED_MS},
    ],
)
async def test_what_makes_no_sense_is_refused(start_anew: Start, body: dict[str, Any]) -> None:
    ani = await (await start_anew()).user("ani")
    assert (await ani.put(CHOICES, {"policy": "suggestions", "version": 1} | body)).status == 400
    assert (await choose(ani, "accepted", 3)).status == 404
    assert (await ani.server.request("GET", CHOICES)).status == 401
