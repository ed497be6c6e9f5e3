"""What the operator does about accounts through the socket, and what the book says of it."""

import re
from typing import Any
from urllib.parse import urlencode

import pytest

from amanat.core.pins import RESET_MS
from amanat.product.accounts.credentials.notices import Kind
from tests.edge.asking import ask
from tests.product.ledger.partners import operate
from tests.server import Server

NUMBER, PIN = "+6281234567890", "482915"


@pytest.mark.parametrize(("act", "state"), [("suspend", "suspended_ts"), ("lock", "locked_ts")])
async def test_a_restriction_shows_until_it_is_lifted(amanat: Server, act: str, state: str) -> None:
    ani = await amanat.user("ani")
    done = await operate(amanat, "POST", "/users/ani/" + act, {"reason": "spam"})
    assert done.json == {"user_id": ani.user_id}
    assert (await operate(amanat, "GET", "/users/ani")).json[state] is not None
    await operate(amanat, "POST", f"/users/{ani.user_id}/un{act}", {})
    assert (await operate(amanat, "GET", "/users/ani")).json[state] is None


async def test_somebody_is_found_by_their_exact_handle_alone(amanat: Server) -> None:
    ani = await amanat.user("ani")
    assert (await operate(amanat, "GET", "/users/ani")).json["user_id"] == ani.user_id
    for typed in ("an", "anj", "@ani:elsewhere.example", NUMBER):
        assert (await operate(amanat, "GET", f"/users/{typed}")).errcode == "M_NOT_FOUND"


async def test_a_pin_is_forgotten_after_days_in_which_its_owner_hears_of_it(amanat: Server) -> None:
    ani = await amanat.user("ani")
    credentials = amanat.amanat.credentials
    assert (await operate(amanat, "POST", "/users/ani/reset_pin", {})).errcode == "M_NOT_FOUND"
    await credentials.pins.set(ani.user_id, PIN)

    asked = (await operate(amanat, "POST", "/users/ani/reset_pin", {"reason": "called us"})).json

    assert asked["reset_ts"] > amanat.clock.ms + RESET_MS - 1000
    assert (await credentials.notices.list(ani.user_id))[-1].kind is Kind.PIN_RESET_ASKED
    assert await credentials.pins.locks(ani.user_id)
    cancelled = await operate(amanat, "POST", "/users/ani/reset_pin", {"cancel": True})
    assert cancelled.json == {"user_id": ani.user_id}
    assert await credentials.pin_resets.pending(ani.user_id) is None
    acts = (await operate(amanat, "GET", f"/acts?subject={ani.user_id}")).json["acts"]
    assert [act["act"] for act in acts] == ["cancel_pin_reset", "reset_pin"]


async def test_each_act_is_in_the_book(amanat: Server) -> None:
    made = (await operate(amanat, "POST", "/users", {"username": "ani"})).json["user_id"]
    for act in ("suspend", "unsuspend", "lock", "unlock", "deactivate"):
        await operate(amanat, "POST", f"/users/{made}/{act}", {"reason": f"why {act}"})
    await operate(amanat, "POST", "/registration_tokens", {})
    partner = await operate(amanat, "POST", "/partners", {"name": "Kantor", "scopes": ["account.age"]})
    await operate(amanat, "POST", f"/partners/{partner.json['partner_id']}/revoke", {})

    book = (await operate(amanat, "GET", "/acts")).json

    assert [act["act"] for act in reversed(book["acts"])] == [
        *("create", "suspend", "unsuspend", "lock", "unlock", "deactivate"),
        *("registration_token", "admit_partner", "revoke_partner"),
    ]
    assert {act["actor"] for act in book["acts"]} == {"operator"}
    assert (await operate(amanat, "GET", "/acts?" + urlencode(book["next"]))).json == {"acts": [], "next": None}


@pytest.mark.parametrize("body", [{"reason": 1}, {"why": "x"}, {"reason": "x" * 501}])
async def test_what_makes_no_sense_is_refused(amanat: Server, body: dict[str, Any]) -> None:
    await amanat.user("ani")
    for act in ("suspend", "unsuspend", "lock", "unlock", "reset_pin"):
        assert (await operate(amanat, "POST", f"/users/ani/{act}", body)).status == 400


async def test_no_answer_shows_a_code_a_pin_or_a_number(amanat: Server) -> None:
    """Staff cannot give away what they never see."""
    amanat_ = amanat.amanat
    ani = await amanat.user("ani")
    await amanat_.credentials.pins.set(ani.user_id, PIN)
    challenge = await amanat_.phone.codes.request(NUMBER, purpose="sign-in", address="", language="en", work=None)
    (text,) = amanat_.inbox.texts(NUMBER) if amanat_.inbox else []
    (code,) = re.findall(r"\b\d{6}\b", text.text)[:1]
    phone = await amanat_.phone.codes.verify(challenge.id, code)
    await amanat_.store.write(
        lambda tx: amanat_.phone.phones.link(tx, phone, user_id=ani.user_id),
        needs=amanat_.phone.phones.needs(ani.user_id, phone),
    )
    answers = []
    for bound in amanat_.admin_app.routes:
        path = bound.route.paths[0].replace("{user}", "ani").replace("{partner_id}", "x")
        if bound.route.method == "POST" and path in ("/media/sweep", "/users/ani/deactivate"):
            continue
        answered = await ask(amanat_.admin_app, bound.route.method, path, body=b"{}")
        answers.append(answered.body.decode())
    said = " ".join(answers)
    assert ani.user_id in said
    for secret in (PIN, code, NUMBER, NUMBER.removeprefix("+62")):
        assert secret not in said
