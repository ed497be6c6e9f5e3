from typing import Any

import pytest
from msgspec.structs import replace

from amanat.core.errors import Forbidden, InteractiveAuthNeeded
from amanat.core.requester import Requester
from amanat.handlers import interactive_auth
from amanat.handlers.interactive_auth import (
    DUMMY,
    LIFETIME_MS,
    OAUTH,
    PASSWORD,
    SSO,
    Auth,
    InteractiveAuth,
    Purpose,
    Ways,
)
from tests.server import FakeClock, Server

FLOWS = [[PASSWORD, DUMMY]]
PURPOSE = Purpose(owner="@ani:localhost", operation="delete A", flows=FLOWS)


class Accepting:
    """A stage that accepts and tells what it was given."""

    async def check(self, auth: Auth, *, owner: str | None) -> Any:
        return auth.get("word")


class AlwaysDummy:
    """Every person's flows."""

    async def of(self, requester: Requester, *, account_action: str | None) -> Ways:
        return Ways(flows=FLOWS)


class Allowed:
    """Who has allowed something on a page."""

    def __init__(self) -> None:
        self.by: set[str] = set()

    def take(self, owner: str) -> bool:
        allowed = owner in self.by
        self.by.discard(owner)
        return allowed


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def auths(clock: FakeClock) -> InteractiveAuth:
    stages = {PASSWORD: Accepting(), DUMMY: Accepting()}
    return InteractiveAuth(stages=stages, flows=AlwaysDummy(), now_ms=clock.now_ms)


async def _asked(auths: InteractiveAuth, purpose: Purpose, auth: Auth | None) -> dict[str, Any]:
    with pytest.raises(InteractiveAuthNeeded) as needed:
        await auths.prove(purpose, auth)
    return needed.value.body()


async def test_every_stage_of_a_flow_is_asked_for_and_tells_what_it_proved(auths: InteractiveAuth) -> None:
    session = (await _asked(auths, PURPOSE, None))["session"]
    after_one = await _asked(auths, PURPOSE, {"type": PASSWORD, "session": session, "word": "a"})
    assert (after_one["session"], after_one["completed"]) == (session, [PASSWORD])
    proved = await auths.prove(PURPOSE, {"type": DUMMY, "session": session, "word": "b"})
    assert proved == {PASSWORD: "a", DUMMY: "b"}


async def test_proof_is_used_up(auths: InteractiveAuth) -> None:
    session = (await _asked(auths, PURPOSE, {"type": PASSWORD}))["session"]
    await auths.prove(PURPOSE, {"type": DUMMY, "session": session})
    assert (await _asked(auths, PURPOSE, {"type": DUMMY, "session": session}))["completed"] == [DUMMY]


@pytest.mark.parametrize("other", [{"operation": "delete B"}, {"owner": "@budi:localhost"}])
async def test_proof_for_one_act_or_person_is_none_for_another(auths: InteractiveAuth, other: dict[str, str]) -> None:
    session = (await _asked(auths, PURPOSE, {"type": PASSWORD}))["session"]
    asked = await _asked(auths, replace(PURPOSE, **other), {"type": DUMMY, "session": session})
    assert asked["completed"] == [DUMMY]
    assert asked["session"] != session


async def test_proof_grows_old(auths: InteractiveAuth, clock: FakeClock) -> None:
    session = (await _asked(auths, PURPOSE, {"type": PASSWORD}))["session"]
    clock.pass_ms(LIFETIME_MS)
    assert (await _asked(auths, PURPOSE, {"type": DUMMY, "session": session}))["completed"] == [DUMMY]


async def test_the_oldest_session_gives_way(auths: InteractiveAuth, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(interactive_auth, "MAX_SESSIONS", 1)
    session = (await _asked(auths, PURPOSE, {"type": PASSWORD}))["session"]
    await _asked(auths, PURPOSE, None)
    assert (await _asked(auths, PURPOSE, {"type": DUMMY, "session": session}))["completed"] == [DUMMY]


async def test_who_has_no_password_signs_in_with_a_browser_instead(serving: Server) -> None:
    user_id = await serving.amanat.account_administration.create("ani", password=None)
    requester = Requester(user_id=user_id, device_id="A", token_hash=b"")
    with pytest.raises(InteractiveAuthNeeded) as needed:
        await serving.amanat.interactive_auth.require(requester, None, operation="deactivate")
    assert needed.value.body()["flows"] == [{"stages": [SSO]}]


async def test_what_is_proved_on_a_page_counts_for_its_session_and_its_owner(auths: InteractiveAuth) -> None:
    purpose = replace(PURPOSE, flows=[[SSO]])
    session = (await _asked(auths, purpose, None))["session"]
    assert auths.waiting(session) == purpose
    with pytest.raises(Forbidden):
        auths.confirm(session, SSO, owner="@budi:localhost")
    with pytest.raises(Forbidden):
        auths.confirm(session, PASSWORD, owner="@ani:localhost")
    assert (await _asked(auths, purpose, {"type": SSO, "session": session}))["completed"] == []
    auths.confirm(session, SSO, owner="@ani:localhost")
    assert await auths.prove(purpose, {"session": session}) == {SSO: None}
    assert auths.waiting(session) is None


async def test_what_was_allowed_elsewhere_is_taken_when_it_is_asked_for(auths: InteractiveAuth) -> None:
    allowed = Allowed()
    auths.elsewhere[OAUTH] = allowed
    purpose = replace(PURPOSE, flows=[[OAUTH]], params={OAUTH: {"url": "https://example.org/"}})
    asked = await _asked(auths, purpose, None)
    assert asked["params"] == {OAUTH: {"url": "https://example.org/"}}
    allowed.by.add("@ani:localhost")
    assert await auths.prove(purpose, {"session": asked["session"]}) == {OAUTH: None}
    await _asked(auths, purpose, None)
