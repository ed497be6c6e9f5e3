"""Only what proves itself counts: devices that an identity signed, and the identity that was seen first."""

from typing import Any

import pytest

from amanat.gateway.device.tables import DeviceRow, IdentityRow
from amanat.gateway.device.vouching import Answers, devices_after, identity_after, published_by, who_gets_it
from tests.core.signing import Pair, cross_signing_key, device

ALICE = "@alice:x"
MASTER, SELF, OTHER = Pair("master"), Pair("self"), Pair("other")


def answer(*, signer: Pair | None = SELF, self_signed_by: Pair = MASTER, device_by: str = "PHONE") -> dict[str, Any]:
    """An answer of `/keys/query` with one device and an identity, right unless a word says otherwise."""
    phone = device(ALICE, "PHONE")
    phone = Pair(device_by).sign({**phone, "signatures": {}}, ALICE, "PHONE")
    if signer is not None:
        phone = signer.sign(phone, ALICE)
    return {
        "device_keys": {ALICE: {"PHONE": phone}},
        "master_keys": {ALICE: cross_signing_key(ALICE, "master", MASTER)},
        "self_signing_keys": {ALICE: self_signed_by.sign(cross_signing_key(ALICE, "self_signing", SELF), ALICE)},
    }


def test_a_device_is_vouched_for_by_the_chain_of_its_owner_s_keys() -> None:
    published = published_by(ALICE, answer())
    (phone,) = published.devices
    assert (published.master_key, phone.device_id, phone.vouched) == (MASTER.public, "PHONE", 1)


@pytest.mark.parametrize(
    "broken", [answer(signer=None), answer(signer=OTHER), answer(signer=MASTER), answer(self_signed_by=OTHER)]
)
def test_a_broken_chain_vouches_for_nothing(broken: dict[str, Any]) -> None:
    (phone,) = published_by(ALICE, broken).devices
    assert phone.vouched == 0


def test_a_device_that_did_not_sign_itself_is_none() -> None:
    assert published_by(ALICE, answer(device_by="TABLET")).devices == []


@pytest.mark.parametrize("said", [{}, {"device_keys": []}, {"device_keys": {ALICE: {"PHONE": None}}}])
def test_an_answer_of_nonsense_holds_nothing(said: dict[str, Any]) -> None:
    published = published_by(ALICE, said)
    assert (published.master_key, published.devices) == (None, [])


@pytest.mark.parametrize(
    ("held", "after"),
    [
        (None, IdentityRow(ALICE, MASTER.public, None)),
        (IdentityRow(ALICE, None, None), IdentityRow(ALICE, MASTER.public, None)),
        (IdentityRow(ALICE, MASTER.public, "x"), IdentityRow(ALICE, MASTER.public, None)),
        (IdentityRow(ALICE, "first", None), IdentityRow(ALICE, "first", MASTER.public)),
    ],
)
def test_the_first_identity_stays(held: IdentityRow | None, after: IdentityRow) -> None:
    assert identity_after(held, published_by(ALICE, answer()), user_id=ALICE) == after


def test_an_identity_that_is_not_told_of_any_more_has_changed() -> None:
    held = IdentityRow(ALICE, MASTER.public, None)
    assert identity_after(held, published_by(ALICE, {}), user_id=ALICE).changed_to == ""


def test_a_device_never_changes_its_keys() -> None:
    held = DeviceRow(ALICE, "PHONE", "old curve", "old ed", 1)
    assert devices_after([held], published_by(ALICE, answer())) == [held]
    assert devices_after([], published_by(ALICE, answer()))[0].ed25519 == Pair("PHONE").public


@pytest.mark.parametrize(
    ("master", "vouched", "answers", "wrote", "gets"),
    [
        ("m", 1, "nobody", False, True),
        ("m", 0, "everybody", True, False),
        (None, 0, "writers", True, True),
        (None, 0, "writers", False, False),
        (None, 0, "everybody", False, True),
        (None, 0, "nobody", True, False),
    ],
)
def test_who_gets_a_key(master: str | None, vouched: int, answers: Answers, wrote: bool, gets: bool) -> None:
    phone = DeviceRow(ALICE, "PHONE", "c", "e", vouched)
    identities = {ALICE: IdentityRow(ALICE, master, None)}
    verdict = who_gets_it([phone], identities=identities, writers=[ALICE] if wrote else [], answers=answers)
    assert (verdict.give, verdict.refuse) == (([phone], []) if gets else ([], [phone]))


def test_a_changed_identity_is_told_of() -> None:
    verdict = who_gets_it([], identities={ALICE: IdentityRow(ALICE, "a", "b")}, writers=[], answers="writers")
    assert verdict.changed == [ALICE]
