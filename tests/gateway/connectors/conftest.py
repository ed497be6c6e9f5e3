from tests.outbound.conftest import other

__all__ = ["other"]
