"""Tokens: known by their hash, expired, revoked, and bounded."""

from pathlib import Path

import pytest

from amanat.gateway.bots.tokens import DAY_MS, FILE, MAX_TOKENS, USES, Tokens, TokenUses, TooManyTokens, make_secret


def test_a_token_lets_in_until_it_expires_or_is_revoked(tmp_path: Path) -> None:
    tokens, other = Tokens(tmp_path), Tokens(tmp_path)
    assert tokens.find("77:rahasia", now_ms=0) is None
    tokens.add("77:rahasia", label="satu", now_ms=0)
    tokens.add("77:sebentar", label="dua", now_ms=0, expires_ts=10)
    assert other.find("77:rahasia", now_ms=5)
    assert other.find("77:sebentar", now_ms=9)
    assert other.find("77:sebentar", now_ms=10) is None
    assert tokens.revoke("satu", now_ms=5)
    assert not tokens.revoke("satu", now_ms=6)
    assert other.find("77:rahasia", now_ms=6) is None
    assert b"rahasia" not in (tmp_path / FILE).read_bytes()


def test_there_are_only_so_many(tmp_path: Path) -> None:
    tokens = Tokens(tmp_path)
    for number in range(MAX_TOKENS):
        tokens.add(f"77:{number}", label=str(number), now_ms=0)
    with pytest.raises(TooManyTokens):
        tokens.add("77:more", label="more", now_ms=0)
    for number in range(MAX_TOKENS):
        tokens.revoke(str(number), now_ms=1)
        tokens.add(f"77:new{number}", label=f"new{number}", now_ms=1)
    tokens.revoke("new0", now_ms=2)
    assert len(tokens.all()) <= 2 * MAX_TOKENS


def test_expired_tokens_leave_room_for_others(tmp_path: Path) -> None:
    tokens = Tokens(tmp_path)
    for number in range(MAX_TOKENS):
        tokens.add(f"77:{number}", label=str(number), now_ms=0, expires_ts=10)
    tokens.add("77:more", label="more", now_ms=10)
    assert not tokens.revoke("0", now_ms=10), "it lets nobody in by now"


def test_when_one_was_used_last_is_kept_beside_it(tmp_path: Path) -> None:
    tokens, uses = Tokens(tmp_path), TokenUses(tmp_path)
    kasir = tokens.add("77:kasir", label="kasir", now_ms=0)
    papan = tokens.add("77:papan", label="papan", now_ms=0, scopes=("read",))
    assert uses.note(kasir, now_ms=1), "for the first time on this day"
    assert not uses.note(kasir, now_ms=2)
    uses.keep(tokens.all())
    assert TokenUses(tmp_path).all() == {kasir.digest: 2}
    assert uses.note(papan, now_ms=3)
    assert uses.all() == {kasir.digest: 2, papan.digest: 3}, "also before it is written down"
    assert uses.note(papan, now_ms=3 + DAY_MS)
    uses.keep([papan])
    assert TokenUses(tmp_path).all() == {papan.digest: 3 + DAY_MS}, "nothing is kept of a token that is forgotten"
    (tmp_path / USES).write_bytes(b"{")
    assert TokenUses(tmp_path).all() == {}


def test_a_token_of_before_there_were_scopes_may_do_all(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(b'[{"label":"lama","digest":"d","made_ts":0,"expires_ts":null,"revoked_ts":null}]')
    assert Tokens(tmp_path).all()[0].scopes == ("read", "write", "manage")


def test_a_secret_has_the_shape_that_clients_check() -> None:
    assert len(make_secret()) == 35
    assert make_secret() != make_secret()
