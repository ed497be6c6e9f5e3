"""The ways to sign in that a server has, and the address of each."""

from typing import Final
from urllib.parse import urlencode

from msgspec import Struct

from amanat.edge.responses import Response
from amanat.product.accounts.pages.visits import SIGN_IN, Visit

BY_PASSKEY: Final = f"{SIGN_IN}/passkey"
BY_PASSWORD: Final = f"{SIGN_IN}/password"
BY_RECOVERY_KEY: Final = f"{SIGN_IN}/recovery"
SIGN_UP: Final = "/_amanat/account/sign-up"


class Way(Struct, frozen=True):
    """A way: where it is, and the key of what it is called."""

    path: str
    title: str


class Ways(Struct, frozen=True, kw_only=True):
    """Which ways there are. One without a number may be for the invited alone."""

    by_number: bool
    by_password: bool
    without_number: bool

    def others(self, visit: Visit, path: str) -> list[Way]:
        """Return the ways but the one at `path`, each leading where the visitor wants to go."""
        kept = {name: value for name in ("next", "again") if (value := visit.request.query(name)) is not None}
        ways = {
            Way(SIGN_IN, "sign_in.by_number"): self.by_number,
            Way(BY_PASSKEY, "sign_in.by_passkey"): True,
            Way(BY_PASSWORD, "sign_in.by_password"): self.by_password,
            Way(BY_RECOVERY_KEY, "sign_in.by_recovery_key"): True,
            Way(f"{SIGN_UP}?without_number=1", "sign_in.without_number"): self.without_number and "again" not in kept,
        }
        there = [way for way, is_there in ways.items() if is_there and way.path != path]
        return [Way(_with(way.path, kept), way.title) for way in there]

    @property
    def without_texts(self) -> str:
        """The way to begin with where no codes can be sent."""
        return BY_PASSWORD if self.by_password else BY_PASSKEY

    def page(self, visit: Visit, template: str, *, path: str, **values: object) -> Response:
        """Answer with a page for one of the ways, which names the others."""
        again = visit.request.query("again") is not None
        return visit.page(template, again=again, ways=self.others(visit, path), **values)


def _with(path: str, query: dict[str, str]) -> str:
    if not query:
        return path
    return f"{path}{'&' if '?' in path else '?'}{urlencode(query)}"
