"""A ticket proves that the office gave it out, and nothing else passes for one."""

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from amanat.core import base64url
from amanat.gateway.appointments.tickets import Ticket, sign, verify

KEY = Ed25519PrivateKey.from_private_bytes(bytes(32))
OTHER = Ed25519PrivateKey.from_private_bytes(bytes([1] * 32))
VECTOR = (
    "AT1.eyJuIjoiUFNQLTdLNE0tOTJYQyIsImMiOiJ0aW11ci5mb3RvIiwidCI6MTc5NTUwMDAwMCwibSI6MX0."
    "oNkd3n-8hIBABf5x9bRH0F2eseT6qaPTp-X5_bZ76oh-DJa5h51oE96_hd8Du3z1_sYblHGUb-dvvcH06xZCAA"
)
TICKET = Ticket(n="PSP-7K4M-92XC", c="timur.foto", t=1_795_500_000, m=1)


def test_a_ticket_is_read_with_the_offices_key_and_fits_a_qr_code() -> None:
    text = sign(TICKET, KEY)
    assert verify(text, KEY.public_key()) == TICKET
    assert len(text) < 220
    # The desk's page reads the same text: web/tests/desk/ticket_vector.ts.
    assert text == VECTOR


def test_a_ticket_of_another_key_is_none() -> None:
    assert verify(sign(TICKET, OTHER), KEY.public_key()) is None


def test_a_ticket_that_was_changed_is_none() -> None:
    prefix, _, signature = sign(TICKET, KEY).split(".")
    later = base64url.encode(b'{"n":"PSP-7K4M-92XC","c":"timur.foto","t":1795599999,"m":1}')
    assert verify(f"{prefix}.{later}.{signature}", KEY.public_key()) is None


@pytest.mark.parametrize("text", ["", "AT1", "AT1..", "AT1.e30.AA", "AT1.e30.é", "AT2." + "A" * 500, "halo"])
def test_what_is_no_ticket_is_none(text: str) -> None:
    assert verify(text, KEY.public_key()) is None


def test_what_the_key_signed_for_something_else_is_none() -> None:
    other = f"XX1.{base64url.encode(b'{}')}"
    assert verify(f"{other}.{base64url.encode(KEY.sign(other.encode()))}", KEY.public_key()) is None


def test_a_signed_payload_that_is_no_ticket_is_none() -> None:
    signed = f"AT1.{base64url.encode(b'[]')}"
    assert verify(f"{signed}.{base64url.encode(KEY.sign(signed.encode()))}", KEY.public_key()) is None
