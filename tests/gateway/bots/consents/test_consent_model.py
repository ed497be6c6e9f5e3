"""Who has said nothing has allowed nothing."""

from amanat.gateway.bots.consents.consent_model import Consent


def test_silence_is_no_consent() -> None:
    assert Consent().answer == ""
