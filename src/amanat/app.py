"""The composition root: the Matrix server with the products around it, what answers on its addresses, and its life."""

from secrets import token_hex

from amanat.admin_api.about import AboutRoutes
from amanat.admin_api.breach import BreachAdminRoutes
from amanat.admin_api.media import MediaAdminRoutes
from amanat.admin_api.metrics import MetricsRoutes
from amanat.admin_api.moderation import ModerationAdminRoutes
from amanat.admin_api.partners import PartnerAdminRoutes
from amanat.admin_api.users import UserAdminRoutes
from amanat.client_api.oauth import oauth_routes
from amanat.config import Config, address_of, public_url_of
from amanat.db.database import Database
from amanat.edge.app import App, EdgeRules
from amanat.edge.routes import collect
from amanat.handlers.about import About
from amanat.handlers.housekeeping import Housekeeping
from amanat.handlers.rendezvous import Rendezvous
from amanat.homeserver import DEMO_PATH, Clock, Homeserver, Mode
from amanat.outbound.sms.inbox import Inbox
from amanat.product.accounts.credentials.credentials import Credentials, Means
from amanat.product.accounts.oauth.api import OAuth, OAuthGround
from amanat.product.accounts.pages.account_pages import AccountPages, Behind, Ground
from amanat.product.accounts.phone.feature import PhoneFeature, Rehearsal
from amanat.product.api_description import ApiDescriptionRoutes
from amanat.product.assembly import OwnData, OwnDataGround
from amanat.store.stamp import Stamp, stamp

__all__ = ["DEMO_PATH", "Amanat", "Clock", "Mode"]


