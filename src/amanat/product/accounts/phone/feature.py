"""Puts the feature together from the settings: which adapters send, under which limits."""

from collections.abc import Callable
from typing import Final

from msgspec import Struct

from amanat.config import Config, host_of
from amanat.core import otp
from amanat.outbound.sms.adapters import adapters_of
from amanat.outbound.sms.chain import Chain
from amanat.outbound.sms.inbox import Inbox
from amanat.outbound.sms.sms import Sms
from amanat.product.accounts.phone import budgets
from amanat.product.accounts.phone.budgets import Budgets, Counts
from amanat.product.accounts.phone.code_texts import CodeTexts
from amanat.product.accounts.phone.codes import PhoneCodes
from amanat.product.accounts.phone.lab_inbox import LabInboxRoutes
from amanat.product.accounts.phone.phone_keys import PhoneKeys
from amanat.product.accounts.phone.phones import Phones
from amanat.product.accounts.phone.routes import PhoneRoutes
from amanat.product.accounts.phone.send_limits import SendLimits
from amanat.product.accounts.phone.spending import Spending
from amanat.product.accounts.phone.sweep import PhoneSweep
from amanat.product.accounts.phone.work import Work
from amanat.store.store import Store


class PhoneLimits(Struct, frozen=True, kw_only=True):
    """Everything that keeps somebody from having texts sent."""

    pace: otp.Pace
    budgets: Budgets
    work_bits: int


NO_LIMITS: Final = PhoneLimits(pace=otp.UNLIMITED, budgets=budgets.UNLIMITED, work_bits=0)
"""For a lab."""


def limits_of(config: Config) -> PhoneLimits:
    """Return the limits that an operator has set."""
    return PhoneLimits(
        pace=otp.UNHURRIED,
        budgets=Budgets(
            address=config.phone_daily_per_address,
            prefix=config.phone_daily_per_prefix,
            country=config.phone_daily_per_country,
        ),
        work_bits=config.phone_work_bits,
    )


class Rehearsal(Struct, frozen=True, kw_only=True):
    """That no text goes out, as in a lab or a demo, and whether limits hold all the same."""

    inbox: Inbox
    limited: bool = True


class PhoneFeature:
    """Numbers, their codes, and the texts that carry them: what other features and `app.py` use of it."""

    def __init__(
        self,
        store: Store,
        *,
        config: Config,
        secret: Callable[[], bytes],
        now_ms: Callable[[], int],
        rehearsal: Rehearsal | None = None,
    ) -> None:
        """`secret` returns the server's secret once the data is open."""
        self.inbox = None if rehearsal is None else rehearsal.inbox
        limits = NO_LIMITS if rehearsal is not None and not rehearsal.limited else limits_of(config)
        keys = PhoneKeys(secret)
        self.work = Work(keys, bits=limits.work_bits, now_ms=now_ms)
        self.phones = Phones(store, keys=keys, now_ms=now_ms)
        adapters, self.close = adapters_of(config)
        chain = Chain(adapters, purse=Spending(store, daily_cap=config.sms_daily_cap, now_ms=now_ms))
        sms: Sms | None = chain if adapters else None
        self.codes = PhoneCodes(
            store,
            keys=keys,
            texts=CodeTexts(self.inbox or sms, host=host_of(config)),
            limits=SendLimits(
                keys,
                countries=config.phone_countries,
                pace=limits.pace,
                counts=Counts(keys, budgets=limits.budgets),
                work=self.work,
            ),
            now_ms=now_ms,
        )
        self.sweep = PhoneSweep(store, now_ms=now_ms).sweep
        self.routes: list[object] = [PhoneRoutes(self.codes, phones=self.phones, work=self.work)]
        if self.inbox is not None:
            self.routes.append(LabInboxRoutes(self.inbox, countries=config.phone_countries))
