"""The page of what gets somebody back in, and what tells them of it: recovery key, and address for notices."""

from typing import Final

from amanat.core.errors import InvalidParam, LimitExceeded
from amanat.edge.responses import Response
from amanat.edge.routes import get, post
from amanat.outbound.email import MailFailed
from amanat.product.accounts.credentials.errors import WrongEmailCode
from amanat.product.accounts.credentials.recovery_emails import RecoveryEmails
from amanat.product.accounts.credentials.recovery_keys import RecoveryKeys
from amanat.product.accounts.pages.visits import HOME, Visit, Visits, recently_signed_in

PATH: Final = f"{HOME}recovery"
EMAIL: Final = f"{PATH}/email"
CONFIRM: Final = f"{EMAIL}/confirm"
REMOVE: Final = f"{EMAIL}/remove"


class RecoveryRoutes:
    """`/_amanat/account/recovery`."""

    def __init__(self, visits: Visits, *, recovery_keys: RecoveryKeys, emails: RecoveryEmails) -> None:
        self.visits = visits
        self._recovery_keys = recovery_keys
        self._emails = emails

    @get(PATH, auth="none", limit="pages")
    @recently_signed_in
    async def show(self, visit: Visit) -> Response:
        """Show what there is."""
        return await self._page(visit)

    @post(PATH, auth="none", limit="sign_in")
    @recently_signed_in
    async def make_key(self, visit: Visit) -> Response:
        """Make a recovery key and show it, this once."""
        return visit.page("recovery_key.html", key=await self._recovery_keys.new(visit.user_id))

    @post(EMAIL, auth="none", limit="sign_in")
    @recently_signed_in
    async def set_email(self, visit: Visit) -> Response:
        """Send a code to an address."""
        address = visit.form.text("email")
        try:
            await self._emails.set(visit.user_id, address, language=visit.language)
        except InvalidParam:
            return await self._page(visit, {"email": visit.words("recovery.bad_email")})
        except (LimitExceeded, MailFailed):
            return await self._page(visit, {"email": visit.words("recovery.not_mailed")})
        return visit.page("recovery_email.html", problems={}, action=CONFIRM)

    @post(CONFIRM, auth="none", limit="sign_in")
    @recently_signed_in
    async def confirm_email(self, visit: Visit) -> Response:
        """Take the address by the code that was mailed."""
        try:
            await self._emails.confirm(visit.user_id, visit.form.text("code"))
        except WrongEmailCode:
            problems = {"code": visit.words("recovery.wrong_code")}
            return visit.page("recovery_email.html", status=403, problems=problems, action=CONFIRM)
        return visit.go(f"{PATH}?done=1")

    @post(REMOVE, auth="none", limit="sign_in")
    @recently_signed_in
    async def remove_email(self, visit: Visit) -> Response:
        """Forget the address."""
        await self._emails.remove(visit.user_id)
        return visit.go(f"{PATH}?done=1")

    async def _page(self, visit: Visit, problems: dict[str, str] | None = None) -> Response:
        return visit.page(
            "recovery.html",
            status=400 if problems else 200,
            problems=problems or {},
            made_ts=await self._recovery_keys.made_ts(visit.user_id),
            mails=self._emails.available,
            email=await self._emails.masked(visit.user_id),
            typed=visit.form.text("email"),
        )
