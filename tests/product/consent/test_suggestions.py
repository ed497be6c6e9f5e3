"""The optional feature: who has accepted is found by name by strangers, who has not is found as ever."""

from pathlib import Path

import pytest
from grimp import build_graph

from tests.product.consent.conftest import Start
from tests.product.consent.folder import publish
from tests.product.consent.test_choices import choose
from tests.server import Person, Server


@pytest.fixture(autouse=True)
def published(folder: Path) -> None:
    """A policy about suggestions, its next version two days ahead."""
    publish(folder, feature="suggestions")
    publish(folder, version=2, effective="2023-11-16", feature="suggestions")


async def found(person: Person, term: str) -> list[str]:
    reply = await person.post("/user_directory/search", {"search_term": term})
    return [result["user_id"] for result in reply.json["results"]]


async def named(amanat: Server, name: str) -> Person:
    person = await amanat.user(name)
    await person.put(f"/profile/{person.user_id}/displayname", {"displayname": f"Wayan {name.capitalize()}"})
    return person


async def test_who_accepted_is_suggested_and_nobody_else(start_anew: Start) -> None:
    amanat = await start_anew()
    ani, budi, citra, eve = [await named(amanat, name) for name in ("ani", "budi", "citra", "eve")]
    assert await found(eve, "wayan") == []
    await choose(ani, "accepted")
    await choose(budi, "refused")
    assert await found(eve, "wayan") == await found(citra, "Wayan A") == [ani.user_id]
    assert await found(eve, "wa") == await found(eve, "ani wayan") == []
    assert await found(ani, "wayan") == []
    await choose(ani, "refused")
    assert await found(eve, "wayan") == []


async def test_who_refused_is_found_by_those_who_know_them(start_anew: Start) -> None:
    amanat = await start_anew()
    ani, budi, eve = [await named(amanat, name) for name in ("ani", "budi", "eve")]
    await choose(ani, "accepted")
    await choose(budi, "refused")
    for person in (ani, budi):
        room = await eve.create_room(invite=[person.user_id])
        await person.join(room)
        assert await found(eve, person.user_id[1:].partition(":")[0]) == [person.user_id]
    assert sorted(await found(eve, "wayan")) == sorted([ani.user_id, budi.user_id])


async def test_a_new_version_needs_a_new_yes(start_anew: Start) -> None:
    amanat = await start_anew()
    ani, budi, eve = [await named(amanat, name) for name in ("ani", "budi", "eve")]
    await choose(ani, "accepted")
    await choose(budi, "accepted")
    await choose(budi, "accepted", 2)
    assert sorted(await found(eve, "wayan")) == sorted([ani.user_id, budi.user_id])
    amanat.clock.pass_ms(3 * 86_400_000)
    assert await found(eve, "wayan") == [budi.user_id]


async def test_who_has_gone_is_not_suggested(start_anew: Start) -> None:
    amanat = await start_anew()
    ani, eve = await named(amanat, "ani"), await named(amanat, "eve")
    await choose(ani, "accepted")
    await amanat.amanat.deactivation.deactivate(ani.user_id, erase=False)
    assert await found(eve, "wayan") == []


def test_nothing_but_consent_reads_what_people_chose() -> None:
    """No existing function is lost by refusing, since none can know."""
    importers = build_graph("amanat", cache_dir=None).find_modules_that_directly_import("amanat.product.consent.tables")
    outside = {module for module in importers if not module.startswith("amanat.product.consent")}
    # Their own person takes a copy of them, and has them erased.
    assert outside == {"amanat.product.holdings"}
    sources = Path(__file__).resolve().parents[3] / "src" / "amanat"
    naming = {
        file.relative_to(sources).as_posix() for file in sources.rglob("*.sql") if "policy_choices" in file.read_text()
    }
    assert naming == {"product/consent/sql/consent.sql", "store/migrations/0011_consent.sql"}
