"""The credentials of accounts put together: what each is made of, and what goes when an account ends."""

from collections.abc import Awaitable, Callable

from msgspec import Struct

from amanat.config import Config
from amanat.db.tx import Need, Tx
from amanat.handlers.account_data import AccountData
from amanat.handlers.accounts import Accounts
from amanat.handlers.interactive_auth import InteractiveAuth
from amanat.handlers.jobs import Jobs
from amanat.handlers.slow_hashes import SlowHashes
from amanat.outbound.email import InboxMail, Mail, SmtpMail, relay_of
from amanat.outbound.sms.inbox import Inbox
from amanat.product.accounts.credentials.notices import MAIL, Notices
from amanat.product.accounts.credentials.passkey_api import PasskeyRoutes
from amanat.product.accounts.credentials.passkey_ceremonies import PasskeyCeremonies
from amanat.product.accounts.credentials.passkeys import Passkeys
from amanat.product.accounts.credentials.pin_resets import PinResets
from amanat.product.accounts.credentials.pins import PinActivity, Pins
from amanat.product.accounts.credentials.recovery_emails import MailMeans, RecoveryEmails
from amanat.product.accounts.credentials.recovery_keys import RecoveryKeys
from amanat.product.accounts.credentials.relying_party import relying_party, settle
from amanat.product.accounts.credentials.tables import PASSKEYS, PINS, RECOVERY_EMAILS, RECOVERY_KEYS
from amanat.store.store import Store


class Means(Struct, frozen=True, kw_only=True):
    """What credentials are made of. `secret` is asked for late: the keys are read when the data is opened."""

    store: Store
    accounts: Accounts
    account_data: AccountData
    jobs: Jobs
    slow_hashes: SlowHashes
    interactive_auth: InteractiveAuth
    secret: Callable[[], bytes]
    now_ms: Callable[[], int]


class Credentials:
    """PINs, passkeys, recovery keys, addresses for notices, and the notices: what others and `app.py` use of them."""

    def __init__(self, means: Means, *, config: Config, inbox: Inbox | None) -> None:
        """Put letters into `inbox`, if there is one."""
        store, secret, now_ms = means.store, means.secret, means.now_ms
        self._store = store
        self._relying_party = relying_party(config)
        self.notices = Notices(store, account_data=means.account_data, jobs=means.jobs, now_ms=now_ms)
        self.pins = Pins(store, slow_hashes=means.slow_hashes, notices=self.notices, secret=secret, now_ms=now_ms)
        self.pin_activity = PinActivity(now_ms=now_ms)
        self.pin_resets = PinResets(store, notices=self.notices, now_ms=now_ms)
        self.passkeys = Passkeys(
            store,
            accounts=means.accounts,
            notices=self.notices,
            ceremonies=PasskeyCeremonies(self._relying_party, secret=secret, now_ms=now_ms),
            now_ms=now_ms,
        )
        self.recovery_keys = RecoveryKeys(store, notices=self.notices, secret=secret, now_ms=now_ms)
        self.recovery_emails = RecoveryEmails(
            store,
            means=MailMeans(mail=_mail(config, inbox=inbox, now_ms=now_ms), server=config.server_name),
            notices=self.notices,
            secret=secret,
            now_ms=now_ms,
        )
        self.routes: list[object] = [PasskeyRoutes(self.passkeys, interactive_auth=means.interactive_auth)]
        self.chores: list[Callable[[], Awaitable[object]]] = [self.pin_resets.sweep, self.recovery_emails.sweep]
        means.jobs.workers[MAIL] = self.recovery_emails.mail_notices

    async def settle(self) -> None:
        """Write into the data which domain passkeys are bound to; raises `WrongData`."""
        await settle(self._store, self._relying_party.id)

    async def forget_all(self, user_id: str) -> None:
        """Delete everything that proves who somebody is: their account has ended."""

        def run(tx: Tx) -> None:
            for passkey in list(tx.scan(PASSKEYS, user_id)):
                tx.delete(PASSKEYS, user_id, passkey.credential_id)
            tx.delete(PINS, user_id)
            tx.delete(RECOVERY_KEYS, user_id)
            tx.delete(RECOVERY_EMAILS, user_id)

        needs: list[Need] = [(PASSKEYS, (user_id,))]
        await self._store.write(run, needs=needs)


def _mail(config: Config, *, inbox: Inbox | None, now_ms: Callable[[], int]) -> Mail | None:
    if inbox is not None:
        return InboxMail(inbox)
    if config.smtp_url is None or config.email_from is None:
        return None
    return SmtpMail(relay_of(config.smtp_url), sender=config.email_from, now_ms=now_ms)
