"""The Matrix server put together: each area of the specification has one method, which makes its handlers and adds its
routes. What stands beside the specification, and the server's life, are in `app.py`.
"""

import time
from collections.abc import Awaitable, Callable
from enum import StrEnum

from msgspec import Struct

from amanat.blobs.local import LocalBlobs
from amanat.client_api.account_data import AccountDataRoutes
from amanat.client_api.account_deactivation import AccountDeactivationRoutes
from amanat.client_api.admin import AdminRoutes
from amanat.client_api.administrative_contact import AdministrativeContactRoutes
from amanat.client_api.authed_content_repo import AuthedContentRepoRoutes
from amanat.client_api.banning import BanningRoutes
from amanat.client_api.capabilities import CapabilityRoutes
from amanat.client_api.content_repo import ContentRepoRoutes
from amanat.client_api.create_room import CreateRoomRoutes
from amanat.client_api.cross_signing import CrossSigningRoutes
from amanat.client_api.dehydrated_devices import DehydratedDeviceRoutes
from amanat.client_api.device_management import DeviceManagementRoutes
from amanat.client_api.directory import DirectoryRoutes
from amanat.client_api.event_context import EventContextRoutes
from amanat.client_api.filter import FilterRoutes
from amanat.client_api.inviting import InvitingRoutes
from amanat.client_api.joining import JoiningRoutes
from amanat.client_api.key_backup import KeyBackupRoutes
from amanat.client_api.keys import KeyRoutes
from amanat.client_api.kicking import KickingRoutes
from amanat.client_api.knocking import KnockingRoutes
from amanat.client_api.leaving import LeavingRoutes
from amanat.client_api.limits import LIMITS
from amanat.client_api.list_joined_rooms import ListJoinedRoomsRoutes
from amanat.client_api.list_public_rooms import ListPublicRoomsRoutes
from amanat.client_api.login import LoginRoutes
from amanat.client_api.logout import LogoutRoutes
from amanat.client_api.message_pagination import MessagePaginationRoutes
from amanat.client_api.mutual_rooms import MutualRoomsRoutes
from amanat.client_api.notifications import NotificationRoutes
from amanat.client_api.openid import OpenIdRoutes
from amanat.client_api.password_management import PasswordManagementRoutes
from amanat.client_api.presence import PresenceRoutes
from amanat.client_api.profile import ProfileRoutes
from amanat.client_api.push_key import PushKeyRoutes
from amanat.client_api.pusher import PusherRoutes
from amanat.client_api.pushrules import PushRuleRoutes
from amanat.client_api.receipts import ReceiptRoutes
from amanat.client_api.refresh import RefreshRoutes
from amanat.client_api.registration import RegistrationRoutes
from amanat.client_api.registration_tokens import RegistrationTokenRoutes
from amanat.client_api.relations import RelationRoutes
from amanat.client_api.report_content import ReportContentRoutes
from amanat.client_api.room_event_by_timestamp import RoomEventByTimestampRoutes
from amanat.client_api.room_send import RoomSendRoutes
from amanat.client_api.room_summary import RoomSummaryRoutes
from amanat.client_api.room_upgrades import RoomUpgradesRoutes
from amanat.client_api.rooms import RoomRoutes
from amanat.client_api.space_hierarchy import SpaceHierarchyRoutes
from amanat.client_api.start_page import StartPageRoutes
from amanat.client_api.sync import SyncRoutes
from amanat.client_api.tags import TagRoutes
from amanat.client_api.third_party_lookup import ThirdPartyLookupRoutes
from amanat.client_api.threads_list import ThreadsListRoutes
from amanat.client_api.to_device import ToDeviceRoutes
from amanat.client_api.typing import TypingRoutes
from amanat.client_api.users import UserRoutes
from amanat.client_api.versions import DEMO, LAB, VersionsRoutes
from amanat.client_api.voip import VoipRoutes
from amanat.client_api.web_app import WebAppRoutes
from amanat.client_api.wellknown import WellknownRoutes
from amanat.client_api.whoami import WhoamiRoutes
from amanat.config import Config, public_url_of, push_contact_of
from amanat.db.database import Database
from amanat.db.sqlite import SqliteDatabase
from amanat.edge.rate_limit import RateLimiter
from amanat.handlers.account_administration import AccountAdministration
from amanat.handlers.account_data import AccountData
from amanat.handlers.account_deactivation import Deactivation
from amanat.handlers.account_moderation import AccountModeration
from amanat.handlers.accounts import Accounts
from amanat.handlers.aggregations import Aggregations
from amanat.handlers.aliases import Aliases
from amanat.handlers.append import Appender
from amanat.handlers.backed_up_keys import BackedUpKeys
from amanat.handlers.badges import Badges
from amanat.handlers.cross_signing import CrossSigning
from amanat.handlers.dehydrated_devices import DehydratedDevices
from amanat.handlers.device_data import DeviceData
from amanat.handlers.device_lists import DeviceLists
from amanat.handlers.device_management import Devices
from amanat.handlers.directory import Directory
from amanat.handlers.event_context import EventContexts
from amanat.handlers.event_view import EventView
from amanat.handlers.filters import Filters
from amanat.handlers.gatekeeper import Gatekeeper
from amanat.handlers.interactive_auth import DUMMY, PASSWORD, REGISTRATION_TOKEN, AccountFlows, Dummy, InteractiveAuth
from amanat.handlers.invitations import Invitations
from amanat.handlers.jobs import Jobs
from amanat.handlers.key_backup import KeyBackups
from amanat.handlers.key_claims import KeyClaims
from amanat.handlers.key_query import KeyQuery
from amanat.handlers.keys import Keys
from amanat.handlers.login import Login, PasswordLogin
from amanat.handlers.media import Media, MediaLimits
from amanat.handlers.media_sweep import MediaSweep
from amanat.handlers.memberships import Memberships
from amanat.handlers.message_pagination import MessagePagination
from amanat.handlers.notifications import NotificationList
from amanat.handlers.openid import OpenId
from amanat.handlers.operator_acts import OperatorActs
from amanat.handlers.password_management import PasswordChange
from amanat.handlers.passwords import Passwords
from amanat.handlers.people import People
from amanat.handlers.presence import Presence
from amanat.handlers.profile import Profiles
from amanat.handlers.profile_spread import SPREAD, ProfileSpread
from amanat.handlers.push_deliveries import PushDeliveries
from amanat.handlers.pusher import PusherRules, Pushers
from amanat.handlers.pushing import Pushing
from amanat.handlers.pushrules import PushRules
from amanat.handlers.receipts import Receipts
from amanat.handlers.registration import Registration
from amanat.handlers.registration_tokens import RegistrationTokens
from amanat.handlers.relations import Relations
from amanat.handlers.report_content import Reports
from amanat.handlers.retention import Retention
from amanat.handlers.room_creation import RoomCreation
from amanat.handlers.room_reading import RoomReading
from amanat.handlers.room_summary import RoomSummaries
from amanat.handlers.room_upgrades import RoomUpgrades
from amanat.handlers.rooms import RoomContents
from amanat.handlers.send import Sending
from amanat.handlers.sessions import Sessions
from amanat.handlers.slow_hashes import SlowHashes
from amanat.handlers.sync import Sync
from amanat.handlers.sync_changes import SharedChanges
from amanat.handlers.sync_extras import RoomExtras
from amanat.handlers.sync_own import Settings, SyncOwn
from amanat.handlers.sync_rooms import SyncRooms
from amanat.handlers.tags import Tags
from amanat.handlers.thumbnail_process import ThumbnailProcess
from amanat.handlers.thumbnails import Thumbnails
from amanat.handlers.to_device import ToDevice
from amanat.handlers.transactions import Transactions
from amanat.handlers.typing import Typing
from amanat.handlers.users import UserDirectory
from amanat.notifier.local import LocalNotifier
from amanat.outbound.push.outlet import PushOutlet
from amanat.store.data_folder import DataFolder, ServerKeys
from amanat.store.store import Store

