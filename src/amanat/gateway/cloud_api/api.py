"""The Cloud API as the composition knows it: what bots are told of, and how it is delivered."""

import hmac
from hashlib import sha256
from typing import Final

from amanat.gateway.bots.api import Line, Me, Post, Webhook
from amanat.gateway.bots.introduction import Introduction, introduced
from amanat.gateway.bots.model import Drafted, Heard, Update
from amanat.gateway.cloud_api.account_routes import profile_of
from amanat.gateway.cloud_api.automation_routes import AUTOMATION, automation_of
from amanat.gateway.cloud_api.events import Teller, field_of
from amanat.gateway.cloud_api.samples import rendered, sample
from amanat.gateway.cloud_api.settings import Decide, default_settings

KEEPS_MS: Final = 7 * 24 * 3_600_000
"""As long as Meta tries (developers.facebook.com, "Webhooks": "for up to 7 days")."""


class CloudApi:
    """An `Api` of bots."""

    keeps_ms = KEEPS_MS
    tells_reads = True
    begins_by = AUTOMATION
    sends_offers = True

    def __init__(self, settings: Decide = default_settings) -> None:
        """`settings` are what the operator decided for a bot."""
        self._settings = settings

    def draft(self, heard: Heard, *, me: Me, position: int) -> Drafted | None:
        """Return the webhook that tells of something; None for what happens in groups, or to a membership."""
        told = Teller(me, self._settings(me), position=position).webhook(heard)
        return None if told is None else Drafted(field_of(heard), rendered(told))

    def sample(self, *, me: Me, position: int, ts: int) -> bytes:
        """Return Meta's sample of a text, from a number of nobody's."""
        return sample(Teller(me, self._settings(me), position=position), ts=ts)

    def post(self, webhook: Webhook, update: Update, *, me: Me) -> Post:  # noqa: ARG002 - the Protocol's
        """Return the request that delivers an update, signed over the bytes that are sent."""
        headers = {
            "content-type": "application/json",
            "user-agent": "amanat",
            "x-hub-signature-256": f"sha256={signature(update.body, secret=webhook.secret)}",
        }
        return Post(url=webhook.url, headers=headers, body=update.body)

    async def introduction(self, line: Line) -> Introduction:
        """Return what a bot says of itself."""
        offered, about = await automation_of(line), (await profile_of(line)).description
        commands = [(each.command_name.removeprefix("/"), each.command_description) for each in offered.commands]
        return introduced(about={"": about}, commands={"": commands}, prompts=offered.prompts)

    async def answered(self, line: Line, body: bytes, *, content_type: str) -> None:
        """A webhook's answer asks for nothing in this API."""


def signature(body: bytes, *, secret: str) -> str:
    """Return the signature of a webhook's body: 64 hexadecimal digits."""
    return hmac.new(secret.encode(), body, sha256).hexdigest()
