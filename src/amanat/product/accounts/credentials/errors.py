"""Refusals that only credentials know, for the app and the pages."""

from amanat.core.errors import MatrixError
from amanat.core.identifiers import ERROR_NAMESPACE


class WeakPin(MatrixError):
    """That PIN is among the first that anybody tries; `reason` says in one word why."""

    errcode, status = f"{ERROR_NAMESPACE}WEAK_PIN", 400


class WrongPin(MatrixError):
    """That is not the PIN of this account; `retry_after_ms` says how long to wait for the next try."""

    errcode, status = f"{ERROR_NAMESPACE}WRONG_PIN", 403


class PasskeyRefused(MatrixError):
    """This passkey does not open an account here, or its time was over."""

    errcode, status = f"{ERROR_NAMESPACE}PASSKEY_REFUSED", 403


class WrongRecoveryKey(MatrixError):
    """That is not the recovery key of any account here."""

    errcode, status = f"{ERROR_NAMESPACE}WRONG_RECOVERY_KEY", 403


class WrongEmailCode(MatrixError):
    """That is not the code that was mailed last, or its time is over."""

    errcode, status = f"{ERROR_NAMESPACE}WRONG_EMAIL_CODE", 403


class MailNotSent(MatrixError):
    """The letter could not be sent; try again later."""

    errcode, status = f"{ERROR_NAMESPACE}MAIL_NOT_SENT", 503
