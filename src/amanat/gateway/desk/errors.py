"""Refusals of the desk's HTTP API: a code for the app, and a sentence for its developer."""

from typing import Any, ClassVar

from amanat.core.errors import MatrixError


class DeskError(MatrixError):
    """An answer of refusal: `{"code", "message", **fields}` with `status`."""

    code: ClassVar[str] = "UNKNOWN"

    def body(self) -> dict[str, Any]:
        """Return the JSON object that the app is answered with."""
        return {"code": self.code, "message": self.error, **self.fields}


class NotSignedIn(DeskError):
    """Nobody is signed in, or not any more."""

    code, status = "NOT_SIGNED_IN", 401


class NotAllowed(DeskError):
    """Your role does not allow this."""

    code, status = "NOT_ALLOWED", 403


class WrongOrigin(DeskError):
    """A request that changes something comes from the desk's own page, as JSON."""

    code, status = "WRONG_ORIGIN", 403


class NoSuch(DeskError):
    """There is nothing of this name."""

    code, status = "NO_SUCH", 404


class NotWithStaff(DeskError):
    """The staff do not have this chat, or no longer."""

    code, status = "NOT_WITH_STAFF", 409


class FileGone(DeskError):
    """The file is not with the server any more, or is not the one that was sent."""

    code, status = "FILE_GONE", 404


class FileTooLarge(DeskError):
    """The file is larger than what is opened here."""

    code, status = "FILE_TOO_LARGE", 413


class FileNotTaken(DeskError):
    """The server takes no files, or no more of them."""

    code, status = "FILE_NOT_TAKEN", 409


class ServerAway(DeskError):
    """The service's server cannot be reached: ask again."""

    code, status = "SERVER_AWAY", 503


class Already(DeskError):
    """This has been done already."""

    code, status = "ALREADY", 409


class NotNow(DeskError):
    """This cannot be done with it as it is now."""

    code, status = "NOT_NOW", 409


class OtherDay(DeskError):
    """This appointment is on another day."""

    code, status = "OTHER_DAY", 409


class Forged(DeskError):
    """This ticket was not made by this office."""

    code, status = "FORGED", 400


class NoSeat(DeskError):
    """There is no place left today."""

    code, status = "NO_SEAT", 409


class LastLead(DeskError):
    """Somebody has to be lead."""

    code, status = "LAST_LEAD", 409


class Changed(DeskError):
    """Another version is spoken by now."""

    code, status = "CHANGED", 409


class FlowRefused(DeskError):
    """This flow cannot be used: `problems` says why."""

    code, status = "REFUSED", 400


class WrongValue(DeskError):
    """A value is not one that this takes."""

    code, status = "WRONG_VALUE", 400
