"""The cookies of the pages: the browser's session, and the language somebody chose."""

from typing import Final

from msgspec import Struct

from amanat.edge.request import Request

# Browsers keep no cookie for longer. The server ends an idle session long before.
KEPT_S: Final = 400 * 86_400


class Cookie(Struct, frozen=True):
    """A cookie of ours: for this host alone, unseen by scripts, not sent along with other sites' forms and pictures.

    With `secure`, its name binds it to this host and to https: no neighbour under the same domain can plant one.
    """

    name: str
    secure: bool

    @property
    def full_name(self) -> str:
        """What the browser calls it."""
        return f"__Host-{self.name}" if self.secure else self.name

    def read(self, request: Request) -> str | None:
        """Return what the browser holds; of several by this name, the first."""
        # RFC 6265, 5.4: the pairs are separated by "; " and are not quoted by us.
        for pair in (request.header("cookie") or "").split(";"):
            name, _, value = pair.strip().partition("=")
            if name == self.full_name:
                return value
        return None

    def write(self, value: str, *, max_age_s: int = KEPT_S) -> bytes:
        """Return the header's value that makes the browser hold `value`."""
        secure = "; Secure" if self.secure else ""
        return (f"{self.full_name}={value}; Path=/; Max-Age={max_age_s}; HttpOnly; SameSite=Lax{secure}").encode()

    def clear(self) -> bytes:
        """Return the header's value that makes the browser forget it."""
        return self.write("", max_age_s=0)
