"""Finding people by their numbers."""

from tests.product.accounts.pages.browser import HOME
from tests.product.accounts.pages.people import NUMBER, ani_in
from tests.server import Person, Reply, Server


async def _find(person: Person, number: object = NUMBER) -> Reply:
    return await person.post("/_amanat/v1/people/by_number", {"number": number})


async def test_nobody_is_found_by_their_number_unless_they_say_so(amanat: Server) -> None:
    ani, budi = await ani_in(amanat), await amanat.user("budi")
    hidden = await _find(budi)
    unknown = await _find(budi, "0813 3456 7890")
    assert (hidden.status, hidden.json) == (404, unknown.json)

    page = await ani.open(f"{HOME}number")
    switched = await ani.send(page, {"findable": "1"})
    found = (await _find(budi, "+62 812-3456-7890")).json
    assert (found["handle"], found["display_name"]) == ("ani", "Ani")

    switched.forms[0]["fields"].pop("findable")
    await ani.send(switched)
    assert (await _find(budi)).status == 404


async def test_who_has_ended_their_account_is_not_found(amanat: Server) -> None:
    ani, budi = await ani_in(amanat), await amanat.user("budi")
    await ani.send(await ani.open(f"{HOME}number"), {"findable": "1"})
    await ani.send(await ani.open(f"{HOME}deactivate"), {"understood": "1"})
    assert (await _find(budi)).status == 404


async def test_what_is_no_number_is_refused(amanat: Server) -> None:
    budi = await amanat.user("budi")
    assert (await _find(budi, "hello")).errcode == "ID.AMANAT_NUMBER_REFUSED"
    assert (await _find(budi, 812)).errcode == "M_BAD_JSON"
    assert (await amanat.request("POST", "/_amanat/v1/people/by_number", body={"number": NUMBER})).status == 401


async def test_numbers_cannot_be_tried_one_after_the_other(serving: Server) -> None:
    budi = await serving.newcomer("budi")
    statuses = [(await _find(budi, f"0812 3456 {n:04}")).status for n in range(40)]
    assert statuses[0] == 404
    assert statuses[-1] == 429