class Amanat(Homeserver):
    """A whole server, without its socket: `client_app` answers requests between `open` and `close`."""

    def __init__(
        self,
        config: Config,
        *,
        mode: Mode,
        gate: bool = True,
        clock: Clock | None = None,
        database: Database | None = None,
    ) -> None:
        """Put the server together; the arguments are `Homeserver`'s."""
        super().__init__(config, mode=mode, gate=gate, clock=clock, database=database)
        self._housekeeping = Housekeeping(self._sweeps, self._chores)
        self._assemble_phones()
        self._assemble_credentials()
        self._assemble_account_pages()
        self._assemble_oauth()
        self._assemble_own_data()
        self._routes.append(ApiDescriptionRoutes(lambda: self.client_app.routes))
        self.edge_rules = EdgeRules(
            proxies=config.trusted_proxies, hosts=None if mode is Mode.SERVE else _loopback_names(config)
        )
        self.client_app = App(
            collect(*self._routes),
            authenticate=self.sessions.authenticate,
            limiter=self._limiter,
            rules=self.edge_rules,
        )
        # Whoever may connect to the admin socket is the operator.
        self.admin_app = App(collect(*self._admin_routes()), authenticate=self.sessions.authenticate)

    # Products

    def _assemble_phones(self) -> None:
        """Phone numbers, and the codes that are sent to them."""
        now_ms, serves = self.clock.now_ms, self.mode is Mode.SERVE
        self.inbox = None if serves else Inbox(now_ms=now_ms)
        rehearsal = None if self.inbox is None else Rehearsal(inbox=self.inbox, limited=self.mode is Mode.DEMO)
        self.phone = PhoneFeature(
            self.store, config=self.config, secret=lambda: self.keys.secret, now_ms=now_ms, rehearsal=rehearsal
        )
        self._routes += self.phone.routes
        self._chores.append(self.phone.sweep)
        self.deactivation.clears.append(self.phone.phones.forget)

    def _assemble_credentials(self) -> None:
        """What keeps an account its owner's, and notices of its use."""
        means = Means(
            store=self.store,
            accounts=self.accounts,
            account_data=self.account_data,
            jobs=self.jobs,
            slow_hashes=self.slow_hashes,
            interactive_auth=self.interactive_auth,
            secret=lambda: self.keys.secret,
            now_ms=self.clock.now_ms,
        )
        self.credentials = Credentials(means, config=self.config, inbox=self.inbox)
        self._routes += self.credentials.routes
        self._chores += self.credentials.chores
        self.devices.data.append(self.credentials.pin_activity)
        self.deactivation.clears.append(self.credentials.forget_all)

    def _assemble_account_pages(self) -> None:
        """What people see and change of their account with a browser."""
        ground = Ground(
            store=self.store,
            server_name=self.config.server_name,
            public_url=public_url_of(self.config),
            secret=lambda: self.keys.secret,
            now_ms=self.clock.now_ms,
        )
        behind = Behind(
            accounts=self.accounts,
            profiles=self.profiles,
            devices=self.devices,
            deactivation=self.deactivation,
            phone=self.phone,
            credentials=self.credentials,
            password_login=self.password_login if self.config.password_login else None,
            tokens=self.registration_tokens if self.mode is Mode.SERVE else None,
            number_optional=self.config.number_optional,
            countries=self.config.phone_countries,
        )
        self.account_pages = AccountPages(ground, behind)
        self._routes += self.account_pages.routes
        self._chores.append(self.account_pages.sessions.sweep)
        self.deactivation.clears += self.account_pages.clears
        self.sessions.elsewhere.append(self.account_pages.sessions)

    def _assemble_oauth(self) -> None:
        """The OAuth 2.0 API, single sign-on, and devices that let each other in."""
        public_url = public_url_of(self.config)
        ground = OAuthGround(
            store=self.store,
            accounts=self.accounts,
            sessions=self.sessions,
            devices=self.devices,
            interactive_auth=self.interactive_auth,
            public_url=public_url,
            known_apps=self.config.known_apps,
            limiter=self._limiter,
            now_ms=self.clock.now_ms,
            serves=self.mode is Mode.SERVE,
        )
        self.oauth = OAuth(ground, visits=self.account_pages.visits)
        self.account_pages.actions |= self.oauth.actions
        self.account_pages.devices.apps_of = self.oauth.device_apps.of
        self.login.add(self.oauth.login_providers)
        rendezvous = Rendezvous(now_ms=self.clock.now_ms)
        self._routes += oauth_routes(
            self.oauth, interactive_auth=self.interactive_auth, rendezvous=rendezvous, public_url=public_url
        )
        self._chores += self.oauth.chores
        self._sweeps.append(rendezvous.sweep)

    def _assemble_own_data(self) -> None:
        """Who reads people's data, what they agree to, how it is taken along and ends."""
        ground = OwnDataGround(
            store=self.store,
            intake=self.media.intake,
            jobs=self.jobs,
            phones=self.phone.phones,
            recovery_emails=self.credentials.recovery_emails,
            interactive_auth=self.interactive_auth,
            visits=self.account_pages.visits,
            policies_folder=self.config.policies_folder,
            now_ms=self.clock.now_ms,
        )
        self.own_data = OwnData(ground)
        self.deactivation.clears.append(self.own_data.erasure.forget_erased)
        self.user_directory.suggestions.append(self.own_data.suggestions)
        # Closing the account stands last.
        self.account_pages.places[-1:-1] = self.own_data.places
        self._routes += self.own_data.routes
        self._chores += self.own_data.chores

    def _admin_routes(self) -> list[object]:
        """What the operator may ask."""
        return [
            AboutRoutes(About(self.store)),
            MetricsRoutes(),
            UserAdminRoutes(self.account_administration, now_ms=self.clock.now_ms),
            ModerationAdminRoutes(
                self.account_administration,
                moderation=self.moderation,
                pin_resets=self.credentials.pin_resets,
                acts=self.operator_acts,
            ),
            PartnerAdminRoutes(self.own_data.partners, acts=self.operator_acts),
            BreachAdminRoutes(self.own_data.breaches),
            MediaAdminRoutes(self.media_sweep),
        ]

    # Life

    async def open(self, *, sweeping: bool = True) -> None:
        """Take the data and begin; raises `DataInUse` or `WrongData`. Unless `sweeping`, no media are freed unasked."""
        now_ms = self.clock.now_ms()
        wanted = Stamp(server_name=self.config.server_name, mode=self.mode)
        try:
            self.folder.prepare(wanted, now_ms=now_ms)
            await self._open_store(wanted, now_ms=now_ms)
        except BaseException:
            self.folder.let_go()
            raise
        await self.blobs.open()
        if sweeping:
            self.media_sweep.start()
        await self.jobs.resume()
        await self.pushing.open()
        self._housekeeping.start()

    async def _open_store(self, wanted: Stamp, *, now_ms: int) -> None:
        await self.store.open(admit=wanted.check)
        try:
            # Before the stamp: a first start that is killed in between is still a first start.
            self.keys = self.folder.keys(first_start=not await self.store.meta())
            await stamp(self.store, wanted, now_ms=now_ms, mint_epoch=lambda: token_hex(4))
            await self.own_data.policies.open()
            await self.credentials.settle()
        except BaseException:
            await self.store.close()
            raise

    def stop_waiting(self) -> None:
        """Let everybody go who waits for something to happen: a stop begins."""
        self.notifier.stop()
        self.media.stop_waiting()

    async def close(self) -> None:
        """Wake every parked sync, finish what is queued and let the data go."""
        await self._housekeeping.stop()
        await self.jobs.close()
        await self.pushing.close()
        await self.push_outlet.close()
        await self.media_sweep.stop()
        await self.thumbnails.close()
        await self.blobs.close()
        self.slow_hashes.close()
        await self.phone.close()
        self.notifier.wake_all()
        await self.store.close()
        self.folder.let_go()


def _loopback_names(config: Config) -> frozenset[str]:
    """What a program of this machine calls it. A page in a browser can make any other name lead here."""
    host, _ = address_of(config.listen)
    return frozenset({"localhost", "127.0.0.1", "[::1]", f"[{host}]" if ":" in host else host})
