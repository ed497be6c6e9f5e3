"""What an owner does who keeps the service's identity in a file: vouches for a host's device, and signs statements."""

from base64 import b64decode
from collections.abc import Callable, Mapping

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from amanat.core.key_statements import MAX_LIFE_MS, Device, Statement, countersigned, signed
from amanat.core.signed_json import public_key_of
from amanat.gateway.owner import identity
from amanat.gateway.service.holders import Holders, OwnDevices, Terms
from amanat.gateway.service.host import Host

PURPOSE = "Membalas chat / answers chats"


class NotStated(Exception):
    """No statement could be made: its sentence says why."""


class Stating:
    """Signs who runs a service's devices. A `host` that keeps the identity itself signs beside it."""

    def __init__(
        self, keys: identity.OwnerKeys, holders: Holders, *, host: Host | None, now_ms: Callable[[], int]
    ) -> None:
        self._master = Ed25519PrivateKey.from_private_bytes(b64decode(keys.master))
        self._keys = keys
        self._holders = holders
        self._host = host
        self._now_ms = now_ms

    async def state(self, own: Mapping[str, Terms]) -> bool:
        """State who runs every device that the identity vouches for; `False` if hosts have yet to sign.

        `own` are those of which whoever calls knows it; a host's device is stated as it was offered, and any other as
        it was stated before, or as the owner's own.
        """
        devices = await self._holders.devices()
        if devices.master_key != public_key_of(self._master):
            raise NotStated(f"{self._holders.user_id} has another identity than the owner's file.")
        terms = await self._terms(devices, own)
        now_ms = self._now_ms()
        statement = Statement(
            user_id=self._holders.user_id,
            master_key=devices.master_key,
            master_kept_by="operator" if self._host else "owner",
            seq=await self._next_seq(),
            issued=now_ms,
            expires=now_ms + MAX_LIFE_MS,
            devices=[
                Device(id=device_id, ed25519=devices.vouched[device_id], **msgspec.structs.asdict(each))
                for device_id, each in terms.items()
            ],
        )
        return await self._hand_on(signed(statement, master=self._master), statement)

    async def _hand_on(self, published: dict[str, object], statement: Statement) -> bool:
        hosts = {device.operator.key for device in statement.devices if device.operator}
        if self._host is not None and self._host.public in hosts:
            published = countersigned(published, key=self._host.key)
            hosts.remove(self._host.public)
        await (self._holders.propose(published) if hosts else self._holders.publish(published))
        return not hosts

    async def _terms(self, devices: OwnDevices, own: Mapping[str, Terms]) -> dict[str, Terms]:
        offered, before = await self._holders.offers(), await self._stated()
        owners = next(iter(own.values()), Terms(operator=None, country="ID", purpose=PURPOSE))
        return {
            device_id: own.get(device_id) or offered.get(device_id) or before.get((device_id, ed25519)) or owners
            for device_id, ed25519 in devices.vouched.items()
        }

    async def _stated(self) -> dict[tuple[str, str], Terms]:
        try:
            before = msgspec.convert(await self._holders.published(), Statement)
        except msgspec.ValidationError:
            return {}
        return {
            (each.id, each.ed25519): Terms(operator=each.operator, country=each.country, purpose=each.purpose)
            for each in before.devices
        }

    async def _next_seq(self) -> int:
        known = (await self._holders.published(), await self._holders.proposed())
        return 1 + max(seq if isinstance(seq := each.get("seq"), int) else 0 for each in known)
