"""The page of what others see of a person: handle and name."""

from typing import Final

from amanat.core import profile
from amanat.core.errors import InvalidUsername, UserInUse
from amanat.core.identifiers import HANDLE_FIELD
from amanat.core.requester import Requester
from amanat.edge.responses import Response
from amanat.edge.routes import get, post
from amanat.handlers.profile import Profiles
from amanat.product.accounts.pages.names import name_problem
from amanat.product.accounts.pages.visits import HOME, Visit, Visits, signed_in

PATH: Final = f"{HOME}profile"


class ProfileRoutes:
    """`/_amanat/account/profile`."""

    def __init__(self, visits: Visits, *, profiles: Profiles) -> None:
        self.visits = visits
        self._profiles = profiles

    @get(PATH, auth="none", limit="pages")
    @signed_in
    async def show(self, visit: Visit) -> Response:
        """Show the form with what is set."""
        fields = await self._profiles.get(_requester(visit), visit.user_id)
        typed = {"handle": str(fields.get(HANDLE_FIELD, "")), "name": str(fields.get(profile.DISPLAYNAME, ""))}
        return _page(visit, typed)

    @post(PATH, auth="none", limit="pages")
    @signed_in
    async def save(self, visit: Visit) -> Response:
        """Set what was typed."""
        requester, typed = _requester(visit), {name: visit.form.text(name) for name in ("handle", "name")}
        problem = name_problem(typed["name"])
        if problem is not None:
            return _page(visit, typed, {"name": visit.words(problem)})
        try:
            await self._profiles.set_field(requester, visit.user_id, field=HANDLE_FIELD, value=typed["handle"])
        except InvalidUsername:
            return _page(visit, typed, {"handle": visit.words("names.bad_handle")})
        except UserInUse:
            return _page(visit, typed, {"handle": visit.words("names.taken")})
        await self._profiles.set_field(requester, visit.user_id, field=profile.DISPLAYNAME, value=typed["name"])
        return visit.go(f"{PATH}?done=1")


def _requester(visit: Visit) -> Requester:
    """Return the person, who is on no device."""
    return Requester(user_id=visit.user_id, device_id="", token_hash=b"")


def _page(visit: Visit, typed: dict[str, str], problems: dict[str, str] | None = None) -> Response:
    status = 400 if problems else 200
    return visit.page("profile.html", status=status, typed=typed, problems=problems or {})
