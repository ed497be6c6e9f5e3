"""Whom passkeys are for: the domain they are bound to, which is written into the data, and where pages may use them."""

from typing import Final
from urllib.parse import urlsplit

from msgspec import Struct

from amanat.config import Config, address_of
from amanat.db.tx import Tx
from amanat.db.unit_store import MetaRow
from amanat.product.accounts.credentials.tables import ANY_PASSKEY
from amanat.store.stamp import WrongData
from amanat.store.store import Store
from amanat.store.streams import META

LOCALHOST: Final = "localhost"
"""Browsers take passkeys on no IP address, and without TLS here alone."""
RP_ID: Final = "rp_id"


class RelyingParty(Struct, frozen=True, kw_only=True):
    """`id` is the domain, `origin` where the pages are that may use its passkeys."""

    id: str
    origin: str


def relying_party(config: Config) -> RelyingParty:
    """Return whom passkeys are for; without a public URL, this machine."""
    domain = config.passkey_domain
    if config.public_url is None:
        _, port = address_of(config.listen)
        return RelyingParty(id=domain or LOCALHOST, origin=f"http://{LOCALHOST}:{port}")
    parts = urlsplit(config.public_url)
    host, default = parts.hostname or "", {"https": 443, "http": 80}[parts.scheme]
    shown = f"[{host}]" if ":" in host else host
    port_shown = "" if parts.port in (None, default) else f":{parts.port}"
    return RelyingParty(id=domain or host, origin=f"{parts.scheme}://{shown}{port_shown}")


async def settle(store: Store, rp_id: str) -> None:
    """Write the domain into the data; raises WrongData if there are passkeys, and they are bound to another one."""
    held = (await store.meta()).get(RP_ID)
    if held == rp_id:
        return
    if held is not None and await store.first(ANY_PASSKEY) is not None:
        raise WrongData(
            f"The passkeys in this data are bound to {held!r}, not {rp_id!r}: they would all be lost. "
            f"Set passkey_domain to {held!r}, and public_url to that domain or one below it."
        )

    def run(tx: Tx) -> None:
        tx.put(META, MetaRow(RP_ID, rp_id))

    await store.write(run)
