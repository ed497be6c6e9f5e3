"""Where a device is, coarsely."""

import pytest

from amanat.product.accounts.oauth.network import network_of


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.77", "192.0.2.0/24"),
        ("::ffff:192.0.2.77", "192.0.2.0/24"),
        ("2001:db8:1:2::3", "2001:db8:1::/48"),
        ("", ""),
        ("not an address", ""),
    ],
)
def test_a_network_is_told_and_never_a_whole_address(address: str, network: str) -> None:
    assert network_of(address) == network
