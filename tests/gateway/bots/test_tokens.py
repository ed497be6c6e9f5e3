"""Tokens: known by their hash, expired, revoked, and bounded."""

from pathlib import Path

import pytest

from amanat.gateway.bots.tokens import FILE, MAX_TOKENS, Tokens, TooManyTokens, make_secret


def test_a_token_lets_in_until_it_expires_or_is_revoked(tmp_path: Path) -> None:
    tokens, other = Tokens(tmp_path), Tokens(tmp_path)
    assert not tokens.lets_in("77:rahasia", now_ms=0)
    tokens.add("77:rahasia", label="satu", now_ms=0)
    tokens.add("77:sebentar", label="dua", now_ms=0, expires_ts=10)
    assert other.lets_in("77:rahasia", now_ms=5)
    assert other.lets_in("77:sebentar", now_ms=9)
    assert not other.lets_in("77:sebentar", now_ms=10)
    assert tokens.revoke("satu", now_ms=5)
    assert not tokens.revoke("satu", now_ms=6)
    assert not other.lets_in("77:rahasia", now_ms=6)
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


def test_a_secret_has_the_shape_that_clients_check() -> None:
    assert len(make_secret()) == 35
    assert make_secret() != make_secret()
