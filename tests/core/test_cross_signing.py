"""Identities: how they are published and replaced, who may sign what, and who sees it."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amanat.core.cross_signing import (
    CrossSigningKeys,
    KeySignature,
    Signer,
    Upload,
    accept,
    needs_authentication,
    public_key,
    publish,
    shown,
    with_signatures,
)
from amanat.core.errors import (
    BadJson,
    Forbidden,
    InvalidParam,
    InvalidSignature,
    MatrixError,
    MissingParam,
    NotFound,
)
from tests.core.signing import Pair, cross_signing_key, device

ALICE, BOB, EVE = "@alice:example.org", "@bob:example.org", "@eve:example.org"
PHONE = "PHONE"
NONE = CrossSigningKeys()


def upload(user_id: str = ALICE, *, era: str = "") -> Upload:
    """What a client uploads that makes a new identity."""
    master, self_signing, user_signing = (Pair(f"{use}{era}{user_id}") for use in ("master", "self", "user"))
    return Upload(
        master_key=cross_signing_key(user_id, "master", master),
        self_signing_key=master.sign(cross_signing_key(user_id, "self_signing", self_signing), user_id),
        user_signing_key=master.sign(cross_signing_key(user_id, "user_signing", user_signing), user_id),
    )


def owner(keys: CrossSigningKeys = NONE, user_id: str = ALICE) -> Signer:
    return Signer(user_id=user_id, keys=keys, devices={PHONE: Pair(PHONE).public})


def identity(user_id: str = ALICE) -> CrossSigningKeys:
    return publish(upload(user_id), owner=owner(user_id=user_id))


def master_of(user_id: str) -> dict[str, Any]:
    master = identity(user_id).master
    assert master is not None
    return master


def test_a_first_identity_needs_no_authentication() -> None:
    published = identity()
    assert list(published.public_keys()) == ["master", "self_signing", "user_signing"]
    assert not needs_authentication(NONE, published)


def test_a_repeated_upload_changes_nothing() -> None:
    first = identity()
    again = publish(upload(), owner=owner(first))
    assert again == first
    assert not needs_authentication(first, again)


def test_a_new_master_key_ends_what_the_old_one_signed() -> None:
    first, later = identity(), upload(era="later")
    after = publish(Upload(master_key=later.master_key), owner=owner(first))
    assert (after.self_signing, after.user_signing) == (None, None)
    assert needs_authentication(first, after)


def test_a_key_can_be_added_under_the_same_master_key() -> None:
    first = publish(Upload(master_key=upload().master_key), owner=owner())
    after = publish(Upload(self_signing_key=upload().self_signing_key), owner=owner(first))
    assert after.self_signing == upload().self_signing_key
    assert needs_authentication(first, after)


def test_a_key_without_a_master_key_is_refused() -> None:
    with pytest.raises(MissingParam):
        publish(Upload(self_signing_key=upload().self_signing_key), owner=owner())


def test_an_empty_upload_changes_nothing() -> None:
    assert publish(Upload(), owner=owner()) == NONE
    assert publish(Upload(), owner=owner(identity())) == identity()


def test_a_key_that_the_master_key_did_not_sign_is_refused() -> None:
    by_eve = Pair("eve").sign(cross_signing_key(ALICE, "self_signing", Pair("self")), ALICE)
    for wrong in (by_eve, upload(era="later").self_signing_key, cross_signing_key(ALICE, "self_signing", Pair("s"))):
        with pytest.raises(InvalidSignature):
            publish(Upload(master_key=upload().master_key, self_signing_key=wrong), owner=owner())


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"user_id": EVE}, InvalidParam),
        ({"usage": ["self_signing"]}, InvalidParam),
        ({"usage": "master"}, InvalidParam),
        ({"keys": {}}, BadJson),
        ({"keys": []}, BadJson),
        ({"keys": {f"ed25519:{Pair('a').public}": Pair("a").public, "ed25519:b": "b"}}, BadJson),
        ({"keys": {f"ed25519:{Pair('a').public}": Pair("b").public}}, InvalidParam),
        ({"keys": {"ed25519:short": "short"}}, InvalidParam),
        ({"keys": {f"ed25519:{Pair('a').public}": 1}}, InvalidParam),
        ({"signatures": []}, InvalidParam),
    ],
)
def test_what_is_no_master_key_is_refused(change: dict[str, Any], error: type[MatrixError]) -> None:
    good = cross_signing_key(ALICE, "master", Pair("master"))
    with pytest.raises(error):
        publish(Upload(master_key={**good, **change}), owner=owner())


def test_a_key_and_a_device_never_share_a_name() -> None:
    master = upload().master_key
    assert master is not None
    namesake = Signer(user_id=ALICE, keys=NONE, devices={public_key(master): Pair(PHONE).public})
    with pytest.raises(Forbidden):
        publish(upload(), owner=namesake)


def test_the_three_keys_differ() -> None:
    master = Pair("one for all")
    twice = master.sign(cross_signing_key(ALICE, "self_signing", master), ALICE)
    with pytest.raises(InvalidParam):
        publish(Upload(master_key=cross_signing_key(ALICE, "master", master), self_signing_key=twice), owner=owner())


def test_of_a_master_keys_signatures_only_those_of_own_devices_are_kept() -> None:
    bare = cross_signing_key(ALICE, "master", Pair("master"))
    by_device = Pair(PHONE).sign(bare, ALICE, PHONE)
    by_others_too = Pair("bob").sign(Pair("x").sign(by_device, ALICE, "UNKNOWN"), BOB)
    assert publish(Upload(master_key=by_others_too), owner=owner()).master == by_device
    with pytest.raises(InvalidSignature):
        publish(Upload(master_key=Pair("eve").sign(bare, ALICE, PHONE)), owner=owner())


def signed(pair: str, value: dict[str, Any], name: str | None = None, by: str = ALICE) -> dict[str, Any]:
    return Pair(pair).sign(value, by, name)


PHONE_KEYS = device(ALICE, PHONE)
SELF, USER = f"self{ALICE}", f"user{ALICE}"


@pytest.mark.parametrize(
    ("pair", "name", "user_id", "stored"),
    [
        (SELF, None, ALICE, PHONE_KEYS),
        (PHONE, PHONE, ALICE, master_of(ALICE)),
        (USER, None, BOB, master_of(BOB)),
    ],
)
def test_each_key_signs_what_it_is_for(pair: str, name: str | None, user_id: str, stored: dict[str, Any]) -> None:
    upload = signed(pair, stored, name)
    made = accept(upload, signer=owner(identity()), target_user=user_id, target_key="target", stored=stored)
    key_id = f"ed25519:{name or Pair(pair).public}"
    assert made == [
        KeySignature(
            signer_user=ALICE,
            signer_key=key_id,
            target_user=user_id,
            target_key="target",
            signature=upload["signatures"][ALICE][key_id],
        )
    ]


@pytest.mark.parametrize(
    ("upload", "user_id", "stored", "error"),
    [
        (signed(USER, PHONE_KEYS), ALICE, PHONE_KEYS, InvalidSignature),
        (signed(SELF, master_of(ALICE)), ALICE, master_of(ALICE), InvalidSignature),
        (signed(SELF, master_of(BOB)), BOB, master_of(BOB), InvalidSignature),
        (signed(PHONE, master_of(BOB), PHONE), BOB, master_of(BOB), InvalidSignature),
        (signed(f"user{BOB}", master_of(ALICE), by=BOB), ALICE, master_of(ALICE), InvalidSignature),
        (signed("eve", PHONE_KEYS, Pair(SELF).public), ALICE, PHONE_KEYS, InvalidSignature),
        (signed("eve", master_of(ALICE), PHONE), ALICE, master_of(ALICE), InvalidSignature),
        (signed(SELF, {**PHONE_KEYS, "algorithms": []}), ALICE, PHONE_KEYS, InvalidParam),
        (signed(SELF, PHONE_KEYS), ALICE, None, NotFound),
        (signed(SELF, device(BOB, PHONE)), BOB, device(BOB, PHONE), NotFound),
        ({**PHONE_KEYS, "signatures": {ALICE: 1}}, ALICE, PHONE_KEYS, InvalidParam),
        (PHONE_KEYS, ALICE, PHONE_KEYS, InvalidSignature),
    ],
)
def test_no_key_signs_anything_else(
    upload: dict[str, Any], user_id: str, stored: dict[str, Any] | None, error: type[MatrixError]
) -> None:
    with pytest.raises(error):
        accept(upload, signer=owner(identity()), target_user=user_id, target_key="target", stored=stored)


@pytest.mark.parametrize(("user_id", "stored"), [(ALICE, PHONE_KEYS), (BOB, master_of(BOB))])
def test_without_an_identity_nothing_can_be_signed(user_id: str, stored: dict[str, Any]) -> None:
    with pytest.raises(NotFound):
        accept(signed(SELF, stored), signer=owner(), target_user=user_id, target_key="target", stored=stored)


people = st.sampled_from([ALICE, BOB, EVE])


@settings(max_examples=100)
@given(st.lists(people, max_size=5), people, people)
def test_nobody_sees_whom_others_verified(signers: list[str], owner_id: str, reader: str) -> None:
    signatures = [
        KeySignature(signer_user=user, signer_key="ed25519:k", target_user=owner_id, target_key="t", signature="s")
        for user in signers
    ]
    seen = shown(identity(owner_id), signatures, owner=owner_id, reader=reader)
    assert seen.master is not None
    assert set(seen.master.get("signatures", {})) == {user for user in signers if user in (owner_id, reader)}
    assert (seen.user_signing is not None) is (reader == owner_id)
    assert seen.self_signing == identity(owner_id).self_signing


def test_shown_signatures_join_the_keys_own() -> None:
    cross = KeySignature(signer_user=ALICE, signer_key="ed25519:S", target_user=ALICE, target_key=PHONE, signature="s")
    merged = with_signatures(PHONE_KEYS, [cross], owner=ALICE, reader=BOB)
    assert merged["signatures"] == {ALICE: {**PHONE_KEYS["signatures"][ALICE], "ed25519:S": "s"}}
    assert list(PHONE_KEYS["signatures"][ALICE]) == ["ed25519:PHONE"]


def test_someone_without_an_identity_shows_none() -> None:
    assert shown(NONE, [], owner=ALICE, reader=BOB) == NONE
