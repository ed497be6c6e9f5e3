"""Signing in with a passkey, and signing up with one instead of a number."""

from amanat.core.errors import UserInUse
from amanat.edge.responses import Response
from amanat.edge.routes import get, post
from amanat.product.accounts.credentials.errors import PasskeyRefused
from amanat.product.accounts.credentials.passkeys import Passkeys
from amanat.product.accounts.pages.passkey_forms import as_json, binding_of, credential_of
from amanat.product.accounts.pages.sign_up import PASSKEY, again_path
from amanat.product.accounts.pages.sign_ups import SignUps
from amanat.product.accounts.pages.steps import Chosen
from amanat.product.accounts.pages.visits import HOME, Visit, Visits, shown
from amanat.product.accounts.pages.ways import BY_PASSKEY, Ways


class PasskeySignInRoutes:
    """`/_amanat/account/sign-in/passkey` and `/_amanat/account/sign-up/passkey`."""

    def __init__(self, visits: Visits, *, passkeys: Passkeys, sign_ups: SignUps, ways: Ways) -> None:
        self.visits = visits
        self._passkeys = passkeys
        self._sign_ups = sign_ups
        self._ways = ways

    @get(BY_PASSKEY, auth="none", limit="pages")
    @shown
    async def show(self, visit: Visit) -> Response:
        """Ask for a passkey."""
        return self._page(visit)

    @post(BY_PASSKEY, auth="none", limit="sign_in")
    @shown
    async def sign_in(self, visit: Visit) -> Response:
        """Sign in whoever's passkey it is."""
        try:
            user_id = await self._passkeys.authenticate(credential_of(visit), binding=binding_of(visit))
        except PasskeyRefused:
            return self._page(visit, refused=True)
        await visit.sign_in(user_id)
        return visit.go(visit.next or HOME)

    def _page(self, visit: Visit, *, refused: bool = False) -> Response:
        options = as_json(self._passkeys.authentication_options(binding=binding_of(visit)))
        template, status = "sign_in_passkey.html", 403 if refused else 200
        return self._ways.page(visit, template, path=BY_PASSKEY, status=status, options=options, refused=refused)

    @get(PASSKEY, auth="none", limit="pages")
    @shown
    async def show_sign_up(self, visit: Visit) -> Response:
        """Ask for a passkey for a new account."""
        return await self._sign_up_page(visit, visit.told(Chosen))

    @post(PASSKEY, auth="none", limit="sign_in")
    @shown
    async def sign_up(self, visit: Visit) -> Response:
        """Make the account together with its passkey: nobody shall have one that they cannot come back to."""
        chosen = visit.told(Chosen)
        try:
            person = await self._sign_ups.person(chosen.handle, chosen.name, user_id=chosen.user_id)
        except UserInUse:
            return self._taken(visit, chosen)
        try:
            made = await self._passkeys.register(
                chosen.user_id, credential_of(visit), name=f"@{chosen.handle}"[:64], binding=binding_of(visit)
            )
        except PasskeyRefused:
            return await self._sign_up_page(visit, chosen, refused=True)
        try:
            await self._sign_ups.without_number(person, token=chosen.token)
        except BaseException as error:
            await self._passkeys.remove(chosen.user_id, made.credential_id)
            if isinstance(error, UserInUse):
                return self._taken(visit, chosen)
            raise
        await visit.sign_in(chosen.user_id)
        return visit.go(chosen.next or HOME)

    def _taken(self, visit: Visit, chosen: Chosen) -> Response:
        """Ask for another handle; all else that was typed stays, and is sent to the step before."""
        return visit.page(
            "sign_up.html",
            status=400,
            problems={"handle": visit.words("names.taken")},
            typed={"handle": chosen.handle, "name": chosen.name, "token": chosen.token},
            asks_token=self._sign_ups.needs_token,
            action=again_path(chosen.next),
        )

    async def _sign_up_page(self, visit: Visit, chosen: Chosen, *, refused: bool = False) -> Response:
        options = await self._passkeys.registration_options(chosen.user_id, binding=binding_of(visit))
        options["user"] |= {"name": chosen.handle, "displayName": chosen.name or chosen.handle}
        status = 403 if refused else 200
        return visit.page("sign_up_passkey.html", status=status, options=as_json(options), refused=refused)
