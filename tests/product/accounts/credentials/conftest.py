"""What tests of credentials ask for: the credentials of a whole server."""

import pytest

from amanat.product.accounts.credentials.credentials import Credentials
from tests.server import Server


@pytest.fixture
def credentials(amanat: Server) -> Credentials:
    """The credentials of a lab."""
    return amanat.amanat.credentials
