"""Refusals in the form of OAuth 2.0, which its clients look for in the place of Matrix's own."""

from typing import Any

from amanat.core.errors import MatrixError


class OAuthError(MatrixError):
    """The request is refused: `code` is one of RFC 6749 and its extensions, with a sentence for the developer."""

    status = 400

    def __init__(self, code: str, description: str) -> None:
        super().__init__(description)
        self.code = code

    def body(self) -> dict[str, Any]:
        """Return what RFC 6749, section 5.2, asks for."""
        return {"error": self.code, "error_description": self.error}


class InvalidToken(OAuthError):
    """RFC 6750, section 3.1."""

    status = 401

    def __init__(self) -> None:
        super().__init__("invalid_token", "This token is not known, or no longer.")


class InvalidClient(OAuthError):
    """No such app is registered."""

    # RFC 6749, section 5.2, allows 401 as well; that would make a browser ask for a password.
    def __init__(self) -> None:
        super().__init__("invalid_client", "There is no such client: register it, and again when it has been unused.")
