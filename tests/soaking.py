"""Stories that take long and tell little more than others do: `make soak` runs them."""

import os

import pytest

when_soaking = pytest.mark.skipif("SOAK" not in os.environ, reason="takes long: make soak")
