"""What a host signs, held against the vectors that Python and the app share: what it offered, and nothing else."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import unquote

import msgspec
import pytest
from msgspec.structs import replace

from amanat.core.identifiers import HOSTING, KEY_HOLDERS_FIELD, KEY_HOLDERS_PROPOSED
from amanat.core.key_statements import Operator, check, countersigned, signed
from amanat.core.signed_json import public_key_of
from amanat.gateway.device.credentials import Credentials
from amanat.gateway.device.server_api import Asks, ServerApi
from amanat.gateway.service.holders import Holders, Terms
from amanat.gateway.service.host import Host
from amanat.gateway.service.hosting import Hosting, Signed
from amanat.outbound.connection import Flow
from amanat.outbound.http import HttpAnswer
from tests.core.key_statement_vectors import HOST, HOSTED, HOSTED_DEVICE, HOSTED_STATEMENT, MASTER, build, key

PUBLISHED = {"hosted", "the host has not signed"}
NOT_OURS = {
    "self-hosted",
    "fields of a later version",
    "a signature by a device beside the master's",
    "no devices at all",
    "a device of the same id with another key",
    "the highest number that was seen",
    "a lower number than was seen",
    "a purpose as long as may be",
    "a number that is a text",
    "no number",
}
"""What names another, or has no number above what is published."""
CASES = [case for case in build() if isinstance(case["published"], dict)]
WAITING = next(case for case in CASES if case["name"] == "the host has not signed")


class _Account(Asks):
    """The account's data and profile, at the other end of the requests."""

    def __init__(self, master_key: str) -> None:
        self.kept: dict[str, Any] = {}
        self._master_key = master_key

    async def ask(
        self, method: str, target: str, *, headers: Mapping[str, str], body: bytes | Flow = b"", deadline_s: float
    ) -> HttpAnswer:
        assert headers["Authorization"] == "Bearer t"
        assert deadline_s > 0
        assert isinstance(body, bytes)
        if target.endswith("/keys/query"):
            keys = {"keys": {f"ed25519:{self._master_key}": self._master_key}}
            return HttpAnswer(200, msgspec.json.encode({"master_keys": {CASES[0]["user_id"]: keys}}))
        name = unquote(target.rpartition("/")[2])
        if method == "PUT":
            self.kept[name] = msgspec.json.decode(body)
            return HttpAnswer(200, b"{}")
        return HttpAnswer(200, msgspec.json.encode(self.kept[name])) if name in self.kept else HttpAnswer(404, b"{}")

    @property
    def published(self) -> Any:
        return self.kept.get(KEY_HOLDERS_FIELD, {}).get(KEY_HOLDERS_FIELD)


def _hosting(case: dict[str, Any], *, account: _Account) -> Hosting:
    user_id = case["user_id"]
    held = Credentials(homeserver="http://x", user_id=user_id, device_id="GATEWAY", access_token="t")
    return Hosting(
        Holders(ServerApi(held, asks=account), user_id=user_id),
        device=("GATEWAY", HOSTED_DEVICE.ed25519),
        host=Host(HOSTED.name, HOST),
        terms=Terms(operator=HOSTED, country="SG", purpose="Menjawab pesan"),
        now_ms=lambda: int(case["now_ms"]),
    )


async def _sign(case: dict[str, Any], proposed: dict[str, Any] | None = None) -> tuple[Signed, _Account]:
    account = _Account(case["master_key"])
    account.kept[KEY_HOLDERS_PROPOSED] = proposed or case["published"]
    return await _hosting(case, account=account).sign(), account


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
async def test_only_what_was_offered_and_will_be_believed_is_signed(case: dict[str, Any]) -> None:
    came, account = await _sign(case)
    expected = "published" if case["name"] in PUBLISHED else "nothing" if case["name"] in NOT_OURS else "refused"
    assert came == expected
    if came != "published":
        assert (account.published, account.kept[KEY_HOLDERS_PROPOSED]) == (None, case["published"])
        return
    verdict = check(
        account.published,
        user_id=case["user_id"],
        master_key=case["master_key"],
        now_ms=case["now_ms"],
        seen_seq=case["seen_seq"],
    )
    assert verdict.fault is None


@pytest.mark.parametrize(
    "changed",
    [
        {"ed25519": public_key_of(key("another"))},
        {"id": "ANOTHER"},
        {"country": "ID"},
        {"purpose": "Lain"},
        {"operator": Operator(name="PT Lain", key=HOSTED.key)},
    ],
    ids=lambda changed: next(iter(changed)),
)
async def test_nothing_is_signed_that_is_not_true(changed: dict[str, Any]) -> None:
    statement = replace(HOSTED_STATEMENT, devices=[replace(HOSTED_DEVICE, **changed)])
    assert (await _sign(WAITING, signed(statement, master=MASTER)))[0] == "refused"


async def test_of_two_hosts_whoever_signs_last_publishes() -> None:
    other = key("other host")
    second = replace(HOSTED_DEVICE, id="SECOND", operator=Operator(name="PT Dua", key=public_key_of(other)))
    proposed = signed(replace(HOSTED_STATEMENT, devices=[HOSTED_DEVICE, second]), master=MASTER)
    came, account = await _sign(WAITING, proposed)
    assert (came, account.published) == ("signed", None)
    assert await _hosting(WAITING, account=account).sign() == "nothing"
    account.kept[KEY_HOLDERS_PROPOSED] = countersigned(account.kept[KEY_HOLDERS_PROPOSED], key=other)
    assert await _hosting(WAITING, account=account).sign() == "published"
    assert await _hosting(WAITING, account=account).sign() == "nothing"


async def test_an_offer_stands_beside_others_and_is_taken_back() -> None:
    account = _Account(WAITING["master_key"])
    account.kept[HOSTING] = {"OTHER": {"operator": None, "country": "ID", "purpose": "x"}, "ODD": 1}
    hosting = _hosting(WAITING, account=account)
    await hosting.offer()
    offer = {"operator": {"name": HOSTED.name, "key": HOSTED.key}, "country": "SG", "purpose": "Menjawab pesan"}
    assert account.kept[HOSTING]["GATEWAY"] == offer
    await hosting.withdraw()
    assert set(account.kept[HOSTING]) == {"OTHER", "ODD"}
