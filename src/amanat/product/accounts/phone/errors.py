"""Why a code is not sent, or not taken. None of it depends on whether a number belongs to an account."""

from amanat.core.errors import MatrixError
from amanat.core.identifiers import ERROR_NAMESPACE


class WorkNeeded(MatrixError):
    """Show a proof of work first: `challenge` is what to work on, `bits` how hard."""

    errcode, status = f"{ERROR_NAMESPACE}WORK_NEEDED", 403


class SmsUnavailable(MatrixError):
    """No text can be sent at this moment; try again later."""

    errcode, status = f"{ERROR_NAMESPACE}SMS_UNAVAILABLE", 503


class WrongCode(MatrixError):
    """That is not the code; `guesses_left` says how often another may be tried."""

    errcode, status = f"{ERROR_NAMESPACE}WRONG_CODE", 403


class Expired(MatrixError):
    """This code is no longer good: it is too old, it was used, or a newer one was sent. Ask for another."""

    errcode, status = f"{ERROR_NAMESPACE}CODE_EXPIRED", 403


class TooManyGuesses(MatrixError):
    """This code was guessed at too often and is void. Ask for another."""

    errcode, status = f"{ERROR_NAMESPACE}TOO_MANY_GUESSES", 403


class NumberInUse(MatrixError):
    """This number belongs to another account."""

    errcode, status = f"{ERROR_NAMESPACE}NUMBER_IN_USE", 409
