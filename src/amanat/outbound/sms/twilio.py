"""Texts through Twilio. Its API: https://www.twilio.com/docs/messaging/api/message-resource."""

from base64 import b64encode
from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import quote, urlencode

from msgspec import DecodeError, Struct, json

from amanat.outbound.http import HttpAnswer, HttpClient, Unreachable
from amanat.outbound.sms.sms import Delivery, SmsFailed

URL: Final = "https://api.twilio.com"

_DELIVERIES: Final[Mapping[str, Delivery]] = {
    "accepted": "pending",
    "scheduled": "pending",
    "queued": "pending",
    "sending": "pending",
    "sent": "sent",
    "delivered": "delivered",
    "read": "delivered",
    "undelivered": "failed",
    "failed": "failed",
    "canceled": "failed",
}


class TwilioAccount(Struct, frozen=True, kw_only=True):
    """Whose account sends, and what its texts come from: a number, a name, or a messaging service (`MG…`)."""

    account: str
    token: str
    sender: str


class Twilio:
    """Sends each text as one message of Twilio's."""

    def __init__(self, client: HttpClient, account: TwilioAccount, *, price: int, url: str = URL) -> None:
        self._client = client
        self._price = price
        self._messages = f"{url}/2010-04-01/Accounts/{quote(account.account, safe='')}/Messages"
        self._sender = {"MessagingServiceSid" if account.sender.startswith("MG") else "From": account.sender}
        credentials = b64encode(f"{account.account}:{account.token}".encode()).decode()
        self._headers = {"authorization": f"Basic {credentials}"}

    async def send(self, number: str, text: str, *, purpose: str) -> str:  # noqa: ARG002 - Twilio takes none
        """Hand a text to Twilio and return its sid."""
        form = urlencode({"To": number, "Body": text, **self._sender}).encode()
        headers = {**self._headers, "content-type": "application/x-www-form-urlencoded"}
        try:
            answer = await self._client.ask("POST", f"{self._messages}.json", headers=headers, body=form)
        except Unreachable as error:
            raise SmsFailed(str(error), maybe_sent=error.maybe_received) from None
        said = _object(answer)
        if not answer.is_good:
            reason = f"status {answer.status}, Twilio's code {said.get('code')!r:.8}"
            raise SmsFailed(reason, maybe_sent=answer.is_in_doubt)
        return str(said.get("sid", ""))

    async def status(self, message_id: str) -> Delivery:
        """Ask Twilio what has become of a text."""
        url = f"{self._messages}/{quote(message_id, safe='')}.json"
        try:
            answer = await self._client.ask("GET", url, headers=self._headers)
        except Unreachable:
            return "unknown"
        return _DELIVERIES.get(str(_object(answer).get("status")), "unknown") if answer.is_good else "unknown"

    async def price(self, number: str) -> int:  # noqa: ARG002 - one price for all
        """Return what the operator says a text costs."""
        return self._price


def _object(answer: HttpAnswer) -> dict[str, Any]:
    try:
        return json.decode(answer.body, type=dict[str, Any])
    except DecodeError:
        return {}