DEMO_PATH = "/demo"
"""Where `amanat demo` shows what its people read beside what the server stored."""


class Mode(StrEnum):
    """Which command made the data, and may open it."""

    SERVE = "serve"
    LAB = "lab"
    DEMO = "demo"


class Clock(Struct, frozen=True):
    """The time: wall clock in milliseconds for what is stored, monotonic seconds for what waits."""

    now_ms: Callable[[], int] = lambda: time.time_ns() // 1_000_000
    monotonic: Callable[[], float] = time.monotonic


class Homeserver:
    """The handlers and routes of the specification, and the ground that they stand on."""

    def __init__(
        self,
        config: Config,
        *,
        mode: Mode,
        gate: bool = True,
        clock: Clock | None = None,
        database: Database | None = None,
    ) -> None:
        """Put the areas together. Only a lab may leave the gate open.

        `clock` and `database` take the place of the machine's time and of what the configuration names.
        """
        if not gate and mode is not Mode.LAB:
            raise ValueError("The gate has no switch: only `amanat lab` may leave it open.")
        self.config = config
        self.mode = mode
        self.clock = clock or Clock()
        self.folder = DataFolder(config)
        self.keys: ServerKeys
        self.store = Store(database or database_of(config, self.folder))
        self.notifier = LocalNotifier(clock=self.clock.monotonic)
        self.store.recovered.append(self.notifier.wake_all)
        self.gatekeeper = Gatekeeper(open_for_lab=not gate)
        self.appender = Appender(self.store, notifier=self.notifier, gatekeeper=self.gatekeeper)
        self._routes: list[object] = []
        self._sweeps: list[Callable[[], object]] = [self.notifier.forget_idle]
        self.jobs = Jobs(self.store)
        self._chores: list[Callable[[], Awaitable[object]]] = [self.jobs.resume]
        self._limiter = None if mode is Mode.LAB else RateLimiter(LIMITS, now=self.clock.monotonic, counted_as="client")
        self._assemble_accounts()
        self._assemble_rooms()
        self._assemble_people()
        self._assemble_messages()
        self._assemble_reading()
        self._assemble_notifications()
        self._assemble_start()
        self._assemble_keys()
        self._assemble_media()
        self._assemble_sync()

    def _assemble_accounts(self) -> None:
        """Registration, login, sessions, devices, profiles."""
        store, now_ms, serves = self.store, self.clock.now_ms, self.mode is Mode.SERVE
        self.accounts = Accounts(
            store,
            server_name=self.config.server_name,
            usernames_are_ids=self.mode is Mode.LAB,
            now_ms=now_ms,
        )
        self.sessions = Sessions(store, notifier=self.notifier, now_ms=now_ms)
        self.devices = Devices(store, sessions=self.sessions)
        self.slow_hashes = SlowHashes(max_waiting=64 if serves else 100_000)
        self.passwords = Passwords(self.slow_hashes, min_length=8 if serves else 1)
        self.registration_tokens = RegistrationTokens(store, now_ms=now_ms)
        self.registration = Registration(
            store,
            accounts=self.accounts,
            sessions=self.sessions,
            passwords=self.passwords,
            tokens=self.registration_tokens if serves else None,
        )
        self.password_login = PasswordLogin(self.accounts, passwords=self.passwords, count=self._count_guess)
        self.interactive_auth = InteractiveAuth(
            stages={
                DUMMY: Dummy(),
                PASSWORD: self.password_login,
                REGISTRATION_TOKEN: self.registration_tokens,
            },
            flows=AccountFlows(self.accounts, dummy_without_password=not serves),
            now_ms=now_ms,
        )
        interactive_auth, devices = self.interactive_auth, self.devices
        self.login = Login(devices, providers=[self.password_login] if self.config.password_login else [])
        self._routes += [
            RegistrationRoutes(self.registration, devices=devices, interactive_auth=interactive_auth),
            RegistrationTokenRoutes(self.registration_tokens),
            LoginRoutes(self.login, devices=devices),
            LogoutRoutes(devices),
            RefreshRoutes(self.sessions),
            WhoamiRoutes(),
            DeviceManagementRoutes(devices, interactive_auth=interactive_auth),
            PasswordManagementRoutes(
                PasswordChange(store, passwords=self.passwords, devices=devices, sessions=self.sessions),
                interactive_auth=interactive_auth,
            ),
            AdministrativeContactRoutes(),
        ]
        self._chores += [self.sessions.write_seen, self.registration_tokens.sweep]

    def _count_guess(self, account: str) -> None:
        if self._limiter is not None:
            self._limiter.check_account("login", account)

    def _assemble_rooms(self) -> None:
        """Making rooms and replacing them, coming and going, finding them."""
        store, now_ms, server_name = self.store, self.clock.now_ms, self.config.server_name
        self.invitations = Invitations(People(store), server_name=server_name)
        self.room_creation = RoomCreation(
            store,
            appender=self.appender,
            gatekeeper=self.gatekeeper,
            invitations=self.invitations,
            now_ms=now_ms,
        )
        self.memberships = Memberships(store, appender=self.appender, invitations=self.invitations, now_ms=now_ms)
        self.aliases = Aliases(store, appender=self.appender, server_name=server_name, now_ms=now_ms)
        directory = Directory(store, appender=self.appender, gatekeeper=self.gatekeeper)
        summaries = RoomSummaries(store)
        upgrades = RoomUpgrades(
            store,
            appender=self.appender,
            creation=self.room_creation,
            invitations=self.invitations,
            now_ms=now_ms,
        )
        self._routes += [
            CreateRoomRoutes(self.room_creation, server_name=server_name, default_version=self.config.room_version),
            JoiningRoutes(self.memberships, aliases=self.aliases),
            KnockingRoutes(self.memberships, aliases=self.aliases),
            LeavingRoutes(self.memberships),
            InvitingRoutes(self.memberships),
            KickingRoutes(self.memberships),
            BanningRoutes(self.memberships),
            DirectoryRoutes(self.aliases, directory=directory, server_name=server_name),
            ListPublicRoomsRoutes(directory, server_name=server_name),
            RoomUpgradesRoutes(upgrades),
            RoomSummaryRoutes(summaries, aliases=self.aliases),
            SpaceHierarchyRoutes(summaries),
            ListJoinedRoomsRoutes(summaries),
            MutualRoomsRoutes(summaries),
        ]

    def _assemble_people(self) -> None:
        """Profiles, finding people, and the end of accounts."""
        store, now_ms, server_name = self.store, self.clock.now_ms, self.config.server_name
        people = People(store)
        spread = ProfileSpread(store, appender=self.appender, people=people, now_ms=now_ms)
        self.jobs.workers[SPREAD] = spread.spread
        self.deactivation = Deactivation(
            store, sessions=self.sessions, devices=self.devices, jobs=self.jobs, now_ms=now_ms
        )
        self.operator_acts = OperatorActs(store, now_ms=now_ms)
        self.deactivation.clears += [self.memberships.leave_all, self.operator_acts.forget_reasons]
        self.account_administration = AccountAdministration(
            self.accounts,
            registration=self.registration,
            registration_tokens=self.registration_tokens,
            deactivation=self.deactivation,
            acts=self.operator_acts,
        )
        self.moderation = AccountModeration(
            store, accounts=self.accounts, sessions=self.sessions, acts=self.operator_acts, now_ms=now_ms
        )
        self.openid = OpenId(store, now_ms=now_ms)
        self.profiles = Profiles(store, accounts=self.accounts, jobs=self.jobs, now_ms=now_ms)
        self.user_directory = UserDirectory(store, accounts=self.accounts, people=people, server_name=server_name)
        self._routes += [
            ProfileRoutes(self.profiles),
            UserRoutes(self.user_directory),
            AdminRoutes(self.moderation, devices=self.devices),
            AccountDeactivationRoutes(self.deactivation, interactive_auth=self.interactive_auth),
            OpenIdRoutes(self.openid, server_name=server_name),
        ]
        self._chores += [self.openid.sweep, self.operator_acts.sweep]

    def _assemble_messages(self) -> None:
        """Sending, receipts, typing, and what people keep about themselves."""
        store, notifier, now_ms = self.store, self.notifier, self.clock.now_ms
        self.account_data = AccountData(store, notifier=notifier)
        self.filters = Filters(store)
        self.sending = Sending(
            store, appender=self.appender, memberships=self.memberships, aliases=self.aliases, now_ms=now_ms
        )
        self.receipts = Receipts(store, notifier=notifier, account_data=self.account_data, now_ms=now_ms)
        self.typing = Typing(store, notifier=notifier, now_ms=now_ms)
        self.presence = Presence(store, now_ms=now_ms)
        self.push_rules = PushRules(store, notifier=notifier)
        self._sweeps += [self.typing.sweep, self.presence.sweep]
        self.retention = Retention(store, appender=self.appender, now_ms=now_ms)
        self._chores.append(self.retention.purge_due)
        self.deactivation.clears += [
            self.account_data.forget_all,
            self.push_rules.forget_all,
            self.filters.forget_all,
        ]
        self._routes += [
            RoomSendRoutes(self.sending),
            ReceiptRoutes(self.receipts),
            TypingRoutes(self.typing),
            PresenceRoutes(self.presence),
            AccountDataRoutes(self.account_data, push_rules=self.push_rules),
            TagRoutes(Tags(store, account_data=self.account_data)),
            FilterRoutes(self.filters),
        ]

    def _assemble_reading(self) -> None:
        """What a room shows of its past, its state and its members, and what is reported of it."""
        store, now_ms = self.store, self.clock.now_ms
        self.event_view = EventView(store, aggregator=Aggregations(store), now_ms=now_ms)
        reading = RoomReading(store)
        pagination = MessagePagination(store, reading=reading, view=self.event_view)
        contents = RoomContents(store, reading=reading, pagination=pagination)
        relations = Relations(store, reading=reading, pagination=pagination)
        self._routes += [
            MessagePaginationRoutes(pagination),
            EventContextRoutes(EventContexts(store, reading=reading, pagination=pagination)),
            RoomRoutes(contents),
            RoomEventByTimestampRoutes(contents),
            RelationRoutes(relations),
            ThreadsListRoutes(relations),
            ReportContentRoutes(Reports(store, reading=reading, now_ms=now_ms)),
        ]

    def _assemble_notifications(self) -> None:
        """Push rules, pushers and pushes, and the list of what somebody was notified of."""
        store, config, now_ms = self.store, self.config, self.clock.now_ms
        # People name the addresses of pushers: those of the operator's own network are for the operator alone.
        private = () if self.mode is Mode.SERVE else config.outbound_private_networks
        rules = PusherRules(schemes=frozenset({"https", "http"} if private else {"https"}), browsers=config.web_push)
        self.push_outlet = PushOutlet(
            secret=lambda: self.keys.secret,
            contact=push_contact_of(config),
            private_networks=private,
            now_ms=now_ms,
        )
        badges = Badges(store)
        deliveries = PushDeliveries(
            store, service=self.push_outlet, badges=badges, schemes=rules.schemes, now_ms=now_ms
        )
        self.pushing = Pushing(store, deliveries=deliveries, badges=badges, now_ms=now_ms)
        self.notifier.watcher = self.pushing
        self._sweeps.append(deliveries.retry_due)
        pushers = Pushers(store, rules=rules, has_set=self.pushing.pusher_set, now_ms=now_ms)
        self.devices.data.append(pushers)
        self._routes += [
            PushRuleRoutes(self.push_rules),
            PusherRoutes(pushers),
            PushKeyRoutes(self.push_outlet.public_key if config.web_push else None),
            NotificationRoutes(NotificationList(self.store, push_rules=self.push_rules, view=self.event_view)),
        ]

    def _assemble_start(self) -> None:
        """What an app asks before anything else, and the page for who comes with a browser."""
        config, is_lab = self.config, self.mode is Mode.LAB
        public_url = public_url_of(config)
        start_page = StartPageRoutes(
            server_name=config.server_name,
            public_url=public_url,
            is_lab=is_lab,
            registers_freely=self.mode is not Mode.SERVE,
            demo_path=DEMO_PATH if self.mode is Mode.DEMO else None,
        )
        self._routes += [
            VersionsRoutes(announces={Mode.LAB: LAB, Mode.DEMO: DEMO}.get(self.mode)),
            CapabilityRoutes(default_room_version=config.room_version),
            WellknownRoutes(
                public_url=public_url, support_page=config.support_page, support_email=config.support_email
            ),
            VoipRoutes(turn_uris=config.turn_uris, turn_secret=config.turn_secret, now_ms=self.clock.now_ms),
            ThirdPartyLookupRoutes(),
            start_page,
            WebAppRoutes(otherwise=start_page.get_start_page, public_url=public_url),
        ]

    def _assemble_keys(self) -> None:
        """Keys and messages of devices."""
        store, notifier, now_ms, server_name = self.store, self.notifier, self.clock.now_ms, self.config.server_name
        self.device_lists = DeviceLists(store, notifier=notifier)
        self.device_keys = Keys(store, device_lists=self.device_lists)
        key_query = KeyQuery(store, server_name=server_name)
        key_claims = KeyClaims(store, server_name=server_name)
        self.to_device = ToDevice(store, notifier=notifier, gatekeeper=self.gatekeeper, now_ms=now_ms)
        device_data = DeviceData(store, device_lists=self.device_lists, to_device=self.to_device, jobs=self.jobs)
        self.devices.data.append(device_data)
        dehydrated = DehydratedDevices(store, keys=self.device_keys, device_data=device_data, to_device=self.to_device)
        self._chores.append(Transactions(store, now_ms=now_ms).sweep)
        key_backups = KeyBackups(store, jobs=self.jobs)
        self.deactivation.clears += [key_backups.delete_all, dehydrated.delete_any]
        self._routes += [
            KeyRoutes(self.device_keys, query=key_query, claims=key_claims, device_lists=self.device_lists),
            KeyBackupRoutes(key_backups, keys=BackedUpKeys(store, versions=key_backups)),
            ToDeviceRoutes(self.to_device),
            DehydratedDeviceRoutes(dehydrated),
            CrossSigningRoutes(
                CrossSigning(store, device_lists=self.device_lists, interactive_auth=self.interactive_auth)
            ),
        ]

    def _assemble_media(self) -> None:
        """Files, their thumbnails, and their end."""
        store, now_ms, config = self.store, self.clock.now_ms, self.config
        self.blobs = LocalBlobs(self.folder.media)
        limits = MediaLimits(max_upload_bytes=config.max_upload_bytes, quota_bytes=config.media_quota_bytes)
        self.media = Media(store, blobs=self.blobs, server_name=config.server_name, limits=limits, now_ms=now_ms)
        self.thumbnails = Thumbnails(store, media=self.media, process=ThumbnailProcess())
        self.media_sweep = MediaSweep(store, blobs=self.blobs, intake=self.media.intake, now_ms=now_ms)
        self.deactivation.clears.append(self.media_sweep.forget_erased)
        self._routes += [ContentRepoRoutes(self.media), AuthedContentRepoRoutes(self.media, thumbnails=self.thumbnails)]

    def _assemble_sync(self) -> None:
        """The long poll, which tells of everything above."""
        store = self.store
        extras = RoomExtras(store, receipts=self.receipts, typing=self.typing)
        own = SyncOwn(
            store,
            settings=Settings(store, account_data=self.account_data),
            to_device=self.to_device,
            device_lists=self.device_lists,
            presence=self.presence,
        )
        self.sync = Sync(
            store,
            notifier=self.notifier,
            rooms=SyncRooms(
                store,
                view=self.event_view,
                extras=extras,
                account_data=self.account_data,
                shared=SharedChanges(now_ms=self.clock.now_ms),
            ),
            own=own,
            check=self.sessions.check,
        )
        self._routes.append(SyncRoutes(self.sync, stored_filters=self.filters))


def database_of(config: Config, folder: DataFolder) -> Database:
    """Return the database that the configuration asks for."""
    if config.database is not None:
        from amanat.db.postgres import PostgresDatabase  # SQLite's servers need no driver of PostgreSQL

        return PostgresDatabase(config.database)
    return SqliteDatabase(folder.database)
