"""The texts that codes come in, and the adapter that carries them."""

from amanat.core import otp
from amanat.outbound.sms.sms import Sms, SmsFailed


class CodeTexts:
    """Sends codes as texts; without an adapter, none."""

    def __init__(self, sms: Sms | None, *, host: str) -> None:
        """`host` is that of our pages: a browser fills a code in nowhere else."""
        self._sms = sms
        self._host = host

    @property
    def available(self) -> bool:
        """Whether there is an adapter."""
        return self._sms is not None

    async def send(self, number: str, code: str, *, language: str, purpose: str) -> None:
        """Send a code; raises `SmsFailed`."""
        if self._sms is None:
            raise SmsFailed("no adapter", maybe_sent=False)
        await self._sms.send(number, otp.sms_text(code, host=self._host, language=language), purpose=purpose)
